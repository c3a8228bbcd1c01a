"""Work that comes round: each package names its own when it starts, and one row for each says when it ran.

comes_round("notifications.digests", send_digests, every(60))
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django_tasks.base import Task

from tracker.jobs.models import Schedule
from tracker.jobs.queue import enqueue_many
from tracker.log.turns import turn

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Rule:
    """When something comes round: `after` gives the next moment, `words` say it."""

    words: str
    after: Callable[[datetime], datetime]


def every(seconds: int) -> Rule:
    return Rule(f"every {seconds} s", lambda at: at + timedelta(seconds=seconds))


def daily(hour: int, minute: int = 0) -> Rule:
    """Once a day, at this time of UTC."""

    def after(at: datetime) -> datetime:
        today = at.replace(hour=hour, minute=minute, second=0, microsecond=0)
        return today if today > at else today + timedelta(days=1)

    return Rule(f"daily {hour:02}:{minute:02} UTC", after)


@dataclass(frozen=True)
class Planned:
    task: Task[Any, Any]
    rule: Rule


planned: dict[str, Planned] = {}


def comes_round(name: str, task: Task[Any, Any], rule: Rule) -> None:
    planned[name] = Planned(task, rule)


def write_down() -> None:
    """A row for each schedule there is, and none for those that are no more. An interval begins at once."""
    at = now()
    known = {row.name: row for row in Schedule.objects.all()}
    for name, plan in planned.items():
        row = known.pop(name, None)
        if row is None:
            first = at if plan.rule.words.startswith("every") else plan.rule.after(at)
            Schedule.objects.get_or_create(name=name, defaults={"rule": plan.rule.words, "next_run": first})
        elif row.rule != plan.rule.words:
            Schedule.objects.filter(pk=row.pk).update(rule=plan.rule.words, next_run=plan.rule.after(at))
    Schedule.objects.filter(pk__in=[row.pk for row in known.values()]).delete()


def start_due() -> int:
    """Enqueue what is due, each once however many workers ask, and however long nobody did."""
    at = now()
    if not Schedule.objects.filter(next_run__lte=at).exists():
        return 0
    with turn(), transaction.atomic():
        due = [
            row
            for row in Schedule.objects.select_for_update(skip_locked=True).filter(next_run__lte=at)
            if row.name in planned
        ]
        for row in due:
            plan = planned[row.name]
            (row.last_task,) = enqueue_many(plan.task, [({}, None, plan.task.queue_name)], stamp=at)
            row.last_run, row.next_run = at, plan.rule.after(at)
            row.save(update_fields=["last_run", "next_run", "last_task"])
    return len(due)
