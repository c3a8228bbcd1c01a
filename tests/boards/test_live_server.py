"""What only a server of its own shows: pokes that are lost, a reader that is slow, a server that stops."""

import signal
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from boards.live.poke import poke
from tests.factories import ProjectFactory, TaskFactory, UserFactory
from tests.support.live import LiveServer, Watcher, cookie_of
from tests.support.silent import SilentSocket
from tests.support.waiting import PATIENCE, wait_until
from tracker.log.change import event_recorded
from tracker.people.models import User
from tracker.work.models import Project
from tracker.work.services.tasks import create_task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mei() -> User:
    return UserFactory(name="Mei")


@pytest.fixture
def board(mei: User) -> Project:
    return ProjectFactory(people={mei: "manager"})


@pytest.fixture
def without_pokes() -> Iterator[None]:
    event_recorded.disconnect(dispatch_uid="boards.live.poke")
    yield
    event_recorded.connect(poke, dispatch_uid="boards.live.poke")


@pytest.mark.usefixtures("without_pokes")
def test_lost_pokes_cost_delay_and_nothing_else(watch: Any, place: Any, board: Project, mei: User) -> None:
    """S6: not one poke arrives."""
    at = place(board)
    watcher = watch(mei)
    watcher.sub(at.name, at.epoch, at.head)
    for number in range(1, 6):
        create_task(actor=mei, project_id=board.pk, title=f"Task {number}")
        watcher.reach(at.name, at.head + number)
    assert watcher.seqs(at.name) == list(range(at.head + 1, at.head + 6))


def test_a_change_over_http_reaches_the_socket_of_the_same_process_without_the_tick(
    transactional_db: None, place: Any, board: Project, mei: User
) -> None:
    task = TaskFactory(project=board)
    at, cookie = place(board), cookie_of(mei)
    with LiveServer(LIVE_TICK="3600") as server, Watcher(server, cookie) as watcher:
        watcher.sub(at.name, at.epoch, at.head)
        for number in range(1, 11):
            answer = patch(server, cookie, f"/api/v1/tasks/{task.pk}", f'{{"title": "Title {number}"}}')
            assert answer == 200
        assert watcher.reach(at.name, at.head + 10) == list(range(at.head + 1, at.head + 11))


def patch(server: LiveServer, cookie: str, path: str, body: str) -> int:
    import httpx

    with httpx.Client(base_url=server.url, headers={"Cookie": cookie, "Origin": server.url}) as client:
        token = "a" * 32
        headers = {"X-CSRFToken": token, "Content-Type": "application/json", "Cookie": f"{cookie}; csrftoken={token}"}
        return client.patch(path, content=body, headers=headers).status_code


def test_a_server_that_stops_sends_its_sockets_elsewhere(
    transactional_db: None, place: Any, board: Project, mei: User
) -> None:
    at, cookie = place(board), cookie_of(mei)
    with LiveServer() as server:
        watchers = [Watcher(server, cookie) for _ in range(3)]
        for watcher in watchers:
            watcher.sub(at.name, at.epoch, at.head)
        assert server.process is not None
        server.process.send_signal(signal.SIGTERM)
        assert [watcher.closed() for watcher in watchers] == [1012] * 3
        assert server.process.wait(timeout=PATIENCE) == 0


def test_a_socket_that_has_grown_old_is_sent_elsewhere(transactional_db: None, mei: User) -> None:
    """S18: a socket past its greatest age."""
    with (
        LiveServer(LIVE_SHORTEST_LIFE="0.3", LIVE_LONGEST_LIFE="0.6") as server,
        Watcher(server, cookie_of(mei)) as watcher,
    ):
        assert watcher.closed() == 1012


def test_a_dead_redis_delays_no_answer(
    mei: User, board: Project, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S6: The layer is asked by a thread beside: an address where nobody listens costs the request nothing."""
    from channels.layers import channel_layers

    from boards.live.counters import counts

    layer = {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": ["redis://127.0.0.1:1"]}}
    monkeypatch.setattr("boards.live.poke.Sender.one", None)
    before = counts["poke_failed_total"]
    settings.CHANNEL_LAYERS = {"default": layer}
    channel_layers.backends.clear()
    client = Client()
    client.force_login(mei, backend="tracker.people.backend.Backend")
    answer = client.post(f"/api/v1/projects/{board.pk}/tasks", {"title": "Call"}, content_type="application/json")
    assert answer.status_code == 201
    wait_until(lambda: counts["poke_failed_total"] > before, "the failure to be counted")


def test_without_a_redis_that_answers_everything_still_arrives(
    transactional_db: None, place: Any, board: Project, mei: User
) -> None:
    """S6: a Redis that never answers."""
    task = TaskFactory(project=board)
    at, cookie = place(board), cookie_of(mei)
    with LiveServer(REDIS_URL="redis://127.0.0.1:1/0") as server, Watcher(server, cookie) as watcher:
        assert watcher.sub(at.name, at.epoch, at.head)["t"] == "sub_ok"
        assert patch(server, cookie, f"/api/v1/tasks/{task.pk}", '{"title": "Over HTTP"}') == 200
        create_task(actor=mei, project_id=board.pk, title="From another process")
        assert watcher.reach(at.name, at.head + 2) == [at.head + 1, at.head + 2]


def test_a_client_that_is_dead_on_the_way_is_noticed(transactional_db: None, mei: User) -> None:
    """S7: within 45 s with the product's own periods; daphne looks every 2 s."""
    from boards.live import limits

    assert limits.PING + 2 + limits.PING_PATIENCE <= 45
    cookie = cookie_of(mei)
    with LiveServer(LIVE_PING="1", LIVE_PING_PATIENCE="1") as server, Watcher(server, cookie) as alive:
        dead = SilentSocket(server, cookie)
        wait_until(dead.is_closed, "the one that does not answer to be closed")
        here = len(alive.frames)
        alive.until(lambda: len(alive.frames) > here, "the one that answers to be told more")
