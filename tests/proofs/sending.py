"""Commands as a client sends them: the same one again, under the same key, until it is answered."""

import random
import threading
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from tests.proofs.back_off import full_jitter
from tests.proofs.http import FAILURES, Answer, Http

TEMPORARY = {429, 502, 503, 504}


@dataclass
class Command:
    """One intention of one person, and what came of it. `answer` stays None where it was given up."""

    key: str
    method: str
    path: str
    body: Any = None
    person: int = 0
    kind: str = ""
    answer: Answer | None = None
    sent: int = 0  # times

    @property
    def status(self) -> int:
        return self.answer.status if self.answer else 0

    @property
    def is_done(self) -> bool:
        """Acknowledged: from now on nothing may undo it."""
        return 200 <= self.status < 300


@dataclass
class Sender:
    """Sends for one person over one connection. Not for several threads."""

    http: Http
    chance: random.Random
    person: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)
    commands: list[Command] = field(default_factory=list)

    def new_key(self) -> str:
        return str(UUID(int=self.chance.getrandbits(128), version=4))

    def send(self, method: str, path: str, body: Any = None, *, kind: str = "", key: str = "") -> Command:
        command = Command(key or self.new_key(), method, path, body, self.person, kind)
        self.commands.append(command)
        self.deliver(command)
        return command

    def deliver(self, command: Command) -> None:
        """Until it is answered for good, or the sender is stopped."""
        failures = 0
        while not self.stopped.is_set():
            command.sent += 1
            try:
                answer = self.http.ask(command.method, command.path, command.body, command.key)
            except FAILURES:
                answer = None
            if answer is not None and answer.status not in TEMPORARY:
                command.answer = answer
                return
            self.stopped.wait(full_jitter(failures, self.chance))
            failures += 1
