"""The socket against a server of its own: joined, replayed, live; never a hole, never a double."""

import threading
from itertools import pairwise
from typing import Any

import pytest

from tests.factories import ProjectFactory, TaskFactory, UserFactory
from tracker.log.models import Stream
from tracker.work.services.tasks import change_task, create_task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mei() -> Any:
    return UserFactory(name="Mei")


@pytest.fixture
def board(mei: Any) -> Any:
    return ProjectFactory(people={mei: "manager"})


def write(board: Any, actor: Any, count: int) -> None:
    for number in range(count):
        create_task(actor=actor, project_id=board.pk, title=f"Task {number}")


def test_what_happens_arrives_once(watch: Any, place: Any, board: Any, mei: Any) -> None:
    at = place(board)
    watcher = watch(mei)
    answer = watcher.sub(at.name, at.epoch, at.head)
    assert answer == {"t": "sub_ok", "id": 1, "stream": at.name, "epoch": at.epoch, "head": at.head}
    task = create_task(actor=mei, project_id=board.pk, title="Call them")
    watcher.reach(at.name, at.head + 1)
    watcher.still(0.5)
    (event,) = watcher.events(at.name)
    assert event["body"]["type"] == "task.created"
    assert event["body"]["task"]["id"] == task.pk
    assert (event["actor"], event["span"]) == (mei.pk, 1)


def test_who_comes_back_gets_what_was_missed_and_then_what_is_new(watch: Any, place: Any, board: Any, mei: Any) -> None:
    before = place(board)
    write(board, mei, 7)
    watcher = watch(mei)
    assert watcher.sub(before.name, before.epoch, before.head + 2)["t"] == "sub_ok"
    write(board, mei, 2)
    assert watcher.reach(before.name, before.head + 9) == list(range(before.head + 3, before.head + 10))


def test_a_burst_comes_without_gap_in_whole_transactions(watch: Any, place: Any, board: Any, mei: Any) -> None:
    at = place(board)
    watcher = watch(mei)
    watcher.sub(at.name, at.epoch, at.head)
    write(board, mei, 60)
    seqs = watcher.reach(at.name, at.head + 60)
    assert seqs == list(range(at.head + 1, at.head + 61))
    frames = [f for f in watcher.frames if f["t"] == "ev"]
    assert all((f["from"], f["to"]) == (f["events"][0]["seq"], f["events"][-1]["seq"]) for f in frames)
    assert all(a["events"][-1]["tx"] != b["events"][0]["tx"] for a, b in pairwise(frames))


def test_subscribing_while_others_write_leaves_no_hole(watch: Any, place: Any, board: Any, mei: Any) -> None:
    """Sockets join at every moment of a burst, each from the start: each has every event once, in order."""
    at = place(board)

    def busy() -> None:
        from django.db import connection

        write(board, mei, 80)
        connection.close()

    writer = threading.Thread(target=busy)
    writer.start()
    watchers = []
    while writer.is_alive() and len(watchers) < 15:
        watcher = watch(mei)
        watcher.sub(at.name, at.epoch, at.head)
        watchers.append(watcher)
    writer.join()
    head = place(board).head
    assert head == at.head + 80
    for watcher in watchers:
        assert watcher.reach(at.name, head) == list(range(at.head + 1, head + 1))


def test_a_heartbeat_says_where_the_streams_stand(watch: Any, place: Any, board: Any, mei: Any) -> None:
    at = place(board)
    watcher = watch(mei)
    watcher.sub(at.name, at.epoch, at.head)
    assert watcher.told("hb")["heads"] == {at.name: at.head}


@pytest.mark.parametrize(
    ("epoch", "after", "reason"),
    [("other", 0, "epoch"), (None, 1_000, "ahead"), (None, 2**70, "ahead"), (None, 1, "too_old")],
)
def test_who_cannot_be_brought_up_starts_anew(
    watch: Any, place: Any, board: Any, mei: Any, epoch: str | None, after: int, reason: str
) -> None:
    """S8, S9: each reason to start anew."""
    write(board, mei, 3)
    Stream.objects.filter(kind="project", ref=board.pk).update(floor=2)
    at = place(board)
    watcher = watch(mei)
    answer = watcher.sub(at.name, epoch or at.epoch, after)
    assert answer == {"t": "resync", "stream": at.name, "reason": reason}


def test_a_stream_that_was_left_is_silent(watch: Any, place: Any, board: Any, mei: Any) -> None:
    at = place(board)
    watcher = watch(mei)
    watcher.sub(at.name, at.epoch, at.head)
    watcher.send(t="unsub", stream=at.name)
    other = ProjectFactory(people={mei: "manager"})
    beside = place(other)
    watcher.sub(beside.name, beside.epoch, beside.head)
    write(board, mei, 2)
    write(other, mei, 1)
    watcher.reach(beside.name, beside.head + 1)
    assert watcher.seqs(at.name) == []


def test_after_a_restore_nobody_mixes_two_histories(watch: Any, place: Any, board: Any, mei: Any) -> None:
    """S9: an open socket is told."""
    write(board, mei, 2)
    at = place(board)
    watcher = watch(mei)
    watcher.sub(at.name, at.epoch, at.head)
    Stream.objects.filter(kind="project", ref=board.pk).update(epoch="restored", head=1)
    assert watcher.told("resync")["reason"] == "epoch"
    assert watcher.sub(at.name, "restored", 1)["t"] == "sub_ok"


def test_a_change_of_a_field_carries_the_new_value(watch: Any, place: Any, board: Any, mei: Any) -> None:
    task = TaskFactory(project=board)
    at = place(board)
    watcher = watch(mei)
    watcher.sub(at.name, at.epoch, at.head)
    change_task(actor=mei, task_id=task.pk, fields={"title": "Neuer Titel 新"})
    watcher.reach(at.name, at.head + 1)
    assert watcher.events(at.name)[0]["body"] == {
        "type": "task.changed",
        "id": task.pk,
        "version": 2,
        "title": "Neuer Titel 新",
    }
