"""daphne, taught four things: to say when a client reads too slowly, to keep no heap of what one sends, to close with any
code, and to take its leave.

This module is imported before anything else that touches Twisted: the faster event loop has to be there first.
"""

import asyncio
import logging
import signal
import sys
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if sys.platform != "win32":
    import uvloop

    asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())

from tracker.left_out import leaving_out

# TLS is spoken by the proxy in front; `click` and `cbor2` are for tools and for WAMP, and so is the last, for the sake of
# which Autobahn's package would load `cryptography`.
with leaving_out(
    {"OpenSSL": None, "click": None, "cbor2": None, "autobahn.twisted.wamp": {"ApplicationSession": None}}
):
    from autobahn.websocket import protocol as autobahn_protocol
    from daphne import server as daphne_server
    from daphne import ws_protocol
    from daphne.http_protocol import HTTPFactory, WebRequest
    from daphne.server import Server
    from twisted.internet import defer, reactor
    from twisted.internet.tcp import Connection

from boards.live import limits
from boards.live.leaving import is_leaving, take_leave

if TYPE_CHECKING:
    from boards.live.frames import Frame  # it needs Django set up, which comes later

logger = logging.getLogger(__name__)
TURN = 0.0005  # seconds
# For every connection Autobahn lays its options out for a debug line, read or not: a fifth of what opening a socket costs.
vars(autobahn_protocol)["pformat"] = repr


class TwistedWire:
    """The way out to one client (see `Outbox`). Twisted tells its producer when the client falls behind."""

    def __init__(self, protocol: "LiveProtocol") -> None:
        self.protocol = protocol
        self.is_full = False
        self.on_drain: Callable[[], None] = lambda: None
        self.end: Callable[[int], None] = lambda code: None
        self.written = 0

    @property
    def taken(self) -> int:
        """Bytes that have left for the client's system."""
        transport = self.protocol.transport
        waiting = len(transport.dataBuffer) - transport.offset + transport._tempDataLen if transport else 0
        return self.written - int(waiting)

    def write(self, frame: "Frame") -> None:
        """Straight to the system where nothing waits: by way of Autobahn, Twisted and the loop it costs four times that.

        Not sendMessage in any case: it would hold outgoing frames to the limit of incoming ones.
        """
        data = frame.whole
        self.written += len(data)
        protocol = self.protocol
        if protocol.state != protocol.STATE_OPEN:
            return
        transport = protocol.transport
        if not (transport.dataBuffer or transport._tempDataBuffer or transport.disconnecting or protocol.send_queue):
            sent = transport.writeSomeData(data)
            if sent == len(data):
                return
            if isinstance(sent, int):
                data = data[sent:]
        transport.write(data)  # which also finds out, and tells, that the connection is lost

    # Twisted's names for a producer
    def pauseProducing(self) -> None:  # noqa: N802
        self.is_full = True

    def resumeProducing(self) -> None:  # noqa: N802
        self.is_full = False
        self.on_drain()

    def stopProducing(self) -> None:  # noqa: N802
        self.is_full = True


class LiveProtocol(ws_protocol.WebSocketProtocol):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wire = TwistedWire(self)
        self.unheard = 0  # bytes of messages that have come since the application had taken all of them

    def onOpen(self) -> None:  # noqa: N802
        # The HTTP channel that the connection began with listens there, to no purpose any more.
        self.transport.unregisterProducer()
        self.transport.bufferSize = limits.UNSENT_BYTES
        self.transport.registerProducer(self.wire, True)
        super().onOpen()

    def onMessage(self, payload: bytes, isBinary: bool) -> None:  # noqa: N802, N803
        """What the application has not taken yet waits in daphne's queue, which knows no limit. So here is one.

        The pace is looked at when a message is taken, and while the database is away none is.
        """
        queue = self.application_queue
        if queue.empty():
            self.unheard = 0
        self.unheard += len(payload)
        if queue.qsize() >= limits.MESSAGES_BURST or self.unheard > limits.UNHEARD_BYTES:
            self.wire.end(4429)
        else:
            super().onMessage(payload, isBinary)

    def serverClose(self, code: int | None = None) -> None:  # noqa: N802
        """With any code: Autobahn keeps 1003, 1009 and 1012 for itself."""
        self.sendCloseFrame(code=code or 1000, isReply=False)


class Door:
    """Lets those in who want a socket, one for each turn of the loop: in a crowd, requests need not wait for all of it."""

    def __init__(self) -> None:
        self.waiting: deque[LiveRequest] = deque()

    def knock(self, request: "LiveRequest") -> None:
        self.waiting.append(request)
        if len(self.waiting) == 1:
            asyncio.get_running_loop().call_soon(self.let_in)

    def let_in(self) -> None:
        request = self.waiting[0]
        if not request._disconnected:
            request.process_now()
        self.waiting.popleft()
        if self.waiting:
            asyncio.get_running_loop().call_soon(self.let_in)


class LiveRequest(WebRequest):
    def process(self) -> Any:
        if self.requestHeaders.hasHeader(b"upgrade"):
            self.server.door.knock(self)
            return None
        return self.process_now()

    def process_now(self) -> Any:
        return super().process()


class LiveFactory(HTTPFactory):
    def buildProtocol(self, addr: Any) -> Any:  # noqa: N802
        protocol = super().buildProtocol(addr)
        protocol.requestFactory = LiveRequest
        return protocol


class LiveServer(Server):
    """One process that serves HTTP and sockets."""

    def __init__(self, application: Any, **options: Any) -> None:
        options.setdefault("websocket_max_message_size", limits.FRAME_IN_BYTES)
        options.setdefault("websocket_max_frame_size", limits.FRAME_IN_BYTES)
        options.setdefault("websocket_timeout", -1)  # how long a socket lives is the hub's business
        # In a crowd it takes a while until one's turn comes: whoever is cut meanwhile knocks again, and makes it worse.
        options.setdefault("websocket_handshake_timeout", limits.PATIENCE_AT_THE_DOOR)
        options.setdefault("ping_interval", limits.PING)
        options.setdefault("ping_timeout", limits.PING_PATIENCE)
        options.setdefault("server_name", "accord")
        super().__init__(application, **options)

    def run(self) -> None:
        ws_protocol.WebSocketFactory.protocol = LiveProtocol
        daphne_server.HTTPFactory = LiveFactory
        self.door = Door()
        super().run()

    def create_application(self, protocol: Any, scope: dict[str, Any]) -> Any:
        if isinstance(protocol, LiveProtocol):
            scope["wire"] = protocol.wire
        elif is_leaving():
            say_goodbye(protocol)
        return super().create_application(protocol, scope)

    def kill_all_applications(self) -> Any:
        """Called as the server stops. What is under way is finished first; only what takes too long is cancelled."""
        in_a_hurry = reactor._exitSignal == signal.SIGINT
        leaving: Any = defer.Deferred.fromFuture(asyncio.ensure_future(take_leave(self, in_a_hurry=in_a_hurry)))
        leaving.addErrback(lambda failure: logger.error("the leave failed: %s", failure))
        leaving.addCallback(lambda _nothing: self.cancel_the_rest())
        return leaving

    def cancel_the_rest(self) -> Any:
        left = self.running()
        for application in left:
            application.cancel()
        return defer.Deferred.fromFuture(asyncio.gather(*left, return_exceptions=True))

    def running(self) -> list[Any]:
        """The applications at work, of sockets and of requests."""
        found = [details.get("application_instance") for details in self.connections.values()]
        return [application for application in found if application is not None and not application.done()]

    def connected(self, kind: type) -> list[Any]:
        return [
            protocol
            for protocol, details in self.connections.items()
            if isinstance(protocol, kind) and not details.get("disconnected")
        ]

    def sockets(self) -> list[Any]:
        return self.connected(LiveProtocol)

    def requests(self) -> list[Any]:
        """The HTTP requests in flight."""
        return [request for request in self.connected(WebRequest) if not request.finished]

    def is_writing(self) -> bool:
        """Whether an answer is still on its way out. Twisted would drop what waits when it stops."""
        waiting: list[Any] = reactor.getWriters()  # type: ignore[misc]
        return any(isinstance(writer, Connection) for writer in waiting)

    async def stop_listening(self) -> None:
        """Nobody comes in any more; whoever has kept their connection is told not to."""
        for listening in self.listeners:
            listening.addCallback(lambda port: port.stopListening())
            listening.addErrback(lambda _failure: None)
            await listening.asFuture(asyncio.get_running_loop())
        for protocol in self.requests():
            say_goodbye(protocol)


def say_goodbye(request: Any) -> None:
    """The answer to this request is the last one on its connection."""
    if request.channel is not None:
        request.channel.persistent = 0
        request.setHeader(b"connection", b"close")


def serve(*endpoints: str, **options: Any) -> None:
    """Serve on Twisted endpoints, as in `tcp:8000:interface=127.0.0.1`, until told to stop (SIGTERM, SIGINT)."""
    from channels.routing import get_default_application

    # A thread that wants to go on asks for its turn after so many seconds. The loop and the threads of requests and of the
    # hub pass it to and fro at every statement to the database: with the usual 5 ms a frame would wait longer than it takes.
    sys.setswitchinterval(TURN)
    waiting = [f"{endpoint}:backlog={limits.WAITING_AT_THE_DOOR}" for endpoint in endpoints]
    LiveServer(get_default_application(), endpoints=waiting, **options).run()
