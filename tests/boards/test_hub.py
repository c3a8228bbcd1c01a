"""What the hub does once for everybody, and how it outlives what nobody expected. In this process, to count and to look in."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import uuid4

import pytest
from channels.db import database_sync_to_async
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from boards.live import limits, pages
from boards.live.counters import counts
from boards.live.hub import Hub
from boards.live.questions import Wish
from boards.live.running import running_hub, stop_hub
from tests.factories import ProjectFactory, UserFactory
from tests.support.inside import Inside, entered, far_apart, until
from tests.support.live import cookie_of
from tracker.log.change import project_stream
from tracker.log.models import Event, Stream
from tracker.people.models import User
from tracker.work.models import Project
from tracker.work.services.tasks import create_task

pytestmark = pytest.mark.django_db(transaction=True)


class Scene:
    """Somebody, some boards of theirs, and the hub that their sockets come to."""

    def __init__(self, place: Any, boards: int) -> None:
        self.place = place
        self.mei: User = UserFactory(name="Mei")
        self.boards: list[Project] = [ProjectFactory(people={self.mei: "manager"}) for _ in range(boards)]
        self.board = self.boards[0]
        self.cookie = cookie_of(self.mei)
        self.start = [place(board) for board in self.boards]
        self.clients: list[Inside] = []
        self.hub: Hub

    def open(self) -> Inside:
        self.clients.append(Inside(self.cookie))
        return self.clients[-1]

    async def write(self, times: int = 1) -> Any:
        """So many new cards on the first board; where its stream stands then."""

        def work() -> Any:
            for number in range(times):
                create_task(actor=self.mei, project_id=self.board.pk, title=f"Task {number}")
            return self.place(self.board)

        return await database_sync_to_async(work)()

    async def spoil(self) -> Any:
        """Something in the first board's stream that no server can have written; where the stream stands then."""

        def work() -> Any:
            stream = Stream.objects.get(kind="project", ref=self.board.pk)
            Event.objects.create(
                stream=stream, seq=stream.head + 1, tx="spoilt", span=1, command_id=uuid4(), at=now(),
                type="access.changed", subject="", body="[]",
            )  # fmt: skip
            Stream.objects.filter(pk=stream.pk).update(head=stream.head + 1)
            return self.place(self.board)

        return await database_sync_to_async(work)()


@pytest.fixture
async def scene(place: Any, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Scene]:
    far_apart(monkeypatch.setattr)
    scene = await database_sync_to_async(Scene)(place, 3)
    scene.hub = running_hub()
    yield scene
    for client in scene.clients:
        await client.leave()
    await stop_hub()


# --- once for everybody ------------------------------------------------------------------------------------------


async def test_pokes_that_come_together_are_acted_on_together(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    """How often the log is read depends on the time that passes, and not on how much is written meanwhile."""
    monkeypatch.setattr(limits, "COALESCE", 1.0)
    client = scene.open()
    await client.sub(scene.start[0])
    before, began = counts["log_reads_total"], time.monotonic()
    head = (await scene.write(20)).head
    await until(lambda: client.seqs()[-1:] == [head], "everything to arrive")
    assert client.seqs() == list(range(scene.start[0].head + 1, head + 1))
    assert counts["log_reads_total"] - before <= 2 + (time.monotonic() - began) / limits.COALESCE


async def test_the_tick_is_one_query_for_all_streams(scene: Scene) -> None:
    clients = [scene.open(), scene.open()]
    for client in clients:
        for at in scene.start:
            await client.sub(at)
    await entered(scene.hub, *clients)
    await scene.hub.tick()  # it also looks after those who have just come
    assert len(scene.hub.feeds) == 5, "three boards, their person, the workspace"
    asked = await scene.hub.readers.read(lambda: CaptureQueriesContext(connections["default"]).__enter__())
    await scene.hub.tick()
    (query,) = await scene.hub.readers.read(lambda: asked.__exit__(None, None, None) or asked.captured_queries)
    assert "log_stream" in query["sql"]


async def test_what_is_new_is_read_and_encoded_once_however_many_follow(scene: Scene) -> None:
    clients = [scene.open() for _ in range(8)]
    for client in clients:
        await client.sub(scene.start[0])
    names = ("log_reads_total", "frames_total", "events_total", "sent_total")
    before = [counts[name] for name in names]
    head = (await scene.write()).head
    for client in clients:
        await until(lambda client=client: client.seqs() == [head], "the news to arrive")
    assert [counts[name] - old for name, old in zip(names, before, strict=True)] == [1, 1, 1, 8]


# --- what nobody expected ----------------------------------------------------------------------------------------


async def test_a_round_that_fails_is_followed_by_the_next(scene: Scene) -> None:
    rounds: list[int] = []

    async def work() -> None:
        rounds.append(len(rounds))
        if len(rounds) == 1:
            raise ValueError("nobody expected this")

    scene.hub.spawn(scene.hub.repeat(lambda: 0.0, work))
    await until(lambda: len(rounds) > 2, "the next rounds")


async def test_a_stream_with_something_that_cannot_be_delivered_starts_anew(scene: Scene) -> None:
    client = scene.open()
    await client.sub(scene.start[0])
    spoilt = await scene.spoil()
    scene.hub.poke(project_stream(scene.board.pk), spoilt.head)
    assert (await client.told("resync"))["reason"] == "overflow"
    assert (await client.sub(spoilt))["t"] == "sub_ok"
    head = (await scene.write()).head
    await until(lambda: client.seqs() == [head], "what came after it")


async def test_a_replay_that_fails_starts_anew(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    await scene.write(3)
    client = scene.open()

    def fail(*_: Any) -> Any:
        raise ValueError("nobody expected this")

    with monkeypatch.context() as patch:
        patch.setattr(pages, "read_page", fail)
        assert (await client.sub(scene.start[0]))["t"] == "sub_ok"
        assert (await client.told("resync"))["reason"] == "overflow"
    assert (await client.sub(scene.start[0]))["t"] == "sub_ok"
    await until(lambda: len(client.seqs()) == 3, "what was missed")


async def test_everybody_hears_that_a_question_could_not_be_answered(scene: Scene) -> None:
    """And the next question is asked again."""
    spoilt, name = await scene.spoil(), project_stream(scene.board.pk)
    standings, behind = scene.hub.delivery.standings, Wish(scene.mei.pk, scene.start[0].head)
    answers = await asyncio.wait_for(
        asyncio.gather(*(standings.of(name, behind) for _ in range(3)), return_exceptions=True), 90
    )
    assert [type(answer) for answer in answers] == [AttributeError] * 3
    standing = await standings.of(name, Wish(scene.mei.pk, spoilt.head))
    assert standing is not None
    assert standing.place.head == spoilt.head


# --- access ------------------------------------------------------------------------------------------------------


def failing(execute: Callable[..., Any], *given: Any) -> Any:
    raise OperationalError("the database is away")


async def test_who_has_just_come_is_looked_after_when_the_database_is_back(scene: Scene) -> None:
    """Their session may have ended before the hub listened: nothing tells it."""
    client = scene.open()
    await entered(scene.hub, client)
    await database_sync_to_async(Session.objects.all().delete)()

    def away() -> None:
        connection.force_debug_cursor = True  # prepared statements would not go through the wrappers
        connection.execute_wrappers.append(failing)

    await scene.hub.readers.read(away)
    with pytest.raises(OperationalError):
        await scene.hub.tick()
    await scene.hub.readers.read(connection_is_back)
    await scene.hub.tick()
    assert await client.closed() == 4401


def connection_is_back() -> None:
    connection.execute_wrappers.remove(failing)
    connection.force_debug_cursor = False


async def test_only_who_still_follows_is_counted_as_starting_anew(scene: Scene) -> None:
    client = scene.open()
    await client.sub(scene.start[0])
    (subscription,) = scene.hub.feeds[project_stream(scene.board.pk)].subscriptions
    before = counts['resync_total{reason="epoch"}']
    for _time in range(2):
        scene.hub.resync(subscription, "epoch")
    assert counts['resync_total{reason="epoch"}'] - before == 1


# --- slow readers ------------------------------------------------------------------------------------------------


async def test_answers_that_nobody_reads_end_the_socket(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BUFFER_EVENTS", 10)
    client = scene.open()
    await client.sub(scene.start[0])
    client.reads.clear()
    for _ in range(limits.MESSAGES_BURST - 5):
        client.say(t="sub")
    assert await client.closed() == 4408
    assert scene.hub.sockets == {}
