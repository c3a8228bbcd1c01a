"""S2, S4, S6: while everybody works, the server dies and hints get lost; what was acknowledged stays, and all screens agree."""

import os
import random
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest

from tests.proofs.arena import ProofServer, chance_of, clients_of
from tests.proofs.checkers import (
    first_difference,
    require_all,
    require_in_step,
    require_no_reason,
    require_whole,
    require_wire,
)
from tests.proofs.client import Client
from tests.proofs.copies import state_of
from tests.proofs.http import PATIENCE, Http
from tests.proofs.load import Load
from tests.proofs.nemesis import KILLS, Nemesis, dealt, wipe_redis
from tests.proofs.sending import Command
from tests.proofs.worlds import Person, World, make_world
from tests.support.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
Size = Callable[..., Any]


AT_ONCE = 6  # rounds of S2 side by side


def test_a_snapshot_and_what_follows_it_are_one_story(server: ProofServer, seed: int, size: Size) -> None:
    """S2: take a snapshot while everybody works, follow from there, and compare at the position of another one."""
    world = make_world(boards=2)
    chance = chance_of(seed)
    with Load(server, world, seed) as load:
        wait_until(lambda: len(load.done) > 10, "the load to begin")
        for turn in range(size(c=30, r=300) // AT_ONCE):
            some_rounds(server, world, [f"{seed}-{turn}-{n}" for n in range(AT_ONCE)], chance)
    assert load.done


def some_rounds(server: ProofServer, world: World, names: list[str], chance: random.Random) -> None:
    reader = world.readers[0]
    rounds = [Round(server, reader, chance.choice(world.ids), name) for name in names]
    with ExitStack() as running:
        for one in rounds:
            running.enter_context(one.client)
        for one in rounds:
            one.wait_and_look()
    for one in rounds:
        one.compare()
    require_wire([one.client for one in rounds])
    require_whole([one.client for one in rounds])


class Round:
    """One client that takes a snapshot and follows, and what it showed at each position."""

    def __init__(self, server: ProofServer, reader: Person, board: int, name: str) -> None:
        self.client = Client(server, reader.cookie, [board], name, reader.pk)
        self.copy = self.client.copy(board)
        self.http = Http(server, reader.cookie, patience=PATIENCE)
        self.shown: dict[int, str] = {}
        self.client.on_step = lambda copy, _events: self.shown.setdefault(copy.seq, copy.state())
        self.other: dict[str, Any] = {}

    def wait_and_look(self) -> None:
        wait_until(lambda: len(self.shown) >= 20, "twenty changes")
        self.other = self.http.get(f"/projects/{self.copy.project_id}/board").json
        wait_until(lambda: self.copy.seq >= self.other["seq"], "the position of the other snapshot")

    def compare(self) -> None:
        assert self.client.reasons == []
        expected = state_of(self.other)
        assert self.shown[self.other["seq"]] == expected, first_difference(self.shown[self.other["seq"]], expected)


@pytest.mark.timed
def test_kill_nine_loses_nothing_and_doubles_nothing(transactional_db: None, seed: int, size: Size, part: int) -> None:
    """S4: the server is killed at random, between a commit and its poke, before a commit, and while it starts; 30 % of
    the pokes are lost, and Redis, where there is one, is wiped again and again. With Redis there are two servers.
    """
    name, redis_url, world = f"{seed}-{part}", os.environ.get("REDIS_URL", ""), make_world(boards=2)
    kills, moves = size(c=10, r=50), size(c=500, r=2_500)
    with ExitStack() as running:
        servers = [running.enter_context(ProofServer()) for _ in range(2 if redis_url else 1)]
        nemeses = [Nemesis(f"{name}-{place}", server, lossy=True) for place, server in enumerate(servers)]
        clients = [one for server in servers for one in running.enter_context(clients_of(world, server, name))]
        loads = [running.enter_context(Load(s, world, f"{name}-{place}")) for place, s in enumerate(servers)]
        for kill, blow in enumerate(dealt(KILLS, kills, random.Random(name)), 1):
            due = kill * moves // (kills + 2)
            wait_until(lambda d=due: len(commands_of(loads)) >= d, f"{due} commands")
            nemeses[kill % len(nemeses)].strike([blow])
            if redis_url and kill % 5 == 0:
                wipe_redis(redis_url)
        wait_until(lambda: len(commands_of(loads)) >= moves, "the rest of the commands", 900)
        for load in loads:
            load.ended.set()
            load.finish()
        require_all(clients, commands_of(loads), servers[0])
    done = sum(len(load.done) for load in loads)
    assert done > moves * 0.8
    back = sorted(seconds for client in clients for seconds in client.came_back_in())
    usual, longest = back[len(back) * 95 // 100], back[-1]
    print(f"{kills} kills, {done} changes; back in step {len(back)} times: p95 {usual:.2f} s, longest {longest:.2f} s")
    assert size(c=True, r=usual <= 2 and longest <= 5)


def commands_of(loads: list[Load]) -> list[Command]:
    return [command for load in loads for command in load.commands]


def test_pokes_that_go_astray_cost_delay_only(server: ProofServer, seed: int, size: Size) -> None:
    """S6: 30 % of the pokes are lost, others doubled, swapped or late; then none arrives at all; then the
    tick's answers are out of date. Nobody starts anew.
    """
    world = make_world(boards=2)
    with clients_of(world, server, seed) as clients:
        for fault in ("lossy", "deaf", "late_tick"):
            with server.broken(fault), Load(server, world, f"{seed}-{fault}", most=size(c=120, r=3_000)) as load:
                wait_until(load.is_over, "the commands", 900)
                load.finish()
                require_in_step(clients, server)
                require_all(clients, load.commands, server)
        require_no_reason(clients)
