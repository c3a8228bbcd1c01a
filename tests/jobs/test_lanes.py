"""Background work: done once, tried again, taken over from the dead, and none waits for another."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from tests.support.waiting import wait_until
from tracker.jobs import lanes
from tracker.jobs.lanes import Workers, drain, take_over
from tracker.jobs.models import Worker
from tracker.jobs.queue import enqueue_many

done: list[str] = []
gates: dict[str, threading.Event] = {}


@task()
def note_it(what: str) -> str:
    done.append(what)
    return what


@task(queue_name="outgoing")
def wait_for_gate(what: str) -> None:
    gates[what].wait(30)


@task()
def stumble() -> None:
    done.append("stumbled")
    raise ValueError("not today")


@pytest.fixture(autouse=True)
def nothing_done_yet() -> None:
    done.clear()
    gates.clear()


@pytest.mark.django_db
def test_what_is_enqueued_is_done_once_and_not_before_its_time() -> None:
    enqueue_many(note_it, [({"what": "now"}, None, "default")], stamp=now())
    enqueue_many(note_it, [({"what": "later"}, now() + timedelta(hours=1), "default")], stamp=now())
    note_it.enqueue(what="by its own API")
    assert (drain(), drain()) == (2, 0)
    assert sorted(done) == ["by its own API", "now"]
    assert DBTaskResult.objects.successful().count() == 2


@pytest.mark.django_db
def test_what_fails_is_tried_again_each_time_later_and_then_kept() -> None:
    stumble.enqueue()
    drain()
    row = DBTaskResult.objects.get()
    assert (row.status, "not today" in row.traceback) == (TaskResultStatus.READY, True)
    assert row.run_after > now()
    for _again in lanes.WAITS:
        DBTaskResult.objects.update(run_after=now())
        drain()
    row.refresh_from_db()
    assert (row.status, done) == (TaskResultStatus.FAILED, ["stumbled"] * (1 + len(lanes.WAITS)))


@pytest.mark.django_db
def test_what_a_dead_worker_had_begun_is_begun_anew_and_that_of_a_living_one_is_not(settings: Any) -> None:
    at = now()
    Worker.objects.create(name="alive", started_at=at, seen_at=at)
    Worker.objects.create(name="dead", started_at=at, seen_at=at - timedelta(seconds=settings.JOBS_LEASE + 1))
    for name in ("alive", "dead", "unknown"):
        note_it.enqueue(what=name)
    for row in DBTaskResult.objects.all():
        row.claim(f"{row.args_kwargs['kwargs']['what']}:default:0")
    assert take_over() == 2
    assert drain() == 2
    assert sorted(done) == ["dead", "unknown"]
    assert [worker.name for worker in Worker.objects.all()] == ["alive"]


@pytest.fixture
def workers(transactional_db: None) -> Any:
    found = Workers()
    found.start()
    yield found
    for gate in gates.values():
        gate.set()
    found.stop()


def test_one_that_hangs_delays_no_other_queue_and_not_its_own(workers: Workers) -> None:
    gates["slow"] = threading.Event()
    wait_for_gate.enqueue(what="slow")
    wait_until(lambda: DBTaskResult.objects.running().exists(), "the slow one to begin")
    note_it.enqueue(what="default")
    note_it.using(queue_name="outgoing").enqueue(what="outgoing")
    wait_until(lambda: len(done) == 2, "the others")
    assert DBTaskResult.objects.running().filter(task_path__endswith="wait_for_gate").count() == 1


def test_workers_say_that_they_live_run_the_schedules_and_leave(workers: Workers) -> None:
    from tracker.jobs.models import Schedule

    wait_until(lambda: Worker.objects.filter(name=workers.name).exists(), "a sign of life")
    wait_until(lambda: Schedule.objects.filter(name="jobs.forget_done_work").exclude(last_run=None).exists(), "a run")
    workers.stop()
    assert not Worker.objects.filter(name=workers.name).exists()
    assert not any(thread.is_alive() for thread in workers.threads)
