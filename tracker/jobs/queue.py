"""What is to be done later: enqueued in the transaction of the change that causes it, and nowhere else."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.dispatch import Signal
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult, get_date_max

from tracker.log.statements import insert

AT_ONCE = 500  # tasks written in one statement

work_waits = Signal()
"""Sent after a commit that enqueued work for now: the lanes of this process wake; the clocks of others look every second."""

Arguments = dict[str, Any]


def enqueue_many(
    task: Task[Any, Any], wanted: Iterable[tuple[Arguments, datetime | None, str]], *, stamp: datetime
) -> list[UUID]:
    """Enqueue a task many times in one statement: arguments, not before when, and in which queue, each.

    What `task.enqueue()` does, which writes one row at a time. `stamp` is the moment of the change.
    """
    rows: list[DBTaskResult[Any, Any]] = [
        DBTaskResult(
            id=uuid4(),
            enqueued_at=stamp,
            args_kwargs={"args": [], "kwargs": arguments},
            priority=task.priority,
            task_path=task.module_path,
            queue_name=queue,
            run_after=after or get_date_max(),
            backend_name=task.backend,
        )
        for arguments, after, queue in wanted
    ]
    for first in range(0, len(rows), AT_ONCE):
        insert(rows[first : first + AT_ONCE])
    if rows:
        transaction.on_commit(wake, robust=True)
    return [row.id for row in rows]


def wake() -> None:
    work_waits.send_robust(sender=DBTaskResult)
