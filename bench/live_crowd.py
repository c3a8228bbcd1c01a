"""Many light sockets in one loop, and viewers of one board among them."""

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Self, TypeVar

from tests.support.light_socket import LightSocket

FRAMES_KEPT = 100
AT_ONCE = 50  # sockets that connect side by side

T = TypeVar("T")
Place = tuple[str, int]  # epoch and head
OnText = Callable[["Socket", bytes, float], None]


class Socket(LightSocket):
    """A client that follows one board."""

    def __init__(self, port: int, cookie: str, on_text: "OnText") -> None:
        super().__init__(port, cookie, on_text)
        self.seq = 0  # the last position on the board that it was told of
        self.head = -1  # where the board stood when it was taken in; negative before


class Crowd:
    """Sockets on one server, opened by `come` and closed at the end; an async context manager."""

    def __init__(self, port: int, on_text: OnText) -> None:
        self.port = port
        self.on_text = on_text
        self.sockets: list[Socket] = []

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        for socket in self.sockets:
            socket.transport.close()
        await self.until(lambda: all(socket.closed for socket in self.sockets), "the sockets to close")

    async def come(self, cookies: list[str]) -> None:
        """Connect, a few at a time; returns when all are open, and are what `is_ready` calls ready."""
        for first in range(0, len(cookies), AT_ONCE):
            coming = await asyncio.gather(*[self.join(cookie) for cookie in cookies[first : first + AT_ONCE]])
            await self.until(partial(self.are_ready, coming), "sockets to be ready")

    async def join(self, cookie: str) -> Socket:
        """Raises OSError where the server does not take it in."""
        socket = Socket(self.port, cookie, self.on_text)
        loop = asyncio.get_running_loop()
        await loop.create_connection(lambda: socket, "127.0.0.1", self.port)
        await self.until(lambda: socket.is_open or socket.closed, "a socket to open")
        if not socket.is_open:
            raise ConnectionResetError
        self.sockets.append(socket)
        return socket

    def are_ready(self, sockets: list[Socket]) -> bool:
        return all(map(self.is_ready, sockets))

    def is_ready(self, socket: Socket) -> bool:
        return socket.is_open

    async def until(self, look: Callable[[], object], what: str, seconds: float = 60) -> None:
        """Raises RuntimeError where it does not come about in time."""
        deadline = time.monotonic() + seconds
        while not look():
            if time.monotonic() > deadline:
                raise RuntimeError(f"waited in vain for {what}")
            await asyncio.sleep(0.005)


class Viewers(Crowd):
    """A crowd that follows one board as its page does: the board's stream and the workspace's."""

    def __init__(self, port: int, project: int, places: dict[str, Place]) -> None:
        super().__init__(port, self.hear)
        self.stream = f"project:{project}"
        self.begin = f'{{"t":"ev","stream":"{self.stream}","from":'.encode()
        self.places = places
        self.arrivals: dict[int, list[float]] = defaultdict(list)  # seq → when each socket had it
        self.frames: list[bytes] = []  # with events, of all sockets, the first few

    async def join(self, cookie: str) -> Socket:
        socket = await super().join(cookie)
        self.follow(socket)
        return socket

    def follow(self, socket: Socket) -> None:
        for number, (stream, (epoch, head)) in enumerate(self.places.items()):
            socket.send({"t": "sub", "id": number, "stream": stream, "epoch": epoch, "after": head})

    def has(self, seq: int) -> bool:
        """Whether everybody has the event at this position."""
        return len(self.arrivals[seq]) == len(self.sockets)

    def is_ready(self, socket: Socket) -> bool:
        """In step: told of everything up to the head that the answer to its subscription named."""
        return 0 <= socket.head <= socket.seq

    def hear(self, socket: Socket, text: bytes, now: float) -> None:
        if text.startswith(self.begin):
            seq = int(text[len(self.begin) : len(self.begin) + 60].split(b",", 2)[1][5:])
            self.arrivals[seq].append(now)
            socket.seq = seq
            if len(self.frames) < FRAMES_KEPT:
                self.frames.append(text)
        elif text.startswith(b'{"t":"sub_ok"'):
            answer = json.loads(text)
            if answer["stream"] == self.stream:
                socket.head = answer["head"]
                socket.seq = self.places[self.stream][1]
        elif text.startswith(b'{"t":"hb"'):
            socket.send({"t": "pong"})
        elif text.startswith((b'{"t":"resync"', b'{"t":"gone"', b'{"t":"error"')):
            raise RuntimeError(text.decode())


def run(work: Coroutine[Any, Any, T]) -> T:
    """In a fast loop of its own, in a thread of its own: Playwright keeps one running in the main thread."""
    import uvloop  # not on Windows, where nothing is measured

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(in_a_loop, work, uvloop.new_event_loop).result()


def in_a_loop(work: Coroutine[Any, Any, T], new_loop: Callable[[], asyncio.AbstractEventLoop]) -> T:
    with asyncio.Runner(loop_factory=new_loop) as runner:
        return runner.run(work)
