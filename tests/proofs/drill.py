"""A short story with everything in it, for the checkers: told once without a mutant, and in part with each of them."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from tests.proofs import checkers
from tests.proofs.arena import ProofServer
from tests.proofs.client import Client
from tests.proofs.http import Http
from tests.proofs.sending import Command, Sender
from tests.proofs.worlds import Board, World, make_world
from tests.support.waiting import GaveUpError, wait_until
from tracker.log.models import Stream
from tracker.work.services.projects import set_project_role

SETTLING = 15.0  # seconds; what a mutant has left behind for good is not waited for


class Drill:
    """A short story with everything in it: moves one by one, transactions of several events, coming back, a role lost."""

    def __init__(self, server: ProofServer, *, patience: float = checkers.PATIENCE) -> None:
        self.server, self.patience = server, patience
        self.world: World = make_world(boards=1, cards=8, writers=1, readers=2)
        writer = self.world.writers[0]
        self.sender = Sender(Http(server, writer.cookie), random.Random(1), writer.pk)
        self.clients = [Client(server, one.cookie, [self.board.pk], one.pk, one.pk) for one in self.world.readers]
        self.periods: list[tuple[int, int]] = []

    @property
    def board(self) -> Board:
        return self.world.boards[0]

    @contextmanager
    def running(self) -> Iterator[None]:
        try:
            for client in self.clients:
                client.start()
            yield
        finally:
            for client in self.clients:
                client.stop()

    @contextmanager
    def started(self) -> Iterator[None]:
        """From the first snapshots on."""
        wait_until(lambda: all(client.copy(self.board.pk).epoch for client in self.clients), "the snapshots")
        checkers.require_in_step(self.clients, self.server)
        yield

    def move(self, number: int) -> Command:
        """The card between two others, so that its place needs a new rank."""
        cards, statuses = self.board.cards, self.board.statuses
        body = {"status": statuses[number % 2], "after": cards[0] if number % 2 == 0 else cards[1]}
        return self.sender.send("PUT", f"/tasks/{cards[2 + number % 3]}/position", body, kind="move")

    def say(self) -> Command:
        """Two events in one transaction: the comment, and who watches from now on."""
        key, card = self.sender.new_key(), self.board.cards[len(self.sender.commands) % 8]
        return self.sender.send("POST", f"/tasks/{card}/comments", {"body": f"Said {key}"}, kind="comment", key=key)

    def make(self) -> Command:
        """A card, whose absence no later change makes good."""
        key = self.sender.new_key()
        path = f"/projects/{self.board.pk}/tasks"
        return self.sender.send("POST", path, {"title": f"Made {key}"}, kind="make", key=key)

    def follow_step_by_step(self) -> None:
        """After each of these changes, all screens show it before the next one."""
        with self.to_the_end() as step:
            for number in range(12):
                self.say() if number % 4 == 3 else self.move(number)
                step()

    @contextmanager
    def to_the_end(self) -> Iterator[Callable[[], None]]:
        """Steps after each of which all screens agree. The first that fails is told at the end, after all the others:
        a mutant is found by what it does, however slow the machine is."""
        problems: list[AssertionError] = []

        def step() -> None:
            if not problems:
                try:
                    checkers.require_in_step(self.clients, self.server, self.patience)
                except AssertionError as problem:
                    problems.append(problem)

        yield step
        if problems:
            raise problems[0]

    def settle(self) -> None:
        """Without the mutant again: wait until whatever was sent with it has arrived, for the checkers of what came."""
        with suppress(AssertionError):
            checkers.require_in_step(self.clients, self.server, SETTLING)

    def repeat(self) -> None:
        """The answer was lost on its way: the same command again."""
        for command in (self.say(), self.move(1)):
            self.sender.deliver(command)

    def come_back(self) -> None:
        """One client misses some, and comes back while others write."""
        client, talks = self.clients[0], len(self.clients[0].talks)
        with self.to_the_end() as step:
            self.move(5)
            step()
            client.stop()
            for number in range(4):
                self.say()
                self.move(number)
            client.start()
            wait_until(lambda: client.talks[talks:] and "sub_ok" in client.talks[-1].kinds(), "it to have joined")
            for number in range(6):
                self.move(number)
            step()

    def lose_and_regain(self) -> None:
        """One reader is taken off, misses two changes, and is let in again."""
        victim, boss = self.world.readers[1], self.world.writers[0].user
        client, copy = self.clients[1], self.clients[1].copy(self.board.pk)
        role = {"actor": boss, "project_id": self.board.pk, "person_id": victim.pk}
        set_project_role(**role, role=None)
        lost = self.board.stream.head
        self.say()
        self.move(0)
        self.soon(lambda: copy.is_gone, "the reader to lose the board")
        client.stop()
        set_project_role(**role, role="viewer")
        self.periods = [(0, lost - 1), (self.board.stream.head, 10**9)]
        copy.epoch, copy.seq, copy.is_gone = self.board.stream.epoch, lost - 1, False  # an old tab that wakes up
        client.start()
        checkers.require_in_step([client], self.server, self.patience)

    def restore(self) -> None:
        """Another history begins at the same positions, while nobody is connected."""
        for client in self.clients:
            client.stop()
        Stream.objects.filter(kind="project", ref=self.board.pk).update(epoch="restored")
        for client in self.clients:
            client.start()
        checkers.require_in_step(self.clients, self.server, self.patience)

    def soon(self, look: Callable[[], Any], what: str) -> None:
        """Wait for it; where it does not come about, the checkers are asked why."""
        try:
            wait_until(look, what, self.patience)
        except GaveUpError:
            checkers.require_none_above(self.clients[1:], self.board.name, [(0, self.lost_at())])
            raise

    def lost_at(self) -> int:
        return self.board.stream.events.filter(type="access.changed").latest("seq").seq - 1

    def looks(self) -> list[Callable[[], None]]:
        """Every checker of what has happened."""
        sent = self.sender.commands
        return [
            lambda: checkers.require_wire(self.clients),
            lambda: checkers.require_whole(self.clients),
            checkers.require_gapless,
            lambda: checkers.require_exactly_once(sent),
            lambda: checkers.require_effects(sent),
            lambda: checkers.require_answers(sent),
            lambda: checkers.require_own_log(self.clients),
            lambda: self.periods and checkers.require_none_above(self.clients[1:2], self.board.name, self.periods),
        ]

    def start_while_busy(self) -> None:
        """More clients, one after the other, take their snapshot while somebody writes."""
        reader = self.world.readers[0]
        for number in range(3):
            late = Client(self.server, reader.cookie, [self.board.pk], f"late {number}", reader.pk)
            self.clients.append(late)
            late.start()
            while not late.copy(self.board.pk).epoch:
                self.make()
            self.make()
            checkers.require_in_step([late], self.server, self.patience)
