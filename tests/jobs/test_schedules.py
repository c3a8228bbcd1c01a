"""What comes round: once each time, however many workers look, and however long nobody did."""

import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils.timezone import now
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from tests.support.product import REPOSITORY
from tracker.jobs import schedules
from tracker.jobs.models import Schedule
from tracker.jobs.schedules import Planned, daily, every, planned, start_due, write_down


@task()
def come_round() -> None:
    """Nothing to do."""


@pytest.fixture(autouse=True)
def one_schedule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedules, "planned", {"test.round": Planned(come_round, every(60))})


@pytest.mark.django_db
def test_it_runs_at_once_and_then_in_its_rhythm_without_catching_up() -> None:
    write_down()
    assert (start_due(), start_due()) == (1, 0)
    Schedule.objects.update(next_run=now() - timedelta(days=3))
    assert (start_due(), start_due()) == (1, 0)
    row = Schedule.objects.get()
    assert row.next_run > now()
    assert row.last_task == DBTaskResult.objects.order_by("-enqueued_at").first().pk  # type: ignore[union-attr]


@pytest.mark.django_db
def test_the_rows_follow_the_code(monkeypatch: pytest.MonkeyPatch) -> None:
    write_down()
    monkeypatch.setattr(schedules, "planned", {"test.other": Planned(come_round, daily(3, 30))})
    write_down()
    (row,) = Schedule.objects.all()
    assert (row.name, row.rule) == ("test.other", "daily 03:30 UTC")
    assert (row.next_run.hour, row.next_run.minute) == (3, 30)


def test_a_daily_rule_comes_once_a_day() -> None:
    after = daily(3, 30).after
    assert after(datetime(2026, 11, 26, 3, 29, tzinfo=UTC)) == datetime(2026, 11, 26, 3, 30, tzinfo=UTC)
    assert after(datetime(2026, 11, 26, 3, 30, tzinfo=UTC)) == datetime(2026, 11, 27, 3, 30, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_of_several_workers_that_look_at_once_one_starts_it() -> None:
    write_down()
    Schedule.objects.update(next_run=now())
    found: list[int] = []

    def look() -> None:
        found.append(start_due())
        connection.close()

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(found) == 1
    assert DBTaskResult.objects.count() == 1


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_schedule_has_a_name_for_people(language: str) -> None:
    words = json.loads((REPOSITORY / f"frontend/src/i18n/{language}/telling.json").read_text())
    assert {f"work.job_{name.replace('.', '_')}" for name in planned} <= words.keys()
