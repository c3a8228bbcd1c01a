"""Related cards: two cards that have to do with each other, on one board or on two. What holds for one holds for both."""

from uuid import UUID

from django.utils.translation import gettext as _

from tracker.errors import Conflict, Refused
from tracker.log.change import Change, change
from tracker.log.models import Stream
from tracker.people.models import User
from tracker.work.events import RelationAdded, RelationRemoved
from tracker.work.models import Task
from tracker.work.selectors.tasks import find_task
from tracker.work.services.locks import lock_task, require_open

MOST = 100  # cards that one card may be related to


def set_related(*, actor: User, task_id: int, other_id: int, related: bool, command_id: UUID | None = None) -> None:
    """Relate a card to another one that the actor sees, or take that back. Doing it twice changes nothing.

    The other card shows it too, so both boards are told. Raises NotFound where either is hidden or missing, Forbidden,
    Refused (to itself, or too many), Conflict (archived).
    """
    with change(actor=actor, command_id=command_id) as log:
        beside = find_task(viewer=actor, task_id=other_id).project_id if other_id != task_id else None
        stream, task, _held = lock_task(log, actor=actor, task_id=task_id, ability="work", also=beside)
        require_open(task)
        if other_id == task_id:
            raise Refused(_("A card is not related to itself."), code="itself", field="related")
        other, other_stream = other_end(log, actor, other_id)
        if task.related.filter(pk=other.pk).exists() == related:
            return
        if related:
            require_room(task)
            require_room(other)
            task.related.add(other)
        else:
            task.related.remove(other)
        event = RelationAdded if related else RelationRemoved
        is_near = task.project_id == other.project_id
        log.record(stream, event(task=task.pk, other=other.pk if is_near else None), before={"other": other.pk})
        log.record(other_stream, event(task=other.pk, other=task.pk if is_near else None), before={"other": task.pk})


def other_end(log: Change, actor: User, other_id: int) -> tuple[Task, Stream]:
    """The other card and its board's stream, both as they are under the lock that is already held."""
    other = find_task(viewer=actor, task_id=other_id)
    stream = log.locked.get((Stream.Kind.PROJECT, other.project_id))
    if stream is None:
        raise Conflict(_("The other card has just been moved. Try again."), code="moved")
    return other, stream


def require_room(task: Task) -> None:
    if task.related.count() >= MOST:
        raise Refused(_("A card is related to %(limit)s others at most.") % {"limit": MOST}, code="too_many")
