"""What somebody missed, read and encoded once for everybody who missed the same.

After a restart a crowd comes back from one position: without this, each of them would read the log for itself.
"""

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from boards.live import limits
from boards.live.feeds import Feed
from boards.live.frames import Frame, event_frames
from boards.live.questions import read_page
from boards.streams import Place
from tracker.log.selectors import Line

if TYPE_CHECKING:
    from boards.live.hub import Hub

Key = tuple[Place, int]


@dataclass(frozen=True, slots=True)
class Page:
    """Events in a row that the feed has already delivered to its live subscriptions, and the frames that carry them."""

    lines: list[Line]
    frames: list[Frame]

    @property
    def size(self) -> int:
        """Bytes of its frames."""
        return sum(len(frame.data) for frame in self.frames)


class Pages:
    """Events never change, so a page stays true; it is kept for a moment, and only so much of them all."""

    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self.held: dict[Key, asyncio.Task[Page]] = {}
        self.bytes = 0

    async def after(self, feed: Feed, place: Place, at: int) -> Page:
        """The next events after `at`; fewer than there are, where the page was read a moment ago."""
        key = (place, at)
        reading = self.held.get(key)
        if reading is None:
            reading = self.held[key] = self.hub.spawn(self.read(feed, place, at))
            reading.add_done_callback(lambda done: self.keep(key, done))
        return await asyncio.shield(reading)

    async def read(self, feed: Feed, place: Place, at: int) -> Page:
        found = await self.hub.ask(read_page, place, at, limits.REPLAY_PAGE)
        lines = [line for line in found if line.seq <= feed.sent]
        return Page(lines, list(event_frames(feed.text, lines)))

    def keep(self, key: Key, done: "asyncio.Task[Page]") -> None:
        """For a moment; not at all where it is empty, did not come about, or would be too much."""
        page = None if done.cancelled() or done.exception() else done.result()
        if page is None or not page.lines or self.bytes + page.size > limits.PAGES_BYTES:
            del self.held[key]
            return
        self.bytes += page.size
        self.hub.loop.call_later(limits.PAGE_KEPT, self.drop, key, page.size)

    def drop(self, key: Key, size: int) -> None:
        del self.held[key]
        self.bytes -= size
