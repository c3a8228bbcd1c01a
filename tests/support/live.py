"""The live path as a client meets it: the server as a process on the tests' own database, and a socket client."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol, Self

from django.db import connection
from django.test import Client
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from tests.support.ports import free_port
from tests.support.waiting import PATIENCE, GaveUpError, wait_until

REPOSITORY = Path(__file__).resolve().parents[2]
SERVE = """
import sys
from boards.live import server
import django
django.setup()
server.serve(f"tcp:{sys.argv[1]}:interface=127.0.0.1")
"""
# Tests judge states, not figures: what is waited for comes sooner.
QUICK = {
    "LIVE_TICK": "0.2",
    "LIVE_SESSION_CHECK": "0.5",
    "LIVE_HEARTBEAT": "0.5",
    "LIVE_DRAIN": "0.2",
    "LIVE_SLOW": "1",
}


def database_url() -> str:
    """The database of the tests that run now, for another process."""
    chosen = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{Path(chosen['NAME']).absolute()}"
    return f"postgres://{chosen['USER']}@{chosen['HOST']}:{chosen['PORT']}/{chosen['NAME']}"


class Address(Protocol):
    """Where a server is reached: itself, or something that stands before it."""

    @property
    def url(self) -> str: ...

    @property
    def socket_url(self) -> str: ...


class LiveServer:
    """HTTP and sockets in one process, as `manage.py serve` runs them."""

    def __init__(self, **settings: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        own = {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "tracker.config.settings"}
        self.environment = dict(os.environ) | own | {"BASE_URL": self.url} | QUICK | settings
        self.log = Path(os.environ["ACCORD_VAR"]) / f"live-{self.port}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end(signal.SIGKILL)

    def command(self) -> list[str]:
        """What is started, with this server's environment."""
        return [sys.executable, "-c", SERVE, str(self.port)]

    def launch(self) -> None:
        """Start it without waiting until it answers."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command(), env=self.environment, cwd=REPOSITORY, stdout=log, stderr=log
            )

    def start(self) -> None:
        self.launch()
        try:
            wait_until(self.answers, "the live server")
        except GaveUpError as gave_up:
            raise GaveUpError(f"{gave_up}\n{self.log.read_text(errors='replace')[-4000:]}") from None

    def answers(self) -> bool:
        assert self.process is not None
        if self.process.poll() is not None:
            raise RuntimeError(self.log.read_text(errors="replace"))
        try:
            with connect(self.socket_url, open_timeout=5):
                return True
        except OSError:
            return False
        except Exception:  # noqa: BLE001  (it was refused, so somebody answers)
            return True

    def pause(self) -> None:
        """Freeze it: its connections stay open, and nothing is answered."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def end(self, how: signal.Signals = signal.SIGTERM) -> int:
        assert self.process is not None
        self.process.send_signal(how)
        return self.process.wait(timeout=PATIENCE)

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/live/"


def cookie_of(user: Any) -> str:
    """The session cookie of somebody who has just signed in."""
    client = Client()
    client.force_login(user, backend="tracker.people.backend.Backend")
    return f"sessionid={client.cookies['sessionid'].value}"


class Watcher:
    """A socket of one person, that remembers everything it was sent."""

    def __init__(self, server: Address, cookie: str, *, origin: str | None = "", **options: Any) -> None:
        headers = {"Cookie": cookie} if cookie else {}
        options.setdefault("subprotocols", ["accord.v1"])
        given: Any = server.url if origin == "" else origin
        self.open = ExitStack()
        opening = connect(
            server.socket_url, origin=given, additional_headers=headers, compression=None, max_size=None, **options
        )
        self.socket: ClientConnection = self.open.enter_context(opening)
        self.frames: list[dict[str, Any]] = []
        self.last_id = 0
        self.code: int | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self.open.close()

    def send(self, **message: Any) -> None:
        self.socket.send(json.dumps(message))

    def sub(self, stream: str, epoch: str, after: int) -> dict[str, Any]:
        """Subscribe, and return the answer, whatever it is."""
        self.last_id += 1
        here = len(self.frames)
        self.send(t="sub", id=self.last_id, stream=stream, epoch=epoch, after=after)
        answers = {"sub_ok", "resync", "gone", "error"}
        return self.until(
            lambda: next(
                (f for f in self.frames[here:] if f["t"] in answers and f.get("stream", stream) == stream), None
            ),
            f"an answer to sub {stream}",
        )

    def receive(self, seconds: float) -> bool:
        """Take one frame in; False where none comes, or the socket is closed."""
        try:
            self.frames.append(json.loads(self.socket.recv(timeout=seconds)))
        except TimeoutError:
            return False
        except ConnectionClosed as closed:
            self.code = closed.rcvd.code if closed.rcvd else 1006
            return False
        return True

    def until(self, look: Callable[[], Any], what: str) -> Any:
        """Take frames in until `look` finds something, and return that. Raises GaveUpError."""
        deadline = time.monotonic() + PATIENCE
        while True:
            if found := look():
                return found
            if time.monotonic() > deadline or (self.code is not None and not look()):
                raise GaveUpError(
                    f"waited for {what}; closed with {self.code}; last frames {str(self.frames[-3:])[:2000]}"
                )
            self.receive(0.1)

    def closed(self) -> int:
        """Wait until the server has closed the socket; the code it gave."""
        deadline = time.monotonic() + PATIENCE
        while self.code is None and time.monotonic() < deadline:
            self.receive(0.1)
        if self.code is None:
            raise GaveUpError(f"the socket stays open; last frames {str(self.frames[-3:])[:2000]}")
        return self.code

    def events(self, stream: str) -> list[dict[str, Any]]:
        """Everything told of a stream so far, in the order in which it came."""
        return [event for f in self.frames if f["t"] == "ev" and f["stream"] == stream for event in f["events"]]

    def seqs(self, stream: str) -> list[int]:
        return [event["seq"] for event in self.events(stream)]

    def reach(self, stream: str, seq: int) -> list[int]:
        """Wait until an event at or above `seq` has come; all positions so far."""
        self.until(lambda: (seqs := self.seqs(stream)) and seqs[-1] >= seq, f"{stream} to reach {seq}")
        return self.seqs(stream)

    def told(self, t: str, **fields: Any) -> dict[str, Any]:
        """Wait for a frame of this kind with these fields."""
        return self.until(
            lambda: next((f for f in self.frames if f["t"] == t and fields.items() <= f.items()), None), f"{t} {fields}"
        )

    def still(self, seconds: float) -> None:
        """Take in whatever comes until nothing has come for so long (a heartbeat is not news)."""
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < seconds and self.code is None:
            if self.receive(0.05) and self.frames[-1]["t"] != "hb":
                quiet_since = time.monotonic()
