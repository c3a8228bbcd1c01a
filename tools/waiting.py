"""Waiting for a state, never for a length of time."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

Found = TypeVar("Found")

PAUSE_SECONDS = 0.02
PATIENCE = 90.0  # seconds until a state that does not come about is a failure: far more than even a busy machine needs
_never = threading.Event()


class GaveUpError(AssertionError):
    """The state did not come about in time."""


def wait_until(look: Callable[[], Found], what: str, seconds: float = PATIENCE) -> Found:
    """Call `look` until it returns something true, and return that.

    Raises GaveUpError, naming `what` was waited for, after `seconds`.
    """
    deadline = time.monotonic() + seconds
    while True:
        if found := look():
            return found
        if time.monotonic() > deadline:
            raise GaveUpError(f"waited {seconds:g} s for {what}")
        _never.wait(PAUSE_SECONDS)
