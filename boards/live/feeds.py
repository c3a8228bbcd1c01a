"""One stream as this process follows it, and who here subscribes to it."""

import asyncio
from dataclasses import dataclass, field
from typing import Protocol

from boards.live.outbox import Outbox
from boards.streams import Place, shown
from tracker.log.change import Name


class Socket(Protocol):
    """A client's connection, as the hub knows it."""

    key: str
    person: int
    is_guest: bool
    session: str
    outbox: Outbox
    subscriptions: "dict[Name, Subscription]"
    beats_at: float
    dies_at: float

    def end(self, code: int) -> None: ...


@dataclass(eq=False, slots=True)
class Subscription:
    """One socket's wish to follow one stream. It is replayed up to `at` until that is where the feed is; then it is live."""

    socket: Socket
    feed: "Feed"
    at: int = 0
    is_live: bool = False
    is_ended: bool = False
    replay: "asyncio.Task[None] | None" = None


@dataclass(eq=False, slots=True)
class Feed:
    """A stream that somebody here follows. Everything up to `sent` has been delivered; `known` is the highest seq heard of.

    `place` is None until the stream has been looked up. `followers` are sockets for which the hub itself watches the
    stream (their own user's, and the workspace's), without sending it.
    """

    name: Name
    place: Place | None = None
    sent: int = 0
    known: int = 0
    subscriptions: set[Subscription] = field(default_factory=set)
    followers: set[str] = field(default_factory=set)
    pump: "asyncio.Task[None] | None" = None
    joining: "asyncio.Task[None] | None" = None
    reading: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def text(self) -> str:
        return shown(self.name)

    @property
    def group(self) -> str:
        """The name of the stream's group on the channel layer."""
        return group_of(self.text)

    @property
    def is_wanted(self) -> bool:
        return bool(self.subscriptions or self.followers)

    def start(self, place: Place) -> None:
        """From here on. Only before anything has been sent, or after everybody was told to start anew."""
        self.place, self.sent = place, place.head
        self.known = max(self.known, place.head)  # a poke may have come first

    def live(self) -> list[Subscription]:
        return [subscription for subscription in self.subscriptions if subscription.is_live]


def group_of(stream: str) -> str:
    return "stream." + stream.replace(":", ".")
