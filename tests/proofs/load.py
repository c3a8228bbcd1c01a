"""L1, the mix that everybody works with: 60 % moves, 20 % fields, 10 % comments, 5 % cards made and deleted, 5 % roles."""

import random
import threading
from collections.abc import Callable
from typing import Any

from tests.proofs.http import PATIENCE, Http
from tests.proofs.sending import Command, Sender
from tests.proofs.worlds import World
from tests.support.live import Address

PRIORITIES = ["", "low", "medium", "high", "urgent"]
ROLES = ["member", "commenter", "viewer"]


class Writer:
    """One person who works at random, on a seed of their own, for as long as `goes_on` says."""

    def __init__(self, address: Address, world: World, place: int, seed: object) -> None:
        self.chance = random.Random(f"{seed}-writer-{place}")
        person = world.writers[place % len(world.writers)]
        self.world = world
        self.sender = Sender(Http(address, person.cookie, patience=PATIENCE), self.chance, person.pk)
        self.made: list[int] = []
        self.problem: BaseException | None = None

    def run(self, goes_on: Callable[[], bool]) -> None:
        try:
            while goes_on() and not self.sender.stopped.is_set():
                self.once()
        except BaseException as problem:
            self.problem = problem
            raise
        finally:
            self.sender.http.close()

    def once(self) -> Command:
        board = self.chance.choice(self.world.boards)
        act = self.chance.choices([self.move, self.change, self.comment, self.make, self.role], [60, 20, 10, 5, 5])[0]
        return act(board)

    def move(self, board: Any) -> Command:
        named = self.chance.choice([["after"], ["before"], ["after", "before"], []])
        near = {name: self.chance.choice(board.cards) for name in named}
        body = {"status": self.chance.choice(board.statuses), **near}
        return self.sender.send("PUT", f"/tasks/{self.chance.choice(board.cards)}/position", body, kind="move")

    def change(self, board: Any) -> Command:
        key = self.sender.new_key()
        fields = (
            {"title": f"Title {key}"} if self.chance.random() < 0.7 else {"priority": self.chance.choice(PRIORITIES)}
        )
        return self.sender.send("PATCH", f"/tasks/{self.chance.choice(board.cards)}", fields, kind="change", key=key)

    def comment(self, board: Any) -> Command:
        key = self.sender.new_key()
        path = f"/tasks/{self.chance.choice(board.cards)}/comments"
        return self.sender.send("POST", path, {"body": f"Said {key}"}, kind="comment", key=key)

    def make(self, board: Any) -> Command:
        if self.made and self.chance.random() < 0.5:
            return self.sender.send("DELETE", f"/tasks/{self.made.pop()}", kind="delete")
        key = self.sender.new_key()
        made = self.sender.send("POST", f"/projects/{board.pk}/tasks", {"title": f"Made {key}"}, kind="make", key=key)
        if made.is_done and made.answer:
            self.made.append(made.answer.json["id"])
        return made

    def role(self, board: Any) -> Command:
        person = self.chance.choice(self.world.others)
        path = f"/projects/{board.pk}/people/{person}"
        if self.chance.random() < 0.3:
            return self.sender.send("DELETE", path, kind="role")
        return self.sender.send("PUT", path, {"role": self.chance.choice(ROLES)}, kind="role")


class Load:
    """Several writers at once: as a context manager until it is left, or until so many commands were sent."""

    def __init__(self, address: Address, world: World, seed: object, writers: int = 3, most: int = 10**9) -> None:
        self.writers = [Writer(address, world, place, seed) for place in range(writers)]
        self.most = most
        self.ended = threading.Event()
        self.threads = [
            threading.Thread(target=writer.run, args=(self.goes_on,), daemon=True) for writer in self.writers
        ]

    def goes_on(self) -> bool:
        return not self.ended.is_set() and len(self.commands) < self.most

    @property
    def commands(self) -> list[Command]:
        return [command for writer in self.writers for command in writer.sender.commands]

    @property
    def done(self) -> list[Command]:
        return [command for command in self.commands if command.is_done]

    def __enter__(self) -> "Load":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.finish()

    def finish(self) -> None:
        """Wait until every writer has had its last answer."""
        for thread in self.threads:
            thread.join(timeout=300)
        problems = [writer.problem for writer in self.writers if writer.problem]
        assert not problems, problems
        assert not any(thread.is_alive() for thread in self.threads), "a writer still waits for an answer"

    def is_over(self) -> bool:
        return not any(thread.is_alive() for thread in self.threads)
