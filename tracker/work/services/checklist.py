"""The checklist of a task: its lines, ticked or not, in an order of their own."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tracker.errors import NotFound, Refused
from tracker.log.change import Change, change
from tracker.log.models import Stream
from tracker.people.models import User
from tracker.work import ranks
from tracker.work.events import ChecklistChanged, ChecklistRemoved, ItemRow
from tracker.work.models import ChecklistItem, Task
from tracker.work.selectors.tasks import item_row
from tracker.work.services.locks import lock_task, require_open

MOST_ITEMS = 200


def add_item(
    *, actor: User, task_id: int, text: str, after: int | None = None, command_id: UUID | None = None
) -> ChecklistItem:
    """A new line, after another one or at the end."""
    with change(actor=actor, command_id=command_id) as log:
        stream, task, _held = lock_task(log, actor=actor, task_id=task_id, ability="work")
        require_open(task)
        require_room(task)
        item = ChecklistItem.objects.create(task=task, text=text, position=position(log, stream, task, after))
        tell(log, stream, task, item, before=None)
        return item


def change_item(*, actor: User, item_id: int, fields: dict[str, Any], command_id: UUID | None = None) -> ChecklistItem:
    """Change the text, tick or untick, or move the line after another one (`after`: None is the top)."""
    with change(actor=actor, command_id=command_id) as log:
        stream, task, item = lock_item(log, actor=actor, item_id=item_id)
        before = item_row(item)
        for name in ("text", "done"):
            if name in fields:
                setattr(item, name, fields[name])
        if "after" in fields:
            item.position = position(log, stream, task, fields["after"], moving=item)
        if item_row(item) != before:
            item.save(update_fields=["text", "done", "position"])
            tell(log, stream, task, item, before=before)
        return item


def remove_item(*, actor: User, item_id: int, card: Task | None = None, command_id: UUID | None = None) -> None:
    """`card`: what became of the line."""
    with change(actor=actor, command_id=command_id) as log:
        stream, task, item = lock_item(log, actor=actor, item_id=item_id)
        before = item_row(item)
        item.delete()
        recount(task, at=log.at)
        log.record(
            stream,
            ChecklistRemoved(
                task=task.pk,
                version=task.version,
                item=item_id,
                total=task.checklist_total,
                done=task.checklist_done,
                **({"card": card.pk} if card else {}),
            ),
            before={"item": before},
        )


def bring_back(log: Change, stream: Stream, task: Task, row: dict[str, Any]) -> None:
    """Write a removed line again, under its old id and in its old place."""
    require_room(task)
    above = task.checklist.filter(position__lt=row["position"]).last()
    if task.checklist.filter(position=row["position"]).exists():
        row["position"] = position(log, stream, task, above.pk if above else None)
    item = ChecklistItem.objects.create(task=task, **row)
    tell(log, stream, task, item, before=None)


def require_room(task: Task) -> None:
    if task.checklist_total >= MOST_ITEMS:
        raise Refused(_("A checklist holds %(limit)s lines at most.") % {"limit": MOST_ITEMS}, code="too_many")


def lock_item(log: Change, *, actor: User, item_id: int) -> tuple[Stream, Task, ChecklistItem]:
    task_id = ChecklistItem.objects.filter(pk=item_id).values_list("task_id", flat=True).first()
    if task_id is None:
        raise NotFound
    stream, task, _held = lock_task(log, actor=actor, task_id=task_id, ability="work")
    require_open(task)
    item = task.checklist.filter(pk=item_id).first()
    if item is None:
        raise NotFound
    return stream, task, item


def position(log: Change, stream: Stream, task: Task, after: int | None, moving: ChecklistItem | None = None) -> str:
    """A rank right after that line, or at the end when it is gone. Without one: a line that moves goes to the top."""
    places = [(i.pk, i.position) for i in task.checklist.order_by("position") if moving is None or i.pk != moving.pk]
    if not places or (moving is not None and after is None):
        rank = ranks.between(None, places[0][1] if places else None)
    else:
        index = next((n for n, (pk, _rank) in enumerate(places) if pk == after), len(places) - 1)
        following = places[index + 1][1] if index + 1 < len(places) else None
        rank = ranks.between(places[index][1], following)
    if len(rank) <= ranks.LONGEST:
        return rank
    shorten_ranks(log, stream, task)
    return position(log, stream, task, after, moving)


def shorten_ranks(log: Change, stream: Stream, task: Task) -> None:
    """Give every line a fresh short rank after all that are in use, in the same order, and tell each."""
    items = list(task.checklist.order_by("position"))
    for item, rank in zip(items, ranks.after(items[-1].position, len(items)), strict=True):
        before = item_row(item)
        item.position = rank
        item.save(update_fields=["position"])
        tell(log, stream, task, item, before=before)


def tell(log: Change, stream: Stream, task: Task, item: ChecklistItem, *, before: dict[str, Any] | None) -> None:
    """Tell a line as it is now; `before` is how it was, None for a new one."""
    recount(task, at=log.at)
    log.record(
        stream,
        ChecklistChanged(
            task=task.pk, version=task.version, item=ItemRow(**item_row(item)),
            total=task.checklist_total, done=task.checklist_done,
        ),
        before={"item": before},
    )  # fmt: skip


def recount(task: Task, *, at: datetime) -> None:
    ticks = list(task.checklist.values_list("done", flat=True))
    task.checklist_total, task.checklist_done = len(ticks), sum(ticks)
    task.version += 1
    task.updated_at = at
    task.save(update_fields=["checklist_total", "checklist_done", "version", "updated_at"])
