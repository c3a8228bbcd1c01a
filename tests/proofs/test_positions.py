"""S8, S9, S13, S18: coming back after long, after a restore, over one large transaction, and after a long silence."""

import random
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from tests.proofs.arena import ProofServer
from tests.proofs.checkers import require_gapless, require_in_step, require_wire
from tests.proofs.client import Client
from tests.proofs.copies import Copy
from tests.proofs.http import Http
from tests.proofs.sending import Sender
from tests.proofs.worlds import Board, Person, World, make_world
from tests.support.waiting import wait_until
from tracker.log.backup import back_up, restore
from tracker.log.change import change, project_stream
from tracker.log.models import Event, Stream
from tracker.people.models import User
from tracker.work.events import TaskChanged
from tracker.work.models import Status, Task
from tracker.work.services.tasks import change_task
from tracker.work.services.workflows import remove_status

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = 500  # events below which a stream is not replayed


def write(board: Board, count: int) -> None:
    """So many events, 400 to a transaction, that leave the card with the last title."""
    for first in range(0, count, 400):
        titles = [f"Title {number}" for number in range(first, min(first + 400, count))]
        with change(actor=None) as log:
            (stream,) = log.lock(project_stream(board.pk))
            Task.objects.filter(pk=board.cards[0]).update(title=titles[-1])
            for title in titles:
                log.record(stream, TaskChanged(id=board.cards[0], version=1, title=title))


def came_back(server: ProofServer, reader: Person, board: Board, epoch: str, after: int) -> Client:
    """A client that knew the board as it was at a position long ago."""
    client = Client(server, reader.cookie, [board.pk], after, reader.pk)
    client.copy(board.pk).load(Http(server, reader.cookie).get(f"/projects/{board.pk}/board").json)
    client.copy(board.pk).epoch, client.copy(board.pk).seq = epoch, after
    return client


@pytest.mark.parametrize(("missed", "reason"), [(499, []), (500, []), (501, ["too_old"]), (1200, ["too_old"])])
def test_who_missed_too_much_starts_anew(server: ProofServer, missed: int, reason: list[str]) -> None:
    """S8: up to the floor it is replayed, below it a resync says so; then the state is equal."""
    world = make_world(boards=1, cards=3)
    board = world.boards[0]
    write(board, 1200)
    stream = board.stream
    Stream.objects.filter(pk=stream.pk).update(floor=stream.head - KEPT)
    with came_back(server, world.readers[0], board, stream.epoch, stream.head - missed) as client:
        require_in_step([client], server)
    assert client.reasons == reason
    require_wire([client])


def test_a_floor_that_rises_during_a_replay_leaves_no_silent_hole(server: ProofServer) -> None:
    """S8: the rows go away while a slow client is being replayed: it gets the rest or starts anew."""
    world = make_world(boards=1, cards=3)
    board, reader = world.boards[0], world.readers[0]
    write(board, 4000)
    stream = board.stream
    with came_back(server, reader, board, stream.epoch, 10) as client:
        wait_until(lambda: client.copy(board.pk).seq > 10, "the replay to begin")
        Stream.objects.filter(pk=stream.pk).update(floor=stream.head - KEPT)
        Event.objects.filter(stream=stream, seq__lte=stream.head - KEPT).delete()
        require_in_step([client], server)
    assert set(client.reasons) <= {"too_old"}
    require_wire([client])


def test_after_a_restore_two_histories_are_never_mixed(server: ProofServer, tmp_path: Path, settings: Any) -> None:
    """S9: backup at 100, on to 150, restore, 60 others; who was at 150 starts anew, also who was away meanwhile."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    settings.BACKUP_LEAVES_OUT = [name for name in settings.BACKUP_LEAVES_OUT if "essions" not in name]
    world = make_world(boards=1, cards=3)
    board = world.boards[0]
    write(board, 100)
    back_up(tmp_path / "at-100.backup")
    write(board, 50)
    old = board.stream
    with came_back(server, world.readers[0], board, old.epoch, 150) as there:
        require_in_step([there], server)
        away = came_back(server, world.readers[1], board, old.epoch, 150)
        restore(tmp_path / "at-100.backup")
        write(board, 60)
        assert (board.stream.head, board.stream.epoch == old.epoch) == (160, False)
        with away:
            require_in_step([there, away], server)
        pending = Sender(Http(server, world.writers[0].cookie), random.Random(9), world.writers[0].pk)
        done = pending.send("PATCH", f"/tasks/{board.cards[0]}", {"title": "Sent again after the restore"})
        require_in_step([there], server)
    assert done.status == 200
    assert (set(there.reasons), set(away.reasons)) == ({"epoch"}, {"epoch"})
    require_wire([there, away])
    require_gapless()


def test_who_knows_more_than_there_is_starts_anew(server: ProofServer) -> None:
    """S9: ahead of the head, in the same epoch."""
    world = make_world(boards=1, cards=3)
    board = world.boards[0]
    write(board, 5)
    with came_back(server, world.readers[0], board, board.stream.epoch, 99) as client:
        require_in_step([client], server)
    assert client.reasons == ["ahead"]


def test_two_hundred_cards_change_their_column_in_one_step(server: ProofServer) -> None:
    """S13: after every frame each card is in one column that is there, and the old column is full or empty."""
    world: World = make_world(boards=1, cards=200)
    board, boss = world.boards[0], User.objects.get(pk=world.writers[0].pk)
    User.objects.filter(pk=boss.pk).update(is_administrator=True)
    boss.refresh_from_db()
    old, new = board.statuses[0], board.statuses[1]
    Task.objects.update(status_id=old)
    seen: list[tuple[int, int]] = []

    def look(copy: Copy, _events: list[Any]) -> None:
        columns = [card["status"] for card in copy.cards.values()]
        assert set(columns) <= set(board.statuses)
        seen.append((columns.count(old), columns.count(new)))

    with Client(server, world.readers[0].cookie, world.ids, 13) as client:
        client.on_step = look
        wait_until(lambda: client.copy(board.pk).epoch, "the snapshot")
        change_task(actor=boss, task_id=board.cards[0], fields={"title": "Before"})
        remove_status(actor=boss, status_id=old, move_to=new)
        require_in_step([client], server)
    assert not Status.objects.filter(pk=old).exists()
    assert seen == [(200, 0), (0, 200)]
    frames = [frame for talk in client.talks for frame in talk.frames if frame["t"] == "ev"]
    assert max(len(list(events)) for f in frames for _tx, events in groupby(f["events"], key=lambda e: e["tx"])) == 200
