"""Making and changing tasks. Where a card stands is the business of `moves`."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tracker.log.change import Change, change
from tracker.log.http import require_version
from tracker.log.models import Event, Stream
from tracker.people.models import User
from tracker.work import ranks
from tracker.work.events import TaskArchived, TaskChanged, TaskCreated, TaskDeleted, TaskRestored
from tracker.work.models import ChecklistItem, Project, Task
from tracker.work.selectors.tasks import LISTS as LISTED
from tracker.work.selectors.tasks import card_of, tasks_by_id, waits_of
from tracker.work.services.checks import Fields, Seen, checked
from tracker.work.services.files import keep_for_now
from tracker.work.services.keeping import rows_of
from tracker.work.services.links import unlink
from tracker.work.services.locks import lock_project, lock_task, require_open
from tracker.work.services.places import Place, find_place, find_places, has_grown_long, shorten_ranks

LISTS = {"assignees": "assignee_ids", "labels": "label_ids", "blocked_by": "blocker_ids"}


@dataclass(frozen=True)
class Draft:
    """A task that is about to be made. `fields` are those of `change_task`; without a status it begins in the first."""

    title: str
    status: int | None = None
    checklist: list[str] = field(default_factory=list)
    fields: Fields = field(default_factory=dict)


def create_task(
    *, actor: User, project_id: int, title: str, status: int | None = None, after: int | None = None,
    before: int | None = None, top: bool = False, checklist: list[str] | None = None, fields: Fields | None = None,
    command_id: UUID | None = None,
) -> Task:  # fmt: skip
    """A new task in a project; its place is found as in `move_task`. `fields` are those of `change_task`.

    Raises NotFound, Forbidden, Refused (something named does not exist), Conflict (WIP limit).
    """
    with change(actor=actor, command_id=command_id) as log:
        stream, project, held = lock_project(log, actor=actor, project_id=project_id, ability="work")
        place = find_place(
            actor=actor, held=held, task=None, project_id=project.pk, workflow_id=project.workflow_id,
            status_id=status, after=after, before=before, top=top,
        )  # fmt: skip
        if has_grown_long(place.rank):
            shorten_ranks(log, stream, project_id=project.pk, status=place.status)
            return create_task(
                actor=actor, project_id=project_id, title=title, status=status, after=after, before=before, top=top,
                checklist=checklist, fields=fields,
            )  # fmt: skip
        draft = Draft(title, status, checklist or [], fields or {})
        return make(log, stream, project, actor, [(draft, place)])[0]


def create_tasks(
    *, actor: User, project_id: int, drafts: list[Draft], top: bool = False, command_id: UUID | None = None
) -> list[Task]:
    """Several new tasks, each at the bottom (or the `top`) of its column, in this order: all of them or none.

    As many as one transaction may tell of (MOST_EVENTS). Raises what `create_task` raises.
    """
    with change(actor=actor, command_id=command_id) as log:
        stream, project, held = lock_project(log, actor=actor, project_id=project_id, ability="work")
        places: dict[int | None, Iterator[Place]] = {}
        for status, count in Counter(draft.status for draft in drafts).items():
            found = find_places(log, stream, project, actor=actor, held=held, status_id=status, count=count, top=top)
            places[status] = iter(found)
        return make(log, stream, project, actor, [(draft, next(places[draft.status])) for draft in drafts])


def make(log: Change, stream: Stream, project: Project, actor: User, placed: list[tuple[Draft, Place]]) -> list[Task]:
    """Write the new tasks with all that belongs to them, and tell each."""
    seen: Seen = {}
    tasks, lists = [], []
    for number, (draft, place) in enumerate(placed, project.next_number):
        task = Task(project=project, number=number, title=draft.title, status=place.status, rank=place.rank)
        task.created_at = task.updated_at = task.entered_at = log.at
        task.completed_at = log.at if place.status.is_closed else None
        task.created_by = actor
        task.checklist_total = len(draft.checklist)
        values = checked(draft.fields, project, task, seen)
        lists.append({"watchers": [actor.pk]} | {name: values.pop(name) for name in LISTS if name in values})
        for name, value in values.items():
            setattr(task, COLUMNS.get(name, name), value)
        tasks.append(task)
    Task.objects.bulk_create(tasks)
    Project.objects.filter(pk=project.pk).update(next_number=project.next_number + len(tasks))
    link(tasks, lists)
    ChecklistItem.objects.bulk_create(
        ChecklistItem(task=task, text=text, position=position)
        for task, (draft, _place) in zip(tasks, placed, strict=True)
        for text, position in zip(draft.checklist, ranks.after(None, len(draft.checklist)), strict=True)
    )
    found = tasks_by_id(actor, [task.pk for task in tasks])
    for task in tasks:
        log.shows("task", task.pk)
        log.record(stream, TaskCreated(id=task.pk, task=card_of(found[task.pk])))
    return [found[task.pk] for task in tasks]


def link(tasks: list[Task], lists: list[dict[str, list[int]]]) -> None:
    """Write the people, labels and blockers of new tasks."""
    for name in ("watchers", *LISTS):
        through, own, other = LISTED[LISTS.get(name, "watcher_ids")]
        rows = [
            through(**{own: task.pk, other: pk})
            for task, given in zip(tasks, lists, strict=True)
            for pk in given.get(name, ())
        ]
        if rows:
            through._default_manager.bulk_create(rows)


def change_task(
    *, actor: User, task_id: int, fields: Fields, read_version: int | None = None, command_id: UUID | None = None
) -> Task:
    """Change the fields that are given and differ; others stay as somebody else may just have set them.

    Fields: title, description (then `read_version` is the version that was read), function, owner, assignees, labels,
    priority, start, due, estimate (hours), parent, blocked_by. Raises NotFound, Forbidden, Refused, Conflict (a cycle),
    Stale (the description has changed since).
    """
    with change(actor=actor, command_id=command_id) as log:
        stream, task, _held = lock_task(log, actor=actor, task_id=task_id, ability="work")
        require_open(task)
        if "description" in fields:
            require_version(task, read_version, "description", author=last_author(task))
        return tasks_by_id(actor, [task.pk])[task.pk] if set_fields(log, stream, task, fields) else task


def set_fields(log: Change, stream: Stream, task: Task, fields: Fields, seen: Seen | None = None) -> bool:
    """Check, write and tell what differs, on a task that is locked and open. False where nothing does."""
    found = checked(fields, task.project, task, seen)
    before = {name: current(task, name) for name in found}
    values = {name: value for name, value in found.items() if value != before[name]}
    if values:
        write(task, values, at=log.at)
        told = TaskChanged(id=task.pk, version=task.version, **values)
        log.record(stream, told, before={name: before[name] for name in values})
    return bool(values)


def write(task: Task, values: Fields, *, at: datetime) -> None:
    columns = []
    for name, value in values.items():
        if name in LISTS:
            getattr(task, name).set(value)
            continue
        for column, part in parts(name, value):
            setattr(task, column, part)
            columns.append(column)
    task.version += 1
    task.updated_at = at
    task.save(update_fields=[*columns, "version", "updated_at"])


def parts(name: str, value: Any) -> list[tuple[str, Any]]:
    """The columns in which a field stands, with their values."""
    if name != "waits":
        return [(COLUMNS.get(name, name), value)]
    return [
        ("waits_for_id", value and value.function), ("waits_since", value and value.since), ("answer_by", value and value.by)
    ]  # fmt: skip


COLUMNS = {"function": "function_id", "owner": "owner_id", "parent": "parent_id"}


def current(task: Any, name: str) -> Any:
    if name == "waits":
        return waits_of(task)
    return sorted(getattr(task, LISTS[name])) if name in LISTS else getattr(task, COLUMNS.get(name, name))


def last_author(task: Task) -> int | None:
    """Who wrote the description that stands there now."""
    told = Event.objects.filter(subject=f"task:{task.pk}", type__in=["task.changed", "task.created"])
    for actor, body in told.order_by("-id").values_list("actor_id", "body")[:50]:
        if '"description"' in body:
            return int(actor) if actor else None
    return task.created_by_id


# --- out of sight, and gone --------------------------------------------------------------------------------------


def archive_task(*, actor: User, task_id: int, command_id: UUID | None = None) -> Task:
    """Take a task off the board; it keeps its place for when it is restored. Archiving twice changes nothing."""
    with change(actor=actor, command_id=command_id) as log:
        stream, task, _held = lock_task(log, actor=actor, task_id=task_id, ability="work")
        put_away(log, stream, task)
        return task


def put_away(log: Change, stream: Stream, task: Task) -> None:
    if task.archived_at is None:
        mark_archived(task, since=log.at, at=log.at)
        log.record(stream, TaskArchived(id=task.pk, version=task.version), before={})


def restore_task(*, actor: User, task_id: int, command_id: UUID | None = None) -> Task:
    """Bring an archived task back to its place. Raises Conflict where its column has filled up to a hard limit."""
    with change(actor=actor, command_id=command_id) as log:
        stream, task, held = lock_task(log, actor=actor, task_id=task_id, ability="work")
        fetch_back(log, stream, task, actor=actor, held=held)
        return task


def fetch_back(log: Change, stream: Stream, task: Task, *, actor: User, held: frozenset[str]) -> None:
    if task.archived_at is not None:
        find_place(  # for the room that there must be; the task keeps its rank
            actor=actor, held=held, task=None, project_id=task.project_id, workflow_id=task.project.workflow_id,
            status_id=task.status_id, after=None, before=None,
        )  # fmt: skip
        mark_archived(task, since=None, at=log.at)
        log.record(stream, TaskRestored(id=task.pk, task=card_of(task)), before={"archived": True})


def mark_archived(task: Task, *, since: datetime | None, at: datetime) -> None:
    task.archived_at, task.updated_at, task.version = since, at, task.version + 1
    task.save(update_fields=["archived_at", "updated_at", "version"])


def delete_task(*, actor: User, task_id: int, command_id: UUID | None = None) -> None:
    """Delete a task with its comments and files; the log keeps it whole for `UNDO_DAYS`. Only managers."""
    with change(actor=actor, command_id=command_id) as log:
        stream, task, _held = lock_task(log, actor=actor, task_id=task_id, ability="manage")
        take_out(log, stream, task)


def take_out(log: Change, stream: Stream, task: Task) -> None:
    """Delete a task that is locked. Raises Conflict where too many cards hang on it."""
    rows = rows_of(task)
    unlink(log, stream, task)
    keep_for_now(task.files.all())
    pk = task.pk
    task.delete()
    log.record(stream, TaskDeleted(id=pk), before={"rows": rows})
