"""Background work as administrators find it: what waits, what failed, and trying it again."""

from typing import Any

import pytest
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

from tests.factories import UserFactory
from tests.jobs.test_lanes import done, note_it, stumble
from tests.notifications.telling import in_one_step
from tests.support.asking import Asking
from tests.support.looking import fingerprint
from tests.work.conftest import Board, board
from tracker.jobs import lanes
from tracker.jobs.lanes import drain
from tracker.jobs.models import Schedule
from tracker.log import followers
from tracker.log.followers import Follower, catch_up
from tracker.log.models import Event, Stream, Stumble
from tracker.work.services.tasks import archive_task

pytestmark = pytest.mark.django_db
__all__ = ["board"]


@pytest.fixture
def administrator(db: None) -> Asking:
    done.clear()
    return Asking(UserFactory(is_administrator=True))


def test_queues_say_what_waits(administrator: Asking) -> None:
    note_it.enqueue(what="a")
    note_it.using(run_after=now().replace(year=now().year + 1)).enqueue(what="b")
    queues = {row["name"]: row for row in administrator.get("/background-work").json()["queues"]}
    assert list(queues) == ["default", "mail", "outgoing", "slow"]
    assert (queues["default"]["waiting"], queues["default"]["later"]) == (1, 1)
    assert queues["default"]["oldest"]
    assert queues["mail"]["oldest"] is None


def test_what_failed_for_good_is_shown_and_tried_again(administrator: Asking) -> None:
    stumble.enqueue()
    for _try in range(len(lanes.WAITS) + 1):
        DBTaskResult.objects.update(run_after=now())
        drain()
    (row,) = administrator.get("/background-work").json()["failures"]
    assert (row["task"], row["error"], row["tries"]) == ("stumble", "ValueError: not today", len(lanes.WAITS) + 1)
    done.clear()
    assert administrator.post(f"/background-work/{row['id']}/replay").status_code == 204
    assert administrator.get("/background-work").json()["failures"] == []
    drain()
    assert done == ["stumbled"]
    assert administrator.post(f"/background-work/{row['id']}/replay").status_code == 404


def test_a_schedule_can_be_made_to_come_now(administrator: Asking) -> None:
    row = Schedule.objects.create(name="jobs.tidy", rule="daily 03:30 UTC", next_run=now().replace(year=2099))
    assert administrator.post("/schedules/jobs.tidy/run").status_code == 204
    row.refresh_from_db()
    assert row.next_run <= now()
    assert administrator.post("/schedules/jobs.none/run").status_code == 404


def test_an_event_that_could_not_be_taken_is_taken_once_what_was_wrong_is_mended(
    administrator: Asking, board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[int] = []
    broken: list[Any] = [True]

    def take(stream: Stream, events: list[Event]) -> None:
        if broken:
            raise ValueError("not yet")
        taken.extend(event.pk for event in events)

    picky = Follower("picky", frozenset({"project"}), in_one_step(take))
    monkeypatch.setattr(followers, "followers", [*followers.followers, picky])
    archive_task(actor=board.manager, task_id=board.card().pk)
    catch_up([picky])
    (row,) = administrator.get("/background-work").json()["stumbles"]
    assert (row["follower"], row["type"], row["error"]) == ("picky", "task.archived", "ValueError: not yet")
    before = fingerprint()
    refused = administrator.post(f"/stumbles/{row['id']}/replay")
    assert (refused.status_code, "not yet" in refused.json()["message"]) == (422, True)
    assert fingerprint() == before
    broken.clear()
    assert administrator.post(f"/stumbles/{row['id']}/replay").status_code == 204
    assert len(taken) == 1
    assert not Stumble.objects.exists()
