"""One hub for each process: reads every followed stream once, encodes once, hands it to the sockets here.

The database log is the truth. A poke says that there is news, the tick finds what no poke told; either way the hub
reads what follows `feed.sent`, so lost, doubled or reordered pokes cost delay and never data.
"""

import asyncio
import logging
import random
from collections.abc import Coroutine
from typing import Any, TypeVar

from boards.live import limits
from boards.live.counters import SOCKETS, count
from boards.live.delivery import Delivery
from boards.live.feeds import Feed, Socket, Subscription
from boards.live.frames import Frame, frame
from boards.live.layer import Listener
from boards.live.presence_desk import PresenceDesk
from boards.live.questions import alive, readable
from boards.live.reading import FAILURES, Readers
from boards.streams import WORKSPACE, parse, place_of, shown
from tracker.log.change import Name, user_stream
from tracker.log.selectors import heads

logger = logging.getLogger(__name__)
TELL_AGAIN = 0.5  # seconds after which a task that was told to end, and has not, is told once more
MOST_TELLING = 20  # times; then the process ends without it
T = TypeVar("T")


class Hub:
    """Made by `running_hub()`. Everything but `poke_from_outside` is called in its loop."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.readers = Readers()
        self.listener = Listener(self.hear)
        self.feeds: dict[Name, Feed] = {}
        self.sockets: dict[str, Socket] = {}
        self.newcomers: list[Socket] = []
        self.delivery = Delivery(self)
        self.presence = PresenceDesk(self)
        self.is_draining = False
        self.turn = 0  # of looking after sessions
        self.tasks: set[asyncio.Task[Any]] = set()

    def start(self) -> None:
        self.spawn(self.listener.listen())
        self.spawn(self.repeat(lambda: limits.TICK, self.tick))
        self.spawn(self.repeat(lambda: limits.SESSION_CHECK / limits.SESSION_TURNS, self.check_sessions))
        self.spawn(self.repeat(lambda: min(1.0, limits.HEARTBEAT / 10), self.beat))
        self.spawn(self.repeat(lambda: self.listener.lapse / 3, self.rejoin))

    def spawn(self, work: Coroutine[Any, Any, T]) -> "asyncio.Task[T]":
        """Run beside everything else; kept until it is done, and what goes wrong is logged."""
        task = self.loop.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.finished)
        return task

    def finished(self, task: "asyncio.Task[Any]") -> None:
        self.tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            logger.error("a task of the hub failed", exc_info=error)

    async def repeat(self, period: Any, work: Any) -> None:
        while True:
            await asyncio.sleep(period())
            try:
                await work()
            except FAILURES as error:
                logger.warning("the database could not be read: %s", error)
            except Exception:  # whatever it is: nobody else would begin the next round
                logger.exception("a round of the hub failed, the next one tries again")

    async def stop(self) -> None:
        """End every task and thread. The sockets are the caller's to close first.

        A task is told more than once where it must be: whoever waits for an answer that comes at the very moment of the
        cancellation gets the answer instead, and goes on (`asyncio.wait_for` before Python 3.12, the channel layer).
        """
        for _time in range(MOST_TELLING):
            if not self.tasks:
                break
            for task in self.tasks:
                task.cancel()
            await asyncio.wait(list(self.tasks), timeout=TELL_AGAIN)
        else:
            logger.error("the hub ends without %s", [task.get_coro() for task in self.tasks])
        await self.loop.run_in_executor(None, self.readers.close)

    # --- sockets -------------------------------------------------------------------------------------------------

    def enter(self, socket: Socket) -> None:
        """Take a socket in. The hub follows its person's stream and the workspace for what they say about access."""
        now = self.loop.time()
        socket.beats_at = now + self.next_beat()
        socket.dies_at = now + random.uniform(limits.SHORTEST_LIFE, limits.LONGEST_LIFE)  # noqa: S311  (no secret)
        self.sockets[socket.key] = socket
        SOCKETS.inc()
        self.newcomers.append(socket)
        for name in (user_stream(socket.person), WORKSPACE):
            feed = self.feed(name)
            feed.followers.add(socket.key)
            if feed.place is None:
                self.spawn(self.look_after(feed))

    def leave(self, socket: Socket) -> None:
        if self.sockets.pop(socket.key, None):
            SOCKETS.dec()
        for subscription in list(socket.subscriptions.values()):
            self.end(subscription)
        for name in (user_stream(socket.person), WORKSPACE):
            if feed := self.feeds.get(name):
                feed.followers.discard(socket.key)
                self.retire(feed)

    def sockets_of(self, person: int) -> list[Socket]:
        return [socket for socket in self.sockets.values() if socket.person == person]

    # --- feeds ---------------------------------------------------------------------------------------------------

    def feed(self, name: Name) -> Feed:
        feed = self.feeds.get(name)
        if feed is None:
            feed = self.feeds[name] = Feed(name)
            feed.joining = self.spawn(self.listener.join([feed.group]))
        return feed

    def retire(self, feed: Feed) -> None:
        """Let a stream go that nobody here follows any more."""
        if not feed.is_wanted and self.feeds.get(feed.name) is feed:
            del self.feeds[feed.name]
            self.presence.close(feed.name)
            self.spawn(self.listener.leave(feed.group))

    async def joined(self, feed: Feed) -> None:
        """Wait until pokes for the stream reach us, but not for a layer that does not answer."""
        if feed.joining is not None and not feed.joining.done():
            await asyncio.wait([feed.joining], timeout=limits.POKE_PATIENCE)

    async def look_after(self, feed: Feed) -> None:
        """Start a feed that the hub itself follows."""
        await self.joined(feed)
        if feed.place is None:
            place = await self.ask(place_of, feed.name)
            if feed.place is None:
                feed.start(place)
                self.poke(feed.name, feed.known)

    async def ask(self, work: Any, *args: Any, **options: Any) -> Any:
        """An answer from the database, however long it takes to come back."""
        while True:
            try:
                return await self.readers.read(work, *args, **options)
            except FAILURES as error:
                logger.warning("the database could not be read: %s", error)
                await self.pause()

    async def pause(self) -> None:
        """Before the database is asked again."""
        await asyncio.sleep(limits.TICK)

    # --- news ----------------------------------------------------------------------------------------------------

    def hear(self, message: dict[str, Any]) -> None:
        """A message from another process, or from a thread of this one."""
        name = parse(message.get("stream"))
        if name is None:
            return
        if message.get("type") == "poke":
            self.poke(name, int(message.get("seq", 0)))
        elif message.get("type") == "presence":
            self.presence.hear(name, message)

    def poke(self, name: Name, seq: int) -> None:
        """There may be news up to `seq`. The first poke is acted on at once; see `pump`."""
        feed = self.feeds.get(name)
        if feed is None:
            return
        feed.known = max(feed.known, seq)
        if feed.place is not None and feed.known > feed.sent and (feed.pump is None or feed.pump.done()):
            feed.pump = self.spawn(self.pump(feed))

    async def pump(self, feed: Feed) -> None:
        """Deliver until nothing is known to be missing; pokes that come within the pause are acted on together."""
        while feed.is_wanted and feed.known > feed.sent:
            began = self.loop.time()
            try:
                await self.delivery.catch_up(feed)
            except FAILURES as error:
                logger.warning("reading %s failed, the tick tries again: %s", feed.text, error)
                return
            await asyncio.sleep(max(0.0, began + limits.COALESCE - self.loop.time()))

    async def tick(self) -> None:
        """Find what no poke told: one query for all streams of the process.

        Sockets that came since the last tick are checked once more: they may have been signed out before we followed.
        """
        newcomers = list(self.newcomers)
        await self.check_sockets(newcomers)
        del self.newcomers[: len(newcomers)]  # only now: the next tick asks again where this one could not
        asked = [(feed, feed.place, feed.sent) for feed in self.feeds.values() if feed.place is not None]
        if not asked:
            return
        found = await self.readers.read(heads, [place.id for _feed, place, _sent in asked])
        for feed, place, sent in asked:
            epoch, head = found.get(place.id, ("", 0))
            if feed.place is not place:
                continue  # it has started anew since we asked
            if epoch != place.epoch or head < sent:  # not `feed.sent`: more may have been delivered since we asked
                await self.delivery.start_anew(feed, "epoch")
            elif head > feed.sent:
                if head > feed.known:
                    count("poke_lost_total")
                    self.spawn(self.listener.join([feed.group]))
                self.poke(feed.name, head)

    async def rejoin(self) -> None:
        """A membership lapses silently; being in a group twice is harmless."""
        await self.listener.join([feed.group for feed in self.feeds.values()])

    # --- subscriptions -------------------------------------------------------------------------------------------

    def end(self, subscription: Subscription, last: Frame | None = None) -> bool:
        """End a subscription, with a last frame that says why. False, and nothing is done, where it has ended already."""
        if subscription.is_ended:
            return False
        subscription.is_ended, subscription.is_live = True, False
        feed, socket = subscription.feed, subscription.socket
        feed.subscriptions.discard(subscription)
        if socket.subscriptions.get(feed.name) is subscription:
            del socket.subscriptions[feed.name]
        self.presence.leave(feed.name, socket)
        if last is not None:
            socket.outbox.put(last)
        self.retire(feed)
        return True

    def gone(self, subscription: Subscription) -> bool:
        return self.end(subscription, frame("gone", stream=subscription.feed.text))

    def lost(self, subscription: Subscription) -> None:
        """Somebody may not read any more what they could read until now."""
        if self.gone(subscription):
            count("acl_unsub_total")

    def resync(self, subscription: Subscription, reason: str) -> None:
        """The client has to start anew from a snapshot."""
        if self.end(subscription, frame("resync", stream=subscription.feed.text, reason=reason)):
            count("resync_total", reason=reason)

    async def check_person(self, person: int) -> None:
        """Something about the person themselves has changed: close their sockets, or what they may not read any more."""
        sockets = self.sockets_of(person)
        held = [sub for socket in sockets for sub in socket.subscriptions.values()]
        allowed = await self.readers.read(readable, person, {sub.feed.name for sub in held})
        for socket in sockets:
            if allowed is None:
                socket.end(4401)
            else:
                socket.is_guest = allowed.is_guest
        for subscription in held:
            if allowed is not None and subscription.feed.name not in allowed.names:
                self.lost(subscription)

    # --- time ----------------------------------------------------------------------------------------------------

    async def check_sessions(self) -> None:
        """Close the sockets of everybody who has signed out or may not come in any more: a part of them at each turn."""
        self.turn = (self.turn + 1) % limits.SESSION_TURNS
        due = [socket for socket in self.sockets.values() if hash(socket.key) % limits.SESSION_TURNS == self.turn]
        await self.check_sockets(due)

    async def check_sockets(self, sockets: list[Socket]) -> None:
        if not sockets:
            return
        sessions, people = {socket.session for socket in sockets}, {socket.person for socket in sockets}
        living, active = await self.readers.read(alive, sessions, people)
        for socket in sockets:
            if socket.session not in living or socket.person not in active:
                socket.end(4401)

    async def beat(self) -> None:
        """Heartbeats that are due, sockets that have grown old, claims of presence that have expired."""
        now = self.loop.time()
        for socket in list(self.sockets.values()):
            if socket.outbox.is_stuck(now):
                count("slow_socket_total")
                socket.end(4408)
            elif socket.dies_at <= now:
                socket.end(1012)
            elif socket.beats_at <= now:
                socket.beats_at = now + self.next_beat()
                socket.outbox.put(frame("hb", heads=positions(socket)))
        self.presence.beat(now)

    def next_beat(self) -> float:
        spread = limits.HEARTBEAT_SPREAD
        return limits.HEARTBEAT * random.uniform(1 - spread, 1 + spread)  # noqa: S311  (no secret)

    async def drain(self) -> None:
        """The server stops: take nobody in, and send everybody elsewhere, spread over a few seconds."""
        self.is_draining = True
        sockets = list(self.sockets.values())
        for socket in sockets:
            socket.end(1012)
            await asyncio.sleep(limits.DRAIN / len(sockets))


def positions(socket: Socket) -> dict[str, int]:
    """Where each of the socket's streams stands; one that is still being replayed, how far that has got."""
    return {
        shown(name): max(sub.feed.known, sub.feed.sent) if sub.is_live else sub.at
        for name, sub in socket.subscriptions.items()
    }
