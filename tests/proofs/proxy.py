"""A TCP proxy of our own that does to a line what networks do: cut it, cut it inside a frame, go silent, go slow, be late."""

import random
import selectors
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Self

from tests.support.live import LiveServer
from tests.support.ports import free_port
from tests.support.waiting import wait_until

CHUNK = 65_536


@dataclass(eq=False)
class Line:
    """One connection through the proxy: the client's end and the server's, and what waits to go to the client."""

    client: socket.socket
    server: socket.socket
    held: list[tuple[float, bytes]] = field(default_factory=list)
    is_silent: bool = False

    def close(self) -> None:
        for end in (self.client, self.server):
            # No farewell: the other side finds the line dead, as when a cable is pulled.
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            end.close()


class Proxy:
    """Stands before a server, in a thread of its own. What goes wrong holds for what comes to the client."""

    def __init__(self, server: LiveServer, seed: object) -> None:
        self.server = server
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.socket_url = f"ws://127.0.0.1:{self.port}/ws/live/"
        self.chance = random.Random(f"{seed}-proxy")
        self.longest_delay = 0.0  # seconds
        self.bytes_a_second = 0  # 0: as fast as it goes
        self.cut_inside = False  # the next answer to anybody ends somewhere in its middle, and the line with it
        self.is_held = False  # nothing comes to the client meanwhile
        self.takes_nobody_on = False  # new lines are accepted and then silent
        self.cuts = 0
        self.lines: dict[socket.socket, Line] = {}
        self.guard = threading.RLock()
        self.stopped = threading.Event()
        self.choosing = selectors.DefaultSelector()
        self.listening = socket.create_server(("127.0.0.1", self.port))
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self) -> Self:
        self.choosing.register(self.listening, selectors.EVENT_READ)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stopped.set()
        self.thread.join(timeout=10)
        self.cut_all()
        self.listening.close()

    # --- faults --------------------------------------------------------------------------------------------------

    def cut_all(self) -> None:
        with self.guard:
            for line in set(self.lines.values()):
                self.cut(line)

    def go_silent(self) -> None:
        """Every line of now stays open, and nothing comes through it any more in either direction."""
        with self.guard:
            for line in self.lines.values():
                line.is_silent = True

    def hurt(self, how: str) -> None:
        """One fault. Slowness and delay last until `mend`; the others are of the moment."""
        if how == "cut":
            self.cut_all()
        elif how == "inside":
            self.cut_inside = True
        elif how == "silent":
            self.go_silent()
        elif how == "slow":
            self.bytes_a_second = 20_000
        elif how == "late":
            self.longest_delay = 0.3
        else:  # a closed door
            self.cut_all()
            self.takes_nobody_on = True
            wait_until(lambda: self.lines, "somebody to knock")
            self.takes_nobody_on = False

    @contextmanager
    def held(self) -> Iterator[None]:
        """What comes for the client waits here, however long it takes inside."""
        self.is_held = True
        try:
            yield
        finally:
            self.is_held = False

    def mend(self) -> None:
        """Nothing is slow or late any more. What is silent stays so until its client gives it up."""
        self.bytes_a_second, self.longest_delay, self.cut_inside = 0, 0.0, False

    # --- work ----------------------------------------------------------------------------------------------------

    def run(self) -> None:
        while not self.stopped.is_set():
            for key, _events in self.choosing.select(timeout=0.01):
                with self.guard:
                    if key.fileobj is self.listening:
                        self.accept()
                    elif line := self.lines.get(key.fileobj):  # type: ignore[call-overload]
                        self.carry(line, key.fileobj)  # type: ignore[arg-type]
            with self.guard:
                for line in set(self.lines.values()):
                    self.release(line)

    def accept(self) -> None:
        client, _address = self.listening.accept()
        try:
            server = socket.create_connection(("127.0.0.1", self.server.port), timeout=2)
        except OSError:
            client.close()
            return
        line = Line(client, server, is_silent=self.takes_nobody_on)
        for end in (client, server):
            self.lines[end] = line
            self.choosing.register(end, selectors.EVENT_READ)

    def carry(self, line: Line, end: socket.socket) -> None:
        try:
            data = end.recv(CHUNK)
        except OSError:
            data = b""
        if not data:
            self.cut(line)
        elif line.is_silent:
            return
        elif end is line.client:
            self.hand(line, line.server, data)
        else:
            line.held.append((self.due(line), data))
            self.release(line)

    def due(self, line: Line) -> float:
        """When it may go on: never before what came earlier on the same line."""
        now = time.monotonic()
        before = line.held[-1][0] if line.held else now
        return max(before, now + self.chance.random() * self.longest_delay)

    def release(self, line: Line) -> None:
        if self.is_held:
            return
        most = int(self.bytes_a_second * 0.01) or CHUNK * 100
        while line.held and line.held[0][0] <= time.monotonic() and most > 0 and not line.is_silent:
            due, data = line.held.pop(0)
            now, later = data[:most], data[most:]
            most -= len(now)
            if later:
                line.held.insert(0, (due, later))
            if self.cut_inside and len(now) > 40:
                self.cut_inside = False
                self.hand(line, line.client, now[: self.chance.randrange(1, len(now))])
                self.cut(line)
                return
            self.hand(line, line.client, now)

    def hand(self, line: Line, end: socket.socket, data: bytes) -> None:
        try:
            end.sendall(data)
        except OSError:
            self.cut(line)

    def cut(self, line: Line) -> None:
        self.cuts += 1
        for end in (line.client, line.server):
            if self.lines.pop(end, None):
                with suppress(KeyError, ValueError):
                    self.choosing.unregister(end)
        line.close()
