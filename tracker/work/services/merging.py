"""Two labels that mean the same become one: every card that carries the one gets the other instead."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext as _

from tracker.errors import NotFound, Refused
from tracker.log.change import MOST_EVENTS, WORKSPACE, Change, change, locking
from tracker.log.models import Stream
from tracker.people import access
from tracker.people.models import User
from tracker.work.events import LabelRemoved, TaskChanged
from tracker.work.models import Label, Task
from tracker.work.selectors.tasks import with_lists

merged_too: list[Callable[[Label, Label], None]] = []
"""Called with a label that is about to go and the one that takes its place, in the same transaction.

Filled by the packages that keep the names of labels somewhere else than on cards.
"""


@dataclass(frozen=True)
class Merged:
    """The label that stays, how many cards got it now, and how many still wait for the next step."""

    label: Label
    changed: int
    left: int


def merge_label(*, actor: User, label_id: int, into: int, command_id: UUID | None = None) -> Merged:
    """Give every card of a label, archived ones too, another one instead, and remove it: all in one transaction.

    One transaction tells a board no more than MOST_EVENTS cards. Where a board has more, this is one step of several:
    both labels stay until a step leaves no card behind. Raises Forbidden, NotFound, Refused (into itself, or into nothing).
    """
    access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        workspace, boards = lock_boards_with(log, label_id)
        label, other = lock_both(label_id, into)
        changed = sum(relabel(log, board, label, other) for board in boards)
        left = label.tasks.count()
        if not left:
            for follow in merged_too:
                follow(label, other)
            label.delete()
            log.record(workspace, LabelRemoved(id=label_id))
        return Merged(other, changed, left)


def lock_boards_with(log: Change, label_id: int) -> tuple[Stream, list[Stream]]:
    """The workspace and all boards with a card of this label, locked in one go and so in order.

    A card that gets the label on another board meanwhile is left for the next step.
    """
    theirs = Task.objects.filter(labels=label_id).values("project_id")
    boards = Q(kind=Stream.Kind.PROJECT.value, ref__in=theirs)
    found = log.lock_found(list(locking(Q(kind=Stream.Kind.WORKSPACE.value) | boards)))
    (workspace,) = log.lock(WORKSPACE)
    return workspace, [stream for stream in found.values() if stream is not workspace]


def lock_both(label_id: int, into: int) -> tuple[Label, Label]:
    """Both labels, so that no card gets the one while it goes."""
    if label_id == into:
        raise Refused(_("A label cannot be merged into itself. Choose another one."), code="same_label", field="into")
    labels = Label.objects.select_for_update().order_by("pk").in_bulk([label_id, into])
    if label_id not in labels:
        raise NotFound
    if into not in labels:
        raise Refused(_("There is no such label."), code="unknown", field="into")
    return labels[label_id], labels[into]


def relabel(log: Change, board: Stream, label: Label, other: Label) -> int:
    """Change the cards of one board, as many as one transaction may tell it; how many that were."""
    found = with_lists(Task.objects.filter(project_id=board.ref, labels=label)).only("version").order_by("pk")
    cards: list[Task] = list(found[:MOST_EVENTS])
    ids = [card.pk for card in cards]
    through = Task.labels.through._default_manager
    through.filter(task__in=ids, label=label).delete()
    through.bulk_create([Task.labels.through(task_id=pk, label=other) for pk in ids], ignore_conflicts=True)
    Task.objects.filter(pk__in=ids).update(version=F("version") + 1, updated_at=log.at)
    for card in cards:
        before = sorted(card.label_ids)  # type: ignore[attr-defined]
        after = sorted({*before, other.pk} - {label.pk})
        told = TaskChanged(id=card.pk, version=card.version + 1, labels=after)
        log.record(board, told, before={"labels": before})
    return len(cards)
