"""Everything that can go wrong, in any order, by seed: kills, pauses, pokes that go astray, lines, and Redis wiped."""

import os
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest

from tests.proofs.arena import ProofServer, clients_of
from tests.proofs.checkers import require_all, require_no_reason
from tests.proofs.load import Load
from tests.proofs.nemesis import HINTS, KILLS, LINES, Nemesis
from tests.proofs.proxy import Proxy
from tests.proofs.worlds import make_world
from tests.support.waiting import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
Size = Callable[..., Any]
BETWEEN = 10  # changes that are acknowledged between two blows


def test_whatever_goes_wrong_nothing_is_lost_and_all_screens_agree(
    transactional_db: None, seed: int, size: Size, part: int
) -> None:
    """S4, S6, S7, S15: writers and readers behind bad lines to a server that dies; nobody is told to start anew."""
    world, redis_url = make_world(boards=2), os.environ.get("REDIS_URL", "")
    blows = [*dict.fromkeys(KILLS), *LINES, *HINTS * 2, *(["wipe Redis"] * 2 if redis_url else [])]
    with ExitStack() as running:
        server = running.enter_context(ProofServer())
        proxy = running.enter_context(Proxy(server, seed))
        nemesis = Nemesis(f"{seed}-{part}", server, proxy, redis_url)
        clients = running.enter_context(clients_of(world, proxy, seed))
        load = running.enter_context(Load(proxy, world, f"{seed}-{part}"))
        for _blow in range(size(c=15, r=60)):
            due = len(load.done) + BETWEEN
            wait_until(lambda d=due: len(load.done) >= d, f"more changes after {nemesis.did[-1:]}", 300)
            nemesis.strike(blows)
        nemesis.mend()
        load.ended.set()
        load.finish()
        print(", ".join(nemesis.did))
        require_all(clients, load.commands, proxy)
        require_no_reason(clients)
