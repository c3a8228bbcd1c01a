"""The one client for requests to servers outside.

It connects to the address that was checked and to no other, follows no redirect, unpacks nothing, takes its settings
from no environment, and gives up in time: a receiver that is dead, slow or hostile costs ten seconds and 64 KiB.
"""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import httpcore

from tracker.outgoing.addresses import Resolve, checked, parse, resolve

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 10.0
MOST_READ = 65_536  # bytes of an answer's body


class Unanswered(Exception):
    """There was no answer: no name, no connection, no time left, or something that is no HTTP."""


@dataclass(frozen=True)
class Answer:
    """What came back: the status, and the beginning of the body. For the log of deliveries only, never for a page."""

    status: int
    body: bytes
    retry_after: float | None = None

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    resolver: Resolve = resolve,
    seconds: float = TOTAL_SECONDS,
) -> Answer:
    """Send a body and read the answer. Raises NotPublic, and Unanswered with the cause in a few words."""
    target = parse(url)
    deadline = time.monotonic() + seconds
    network = CheckedNetwork(resolver, deadline)
    given = [(name.encode("ascii"), value.encode("latin-1")) for name, value in headers.items()]
    try:
        with (
            httpcore.ConnectionPool(network_backend=network, max_connections=1, http2=False) as pool,
            pool.stream(
                "POST",
                f"{target.scheme}://{target.authority}{target.path}",
                headers=[(b"Host", target.authority.encode("ascii")), *given],
                content=body,
                extensions={"timeout": {"connect": CONNECT_SECONDS, "read": seconds, "write": seconds}},
            ) as response,
        ):
            return Answer(response.status, first_bytes(response.iter_stream()), retry_after(response.headers))
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError) as error:
        raise Unanswered(f"{type(error).__name__}: {error}"[:200]) from error


def first_bytes(chunks: Iterable[bytes]) -> bytes:
    """No more than is asked for; the rest is left unread."""
    found = b""
    for chunk in chunks:
        found += chunk
        if len(found) >= MOST_READ:
            break
    return found[:MOST_READ]


def retry_after(headers: Iterable[tuple[bytes, bytes]]) -> float | None:
    """The seconds that a receiver asks to be left alone for; dates in that place are passed over."""
    for name, value in headers:
        if name.lower() == b"retry-after" and value.isdigit() and len(value) < 7:
            return float(value)
    return None


class CheckedNetwork(httpcore.NetworkBackend):
    """Connects to none but checked addresses, and lets nothing go on after the deadline."""

    def __init__(self, resolver: Resolve, deadline: float) -> None:
        self.resolver = resolver
        self.deadline = deadline
        self.system = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        error: Exception = OSError(f"{host} has no address")
        for address in checked(host, port, self.resolver):
            try:
                left = time_left(self.deadline, timeout)
                return TimedStream(self.system.connect_tcp(address, port, left), self.deadline)
            except (httpcore.NetworkError, httpcore.TimeoutException) as failed:
                error = failed
        raise error

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class TimedStream(httpcore.NetworkStream):
    """A connection on which every step gets only what is left of the time."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self.stream = stream
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, time_left(self.deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, time_left(self.deadline, timeout))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self.stream.start_tls(ssl_context, server_hostname, time_left(self.deadline, timeout))
        return TimedStream(secured, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


def time_left(deadline: float, timeout: float | None) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("out of time")
    return left if timeout is None else min(left, timeout)
