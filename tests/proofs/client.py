"""A simulated client: it follows boards by the rule of docs/sync.md, and keeps every frame for the checkers."""

import json
import random
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from websockets.exceptions import WebSocketException

from tests.proofs.back_off import full_jitter
from tests.proofs.copies import Copy
from tests.proofs.http import FAILURES, PATIENCE, Http
from tests.support.live import Address, Watcher

SILENCE = 3.0  # seconds without any frame; heartbeats come every half second here
BEHIND = 5.0  # seconds that a heartbeat may be ahead of the copy, as in the browser
TRIES = 3  # times that a gap is answered by subscribing again, before a fresh snapshot
LOST = (OSError, WebSocketException, EOFError, json.JSONDecodeError)


@dataclass
class Talk:
    """All that was said on one socket: what was asked for under each id, and every frame that came."""

    subs: dict[int, dict[str, Any]] = field(default_factory=dict)
    frames: list[dict[str, Any]] = field(default_factory=list)
    code: int | None = None
    opened: float = field(default_factory=time.monotonic)
    heads: dict[str, int] = field(default_factory=dict)  # where each stream stood when it was joined
    level: float | None = None  # seconds until everything had arrived that was there
    lasted: float = 0.0  # seconds

    def kinds(self) -> list[str]:
        return [frame["t"] for frame in self.frames]


class Client:
    """One person's tab, in a thread of its own. As a context manager it runs."""

    def __init__(self, address: Address, cookie: str, boards: list[int], seed: object = 0, person: int = 0) -> None:
        self.address, self.cookie, self.person = address, cookie, person
        self.copies = {f"project:{board}": Copy(board) for board in boards}
        self.chance = random.Random(f"{seed}-{person}-{boards}")
        self.talks: list[Talk] = []
        self.reasons: list[str] = []  # why it started anew
        self.tries: dict[str, int] = {}
        self.behind: dict[str, tuple[float, int]] = {}
        self.wants_snapshot: set[str] = set()
        self.failures = 0
        self.guard = threading.RLock()
        self.stopped = threading.Event()
        self.http = Http(address, cookie, patience=PATIENCE)
        self.on_step: Any = lambda copy, transaction: None
        self.thread: threading.Thread | None = None
        self.problem: BaseException | None = None

    def __enter__(self) -> "Client":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        self.stopped.clear()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def stop(self) -> None:
        self.stopped.set()
        if self.thread is not None:
            self.thread.join(timeout=90)
        self.http.close()

    def move(self, address: Address, cookie: str) -> None:
        """While it is stopped: from now on it talks to another server, signed in there."""
        self.address, self.cookie, self.http = address, cookie, Http(address, cookie, patience=PATIENCE)

    def copy(self, board: int) -> Copy:
        return self.copies[f"project:{board}"]

    # --- the socket ----------------------------------------------------------------------------------------------

    def run(self) -> None:
        try:
            while not self.stopped.is_set():
                with suppress(LOST):
                    self.connect()
                self.stopped.wait(full_jitter(self.failures, self.chance))
                self.failures += 1
        except BaseException as problem:
            self.problem = problem
            raise

    def connect(self) -> None:
        options = {"open_timeout": 5, "close_timeout": 0.2, "ping_interval": None}
        with Watcher(self.address, self.cookie, **options) as watcher:
            talk = Talk(frames=watcher.frames)
            self.talks.append(talk)
            self.tries.clear()
            self.behind.clear()
            for copy in self.copies.values():
                if not copy.epoch and not copy.is_gone:
                    self.wants_snapshot.add(copy.stream)
                elif copy.epoch and copy.stream not in self.wants_snapshot:
                    self.join(watcher, copy)
            try:
                self.follow(watcher, talk)
            finally:
                talk.lasted = time.monotonic() - talk.opened

    def follow(self, watcher: Watcher, talk: Talk) -> None:
        heard = time.monotonic()
        while not self.stopped.is_set() and time.monotonic() - heard < SILENCE:
            for stream in list(self.wants_snapshot):
                self.start_anew(watcher, self.copies[stream])
            if watcher.receive(0.05):
                heard = time.monotonic()
                self.failures = 0
                with self.guard:
                    self.take(watcher, watcher.frames[-1])
                    self.look_level(talk)
            elif watcher.code is not None:
                talk.code = watcher.code
                return
            self.look_behind(watcher)

    def join(self, watcher: Watcher, copy: Copy) -> None:
        watcher.last_id += 1
        wish = {"stream": copy.stream, "epoch": copy.epoch, "after": copy.seq}
        self.talks[-1].subs[watcher.last_id] = wish
        watcher.send(t="sub", id=watcher.last_id, **wish)

    def start_anew(self, watcher: Watcher, copy: Copy) -> None:
        """Fetch a snapshot and join after it. What fails is tried again."""
        try:
            answer = self.http.get(f"/projects/{copy.project_id}/board")
        except FAILURES:
            return
        if answer.status == 404:
            with self.guard:
                copy.forget()
        elif answer.status == 200:
            with self.guard:
                copy.load(answer.json)
                self.wants_snapshot.discard(copy.stream)  # before it joins: that may fail, and comes with the next line
                self.join(watcher, copy)
        else:
            return
        self.wants_snapshot.discard(copy.stream)

    def look_level(self, talk: Talk) -> None:
        if talk.level is None and not self.wants_snapshot:
            held = [copy for copy in self.copies.values() if not copy.is_gone]
            if all(copy.stream in talk.heads and copy.seq >= talk.heads[copy.stream] for copy in held):
                talk.level = time.monotonic() - talk.opened

    def came_back_in(self) -> list[float]:
        """For each line after the first: seconds until all copies were level. A line that was cut before counts with
        the time it had, unless that says nothing."""
        return [
            talk.lasted if talk.level is None else talk.level
            for talk in self.talks[1:]
            if talk.level is not None or talk.lasted > SILENCE
        ]

    # --- frames --------------------------------------------------------------------------------------------------

    def take(self, watcher: Watcher, frame: dict[str, Any]) -> None:
        copy = self.copies.get(frame.get("stream", ""))
        if frame["t"] == "hb":
            self.heartbeat(frame["heads"])
            watcher.send(t="pong")
        elif copy is None:
            return
        elif frame["t"] == "ev":
            self.received(watcher, copy, frame)
        elif frame["t"] == "sub_ok":
            self.joined(copy, frame)
        elif frame["t"] == "resync":
            self.anew(copy, frame["reason"])
        elif frame["t"] == "gone":
            copy.forget()

    def joined(self, copy: Copy, frame: dict[str, Any]) -> None:
        self.talks[-1].heads[copy.stream] = frame["head"]
        if frame["epoch"] != copy.epoch:
            self.anew(copy, "epoch")
        elif frame["head"] < copy.seq:
            self.anew(copy, "ahead")

    def anew(self, copy: Copy, reason: str) -> None:
        self.reasons.append(reason)
        self.wants_snapshot.add(copy.stream)

    def received(self, watcher: Watcher, copy: Copy, frame: dict[str, Any]) -> None:
        if copy.stream in self.wants_snapshot or copy.is_gone or frame["to"] <= copy.seq:
            return
        if frame["from"] > copy.seq + 1:
            self.missed(watcher, copy)
            return
        fresh = [event for event in frame["events"] if event["seq"] > copy.seq]
        for _tx, transaction in groupby(fresh, key=lambda event: event["tx"]):
            events = list(transaction)
            copy.apply(events)
            self.on_step(copy, events)
        self.tries.pop(copy.stream, None)
        self.behind.pop(copy.stream, None)

    def missed(self, watcher: Watcher, copy: Copy) -> None:
        self.behind.pop(copy.stream, None)
        self.tries[copy.stream] = self.tries.get(copy.stream, 0) + 1
        if self.tries[copy.stream] > TRIES:
            self.anew(copy, "gap")
        else:
            self.join(watcher, copy)

    def heartbeat(self, heads: dict[str, int]) -> None:
        for stream, head in heads.items():
            copy = self.copies.get(stream)
            if copy is None or head <= copy.seq:
                self.behind.pop(stream, None)
            else:
                self.behind.setdefault(stream, (time.monotonic(), head))

    def look_behind(self, watcher: Watcher) -> None:
        for stream, (since, head) in list(self.behind.items()):
            if time.monotonic() - since >= BEHIND and self.copies[stream].seq < head:
                with self.guard:
                    self.missed(watcher, self.copies[stream])
