"""One client's socket on /ws/live/: takes its messages and ends it. What is sent comes from the hub."""

import secrets
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from boards.live import limits
from boards.live.budget import Budget
from boards.live.counters import count
from boards.live.door import SUBPROTOCOL, is_our_page, visitor
from boards.live.feeds import Subscription
from boards.live.frames import BadFrame, BadRequest, frame, id_of, name_in, read_here, read_message, read_sub
from boards.live.hub import Hub
from boards.live.outbox import AsgiWire, Outbox
from boards.live.running import running_hub
from tracker.log.change import Name

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Coroutine[Any, Any, None]]


class LiveConsumer:
    """Nothing is ever changed over the socket. Messages of the client are looked up in MEANINGS, never by attribute.

    An application of its own and not one of Channels' consumers: those keep a queue and two tasks for each socket, for
    messages between processes that here come through the hub.
    """

    hub: Hub
    person = 0
    is_guest = True
    session = ""
    beats_at = dies_at = 0.0

    def __init__(self, scope: Message, send: Send) -> None:
        self.scope = scope
        self.send = send
        self.key = secrets.token_hex(8)
        self.subscriptions: dict[Name, Subscription] = {}
        self.is_inside = False
        self.is_ended = False
        self.pace = Budget(limits.MESSAGES_BURST, limits.MESSAGES_A_SECOND)
        self.outbox: Outbox

    async def serve(self, receive: Receive) -> None:
        """Take what the server says of the client, until it is gone."""
        try:
            while (message := await receive())["type"] != "websocket.disconnect":
                await HANDLERS[message["type"]](self, message)
        finally:  # also where the server gave up waiting for us
            self.is_ended = True
            self.leave()

    # --- coming and going ----------------------------------------------------------------------------------------

    async def opened(self, message: Message) -> None:
        self.hub = running_hub()
        if not is_our_page(self.scope):
            await self.send({"type": "websocket.close"})  # before it is accepted: the server answers 403
            return
        wire = self.scope.get("wire") or AsgiWire(self.send)
        wire.end = self.end
        self.outbox = Outbox(wire)
        spoken = SUBPROTOCOL in self.scope["subprotocols"]
        await self.send({"type": "websocket.accept", "subprotocol": SUBPROTOCOL if spoken else None})
        if not spoken:
            self.end(4400)
        elif self.hub.is_draining:
            self.end(1012)
        else:
            await self.enter()

    async def enter(self) -> None:
        found = await self.hub.ask(visitor, self.scope)
        self.scope["headers"].clear()  # what it said at the door; the socket may stay for hours
        if self.is_ended:
            return
        if self.hub.is_draining:  # since we asked
            self.end(1012)
        elif found is None:
            self.end(4401)
        elif len(self.hub.sockets_of(found.person)) >= limits.SOCKETS_PER_PERSON:
            self.end(4429)
        else:
            self.person, self.is_guest, self.session = found.person, found.is_guest, found.session
            self.is_inside = True
            self.hub.enter(self)

    def end(self, code: int) -> None:
        """Close the socket from our side. Nothing more is sent, and nothing more is heard."""
        if self.is_ended:
            return
        self.is_ended = True
        self.leave()
        count("socket_closed_total", code=code)
        self.hub.spawn(self.send({"type": "websocket.close", "code": code}))

    def leave(self) -> None:
        if hasattr(self, "outbox"):
            self.outbox.close()
        if self.is_inside:
            self.is_inside = False
            self.hub.leave(self)

    # --- messages ------------------------------------------------------------------------------------------------

    async def received(self, message: Message) -> None:
        if not self.is_inside:
            return
        text = message.get("text")
        if text is None:
            self.end(1003)
        elif len(text) > limits.FRAME_IN_BYTES:
            self.end(1009)
        elif not self.pace.take(0, 1, self.hub.loop.time()):
            self.end(4429)
        else:
            await self.understand(text)

    async def understand(self, text: str) -> None:
        try:
            message = read_message(text)
            if message["t"] not in MEANINGS:
                raise BadFrame
            await MEANINGS[message["t"]](self, message)
        except BadFrame:
            self.end(4400)
        except BadRequest:
            self.outbox.put(frame("error", id=id_of(message), code="bad_request"))

    async def sub(self, message: Message) -> None:
        await self.hub.delivery.subscribe(self, read_sub(message))

    async def unsub(self, message: Message) -> None:
        if subscription := self.subscriptions.get(name_in(message)):
            self.hub.end(subscription)

    async def here(self, message: Message) -> None:
        self.hub.presence.claim(self, read_here(message))

    async def pong(self, message: Message) -> None:
        """The client is alive; the server's own pings find out who is not."""


Handler = Callable[[LiveConsumer, Message], Awaitable[None]]
HANDLERS: dict[str, Handler] = {
    "websocket.connect": LiveConsumer.opened,
    "websocket.receive": LiveConsumer.received,
}
MEANINGS: dict[str, Handler] = {
    "sub": LiveConsumer.sub,
    "unsub": LiveConsumer.unsub,
    "here": LiveConsumer.here,
    "pong": LiveConsumer.pong,
}


def live_socket(scope: Message, receive: Receive, send: Send) -> Coroutine[Any, Any, None]:
    """The application behind /ws/live/."""
    return LiveConsumer(scope, send).serve(receive)
