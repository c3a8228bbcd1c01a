"""Does everything hold that must: after a restore, after an upgrade, or once a day? Reads only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, F, IntegerField, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tracker.log.models import Stream
from tracker.work.models import Attachment, ChecklistItem, Comment, HandOver, Task
from tracker.work.services.files import path_of

Findings = Iterator[str]


def gaps() -> Findings:
    """In every stream the events are 1, 2, 3, … up to its head."""
    counted = Stream.objects.annotate(count=Count("events"), first=Min("events__seq"), last=Max("events__seq"))
    wrong = counted.exclude(Q(head=F("count"), first=1, last=F("head")) | Q(head=0, count=0))
    for stream in wrong:
        yield f"{stream.name}: its head is {stream.head}, and it has {stream.count} events from {stream.first} to {stream.last}"


def places() -> Findings:
    """Every card is in a column of its initiative's workflow, and no two are at one place."""
    for pk in Task.objects.exclude(status__workflow=F("project__workflow")).values_list("pk", flat=True):
        yield f"task {pk}: its status is not one of its initiative's workflow"
    shared = Task.objects.order_by().values("project", "status", "rank").annotate(cards=Count("pk")).filter(cards__gt=1)
    for place in shared:
        yield f"project {place['project']}: {place['cards']} tasks at {place['rank']!r} of status {place['status']}"


def counters() -> Findings:
    """What a task says of its comments, files and checklist equals a recount."""
    recounts: dict[str, QuerySet[Any]] = {
        "comments_count": Comment.objects.all(),
        "files_count": Attachment.objects.all(),
        "checklist_total": ChecklistItem.objects.all(),
        "checklist_done": ChecklistItem.objects.filter(done=True),
    }
    for name, rows in recounts.items():
        counted = rows.filter(task=OuterRef("pk")).order_by().values("task").annotate(n=Count("pk")).values("n")
        tasks = Task.objects.annotate(found=Coalesce(Subquery(counted, output_field=IntegerField()), 0))
        for pk, said, found in tasks.exclude(**{name: F("found")}).values_list("pk", name, "found"):
            yield f"task {pk}: {name} is {said}, and there are {found}"


def files() -> Findings:
    """Every file that a task has is there, and as long as it was."""
    for file in Attachment.objects.iterator():
        path = path_of(file)
        if not path.is_file():
            if not Attachment.objects.filter(pk=file.pk).exists():
                continue  # it was removed while we looked
            yield f"file {file.pk} of task {file.task_id} is missing: {path}"
        elif path.stat().st_size != file.size:
            yield f"file {file.pk} of task {file.task_id} has {path.stat().st_size} bytes instead of {file.size}"


def database() -> Findings:
    """What the database itself finds: SQLite can be asked; PostgreSQL has pg_amcheck for that."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            yield from (row[0] for row in cursor.execute("PRAGMA integrity_check").fetchall() if row[0] != "ok")
            for table, row, parent, _key in cursor.execute("PRAGMA foreign_key_check").fetchall():
                yield f"row {row} of {table} refers to something in {parent} that is not there"


def waiting() -> Findings:
    """A task says that it waits for a function while a hand-over to it is open, and since when."""
    asked = HandOver.objects.filter(state=HandOver.State.ASKED)
    for pk in asked.exclude(task__waits_for=F("to_function"), task__waits_since=F("asked_at")).values_list(
        "task", flat=True
    ):
        yield f"task {pk}: a hand-over is open, and the task does not say so"
    for pk in Task.objects.exclude(waits_for=None).exclude(pk__in=asked.values("task")).values_list("pk", flat=True):
        yield f"task {pk}: waits for a function that nobody has asked"


LOOKS: dict[str, Callable[[], Findings]] = {
    "database": database,
    "events without a gap": gaps,
    "cards in their columns": places,
    "counters": counters,
    "hand-overs": waiting,
    "files": files,
}


def verify() -> dict[str, list[str]]:
    """Each thing that was looked at, and what is wrong with it."""
    with patience():
        return {name: list(look()) for name, look in LOOKS.items()}


@contextmanager
def patience() -> Iterator[None]:
    """Looking at everything may take longer than the statements of a request. SQLite has no such limit, and there a
    transaction would hold up those who write."""
    if connection.vendor == "sqlite":
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        yield
