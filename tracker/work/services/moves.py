"""Moving a card: within its board, and to another one."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from tracker.log.change import Change, change
from tracker.log.models import Stream
from tracker.log.statements import save_fields
from tracker.people import access
from tracker.people.models import User
from tracker.work.events import TaskArrived, TaskLeft, TaskMoved
from tracker.work.models import FormerKey, Project, Task
from tracker.work.selectors.tasks import card_of, held_on, key_of, tasks_by_id
from tracker.work.services.checks import Fields
from tracker.work.services.links import unlink
from tracker.work.services.locks import lock_project, lock_task, require_open
from tracker.work.services.places import Place, find_place, has_grown_long, shorten_ranks
from tracker.work.services.tasks import set_fields


@dataclass(frozen=True)
class Moved:
    """The task where it now is, whether that is exactly where it was asked for, and what could not come along."""

    task: Task
    held: frozenset[str]
    exact: bool
    dropped: dict[str, list[int]] = field(default_factory=dict)


def move_task(
    *, actor: User, task_id: int, status: int | None = None, after: int | None = None, before: int | None = None,
    project: int | None = None, fields: Fields | None = None, command_id: UUID | None = None,
) -> Moved:  # fmt: skip
    """Put a task right after or before another one, in a column of its own or of another project.

    `fields`, as for `change_task`, change in the same step, where the task is before it goes.

    `status` None keeps the column (in another project: its first). The neighbours are looked for under the lock: one
    that is gone, or that stands elsewhere, is passed over. Raises NotFound, Forbidden, Refused, Conflict; then nothing
    has changed. Eight statements at most, with the command's own two, where it only moves.
    """
    with change(actor=actor, command_id=command_id) as log:
        stream, task, held = lock_task(log, actor=actor, task_id=task_id, ability="work", also=project)
        require_open(task)
        if fields and set_fields(log, stream, task, fields):
            task = tasks_by_id(actor, [task.pk])[task.pk]
        if project is not None and project != task.project_id:
            return move_to_project(
                log, stream, task, actor=actor, project_id=project, status=status, after=after, before=before
            )
        place = find_place(
            actor=actor, held=held, task=task, project_id=task.project_id, workflow_id=task.project.workflow_id,
            status_id=task.status_id if status is None else status, after=after, before=before,
        )  # fmt: skip
        if has_grown_long(place.rank):
            shorten_ranks(log, stream, project_id=task.project_id, status=place.status)
            return move_task(actor=actor, task_id=task_id, status=status, after=after, before=before)
        if (place.status.pk, place.rank) != (task.status_id, task.rank):
            put(log, stream, task, place)
        return Moved(task, held, place.exact)


def put(log: Change, stream: Stream, task: Task, place: Place, since: dict[str, Any] | None = None) -> None:
    """Write the new place and tell it. `since` are the times of a stay in that column that goes on as if it had not ended."""
    at = log.at
    before = {"status": task.status_id, "rank": task.rank}
    enters: dict[str, Any] = {}
    if place.status.pk != task.status_id:
        before |= {"entered_at": task.entered_at, "completed_at": task.completed_at}
        enters = times_in(task, place, at) | (since or {})
        task.entered_at, task.completed_at = enters["entered_at"], enters["completed_at"]
    task.status, task.rank, task.version, task.updated_at = place.status, place.rank, task.version + 1, at
    save_fields(task, "status_id", "rank", "version", "updated_at", *enters)
    body = TaskMoved(id=task.pk, version=task.version, status=task.status_id, rank=task.rank, **enters)
    log.record(stream, body, before=before)


def times_in(task: Task, place: Place, at: datetime) -> dict[str, Any]:
    """When a task that enters a column now has entered it, and when it was completed."""
    return {"entered_at": at, "completed_at": (task.completed_at or at) if place.status.is_closed else None}


def move_to_project(
    log: Change, source: Stream, task: Task, *, actor: User, project_id: int, status: int | None, after: int | None,
    before: int | None,
) -> Moved:  # fmt: skip
    """Take a task to another project: a new number, its old key still leads to it, what is unknown there is dropped.

    Both streams are locked. Raises NotFound, Forbidden, Refused, Conflict.
    """
    target, project, held = lock_project(log, actor=actor, project_id=project_id, ability="work")
    place = find_place(
        actor=actor, held=held, task=None, project_id=project_id, workflow_id=project.workflow_id,
        status_id=status, after=after, before=before,
    )  # fmt: skip
    if has_grown_long(place.rank):
        shorten_ranks(log, target, project_id=project_id, status=place.status)
        return move_to_project(
            log, source, task, actor=actor, project_id=project_id, status=status, after=after, before=before
        )
    return take_over(log, source, target, task, actor=actor, project=project, place=place)


def take_over(
    log: Change, source: Stream, target: Stream, task: Task, *, actor: User, project: Project, place: Place,
    number: int | None = None, since: dict[str, Any] | None = None,
) -> Moved:  # fmt: skip
    """Move a task to a place that was found in another project; with a `number` of its own and the times of `put` it
    comes home."""
    former, before = key_of(task), whereabouts(task)
    dropped = drop_what_is_unknown(log, source, task, project)
    settle(task, project, place, at=log.at, number=number, since=since)
    FormerKey.objects.update_or_create(key=former, defaults={"task": task})
    task = tasks_by_id(actor, [task.pk])[task.pk]
    log.record(source, TaskLeft(id=task.pk), before=before)
    log.record(target, TaskArrived(id=task.pk, task=card_of(task), from_key=former), before={})
    return Moved(task, held_on(task, actor), place.exact, dropped)


def whereabouts(task: Any) -> dict[str, Any]:
    """What a task has only where it is: its number and place there, and what may not come along."""
    return {
        "number": task.number, "status": task.status_id, "rank": task.rank,
        "entered_at": task.entered_at, "completed_at": task.completed_at,
        "owner": task.owner_id, "parent": task.parent_id, "assignees": sorted(task.assignee_ids),
        "watchers": sorted(task.watcher_ids), "blocked_by": sorted(task.blocker_ids),
    }  # fmt: skip


def settle(
    task: Task, project: Project, place: Place, *, at: datetime, number: int | None, since: dict[str, Any] | None
) -> None:
    if number is None:
        number = project.next_number
        Project.objects.filter(pk=project.pk).update(next_number=number + 1)
    task.project, task.number, task.status, task.rank = project, number, place.status, place.rank
    task.updated_at = at
    times = times_in(task, place, at) | (since or {})
    task.entered_at, task.completed_at = times["entered_at"], times["completed_at"]
    task.version += 1
    task.save(
        update_fields=[
            "project", "number", "status", "rank", "entered_at", "updated_at", "completed_at", "version", "owner", "parent",
        ]
    )  # fmt: skip


def drop_what_is_unknown(log: Change, stream: Stream, task: Any, project: Project) -> dict[str, list[int]]:
    """Links to the old board's cards, and people who do not see the new one; returns what was dropped."""
    knows = {pk for way in ("see", "visit") for pk in access.ids_of_people_who("project", project.pk, way)}
    people = [pk for pk in {task.owner_id, *task.assignee_ids, *task.watcher_ids} if pk and pk not in knows]
    if task.owner_id in people:
        task.owner = None
    task.assignees.remove(*people)
    task.watchers.remove(*people)
    linked = unlink(log, stream, task)
    task.parent = None
    dropped = {"people": sorted(people), "tasks": linked}
    return {name: ids for name, ids in dropped.items() if ids}
