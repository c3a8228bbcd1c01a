"""Changing many cards at once, also of several projects: one transaction, one step for everybody, all of them or none.

The checks are those of one card (`tasks`, `places`); a refusal names the card.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tracker.errors import Refused
from tracker.log.change import MOST_EVENTS, Change, change
from tracker.log.models import Stream
from tracker.people.models import User
from tracker.work.models import Project, Status
from tracker.work.services.checks import Fields, Seen
from tracker.work.services.locks import Held, lock_tasks, require_open
from tracker.work.services.moves import put
from tracker.work.services.naming import naming
from tracker.work.services.places import find_block, has_grown_long, shorten_ranks, unknown_status
from tracker.work.services.tasks import current, fetch_back, put_away, set_fields

MOST_CARDS = 500


@dataclass(frozen=True)
class Wish:
    """What is to become of each card. `fields` are those of `change_task`; `add` and `remove` name members of its lists,
    `leaving` those that leave the lists of only some cards (list → card → members).

    `status` puts the cards at the bottom of that column; `category` does so in each project's own first status of that
    kind. Cards that are there already stay where they are. `archived` takes them off the board, or brings them back.
    """

    fields: Fields = field(default_factory=dict)
    add: dict[str, list[int]] = field(default_factory=dict)
    remove: dict[str, list[int]] = field(default_factory=dict)
    leaving: dict[str, dict[int, set[int]]] = field(default_factory=dict)
    status: int | None = None
    category: str | None = None
    archived: bool | None = None


@dataclass(frozen=True)
class Lot:
    """The cards as they are now, in the order asked for, and whether each stands exactly where it was asked for."""

    tasks: list[Any]
    exact: bool = True


def change_tasks(*, actor: User, task_ids: list[int], wish: Wish, command_id: UUID | None = None) -> Lot:
    """Do the same to each of at most MOST_CARDS cards.

    Raises NotFound, Forbidden, Refused, Conflict: what the first card that may not raises, with that card in `detail`
    (`task` and `key`; of a hidden one only its `index`). Then nothing has changed.
    """
    with change(actor=actor, command_id=command_id) as log:
        cards = lock_tasks(log, actor=actor, task_ids=task_ids, ability="work")
        if wish.archived is False:
            for card in cards:
                with naming(card.task):
                    fetch_back(log, card.stream, card.task, actor=actor, held=card.held)
        alive = [card for card in cards if not (wish.archived and card.task.archived_at)]
        for card in alive:
            with naming(card.task):
                require_open(card.task)
        set_on_each(log, alive, wish)
        for group in by_project(alive):
            if (status := target_of(wish, group)) is not None:
                move_block(log, [card for card in group if card.task.status_id != status], actor=actor, status=status)
        if wish.archived:
            for card in alive:
                put_away(log, card.stream, card.task)
        require_one_step(log, cards)
        return Lot([card.task for card in cards])


def move_tasks(
    *, actor: User, task_ids: list[int], status: int, after: int | None = None, before: int | None = None,
    wish: Wish | None = None, command_id: UUID | None = None,
) -> Lot:  # fmt: skip
    """Put cards next to each other, in this order, right after or before another one.

    The fields and lists of `wish` change in the same step. Raises what `change_tasks` raises.
    """
    with change(actor=actor, command_id=command_id) as log:
        cards = lock_tasks(log, actor=actor, task_ids=task_ids, ability="work")
        for card in cards:
            with naming(card.task):
                require_open(card.task)
        if wish:
            set_on_each(log, cards, wish)
        exact = [
            move_block(log, group, actor=actor, status=status, after=after, before=before)
            for group in by_project(cards)
        ]
        require_one_step(log, cards)
        return Lot([card.task for card in cards], all(exact))


def set_on_each(log: Change, cards: list[Held], wish: Wish) -> None:
    """The fields, and what is added to lists or taken out of them. What was found to fit one card is not asked again."""
    names = wish.add.keys() | wish.remove.keys() | wish.leaving.keys()
    if not (wish.fields or names):
        return
    seen: dict[int, Seen] = {}
    for card in cards:
        lists = {}
        for name in names:
            leaving = {*wish.remove.get(name, ()), *wish.leaving.get(name, {}).get(card.task.pk, ())}
            lists[name] = sorted({*current(card.task, name), *wish.add.get(name, ())} - leaving)
        with naming(card.task):
            set_fields(log, card.stream, card.task, wish.fields | lists, seen.setdefault(card.task.project_id, {}))


def by_project(cards: list[Held]) -> Iterable[list[Held]]:
    groups: dict[int, list[Held]] = {}
    for card in cards:
        groups.setdefault(card.task.project_id, []).append(card)
    return groups.values()


def target_of(wish: Wish, group: list[Held]) -> int | None:
    """The status for the cards of one project; None where they stay. Raises Refused where there is none of that kind."""
    if wish.category is None:
        return wish.status
    project: Project = group[0].task.project
    found = Status.objects.filter(workflow_id=project.workflow_id, category=wish.category).order_by("position", "id")
    statuses = list(found.values_list("pk", flat=True))
    if not statuses:
        with naming(group[0].task):
            raise unknown_status()
    group[:] = [card for card in group if card.task.status_id not in statuses]
    return statuses[0]


def move_block(
    log: Change, group: list[Held], *, actor: User, status: int, after: int | None = None, before: int | None = None
) -> bool:
    """Put cards of one project next to each other; says whether that is just where they were to go."""
    if not group:
        return True
    stream, held = group[0].stream, group[0].held
    tasks = [card.task for card in group]
    places = find_block(actor=actor, held=held, tasks=tasks, status_id=status, after=after, before=before)
    if any(has_grown_long(place.rank) for place in places):
        shorten_ranks(log, stream, project_id=tasks[0].project_id, status=places[0].status)
        for task in tasks:
            task.refresh_from_db(fields=["rank"])
        places = find_block(actor=actor, held=held, tasks=tasks, status_id=status, after=after, before=before)
    for task, place in zip(tasks, places, strict=True):
        put(log, stream, task, place)
    return places[0].exact


def require_one_step(log: Change, cards: list[Held]) -> None:
    """Raises Refused where a stream would hear more at once than one transaction may tell."""
    streams: set[Stream] = {card.stream for card in cards}
    if any(log.told_to(stream) > MOST_EVENTS for stream in streams):
        raise Refused(_("This is too much for one step. Choose fewer cards."), code="too_many", field="tasks")
