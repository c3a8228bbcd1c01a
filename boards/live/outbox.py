"""What waits for one socket: bounded, so that a slow reader costs neither the others nor the process."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from boards.live import limits
from boards.live.counters import count
from boards.live.frames import Frame


class Wire(Protocol):
    """The way out to one client. While `is_full`, nothing is to be written; `on_drain` is called when that ends.

    `taken` grows as long as the client takes anything. `end` closes the socket with a code: the socket sets it.
    """

    is_full: bool
    on_drain: Callable[[], None]
    end: Callable[[int], None]

    @property
    def taken(self) -> int: ...

    def write(self, frame: Frame) -> None: ...


class AsgiWire:
    """Any ASGI server's `send`: one frame at a time, the next when it has been taken."""

    def __init__(self, send: Callable[[dict[str, Any]], Awaitable[None]]) -> None:
        self.send = send
        self.is_full = False
        self.on_drain: Callable[[], None] = lambda: None
        self.end: Callable[[int], None] = lambda code: None
        self.taken = 0
        self.task: asyncio.Task[None] | None = None

    def write(self, frame: Frame) -> None:
        self.is_full = True
        self.task = asyncio.ensure_future(self.hand_over(frame))

    async def hand_over(self, frame: Frame) -> None:
        await self.send({"type": "websocket.send", "text": frame.data.decode()})
        self.taken += 1
        self.is_full = False
        self.on_drain()


# What waits for most sockets at most times; never put into. An empty deque of each one's own would take 700 bytes.
NOTHING: "deque[Frame]" = deque()


class Outbox:
    """Frames go straight to the wire while it takes them; what it does not take waits here, within the limits.

    Whoever has events to send asks `has_room` first: what finds none stays in the log until there is. Notes (frames without
    events: answers, heartbeats, presence) are in no log, so where as much of them piles up, the socket ends. They are counted
    apart: a box that is full of events has room for them, and they take none from events.
    """

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.waiting = NOTHING
        self.events = 0
        self.bytes = 0
        self.notes = 0
        self.note_bytes = 0
        self.is_closed = False
        self.emptied: asyncio.Future[None] | None = None  # somebody waits for it
        self.seen = 0  # of wire.taken, and since when it has not grown
        self.since: float | None = None
        wire.on_drain = self.drained

    def put(self, frame: Frame) -> None:
        if self.is_closed:
            return
        if not frame.events and self.notes and not self.has_room(frame):
            count("slow_socket_total")
            self.wire.end(4408)
            return
        count("sent_total")
        self.take(frame)

    def offer(self, frame: Frame) -> bool:
        """Put it, if there is room. Whoever offers one frame to many counts them together."""
        if self.waiting and not self.has_room(frame):
            return False
        self.take(frame)
        return True

    def take(self, frame: Frame) -> None:
        if self.is_closed:
            return
        if not self.waiting and not self.wire.is_full:
            self.wire.write(frame)
            return
        if self.waiting is NOTHING:
            self.waiting = deque()
        self.waiting.append(frame)
        self.weigh(frame, 1)

    def weigh(self, frame: Frame, sign: int) -> None:
        if frame.events:
            self.events += sign * frame.events
            self.bytes += sign * len(frame.data)
        else:
            self.notes += sign
            self.note_bytes += sign * len(frame.data)

    def has_room(self, frame: Frame) -> bool:
        """Always where nothing waits, however long the frame: it holds one transaction that cannot be divided."""
        number, size = (self.events, self.bytes) if frame.events else (self.notes, self.note_bytes)
        fits = number + (frame.events or 1) <= limits.BUFFER_EVENTS and size + len(frame.data) <= limits.BUFFER_BYTES
        return fits or not self.waiting

    async def room(self) -> None:
        """Wait until everything has been handed to the wire."""
        if self.waiting:
            if self.emptied is None:
                self.emptied = asyncio.get_running_loop().create_future()
            await asyncio.shield(self.emptied)

    def drained(self) -> None:
        while self.waiting and not self.wire.is_full:
            frame = self.waiting.popleft()
            self.weigh(frame, -1)
            self.wire.write(frame)
        if not self.waiting:
            self.tell_empty()

    def tell_empty(self) -> None:
        self.waiting = NOTHING
        if self.emptied is not None and not self.emptied.done():
            self.emptied.set_result(None)
        self.emptied = None

    def is_stuck(self, now: float) -> bool:
        """Whether the client has taken nothing for too long while something waits. To be asked now and then."""
        if not self.waiting or self.wire.taken > self.seen:
            self.seen = self.wire.taken
            self.since = None
        elif self.since is None:
            self.since = now
        return self.since is not None and now - self.since >= limits.SLOW

    def close(self) -> None:
        """Forget what waits; nothing is taken any more."""
        self.is_closed = True
        self.events = self.bytes = self.notes = self.note_bytes = 0
        self.tell_empty()
