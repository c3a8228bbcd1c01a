"""Hears who is where, from the sockets here and from other processes, and tells those who follow the same stream."""

import secrets
from typing import TYPE_CHECKING, Any

from boards.live import limits
from boards.live.feeds import Feed, Socket, Subscription, group_of
from boards.live.frames import Here, frame
from boards.live.presence import Claim, Room
from boards.streams import shown
from tracker.log.change import Name

if TYPE_CHECKING:
    from boards.live.hub import Hub


class PresenceDesk:
    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self.id = secrets.token_hex(8)
        self.rooms: dict[Name, Room] = {}
        self.told_at: dict[Name, float] = {}
        self.claimed_at: dict[str, float] = {}

    def claim(self, socket: Socket, here: Here) -> None:
        """A socket says where it is. Ignored from guests, for streams it does not follow, and more than once a second."""
        now = self.hub.loop.time()
        subscription = socket.subscriptions.get(here.name)
        if subscription is None or not subscription.is_live or socket.is_guest:
            return
        if now - self.claimed_at.get(socket.key, -limits.PRESENCE_EVERY) < limits.PRESENCE_EVERY:
            return
        self.claimed_at[socket.key] = now
        claim = Claim(socket.person, here.task, here.field)
        self.rooms.setdefault(here.name, Room()).claim(socket.key, claim, now)
        self.tell_others(here.name, socket.key, claim)
        self.publish(here.name)

    def leave(self, name: Name, socket: Socket) -> None:
        self.claimed_at.pop(socket.key, None)
        room = self.rooms.get(name)
        if room is not None and socket.key in room.claims:
            room.leave(socket.key)
            self.tell_others(name, socket.key, None)
            self.publish(name)

    def tell_others(self, name: Name, key: str, claim: Claim | None) -> None:
        text = shown(name)
        message: dict[str, Any] = {"type": "presence", "stream": text, "from": self.id, "key": key}
        if claim is not None:
            message |= claim.shown()
        if self.hub.listener.layer is not None:
            self.hub.spawn(self.hub.listener.tell(group_of(text), message))

    def hear(self, name: Name, message: dict[str, Any]) -> None:
        """A claim, or the end of one, from another process."""
        if message.get("from") == self.id or name not in self.hub.feeds:
            return
        room = self.rooms.setdefault(name, Room())
        key = str(message["key"])
        if "person" in message:
            claim = Claim(message["person"], message.get("task"), message.get("field"))
            room.claim(key, claim, self.hub.loop.time())
        else:
            room.leave(key)
        self.publish(name)

    def publish(self, name: Name) -> None:
        """Tell at once, unless something was told a moment ago; then `beat` does."""
        now = self.hub.loop.time()
        feed, room = self.hub.feeds.get(name), self.rooms.get(name)
        if feed is None or room is None or now - self.told_at.get(name, -limits.PRESENCE_EVERY) < limits.PRESENCE_EVERY:
            return
        people = room.news()
        if people is None:
            return
        self.told_at[name] = now
        told = frame("presence", stream=feed.text, people=people)
        for subscription in feed.live():
            if not subscription.socket.is_guest:
                subscription.socket.outbox.put(told)

    def show(self, subscription: Subscription) -> None:
        """Tell somebody who has just come who is there."""
        feed: Feed = subscription.feed
        room = self.rooms.get(feed.name)
        if room is not None and room.claims and not subscription.socket.is_guest:
            subscription.socket.outbox.put(frame("presence", stream=feed.text, people=room.people()))

    def beat(self, now: float) -> None:
        for name, room in list(self.rooms.items()):
            room.expire(now)
            self.publish(name)

    def close(self, name: Name) -> None:
        self.rooms.pop(name, None)
        self.told_at.pop(name, None)
