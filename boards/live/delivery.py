"""From the log to the sockets: what is new, what somebody missed, and where access ends. Whole transactions only."""

import json
import logging
import time
from typing import TYPE_CHECKING

from boards.access_news import TYPE as ACCESS_CHANGED
from boards.access_news import AccessNews, last_hole, read
from boards.live import limits
from boards.live.budget import Budget
from boards.live.counters import REPLAY, count, told
from boards.live.feeds import Feed, Socket, Subscription
from boards.live.frames import LARGEST, Frame, Sub, event_frames, frame, transactions
from boards.live.pages import Pages
from boards.live.questions import Standing, Wish, judge, read_news
from boards.live.reading import FAILURES
from boards.live.standings import Standings
from boards.streams import WORKSPACE, Place, place_of
from tracker.log.models import Stream
from tracker.log.selectors import Line

if TYPE_CHECKING:
    from boards.live.hub import Hub

logger = logging.getLogger(__name__)
# What the hub itself has to act on, before anything later is delivered.
HEEDED = {ACCESS_CHANGED, "session.ended", "person.changed"}


class Delivery:
    """Reads for a feed and sends to its subscriptions. Nothing is awaited between sending events and noting them as sent,
    nor between finding a replayed subscription level with its feed and making it live: so there is no hole and no double.
    """

    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self.standings = Standings(hub)
        self.pages = Pages(hub)
        self.replayed = Budget(limits.REPLAY_BUDGET, limits.REPLAY_BUDGET / 60)

    # --- news ----------------------------------------------------------------------------------------------------

    async def catch_up(self, feed: Feed) -> None:
        """Read once what is new, and deliver it. Raises DatabaseError; then nothing of it counts as delivered."""
        async with feed.reading:
            place, known = feed.place, feed.known
            if place is None:
                return
            workspace = self.hub.feeds.get(WORKSPACE) if feed.name != WORKSPACE else None
            news = await self.hub.readers.read(read_news, place, feed.sent, workspace.place if workspace else None)
            if feed.place is not place:
                return
            if news.epoch != place.epoch:
                await self.start_anew(feed, "epoch")
            elif not news.lines:
                feed.known = feed.sent if feed.known == known else feed.known
            elif news.lines[0].seq != feed.sent + 1:
                logger.error("%s has a hole after %s", feed.text, feed.sent)
                await self.start_anew(feed, "overflow")
            else:
                # Who reads everything says the workspace's stream: what was committed there before these events counts.
                if workspace and workspace.place and workspace.sent < news.workspace_head:
                    await self.catch_up(workspace)
                feed.known = max(feed.known, news.head)
                await self.deliver_or_start_anew(feed, news.lines)

    async def deliver_or_start_anew(self, feed: Feed, lines: list[Line]) -> None:
        """What cannot be delivered now will not be the next time either: a snapshot passes over it, and asks for access."""
        try:
            await self.deliver(feed, lines)
        except FAILURES:
            raise
        except Exception:
            logger.exception("%s could not be delivered after %s", feed.text, feed.sent)
            await self.start_anew(feed, "overflow")

    async def deliver(self, feed: Feed, lines: list[Line]) -> None:
        ready: list[Line] = []
        for transaction in transactions(lines):
            heeded = [line for line in transaction if line.type in HEEDED]
            if heeded:
                self.send(feed, ready)
                ready = []
                for line in heeded:
                    await self.heed(feed, line)
            ready += transaction
        self.send(feed, ready)

    def send(self, feed: Feed, lines: list[Line]) -> None:
        if not lines:
            return
        if feed.live():
            before = feed.sent
            for encoded in event_frames(feed.text, lines):
                count("frames_total")
                count("events_total", encoded.events)
                self.hand_out(feed, encoded, before)
                before = encoded.last
            if lines[0].at is not None:
                told(time.time() - lines[0].at.timestamp())
        feed.sent = lines[-1].seq
        feed.known = max(feed.known, feed.sent)

    def hand_out(self, feed: Feed, encoded: Frame, before: int) -> None:
        """To every live subscription. One whose socket has no room falls behind: it is replayed when there is room again."""
        live = feed.live()
        count("sent_total", len(live))
        for subscription in live:
            if not subscription.socket.outbox.offer(encoded):
                count("fell_behind_total")
                subscription.at, subscription.is_live = before, False
                subscription.replay = self.hub.spawn(self.replay(subscription))

    async def start_anew(self, feed: Feed, reason: str) -> None:
        """The history is not the one that was followed: everybody starts from a snapshot, and so does the feed."""
        for subscription in list(feed.subscriptions):
            self.hub.resync(subscription, reason)
        feed.known = 0
        feed.start(await self.hub.readers.read(place_of, feed.name))
        if feed.followers:
            await self.hub.check_sessions()
            for person in {socket.person for socket in self.hub.sockets.values()}:
                await self.hub.check_person(person)

    # --- access --------------------------------------------------------------------------------------------------

    async def heed(self, feed: Feed, line: Line) -> None:
        """Act on an event that may end subscriptions or sockets, before it or anything later is sent."""
        kind, ref = feed.name
        if kind == Stream.Kind.USER:
            await self.hub.check_sockets(self.hub.sockets_of(ref))
            await self.hub.check_person(ref)
        elif line.type == ACCESS_CHANGED:
            await self.check_readers(feed, read(line))
        elif line.type == "person.changed":
            await self.hub.check_person(int(json.loads(line.body)["id"]))

    async def check_readers(self, feed: Feed, news: AccessNews) -> None:
        """End the subscriptions of those who lost the stream at this position: they get nothing of its transaction.

        Whoever subscribes while we ask is asked about after this position, so is no concern of ours.
        """
        concerned = [sub for sub in feed.subscriptions if news.names(sub.socket.person)]
        if not concerned or feed.place is None:
            return
        people = {sub.socket.person for sub in concerned}
        verdict = await self.hub.readers.read(judge, people, feed.name, feed.place, news)
        for subscription in concerned:
            if verdict.is_lost(subscription.socket.person):
                self.hub.lost(subscription)
            elif verdict.is_unclear(subscription.socket.person):
                self.hub.resync(subscription, "access")

    # --- joining -------------------------------------------------------------------------------------------------

    async def subscribe(self, socket: Socket, wish: Sub) -> None:
        """Join, then replay what follows `wish.after`, then go live."""
        former = socket.subscriptions.get(wish.name)
        if former is not None:
            self.hub.end(former)
        elif len(socket.subscriptions) >= limits.STREAMS_PER_SOCKET:
            socket.outbox.put(frame("error", id=wish.id, code="too_many"))
            return
        feed = self.hub.feed(wish.name)
        subscription = Subscription(socket, feed)
        feed.subscriptions.add(subscription)  # before access is looked up: what ends it meanwhile must find it
        socket.subscriptions[wish.name] = subscription
        await self.hub.joined(feed)
        standing = await self.standings.of(wish.name, Wish(socket.person, min(wish.after, LARGEST)))
        if subscription.is_ended:
            return
        if standing is None:
            self.hub.gone(subscription)
            return
        await self.level(feed, standing.place)
        if not subscription.is_ended:
            self.admit(subscription, wish, standing)

    async def level(self, feed: Feed, place: Place) -> None:
        """Have the feed stand at the place at least."""
        if feed.place is None:
            feed.start(place)
            self.hub.poke(feed.name, feed.known)
        while feed.place is not None and (feed.place.epoch != place.epoch or feed.sent < place.head) and feed.is_wanted:
            try:
                if feed.place.epoch != place.epoch:
                    await self.start_anew(feed, "epoch")
                    return
                await self.catch_up(feed)
            except FAILURES as error:
                logger.warning("reading %s failed: %s", feed.text, error)
                await self.hub.pause()

    def admit(self, subscription: Subscription, wish: Sub, standing: Standing) -> None:
        socket, place = subscription.socket, standing.place
        if reason := why_anew(wish, standing):
            self.hub.resync(subscription, reason)
        elif not self.replayed.take(socket.person, place.head - wish.after, self.hub.loop.time()):
            socket.end(4429)
        else:
            subscription.at = wish.after
            text = subscription.feed.text
            socket.outbox.put(frame("sub_ok", id=wish.id, stream=text, epoch=place.epoch, head=place.head))
            self.hub.presence.show(subscription)
            if not self.is_level(subscription):
                REPLAY.observe(place.head - wish.after)
                subscription.replay = self.hub.spawn(self.replay(subscription))

    def is_level(self, subscription: Subscription) -> bool:
        """Make the subscription live where it has everything that the feed has sent."""
        subscription.is_live = subscription.at >= subscription.feed.sent and not subscription.is_ended
        return subscription.is_live

    async def replay(self, subscription: Subscription) -> None:
        """Send what was missed, as fast as the client reads, until the subscription is level with its feed.

        One that cannot be replayed starts anew: it would be silent for good, and its heartbeat would say that all is well.
        """
        try:
            await self.send_missed(subscription)
        except Exception:
            logger.exception("%s could not be replayed after %s", subscription.feed.text, subscription.at)
            self.hub.resync(subscription, "overflow")

    async def send_missed(self, subscription: Subscription) -> None:
        feed, outbox = subscription.feed, subscription.socket.outbox
        await outbox.room()
        while not self.is_level(subscription) and feed.place is not None:
            page = await self.pages.after(feed, feed.place, subscription.at)
            if reason := why_not_replayed(page.lines, subscription):
                self.hub.resync(subscription, reason)  # nothing, where the subscription has ended meanwhile
                return
            for encoded in page.frames:
                while not outbox.has_room(encoded):
                    await outbox.room()
                if subscription.is_ended:
                    return
                outbox.put(encoded)
                subscription.at = encoded.last
                count("replayed_events_total", encoded.events)
            await outbox.room()


def why_anew(wish: Sub, standing: Standing) -> str:
    """Why the client cannot be brought up from where it is; empty where it can."""
    place = standing.place
    if wish.epoch != place.epoch:
        return "epoch"
    if wish.after > place.head:
        return "ahead"
    if wish.after < place.floor or place.head - wish.after > limits.REPLAY_EVENTS:
        return "too_old"
    return "access" if standing.was_interrupted else ""


def why_not_replayed(lines: list[Line], subscription: Subscription) -> str:
    if not lines or lines[0].seq != subscription.at + 1:
        return "too_old"
    return "access" if last_hole(lines, subscription.socket.person) else ""
