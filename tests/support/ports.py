"""Free TCP ports. The code is in tools, which `make stack` shares."""

from tools.ports import free_port

__all__ = ["free_port"]
