"""Links between the cards of one board, and what happens to them when a card goes."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from tracker.errors import Conflict
from tracker.log.change import Change
from tracker.log.models import Stream
from tracker.work.events import TaskChanged
from tracker.work.models import Task

MOST = 400  # cards that may hang on one card when it goes, so that one transaction can tell it all


def unlink(log: Change, stream: Stream, task: Any) -> list[int]:
    """Take a card out of every link before it goes, and tell what that changes on the cards that stay.

    Returns the ids of the cards that it was linked with. Raises Conflict where too many hang on it.
    """
    waiting = list(task.blocks.order_by("pk"))
    children = list(task.subtasks.order_by("pk"))
    if len(waiting) + len(children) > MOST:
        raise Conflict(_("Too many cards hang on this one. Unlink some of them first."), code="too_many")
    linked = {other.pk for other in waiting + children} | set(task.blocker_ids) | {task.parent_id} - {None}
    links = Task.blocked_by.through.objects
    links.filter(Q(from_task=task) | Q(to_task=task)).delete()
    still: dict[int, list[int]] = {other.pk: [] for other in waiting}
    for waits, blocker in links.filter(from_task__in=still).values_list("from_task_id", "to_task_id"):
        still[waits].append(blocker)
    for other in waiting + [child for child in children if child.pk not in still]:
        tell(log, stream, other, task.pk, still, children)
    return sorted(linked)


def tell(
    log: Change, stream: Stream, other: Task, gone: int, still: dict[int, list[int]], children: list[Task]
) -> None:
    """One event for a card that stays, with everything that changed on it, as the card `gone` is linked no more."""
    what: dict[str, Any] = {}
    before: dict[str, Any] = {}
    if other.pk in still:
        what["blocked_by"] = sorted(still[other.pk])
        before["blocked_by"] = sorted([*still[other.pk], gone])
    if any(child.pk == other.pk for child in children):
        other.parent = None
        what["parent"], before["parent"] = None, gone
    other.version += 1
    other.save(update_fields=["version", "parent"])
    log.record(stream, TaskChanged(id=other.pk, version=other.version, **what), before=before)
