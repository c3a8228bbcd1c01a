"""P7: figures of background work, of what leaves the house and of those who follow the log, for whoever watches over it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

import notifications.figures
from notifications.hooks import add_hook
from notifications.models import Breaker, Delivery
from notifications.notifier import NOTIFIER
from tests.config.test_watching import HERE, figures
from tests.factories import UserFactory
from tests.jobs.test_lanes import note_it, stumble
from tests.notifications.telling import always_there, mention, say
from tests.work.conftest import Board, board
from tracker.jobs import schedules
from tracker.jobs.chores import KEPT_DONE, forget_done_work
from tracker.jobs.lanes import drain
from tracker.jobs.models import Schedule, Worker
from tracker.jobs.queue import enqueue_many
from tracker.log.followers import catch_up
from tracker.log.models import Cursor, Event

pytestmark = pytest.mark.django_db
__all__ = ["board"]


@pytest.fixture(autouse=True)
def level(db: None) -> None:
    catch_up([NOTIFIER])
    DBTaskResult.objects.all().delete()
    Delivery.objects.all().delete()


def test_queues_say_what_waits_since_when_and_what_failed() -> None:
    at = now()
    enqueue_many(note_it, [({"what": "due"}, None, "default")], stamp=at)
    enqueue_many(note_it, [({"what": "due since"}, at - timedelta(minutes=1), "mail")], stamp=at)
    DBTaskResult.objects.update(enqueued_at=at - timedelta(minutes=5))
    enqueue_many(note_it, [({"what": "later"}, at + timedelta(hours=1), "slow")], stamp=at)
    (failed,) = enqueue_many(stumble, [({}, None, "outgoing")], stamp=at)
    DBTaskResult.objects.filter(pk=failed).update(status="FAILED", finished_at=at)
    Worker.objects.create(name="one", started_at=at, seen_at=at - timedelta(seconds=7))
    found = figures()
    wanted = {
        'jobs{queue="default",state="waiting"}': 1,
        'jobs{queue="mail",state="waiting"}': 1,
        'jobs{queue="slow",state="waiting"}': 0,
        'jobs{queue="slow",state="later"}': 1,
        'jobs{queue="outgoing",state="failed"}': 1,
        'jobs{queue="outgoing",state="running"}': 0,
        "workers": 1,
        "database_answers": 1,
    }
    assert {name: found[name] for name in wanted} == wanted
    assert 300 <= found['jobs_oldest_seconds{queue="default"}'] < 360
    assert 60 <= found['jobs_oldest_seconds{queue="mail"}'] < 120  # it was not late before its time
    assert found['jobs_oldest_seconds{queue="slow"}'] == 0
    assert 7 <= found["worker_seen_seconds"] < 60


def test_schedules_say_when_they_ran() -> None:
    schedules.write_down()
    at = now()
    Schedule.objects.filter(name="jobs.tidy").update(last_run=at, next_run=at + timedelta(days=1))
    found = figures()
    assert found['schedule_last_run_timestamp{schedule="jobs.tidy"}'] == pytest.approx(at.timestamp())
    assert found['schedule_next_run_timestamp{schedule="jobs.tidy"}'] == pytest.approx(at.timestamp() + 86_400)


def test_what_was_found_at_night_stays_until_the_next_time(board: Board) -> None:
    assert not any(name.startswith("verify_") for name in figures())
    schedules.write_down()
    Schedule.objects.filter(name="work.verify").update(next_run=now())
    say(board, board.card())
    Event.objects.filter(stream__kind="project").earliest("pk").delete()
    schedules.start_due()
    drain("slow")
    at = now() - 2 * KEPT_DONE
    DBTaskResult.objects.update(finished_at=at)
    forget_done_work.call()
    found = figures()
    assert found['verify_findings{what="events_without_a_gap"}'] == 1
    assert found['verify_findings{what="counters"}'] == 0
    assert found["verify_last_timestamp"] == pytest.approx(at.timestamp())


def test_the_notifier_says_how_far_it_is_behind(board: Board) -> None:
    card = board.card()
    catch_up([NOTIFIER])
    events = 'follower_behind_events{follower="notifications"}'
    seconds = 'follower_behind_seconds{follower="notifications"}'
    found = figures()
    assert (found[events], found[seconds], found['follower_stumbles{follower="notifications"}']) == (0, 0, 0)
    for _time in range(3):
        say(board, card)
    fresh = Event.objects.filter(stream__kind="project")
    Event.objects.filter(pk=fresh.earliest("pk").pk).update(at=now() - timedelta(minutes=2))
    found = figures()
    assert found[events] == fresh.count() >= 3
    assert 120 <= found[seconds] < 180
    Cursor.objects.all().delete()
    assert figures()[events] == fresh.count()


def test_the_outbox_says_what_waits_what_left_and_what_was_tried_again(board: Board) -> None:
    always_there(board.member, bundle_minutes=0)
    say(board, board.card(), mention(board.member))
    catch_up([NOTIFIER])
    Delivery.objects.filter(way="mail").update(due_at=now() - timedelta(seconds=90))
    found = figures()
    assert (found['outbox_waiting{way="mail"}'], found['outbox_due{way="mail"}']) == (1, 1)
    assert 90 <= found['outbox_oldest_due_seconds{way="mail"}'] < 150
    assert (found['outbox_waiting{way="push"}'], found['outbox_oldest_due_seconds{way="push"}']) == (0, 0)
    drain("mail")
    Delivery.objects.update(attempts=2)
    found = figures()
    assert found['outbox_due{way="mail"}'] == 0
    assert found['outbox_day{state="sent",way="mail"}'] == 1
    assert found['outbox_day{state="failed",way="mail"}'] == 0
    assert found['outbox_day_retried{way="mail"}'] == 1
    Delivery.objects.update(created_at=now() - timedelta(days=2))
    assert figures()['outbox_day{state="sent",way="mail"}'] == 0


def test_breakers_are_counted_by_kind_and_name_nobody(board: Board, settings: Any) -> None:
    settings.OUTGOING_ALLOWED_HOSTS = ["127.0.0.1"]
    hook = add_hook(
        actor=board.manager, kind="feishu", name="Secret room", url="http://127.0.0.1:1/very-secret", secret="",
        language="en", scope=f"project:{board.project.pk}",
    )  # fmt: skip
    later = now() + timedelta(hours=1)
    words = "refused by http://127.0.0.1:1/very-secret"
    for target, until in (("mail", later), (f"hook:{hook.pk}", None), ("push:push.example.org", later)):
        Breaker.objects.create(target=target, failures=3, open_until=until, error=words)
    Breaker.objects.create(target="hook:999999", failures=0)
    found = figures()
    names = ("mail", "feishu", "push", "slack")
    assert [found[f'breakers_open{{kind="{kind}"}}'] for kind in names] == [1, 0, 1, 0]
    assert [found[f'breakers_failing{{kind="{kind}"}}'] for kind in names] == [1, 1, 1, 0]
    text = Client().get("/metrics", **HERE).content.decode()
    for secret in (
        "very-secret",
        "Secret room",
        "push.example.org",
        board.manager.email,
        board.manager.name,
        hook.sealed_url,
    ):
        assert secret not in text


def test_they_cost_the_same_however_much_waits(board: Board) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as captured:
            figures()
        return len(captured)

    Breaker.objects.create(target="hook:99", failures=3)
    before = cost()
    always_there(board.member, bundle_minutes=0)
    for _time in range(5):
        say(board, board.card(), mention(board.member))
    catch_up([NOTIFIER])
    enqueue_many(note_it, [({"what": "x"}, None, "default")] * 5, stamp=now())
    for number in range(5):
        Breaker.objects.create(target=f"hook:{number}", failures=3)
    say(board, board.card())
    assert cost() == before <= 12


def test_each_stands_there_once_also_with_several_processes(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    text = Client().get("/metrics", **HERE).content.decode()
    names = [line.rpartition(" ")[0] for line in text.splitlines() if not line.startswith("#")]
    assert len(names) == len(set(names))
    assert 'jobs{queue="mail",state="waiting"}' in names
    shared = [line for line in text.splitlines() if line.startswith("# HELP jobs ")]
    assert "same in every process" in shared[0]


def test_a_database_that_does_not_answer_hides_no_other_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(notifications.figures, "figures", fails)
    found = figures()
    assert found["database_answers"] == 0
    assert "sockets" in found
    assert not any(name.startswith("jobs") for name in found)


def test_they_are_for_insiders() -> None:
    UserFactory()
    assert Client().get("/metrics", REMOTE_ADDR="192.0.2.7", HTTP_HOST="127.0.0.1").status_code == 404
