"""Looking at the whole database at once: has anything changed, and do the promises about it hold?"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Count, ForeignKey, IntegerField, Model, Q

from tracker.log.models import Event, Stream
from tracker.work.models import Task

# Signing in and being seen leave traces of their own.
APART = {"sessions.Session", "usersessions.UserSession", "people.Limit"}


WRITES = re.compile(r'\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


@cache
def looks() -> dict[str, str]:
    """By table: a statement that asks for its number of rows, its highest id, and the sum of what grows with changes."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label in APART or not model._meta.managed:
            continue
        table = model._meta.db_table
        names = {field.column for field in model._meta.concrete_fields}
        grows = next((name for name in ("version", "head") if name in names), "0")
        highest = model._meta.pk.column if isinstance(model._meta.pk, IntegerField | ForeignKey) else "0"
        columns = f"count(*), coalesce(max({highest}), 0), coalesce(sum({grows}), 0)"
        found[table] = f"SELECT '{table}' AS name, {columns} FROM {table}"
    return found


def fingerprint(tables: set[str] | None = None) -> dict[str, tuple[int, ...]]:
    """What changes when anything in the database does, or in these tables; sessions and limits apart."""
    asked = [look for table, look in looks().items() if tables is None or table in tables]
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return {table: tuple(found) for table, *found in cursor.fetchall()}


@contextmanager
def tables_written() -> Iterator[set[str]]:
    """The tables to which anything was written meanwhile, also if it was taken back: no other can have changed."""
    written: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        written.update(WRITES.findall(sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield written


def rows_of(model: type[Model]) -> list[dict[str, Any]]:
    return list(model._default_manager.order_by("pk").values())


def require_gapless() -> None:
    """In every stream the events are 1, 2, 3, … up to its head; a span says to how many streams its transaction wrote."""
    for stream in Stream.objects.all():
        seqs = list(stream.events.order_by("seq").values_list("seq", flat=True))
        assert seqs == list(range(1, stream.head + 1)), f"{stream.name}: {stream.head=}, {len(seqs)} events"
    wrote: dict[str, set[int]] = {}
    for tx, stream_id in Event.objects.values_list("tx", "stream_id"):
        wrote.setdefault(tx, set()).add(stream_id)
    assert all(span == len(wrote[tx]) for tx, span in Event.objects.values_list("tx", "span"))


def require_order() -> None:
    """No two cards on one place, and every card in a column of its project's workflow."""
    places = Counter(Task.objects.values_list("project_id", "status_id", "rank"))
    assert not [place for place, cards in places.items() if cards > 1]
    assert all(
        workflow == of_status
        for workflow, of_status in Task.objects.values_list("project__workflow_id", "status__workflow_id")
    )


def require_true_counters() -> None:
    """What tasks say of their checklists, comments and files equals a recount."""
    tasks = Task.objects.annotate(
        lines=Count("checklist", distinct=True),
        ticked=Count("checklist", filter=Q(checklist__done=True), distinct=True),
        words=Count("comments", distinct=True),
        papers=Count("files", distinct=True),
    )
    for task in tasks:
        said = (task.checklist_total, task.checklist_done, task.comments_count, task.files_count)
        assert said == (task.lines, task.ticked, task.words, task.papers), f"task {task.pk}"
