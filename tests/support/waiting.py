"""Waiting for a state, never for a length of time. The code is in tools, which `make stack` shares."""

from tools.waiting import PATIENCE, PAUSE_SECONDS, GaveUpError, wait_until

__all__ = ["PATIENCE", "PAUSE_SECONDS", "GaveUpError", "wait_until"]
