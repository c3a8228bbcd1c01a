"""Reminders: of days that come near or have passed, of cards that lie still, of requests that wait; each told once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.timezone import now

from notifications.models import Mute, Notification, Preference
from notifications.reminders import remind_at
from tests.factories import UserFactory, function
from tests.support.asking import Asking, at_once
from tests.work.conftest import Board, make_board
from tracker.people import access
from tracker.people.models import User
from tracker.work.models import HandOver, Project, Task
from tracker.work.services.handovers import ask

pytestmark = pytest.mark.django_db

DUE = date(2026, 11, 27)
NOON_BEFORE = datetime(2026, 11, 26, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def active(board: Board) -> Board:
    Project.objects.update(state="active")
    return board


def told(person: User) -> list[str]:
    return list(Notification.objects.filter(recipient=person).order_by("pk").values_list("reason", flat=True))


def long_ago(task: Task, at: datetime = NOON_BEFORE - 3 * DAY) -> Task:
    """Nobody has touched it for some days."""
    Task.objects.filter(pk=task.pk).update(updated_at=at)
    return task


def test_who_works_on_a_card_hears_the_day_before_it_is_due_and_when_it_is_late_and_each_once(active: Board) -> None:
    helper = UserFactory()
    access.grant(active.project, helper, "member")
    task = long_ago(active.card(owner=active.member, due=DUE))
    task.assignees.add(helper)
    assert remind_at(NOON_BEFORE - DAY) == 0
    assert remind_at(NOON_BEFORE) == 2
    assert told(active.member) == told(helper) == ["due"]
    assert remind_at(NOON_BEFORE + timedelta(minutes=5)) == remind_at(NOON_BEFORE + DAY) == 0
    assert remind_at(NOON_BEFORE + 2 * DAY) == 2
    assert told(active.member) == ["due", "overdue"]
    assert told(active.manager) == []

    row = Asking(active.member).get("/inbox").json()["items"][0]
    assert [news["body"]["type"] for news in row["items"]] == ["reminder.overdue", "reminder.due"]
    assert (row["subject"], row["items"][0]["actor"]) == (f"task:{task.pk}", None)


def test_another_day_is_another_reminder(active: Board) -> None:
    task = long_ago(active.card(owner=active.member, due=DUE))
    remind_at(NOON_BEFORE)
    Task.objects.filter(pk=task.pk).update(due=DUE + 3 * DAY)
    assert remind_at(NOON_BEFORE + 3 * DAY) == 1


def test_what_somebody_set_today_is_not_told_them_at_once(active: Board) -> None:
    task = active.card(owner=active.member, due=DUE)
    long_ago(task, NOON_BEFORE - timedelta(hours=1))
    assert remind_at(NOON_BEFORE) == 0
    assert remind_at(NOON_BEFORE + DAY) == 1  # on its day, then


def test_the_day_begins_at_eight_by_each_persons_own_clock_also_when_clocks_change(active: Board) -> None:
    people = {zone: UserFactory(time_zone=zone) for zone in ("Asia/Shanghai", "Europe/Berlin", "America/New_York")}
    task = long_ago(active.card(due=date(2026, 10, 26)), datetime(2026, 10, 20, tzinfo=UTC))
    for person in people.values():
        access.grant(active.project, person, "member")
        task.assignees.add(person)
    # Eight o'clock on the day before: in Berlin the clocks went back that night.
    begins = {"Asia/Shanghai": (0, 0), "Europe/Berlin": (7, 0), "America/New_York": (12, 0)}
    for zone, (hour, minute) in begins.items():
        at = datetime(2026, 10, 25, hour, minute, tzinfo=UTC)
        assert (remind_at(at - timedelta(minutes=1)), remind_at(at)) == (0, 1), zone
        assert told(people[zone]) == ["due"]


def test_what_is_closed_put_away_or_long_past_is_left_in_peace(active: Board) -> None:
    far = long_ago(active.card(owner=active.member, due=DUE - 30 * DAY))
    done = long_ago(active.card("Done", owner=active.member, due=DUE))
    Task.objects.filter(pk=done.pk).update(completed_at=NOON_BEFORE - DAY)
    away = long_ago(active.card(owner=active.member, due=DUE))
    Task.objects.filter(pk=away.pk).update(archived_at=NOON_BEFORE - DAY)
    over = make_board()
    access.grant(over.project, active.member, "member")
    Project.objects.filter(pk=over.project.pk).update(state="done")
    long_ago(over.card(owner=active.member, due=DUE))
    assert remind_at(NOON_BEFORE) == 0
    assert far.pk


def test_nobody_is_reminded_of_what_they_do_not_see_mute_or_do_not_want_to_hear(active: Board) -> None:
    gone, quiet, muting = UserFactory(), UserFactory(), UserFactory()
    task = long_ago(active.card(due=DUE))
    for person in (quiet, muting):
        access.grant(active.project, person, "member")
    task.assignees.add(gone, quiet, muting)
    Preference.objects.create(person=quiet, reason="due", way="inbox", is_on=False)
    Mute.objects.create(person=muting, task=task)
    assert remind_at(NOON_BEFORE) == 0
    access.grant(active.project, gone, "member")
    assert remind_at(NOON_BEFORE) == 1


def test_a_card_that_is_to_begin_or_lies_still(active: Board) -> None:
    long_ago(active.card("To do", owner=active.member, start=NOON_BEFORE.date()))
    long_ago(active.card("Doing", owner=active.manager), NOON_BEFORE - 8 * DAY)
    long_ago(active.card("To do", owner=active.manager), NOON_BEFORE - 8 * DAY)  # nobody is at it yet
    assert remind_at(NOON_BEFORE) == 2
    assert (told(active.member), told(active.manager)) == (["starts"], ["still"])
    assert remind_at(NOON_BEFORE + timedelta(hours=1)) == 0


def test_a_function_that_does_not_answer_is_asked_again_and_who_asked_hears_it(active: Board) -> None:
    support, outside = UserFactory(function=function("support")), UserFactory(function=function("support"))
    access.grant(active.project, support, "member")
    task = active.card(owner=active.member, function=function("sales"))
    by = now() + timedelta(hours=3)
    one = ask(actor=active.member, task_id=task.pk, to_function=function("support").pk, answer_by=by)
    assert remind_at(by - timedelta(minutes=1)) == 0
    assert remind_at(by + timedelta(minutes=1)) == 2
    assert (told(support), told(active.member), told(outside)) == (["unanswered"], ["unanswered"], [])
    HandOver.objects.filter(pk=one.pk).update(answer_by=None)
    assert remind_at(one.asked_at + 3 * DAY) == 0  # it is the same request


@pytest.mark.django_db(transaction=True)
def test_two_that_remind_at_once_tell_it_once(active: Board) -> None:
    long_ago(active.card(owner=active.member, due=DUE))
    assert sorted(at_once([lambda: remind_at(NOON_BEFORE)] * 2)) == [0, 1]
    assert told(active.member) == ["due"]
