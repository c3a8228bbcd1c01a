"""Thousands of simulated tabs in one thread beside the caller: they speak just enough of the protocol to follow streams.

    with Crowd(server) as crowd:
        tabs = [crowd.add(cookie, {"project:42": (epoch, seq)}) for cookie in cookies]
        wait_until(lambda: crowd.has_reached({"project:42": head}), "everybody to be there")

A tab holds positions and no cards. It comes back after a random pause, as a page does, and keeps count of what should
not happen. Whoever wants to know what arrived when sets `crowd.heard`.
"""

import asyncio
import json
import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

from tests.support.light_socket import LightSocket
from tests.support.live import Address

EVENTS = re.compile(rb'\{"t":"ev","stream":"([^"]+)","from":(\d+),"to":(\d+),')
AT_ONCE = 40  # tabs that are added open their lines so many at a time; those that come back do as they like
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds, as in frontend/src/live/back-off.ts


@dataclass(eq=False)
class Tab:
    """One person's tab: where each of its streams stands, and what became of its lines."""

    crowd: "Crowd"
    cookie: str
    places: dict[str, tuple[str, int]]  # stream → epoch and the last seq that arrived
    heads: dict[str, int] = field(default_factory=dict)  # stream → the head when it was joined
    line: LightSocket | None = None
    was_open: bool = False
    failures: int = 0
    ends: list[tuple[int | None, float]] = field(default_factory=list)  # code (None: never open) and moment

    async def connect(self) -> None:
        port = urlsplit(self.crowd.address.url).port or 80
        line = LightSocket(port, self.cookie, lambda _line, text, _at: self.take(text))
        line.on_open, line.on_end = self.opened, self.lost
        self.line, self.was_open = line, False
        try:
            await asyncio.get_running_loop().create_connection(lambda: line, "127.0.0.1", port)
        except OSError:
            self.lost()

    def opened(self) -> None:
        self.was_open = True
        for number, stream in enumerate(self.places):
            self.join(number, stream)

    def join(self, number: int, stream: str) -> None:
        epoch, seq = self.places[stream]
        self.say({"t": "sub", "id": number, "stream": stream, "epoch": epoch, "after": seq})

    def say(self, message: dict[str, Any]) -> None:
        if self.line is not None and not self.line.transport.is_closing():
            self.line.send(message)

    def take(self, content: bytes) -> None:
        if found := EVENTS.match(content):
            self.take_events(found[1].decode(), int(found[2]), int(found[3]))
            return
        frame = json.loads(content)
        if frame["t"] == "sub_ok":
            self.failures = 0
            self.heads[frame["stream"]] = frame["head"]
        elif frame["t"] == "hb":
            self.say({"t": "pong"})
        elif frame["t"] in {"resync", "gone", "error"}:
            self.crowd.troubles.append(frame)

    def take_events(self, stream: str, first: int, last: int) -> None:
        epoch, seq = self.places[stream]
        if first != seq + 1:
            self.crowd.troubles.append({"t": "hole", "stream": stream, "from": first, "at": seq})
        self.places[stream] = (epoch, last)
        self.crowd.heard(self, stream, last)

    def lost(self) -> None:
        code = self.line.closed if self.line and self.was_open else None
        self.line = None
        self.heads.clear()
        self.ends.append((code, time.monotonic()))
        if not self.crowd.is_over and self.crowd.comes_back:
            pause = self.crowd.chance.random() * min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(self.failures, 20))
            self.failures += 1
            self.crowd.loop.call_later(pause, lambda: self.crowd.spawn(self.connect()))

    def has_reached(self, heads: Mapping[str, int]) -> bool:
        """Whether it is connected, follows all of its streams, and has everything up to these positions."""
        joined = self.line is not None and self.line.is_open and len(self.heads) == len(self.places)
        return joined and all(seq >= heads.get(stream, 0) for stream, (_epoch, seq) in self.places.items())


class Crowd:
    """Tabs in a loop of their own; as a context manager it runs."""

    def __init__(self, address: Address, seed: object = 0, *, comes_back: bool = True) -> None:
        self.address = address
        self.comes_back = comes_back
        self.chance = random.Random(f"{seed}-crowd")
        self.tabs: list[Tab] = []
        self.troubles: list[dict[str, Any]] = []  # holes, and frames that ended a subscription
        self.heard: Callable[[Tab, str, int], None] = lambda tab, stream, seq: None
        self.is_over = False
        self.loop = asyncio.new_event_loop()
        self.gate = asyncio.Semaphore(AT_ONCE)
        self.tasks: set[asyncio.Task[None]] = set()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.is_over = True
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(timeout=30)

    def run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()
        for tab in self.tabs:
            if tab.line is not None and tab.line.transport is not None:
                tab.line.transport.abort()
        for task in self.tasks:
            task.cancel()
        with suppress(asyncio.CancelledError):
            self.loop.run_until_complete(asyncio.gather(*self.tasks, return_exceptions=True))
        self.loop.run_until_complete(asyncio.sleep(0))
        self.loop.close()

    def spawn(self, work: Any) -> None:
        task = self.loop.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def add(self, cookie: str, places: Mapping[str, tuple[str, int]]) -> Tab:
        """A tab of whoever has this session cookie, that knows each stream up to an epoch and a seq."""
        tab = Tab(self, cookie, dict(places))
        self.tabs.append(tab)
        self.loop.call_soon_threadsafe(lambda: self.spawn(self.come(tab)))
        return tab

    async def come(self, tab: Tab) -> None:
        async with self.gate:
            await tab.connect()
            while tab.line is not None and not tab.line.is_open:
                await asyncio.sleep(0.005)

    def has_reached(self, heads: Mapping[str, int] | None = None) -> bool:
        return all(tab.has_reached(heads or {}) for tab in self.tabs)
