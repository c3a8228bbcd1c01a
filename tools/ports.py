"""Free TCP ports for private servers."""

import random
import socket

# Below the range from which the kernel takes the ports of outgoing connections: a server that is
# restarted finds its port still free.
_CANDIDATES = range(20_000, 30_000)


def is_free(port: int) -> bool:
    """Whether something could listen there, on 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True


def free_port() -> int:
    """A port of 127.0.0.1 on which nothing listens."""
    while True:
        port = random.choice(_CANDIDATES)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
