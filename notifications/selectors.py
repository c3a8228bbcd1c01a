"""A person's inbox: what they were told, grouped by what it is about, as far as they may still see that."""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils.timezone import now

from notifications.models import Notification, Reason
from tracker.accounts.models import Account
from tracker.log.statements import Numbers, compiled
from tracker.people import access
from tracker.people.models import User
from tracker.work.models import Project, Task

SHELVES = ("open", "snoozed", "done")
MOST_ITEMS = 20  # of one card, newest first; the rest are counted
RANKS = {reason: rank for rank, reason in enumerate(Reason.values)}


def notifications_for(viewer: User | access.Viewer) -> QuerySet[Notification]:
    """What the viewer was told about things that they still see."""
    seen = Q(project__in=access.visible(viewer, Project)) | Q(project=None, account=None)
    seen |= Q(project=None, account__in=access.visible(viewer, Account))
    visits = Q(project__in=access.visible(viewer, Project, "visit"))
    given = Q(task__owner=viewer.pk)
    for through in (Task.assignees.through, Task.watchers.through):
        given |= Q(task__in=through._default_manager.filter(user=viewer.pk).values("task"))
    return Notification.objects.filter(seen | visits & given, recipient=viewer.pk)


def waiting_among(viewer: User, items: Iterable[int]) -> list[Notification]:
    """Of these, what the viewer still sees, and has neither read nor put away; oldest first, with all that it is about."""
    if not viewer.is_active:
        return []
    at = now()
    rows = news_among(viewer.is_administrator, viewer.is_overseer, person=viewer.pk, items=Numbers(items))
    return [row for row in rows if row.snoozed_until is None or row.snoozed_until <= at]


@compiled
def news_among(is_administrator: bool, is_overseer: bool, *, person: int, items: Numbers) -> QuerySet[Notification]:
    rows = notifications_for(access.Viewer(person, is_administrator, is_overseer))
    rows = rows.filter(pk__in=items, read_at=None, done_at=None).order_by("at", "pk")
    return rows.select_related("event", "task__project", "project__account", "account")


def on_shelf(rows: QuerySet[Notification], shelf: str) -> QuerySet[Notification]:
    """`open` is what waits for the person, `snoozed` what comes back later, `done` what was put away."""
    at = now()
    if shelf == "done":
        return rows.exclude(done_at=None)
    if shelf == "snoozed":
        return rows.filter(done_at=None, snoozed_until__gt=at)
    return rows.filter(Q(snoozed_until=None) | Q(snoozed_until__lte=at), done_at=None)


def unread(viewer: User) -> int:
    rows = on_shelf(notifications_for(viewer).filter(read_at=None), "open")
    return rows.aggregate(cards=Count("subject", distinct=True))["cards"]


@dataclass(frozen=True)
class Bundle:
    """Everything on one card, or about one initiative, that stands on a shelf of the inbox."""

    subject: str
    latest: datetime
    items: list[Notification]
    total: int
    is_muted: bool = False

    @property
    def unread(self) -> int:
        return sum(row.read_at is None for row in self.items)

    @property
    def reason(self) -> str:
        """The most pressing reason among the news."""
        return min((row.reason for row in self.items), key=lambda reason: RANKS[reason])


def bundles(viewer: User, shelf: str, *, before: tuple[datetime, str] | None, limit: int) -> list[Bundle]:
    """A page of the inbox, latest news first. Three queries, whatever its size."""
    rows = on_shelf(notifications_for(viewer), shelf)
    heads = rows.values("subject").annotate(latest=Max("at"), total=Count("pk")).order_by("-latest", "-subject")
    if before is not None:
        at, subject = before
        heads = heads.filter(Q(latest__lt=at) | Q(latest=at, subject__lt=subject))
    page = list(heads[:limit])
    items = rows.filter(subject__in=[head["subject"] for head in page]).order_by("-at", "-pk")
    found: dict[str, list[Notification]] = defaultdict(list)
    for row in items.select_related("event", "task__project", "project", "account"):
        if len(found[row.subject]) < MOST_ITEMS:
            found[row.subject].append(row)
    return [Bundle(head["subject"], head["latest"], found[head["subject"]], head["total"]) for head in page]


def with_mutes(viewer: User, found: list[Bundle]) -> list[Bundle]:
    """The bundles, saying of which cards the viewer hears no more."""
    tasks = [row.items[0].task_id for row in found]
    muted = set(viewer.mutes.filter(task__in=[pk for pk in tasks if pk]).values_list("task", flat=True))
    return [replace(row, is_muted=row.items[0].task_id in muted) for row in found]


def show(bundle: Bundle) -> dict[str, Any]:
    latest = bundle.items[0]
    task, project, account = latest.task, latest.project, latest.account
    return {
        "subject": bundle.subject,
        "reason": bundle.reason,
        "title": task.title if task else latest.title,
        "task": task.pk if task else None,
        "key": f"{task.project.key}-{task.number}" if task else None,
        "status": task.status_id if task else None,
        "due": task.due if task else None,
        "is_muted": bundle.is_muted,
        "is_archived": bool(task and task.archived_at),
        "project": named(project, key=project.key) if project else None,
        "account": named(account, code=account.code) if account else None,
        "latest": bundle.latest,
        "unread": bundle.unread,
        "total": bundle.total,
        "snoozed_until": latest.snoozed_until,
        "items": [item(row) for row in bundle.items],
    }


def named(thing: Any, **more: str) -> dict[str, Any]:
    return {"id": thing.pk, "name": thing.name, "name_zh": thing.name_zh, **more}


def item(row: Notification) -> dict[str, Any]:
    """One piece of news, with its event as a stream would give it."""
    return {
        "id": row.pk,
        "reason": row.reason,
        "at": row.at,
        "is_read": row.read_at is not None,
        "actor": row.event.actor_id if row.event else None,
        "body": json.loads(row.event.body) if row.event else row.facts or None,
    }
