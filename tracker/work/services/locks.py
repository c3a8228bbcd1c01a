"""How a service gets at its project or task: the stream first, then the row fresh under the lock, then the permission."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tracker.errors import Conflict, NotFound
from tracker.log.change import Change, locking, project_stream
from tracker.log.models import Stream
from tracker.log.statements import compiled
from tracker.people import access
from tracker.people.models import User
from tracker.work.models import Project, Task
from tracker.work.selectors.projects import project_for
from tracker.work.selectors.tasks import held_on, task_for, tasks_by_id
from tracker.work.services.naming import counting, naming


def lock_project(log: Change, *, actor: User, project_id: int, ability: str) -> tuple[Stream, Project, frozenset[str]]:
    """The project under its stream's lock, and what the actor may do there. Raises NotFound, Forbidden."""
    if not Project.objects.filter(pk=project_id).exists():
        raise NotFound
    (stream,) = log.lock(project_stream(project_id))
    project = project_for(actor, project_id)
    if project is None:
        raise NotFound
    held = access.abilities_in(project, actor)
    access.require(held, ability)
    return stream, project, held


def lock_task(
    log: Change, *, actor: User, task_id: int, ability: str, also: int | None = None
) -> tuple[Stream, Task, frozenset[str]]:
    """The task under its project's lock, and what the actor may do with it. Raises NotFound, Forbidden.

    `also` is a project whose stream is locked with it, in one go and so in order: where the task may be about to go.
    """
    for _again in range(3):  # the task may be moved to another project while we wait for the lock of the first
        found = stream_of(task_id=task_id) if also is None else streams_between(task_id=task_id, project_id=also)
        streams = log.lock_found(found)
        task = task_for(actor, task_id) if streams else None
        if task is not None and task.project_id in streams:
            held = held_on(task, actor)
            access.require(held, ability)
            log.shows("task", task.pk)
            return streams[task.project_id], task, held
    raise NotFound


@compiled
def stream_of(*, task_id: int) -> QuerySet[Stream]:
    return locking(Q(kind=Stream.Kind.PROJECT.value, ref__in=Task.objects.filter(pk=task_id).values("project_id")))


@compiled
def streams_between(*, task_id: int, project_id: int) -> QuerySet[Stream]:
    here = Q(ref__in=Task.objects.filter(pk=task_id).values("project_id"))
    return locking(Q(here | Q(ref=project_id), kind=Stream.Kind.PROJECT.value))


@dataclass
class Held:
    """One of several tasks, under its project's lock, and what the actor may do with it."""

    stream: Stream
    task: Any
    held: frozenset[str]


def lock_tasks(log: Change, *, actor: User, task_ids: list[int], ability: str) -> list[Held]:
    """These tasks in this order, under the locks of all their projects. Raises NotFound, Forbidden for the first that may not."""
    for _again in range(3):  # one may be moved to another project while we wait for a lock
        theirs = Task.objects.filter(pk__in=task_ids).values("project_id")
        streams = log.lock_found(list(locking(Q(kind=Stream.Kind.PROJECT.value, ref__in=theirs))))
        found: dict[int, Any] = tasks_by_id(actor, task_ids)
        if all(task.project_id in streams for task in found.values()):
            break
    else:
        raise NotFound
    cards = []
    for index, pk in enumerate(task_ids):
        with counting(index):
            if pk not in found:
                raise NotFound
            task = found[pk]
            held = held_on(task, actor)
            access.require(held, "see")
        with naming(task):
            access.require(held, ability)
        log.shows("task", pk)
        cards.append(Held(streams[task.project_id], task, held))
    return cards


def require_open(task: Task) -> None:
    """Raises Conflict for an archived task: it has to be restored first."""
    if task.archived_at is not None:
        raise Conflict(_("This task is archived. Restore it first."), code="archived")
