"""S7, S14: lines that are cut, silent, slow or late; and what a person sees of their own change meanwhile."""

import random
import threading
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

import pytest

from tests.proofs.arena import ProofServer, chance_of, clients_of
from tests.proofs.checkers import require_all, require_in_step, require_no_reason
from tests.proofs.client import Client
from tests.proofs.copies import Copy, Pending
from tests.proofs.http import PATIENCE, Http
from tests.proofs.load import Load
from tests.proofs.proxy import Proxy
from tests.proofs.sending import Sender
from tests.proofs.worlds import make_world
from tests.support.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
Size = Callable[..., Any]


def test_whatever_happens_to_the_line_everything_arrives(server: ProofServer, seed: int, size: Size) -> None:
    """S7: the line is cut, cut inside a frame, half open and slow, for writers and readers alike."""
    world = make_world(boards=2)
    chance = chance_of(seed)
    with (
        Proxy(server, seed) as proxy,
        clients_of(world, proxy, seed) as clients,
        Load(proxy, world, seed) as load,
    ):
        hurts = ["cut", "inside", "silent", "slow", "closed door", "cut"] * size(c=1, r=10)
        chance.shuffle(hurts)
        for how in hurts:
            due = len(load.done) + 12
            wait_until(lambda d=due: len(load.done) >= d, "twelve more changes")
            proxy.mend()
            proxy.hurt(how)
        proxy.mend()
        load.ended.set()
        load.finish()
        require_all(clients, load.commands, proxy)
        require_no_reason(clients)
    assert proxy.cuts


class Screen:
    """What one person sees of one card's title, from their own change on."""

    def __init__(self, copy: Copy, card: int, *, drops_on_answer: bool = False) -> None:
        self.copy, self.card, self.drops_on_answer = copy, card, drops_on_answer
        self.seen: list[str] = []
        self.guard = threading.RLock()

    def look(self, *_: object) -> None:
        with self.guard:
            shown = self.copy.shown(self.card)
            title = shown["title"] if shown else ""
            if not self.seen or self.seen[-1] != title:
                self.seen.append(title)

    def write(self, sender: Sender, client: Client, title: str) -> None:
        """Shown at once; taken off when an event with its command, or the position in its answer, has been reached."""
        key, body = sender.new_key(), {"type": "task.changed", "id": self.card, "title": title}
        with client.guard:
            self.copy.pending.append(Pending(key, body))
            self.look()
        command = sender.send("PATCH", f"/tasks/{self.card}", {"title": title}, key=key)
        assert command.answer
        with client.guard:
            until = None if self.drops_on_answer else command.answer.positions[self.copy.stream]
            self.copy.answered(key, until)
            self.look()


def titles_seen(server: ProofServer, seed: int, *, drops_on_answer: bool) -> tuple[list[str], list[str]]:
    """What was written, and what was seen, while the stream comes late and answers do not."""
    world = make_world(boards=1, cards=3, readers=1, writers=1)
    writer, board = world.writers[0], world.boards[0]
    titles = [f"Own {number}" for number in range(12)]
    with Proxy(server, seed) as proxy, Client(proxy, writer.cookie, world.ids, seed) as client:
        copy = client.copy(board.pk)
        wait_until(lambda: copy.epoch, "the snapshot")
        proxy.longest_delay = 0.15
        screen = Screen(copy, board.cards[0], drops_on_answer=drops_on_answer)
        client.on_step = screen.look
        screen.look()
        sender = Sender(Http(server, writer.cookie, patience=PATIENCE), random.Random(seed), writer.pk)
        for number, title in enumerate(titles):
            with proxy.held() if number % 3 == 0 else nullcontext():  # then the answer is there first, whatever is slow
                screen.write(sender, client, title)
        require_in_step([client], server)
        screen.look()
        assert copy.pending == []
    return ["Task 0", *titles], screen.seen


def test_an_own_change_never_flickers_back(server: ProofServer, seed: int) -> None:
    """S14: the stream comes late; the older value is never seen again."""
    written, seen = titles_seen(server, seed, drops_on_answer=False)
    assert seen == written


def test_a_client_that_drops_its_change_on_the_answer_is_found(server: ProofServer, seed: int) -> None:
    """The mutant of S14 is a client's: with it the older value is seen again."""
    written, seen = titles_seen(server, seed, drops_on_answer=True)
    assert seen != written
