"""S6, S18: two servers that only Redis connects, while the layer is lossy, Redis dies, is emptied and comes back."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import redis

from tests.proofs.arena import ProofServer, clients_of
from tests.proofs.checkers import require_all, require_no_reason
from tests.proofs.http import PATIENCE, Http
from tests.proofs.load import Load
from tests.proofs.worlds import make_world
from tests.support.live import Watcher
from tests.support.servers import Redis
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.redis]
Size = Callable[..., Any]
SETTINGS = {"DJANGO_SETTINGS_MODULE": "tests.proofs.redis_settings"}


@pytest.fixture
def own_redis() -> Iterator[Redis]:
    with Redis() as server:
        yield server


def test_redis_may_be_lossy_die_be_emptied_and_come_back(
    transactional_db: None, own_redis: Redis, seed: int, size: Size
) -> None:
    """S6: writes go to one server, screens hang on the other. No write fails, no screen starts anew, all come to agree."""
    world, most = make_world(boards=2), size(c=60, r=2_000)
    options = SETTINGS | {"REDIS_URL": own_redis.url(), "PROOF_FAULTY_LAYER": "1", "LIVE_POKE_PATIENCE": "0.3"}
    client = redis.Redis.from_url(own_redis.url())
    surroundings: list[Callable[[], object]] = [lambda: None, own_redis.stop, own_redis.start, client.flushall]
    with (
        ProofServer(**options) as writing,
        ProofServer(**options) as showing,
        clients_of(world, showing, seed) as clients,
    ):
        for number, change in enumerate(surroundings):
            change()
            with Load(writing, world, f"{seed}-{number}", most=most) as load:
                wait_until(load.is_over, "the commands", 900)
                load.finish()
                require_all(clients, load.commands, showing)
        require_no_reason(clients)


def test_an_idle_socket_still_hears_when_memberships_have_lapsed(transactional_db: None, own_redis: Redis) -> None:
    """S18: memberships lapse after 5 s, and idle connections to Redis for 12 s; without the tick, the poke arrives."""
    world = make_world(boards=1, cards=2)
    board, reader, writer = world.boards[0], world.readers[0], world.writers[0]
    stream = board.stream
    options = SETTINGS | {"REDIS_URL": own_redis.url(), "PROOF_GROUP_EXPIRY": "5", "LIVE_TICK": "3600"}
    with ExitStack() as open_:
        writing = open_.enter_context(ProofServer(**options))
        showing = open_.enter_context(ProofServer(**options))
        watcher = open_.enter_context(Watcher(showing, reader.cookie, ping_interval=None))
        assert watcher.sub(board.name, stream.epoch, stream.head)["t"] == "sub_ok"
        beats = 26  # half a second apart
        watcher.until(lambda: sum(frame["t"] == "hb" for frame in watcher.frames) >= beats, "twelve idle seconds")
        http = Http(writing, writer.cookie, patience=PATIENCE)
        assert http.ask("PATCH", f"/tasks/{board.cards[0]}", {"title": "After a long silence"}).status == 200
        assert watcher.reach(board.name, stream.head + 1) == [stream.head + 1]
        http.close()
