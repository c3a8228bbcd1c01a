"""The socket on any ASGI server, in this process: what daphne of ours adds is an improvement, not a condition."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from channels.db import database_sync_to_async
from channels.testing import WebsocketCommunicator

from boards.live.outbox import AsgiWire, Outbox
from boards.live.running import hubs, running_hub, stop_hub
from tests.factories import ProjectFactory, UserFactory
from tests.support.live import cookie_of
from tracker.config.asgi import application
from tracker.log.models import Stream
from tracker.work.services.tasks import create_task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
async def socket() -> AsyncIterator[Any]:
    """Open a socket with these headers; the hub that it starts ends with the test."""

    def connect(**headers: str) -> WebsocketCommunicator:
        given = [(name.encode(), value.encode()) for name, value in headers.items()]
        return WebsocketCommunicator(application, "/ws/live/", headers=given, subprotocols=["accord.v1"])

    yield connect
    await stop_hub()


def prepare() -> dict[str, Any]:
    mei = UserFactory(name="Mei")
    board = ProjectFactory(people={mei: "manager"})
    stream = Stream.objects.get(kind="project", ref=board.pk)
    return {"mei": mei, "board": board, "epoch": stream.epoch, "head": stream.head, "cookie": cookie_of(mei)}


async def test_it_is_served_by_one_hub_and_let_go(socket: Any) -> None:
    found = await database_sync_to_async(prepare)()
    name = f"project:{found['board'].pk}"
    client = socket(origin="http://localhost", host="localhost", cookie=found["cookie"])
    assert await client.connect(timeout=60) == (True, "accord.v1")
    await client.send_to(
        json.dumps({"t": "sub", "id": 1, "stream": name, "epoch": found["epoch"], "after": found["head"]})
    )
    assert json.loads(await client.receive_from(timeout=60))["t"] == "sub_ok"
    for number in range(3):
        await database_sync_to_async(create_task)(
            actor=found["mei"], project_id=found["board"].pk, title=f"Task {number}"
        )
    seqs: list[int] = []
    while len(seqs) < 3:
        seqs += [event["seq"] for event in json.loads(await client.receive_from(timeout=60))["events"]]
    assert seqs == [found["head"] + n for n in (1, 2, 3)]
    (hub,) = [hub for hub in hubs() if hub.loop is asyncio.get_running_loop()]
    assert len(hub.sockets) == 1
    await client.disconnect()
    assert hub.sockets == {}
    assert hub.feeds == {}


async def test_a_task_that_gets_its_answer_instead_of_its_end_is_told_again(socket: Any) -> None:
    hub, told = running_hub(), []

    async def goes_on() -> None:
        while len(told) < 2:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                told.append("to end")

    task = asyncio.ensure_future(goes_on())
    hub.tasks.add(task)
    task.add_done_callback(hub.tasks.discard)
    await asyncio.sleep(0)  # it has begun
    await stop_hub()
    assert (len(told), task.done()) == (2, True)


async def test_another_page_is_refused(socket: Any) -> None:
    client = socket(origin="https://evil.example", host="localhost")
    connected, _code = await client.connect(timeout=60)
    assert connected is False


async def test_frames_wait_in_order_until_the_server_takes_them() -> None:
    from boards.live.frames import Frame

    taken: list[str] = []
    gate = asyncio.Event()

    async def send(message: dict[str, Any]) -> None:
        await gate.wait()
        taken.append(message["text"])

    outbox = Outbox(AsgiWire(send))
    frames = [Frame(str(number).encode(), events=400, last=number) for number in range(4)]
    for frame in frames[:3]:
        outbox.put(frame)
    assert (outbox.events, outbox.has_room(frames[3])) == (800, False)
    assert not outbox.is_stuck(0)
    assert outbox.is_stuck(10)
    gate.set()
    await asyncio.wait_for(outbox.room(), 60)
    assert not outbox.is_stuck(20)
    assert outbox.has_room(frames[3])
    outbox.put(frames[3])
    while len(taken) < 4:
        await asyncio.sleep(0)
    assert taken == ["0", "1", "2", "3"]


async def test_a_box_that_is_full_of_events_has_room_for_notes_but_not_for_any_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from boards.live import limits
    from boards.live.frames import Frame, frame

    monkeypatch.setattr(limits, "BUFFER_EVENTS", 10)
    gate, ends = asyncio.Event(), []

    async def send(message: dict[str, Any]) -> None:
        await gate.wait()

    wire = AsgiWire(send)
    wire.end = ends.append
    outbox = Outbox(wire)
    while outbox.offer(Frame(b"news", events=5)):
        pass
    for _ in range(10):
        outbox.put(frame("hb", heads={}))
    assert ends == []
    outbox.put(frame("hb", heads={}))
    assert ends == [4408]
    gate.set()
    await asyncio.wait_for(outbox.room(), 60)
    outbox.put(frame("hb", heads={}))
    assert (ends, outbox.notes, outbox.note_bytes, outbox.events, outbox.bytes) == ([4408], 0, 0, 0, 0)
