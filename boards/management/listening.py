"""What `serve` and `live` have in common: where to listen, and why not to."""

import ctypes
import ipaddress
import os
import socket
from argparse import ArgumentParser
from collections.abc import Iterator

from django.conf import settings
from django.db import connection

from tracker.starting import refuse_if, unsafe


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (127.0.0.1)")
    parser.add_argument(
        "--port", type=int, default=int(os.environ.get("PORT") or 8000), help="the port (PORT, or 8000)"
    )


def listen(host: str, port: int) -> None:
    """Serve; returns once the process was told to stop and has taken its leave."""
    from boards.live.server import serve  # first: it chooses the event loop before Twisted is there

    from daphne.endpoints import build_endpoint_description_strings  # isort: skip

    connection.close()
    serve(*build_endpoint_description_strings(host=host, port=port))


def share_one_heap() -> None:
    """Let all threads take memory from one heap, and give back at once what was large. Before the first of them starts.

    glibc gives each thread a heap of its own, and what one sets free the others can't use. Python's threads take turns
    anyway: one heap saves 5 MB of a server in use. Snapshots and bodies lie between what stays, and the holes that they
    leave are lost; glibc takes ever larger ones into the heap unless told from which size on they get pages of their own.
    That saves another 5 MB. Elsewhere than with glibc nothing happens.
    """
    most_heaps, from_size_on, keep = -8, -3, -1  # M_ARENA_MAX, M_MMAP_THRESHOLD, M_TRIM_THRESHOLD in malloc.h
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(most_heaps, 1)
        mallopt(from_size_on, 64 * 1024)
        mallopt(keep, 128 * 1024)


def refuse_unsafe(host: str, port: int) -> None:
    """Raises CommandError with everything that is in the way."""
    refuse_if(reasons_to_refuse(host, port))


def reasons_to_refuse(host: str, port: int) -> Iterator[str]:
    """What would make serving unsafe or impossible, each with what to do about it."""
    yield from unsafe()
    if settings.DEBUG and not is_loopback(host):
        yield "DEBUG shows the inside to everybody who reaches this address: unset it."
    if not is_free(host, port):
        yield f"Nothing can listen on {host}:{port}: another program may, or the address is not one of this machine's."


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError):
            return False
    return True
