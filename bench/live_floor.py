"""The floor of the live path: daphne as it comes, with sockets to which a bare loop sends what somebody posts.

`python -m bench.live_floor PORT`. No Django, no log, no access: only what any server on daphne has to do.
"""

import asyncio
import os
import subprocess
import sys
import urllib.request
from typing import Any, Self

from tests.support.ports import free_port
from tests.support.product import REPOSITORY
from tests.support.waiting import wait_until

Send = Any
everybody: set[Send] = set()


async def application(scope: dict[str, Any], receive: Any, send: Send) -> None:
    if scope["type"] == "websocket":
        await keep(receive, send)
    else:
        frame = (await receive())["body"].decode()
        for client in list(everybody):
            await client({"type": "websocket.send", "text": frame})
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})


async def keep(receive: Any, send: Send) -> None:
    """Take one client in, until it goes. What it says is not heard."""
    while (message := await receive())["type"] != "websocket.disconnect":
        if message["type"] == "websocket.connect":
            await send({"type": "websocket.accept", "subprotocol": "accord.v1"})
            everybody.add(send)
    everybody.discard(send)


class FloorServer:
    """The floor's server as a process; a context manager."""

    def __enter__(self) -> Self:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process = subprocess.Popen([sys.executable, "-m", "bench.live_floor", str(self.port)], cwd=REPOSITORY)
        wait_until(self.answers, "the floor's server", 30)
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()

    @property
    def pid(self) -> int:
        return self.process.pid

    def answers(self) -> bool:
        try:
            self.post(b"")
        except OSError:
            return False
        return True

    def post(self, frame: bytes) -> None:
        """Have it sent to everybody; returns when it has been."""
        with urllib.request.urlopen(self.url, data=frame, timeout=10):
            pass


def serve(port: int) -> None:
    if os.name != "nt":
        import uvloop

        asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())
    from daphne.server import Server

    Server(application, endpoints=[f"tcp:{port}:interface=127.0.0.1"], websocket_timeout=-1).run()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
