"""Sockets in the tests' own process, on a hub that a test can look into. The server in front is as small as ASGI allows.

The hub's own rounds are so far apart that a test begins them itself, and it has one reader, whose statements are counted.
"""

import asyncio
import json
import time
from collections.abc import Callable
from typing import Any

from boards.live import limits
from boards.live.hub import Hub
from tests.support.waiting import PATIENCE, GaveUpError
from tracker.config.asgi import application

ROUNDS = {"TICK": 3600.0, "SESSION_CHECK": 36_000.0, "HEARTBEAT": 3600.0, "READERS": 1}


async def until(look: Callable[[], Any], what: str) -> Any:
    """What `look` finds at last. Raises GaveUpError."""
    deadline = time.monotonic() + PATIENCE
    while not (found := look()):
        if time.monotonic() > deadline:
            raise GaveUpError(f"waited {PATIENCE:g} s for {what}")
        await asyncio.sleep(0.005)
    return found


class Inside:
    """One client. What it is sent is in `frames`; while `reads` is not set, it takes nothing."""

    def __init__(self, cookie: str) -> None:
        self.messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.frames: list[dict[str, Any]] = []
        self.code: int | None = None
        self.reads = asyncio.Event()
        self.reads.set()
        headers = {"origin": "http://localhost", "host": "localhost", "cookie": cookie}
        scope = {
            "type": "websocket",
            "path": "/ws/live/",
            "query_string": b"",
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "subprotocols": ["accord.v1"],
        }
        self.messages.put_nowait({"type": "websocket.connect"})
        self.serving: asyncio.Future[Any] = asyncio.ensure_future(application(scope, self.messages.get, self.take))

    async def take(self, message: Any) -> None:
        """What the application sends."""
        if message["type"] == "websocket.close":
            self.code = message["code"]
        elif message["type"] == "websocket.send":
            await self.reads.wait()
            self.frames.append(json.loads(message["text"]))

    def say(self, **message: Any) -> None:
        self.messages.put_nowait({"type": "websocket.receive", "text": json.dumps(message)})

    async def sub(self, at: Any) -> dict[str, Any]:
        """Follow a stream from a place on, and return the answer."""
        here = len(self.frames)
        self.say(t="sub", id=1, stream=at.name, epoch=at.epoch, after=at.head)
        answers = {"sub_ok", "resync", "gone", "error"}
        found: dict[str, Any] = await until(
            lambda: next((f for f in self.frames[here:] if f["t"] in answers), None), f"an answer to sub {at.name}"
        )
        return found

    def seqs(self) -> list[int]:
        return [event["seq"] for f in self.frames if f["t"] == "ev" for event in f["events"]]

    async def told(self, t: str) -> dict[str, Any]:
        found: dict[str, Any] = await until(lambda: next((f for f in self.frames if f["t"] == t), None), t)
        return found

    async def closed(self) -> int:
        code: int = await until(lambda: self.code, "the socket to be closed")
        return code

    async def leave(self) -> None:
        self.reads.set()
        self.messages.put_nowait({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait([self.serving])


async def entered(hub: Hub, *clients: Inside) -> None:
    """Wait until the hub has taken so many in, and knows where the streams stand that it watches for them."""
    await until(
        lambda: len(hub.sockets) >= len(clients) and all(feed.place for feed in hub.feeds.values()),
        "the clients to be inside",
    )


def far_apart(patch: Callable[[Any, str, Any], None]) -> None:
    for name, value in ROUNDS.items():
        patch(limits, name, value)
