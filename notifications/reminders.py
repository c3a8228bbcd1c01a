"""Reminders: what nobody does, but time: a day comes near or has passed, a card lies still, a request waits for an answer.

Each is told once, whatever the clocks do and however often this runs: its key names what it is about and for which day.
A person's day begins at `MORNING` by their own clock. Whoever was away for long is not told of everything at once: what is
older than `OLDEST` is on the board for whoever looks.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.timezone import now
from django_tasks import task

from notifications.models import Notification, Reason
from notifications.notifier import deliver, prepared
from notifications.outbox import for_people
from tracker.jobs.schedules import comes_round, every
from tracker.log.change import change, user_stream
from tracker.people import access
from tracker.people.models import User
from tracker.work.models import HandOver, Status, Task
from tracker.work.selectors.tasks import with_lists

MORNING = time(8)
BEFORE = timedelta(days=1)  # a due date is named on the day before
OLDEST = timedelta(days=7)
STILL = timedelta(days=7)  # an active card that nothing happened to for so long
UNANSWERED = timedelta(days=2)  # a hand-over without a moment by which an answer is needed
AT_ONCE = 100  # people and cards in one transaction

ACTIVE = (Status.Category.ACTIVE, Status.Category.REVIEW)
NOT_BEGUN = (Status.Category.BACKLOG, Status.Category.READY)


@dataclass(frozen=True)
class Reminder:
    """One person is to be reminded of one card. `what` makes it one of its kind: a day, or a request."""

    person: int
    task: Any
    reason: Reason
    what: str
    facts: dict[str, Any]

    @property
    def key(self) -> str:
        return f"{self.reason}.{self.task.pk}.{self.what}"


@task()
def remind() -> int:
    return remind_at(now())


def remind_at(at: datetime) -> int:
    """Tell whoever is to be reminded at this moment and was not; returns how many reminders that were."""
    found = list(fresh([*of_days(at), *of_stillness(at), *of_requests(at)]))
    return sum(tell(found[first : first + AT_ONCE], at) for first in range(0, len(found), AT_ONCE))


def fresh(reminders: Iterable[Reminder]) -> Iterator[Reminder]:
    """Without those that were told, which are most of them each time."""
    wanted = {(one.person, one.key): one for one in reminders}
    keys = [key for _person, key in wanted]
    known: set[tuple[int, str]] = set()
    for first in range(0, len(keys), 500):
        rows = Notification.objects.filter(key__in=keys[first : first + 500])
        known.update(rows.values_list("recipient", "key"))
    yield from (one for place, one in wanted.items() if place not in known)


def tell(reminders: list[Reminder], at: datetime) -> int:
    """Write these, in one transaction, for those who see the card now."""
    seers = {project: seeing(project) for project in {one.task.project_id for one in reminders}}
    wanted = [one for one in reminders if one.person in seers[one.task.project_id]]
    with change(actor=None, at=at) as log:
        # Under the locks of the people's streams nobody else tells them anything: what is fresh stays so.
        log.lock(*(user_stream(person) for person in sorted({one.person for one in wanted})))
        rows = prepared([notification(one, at) for one in fresh(wanted)], at)
        deliver(log, rows, [parcel for some in for_people(rows, at).values() for parcel in some])
    return len(rows)


def seeing(project: int) -> set[int]:
    return access.ids_of_people_who("project", project) | access.ids_of_people_who("project", project, "visit")


def notification(one: Reminder, at: datetime) -> Notification:
    project = one.task.project
    return Notification(
        recipient_id=one.person, key=one.key, subject=f"task:{one.task.pk}", reason=one.reason, task=one.task,
        project=project, account=project.account, title=one.task.title, facts=one.facts, at=at,
    )  # fmt: skip


def open_tasks() -> QuerySet[Task]:
    rows = Task.objects.filter(archived_at=None, completed_at=None, project__state__in=["planned", "active"])
    return with_lists(rows.select_related("project__account", "status"))


def its_people(task: Any) -> set[int]:
    return {pk for pk in (task.owner_id, *task.assignee_ids) if pk is not None}


def of_days(at: datetime) -> Iterator[Reminder]:
    """A card is due tomorrow or today, was due before, or is to begin: as it stood when the person's day began."""
    zones = {person: ZoneInfo(zone) for person, zone in User.objects.values_list("pk", "time_zone")}
    near = ((at - OLDEST).date() - BEFORE, (at + BEFORE).date() + BEFORE)
    for row in open_tasks().filter(Q(due__range=near) | Q(start__range=near, status__category__in=NOT_BEGUN)):
        for person in its_people(row):
            morning = datetime.combine(at.astimezone(zones[person]).date(), MORNING, zones[person])
            if at >= morning > row.updated_at:
                yield from of_day(row, person, morning.date())


def of_day(row: Any, person: int, today: date) -> Iterator[Reminder]:
    def one(reason: Reason, day: date) -> Reminder:
        return Reminder(person, row, reason, day.isoformat(), {"type": f"reminder.{reason}", "day": day.isoformat()})

    if row.due and today <= row.due <= today + BEFORE:
        yield one(Reason.DUE, row.due)
    elif row.due and today - OLDEST <= row.due < today:
        yield one(Reason.OVERDUE, row.due)
    if row.start and today - OLDEST <= row.start <= today and row.status.category in NOT_BEGUN:
        yield one(Reason.STARTS, row.start)


def of_stillness(at: datetime) -> Iterator[Reminder]:
    """Nothing has happened for a while to a card that somebody is at."""
    still = open_tasks().filter(updated_at__range=(at - STILL - OLDEST, at - STILL), status__category__in=ACTIVE)
    for row in still:
        since = row.updated_at.replace(microsecond=0).isoformat()
        for person in its_people(row):
            yield Reminder(person, row, Reason.STILL, since, {"type": "reminder.still", "day": since})


def of_requests(at: datetime) -> Iterator[Reminder]:
    """A function has not answered in time: its people are told again, and who asked."""
    asked = HandOver.objects.filter(state=HandOver.State.ASKED, asked_at__gt=at - UNANSWERED - 4 * OLDEST)
    late = {one.task_id: one for one in asked if (one.answer_by or one.asked_at + UNANSWERED) <= at}
    rows = open_tasks().in_bulk(list(late))
    people: dict[int, list[int]] = {}
    for person, function in User.objects.filter(is_active=True, is_guest=False).values_list("pk", "function"):
        people.setdefault(function, []).append(person)
    for pk, row in rows.items():
        one = late[pk]
        facts = {
            "type": "reminder.unanswered",
            "to_function": one.to_function_id,
            "day": one.asked_at.date().isoformat(),
        }
        for person in {*people.get(one.to_function_id or 0, []), one.asked_by_id}:
            yield Reminder(person, row, Reason.UNANSWERED, str(one.pk), facts)


comes_round("notifications.reminders", remind, every(300))
