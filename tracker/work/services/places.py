"""Where a card goes in a column: found under the project's lock, from the cards it should stand between."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _

from tracker.errors import Conflict, Refused
from tracker.log.change import Change
from tracker.log.models import Stream
from tracker.log.statements import compiled
from tracker.people.language import name_of
from tracker.people.models import User
from tracker.work import ranks
from tracker.work.events import ColumnReranked
from tracker.work.models import Project, Status, Task, Transition
from tracker.work.services.naming import naming


@dataclass(frozen=True)
class Place:
    """A free rank in a column; `exact` where it is just between the cards that were named."""

    status: Status
    rank: str
    exact: bool


def find_place(
    *, actor: User, held: frozenset[str], task: Task | None, project_id: int, workflow_id: int,
    status_id: int | None, after: int | None, before: int | None, top: bool = False,
) -> Place:  # fmt: skip
    """A place in the column of `status_id` (None: the workflow's first) for a task that exists or is about to.

    Right after `after` if that card is there, else right before `before`, else at the bottom (or the `top`). Raises
    Refused for a status of another workflow, Conflict where the transition or a hard WIP limit forbids it. One
    statement, whatever the size of the column.
    """
    roles = roles_of(actor, held)
    values = {
        "workflow_id": workflow_id, "project_id": project_id, "mine": task.pk if task else 0,
        "source_id": task.status_id if task else 0, "status_id": status_id, "after": after, "before": before,
        "function_id": None if roles is None else actor.function_id or 0,
    }  # fmt: skip
    given = {name: value for name, value in values.items() if value is not None}
    target: Any = next(iter(column(top, roles, **given)), None)
    if target is None:
        raise unknown_status()
    if task is None or target.pk != task.status_id:
        if task is not None and not target.way:
            raise no_way(task, target)
        require_room(target)
    low, high, exact = gap(target, after, before, top)
    if task is not None and target.pk == task.status_id and lies_between(task.rank, low, high):
        return Place(target, task.rank, exact)  # it is there already
    return Place(target, ranks.between(low, high), exact)


@compiled
def column(
    top: bool, roles: tuple[str, ...] | None, *, workflow_id: int, project_id: int, mine: int, source_id: int,
    function_id: int | None = None, status_id: int | None = None, after: int | None = None, before: int | None = None,
) -> QuerySet[Status]:  # fmt: skip
    """The column looked at, with what is around the named cards in it, and whether a way leads there for these roles."""
    statuses = Status.objects.filter(workflow_id=workflow_id).order_by("position", "id")
    wanted = statuses[:1] if status_id is None else statuses.filter(pk=status_id)
    return wanted.annotate(
        **neighbours(mine, project_id, after, before, top), way=Exists(open_ways(roles, source_id, function_id))
    )


def find_places(
    log: Change,
    stream: Stream,
    project: Project,
    *,
    actor: User,
    held: frozenset[str],
    status_id: int | None,
    count: int,
    top: bool = False,
) -> list[Place]:
    """The next free places at the bottom of a column (or the `top`), in order, for that many new tasks.

    Raises what `find_place` raises.
    """

    def first() -> tuple[Place, list[str]]:
        place = find_place(
            actor=actor, held=held, task=None, project_id=project.pk, workflow_id=project.workflow_id,
            status_id=status_id, after=None, before=None, top=top,
        )  # fmt: skip
        end = place.status.end_rank  # type: ignore[attr-defined]
        return place, ranks.within(None, end, count) if top else ranks.after(end, count)

    place, found = first()
    require_room(place.status, count)
    if any(map(has_grown_long, found)):
        shorten_ranks(log, stream, project_id=project.pk, status=place.status)
        place, found = first()
    return [Place(place.status, rank, True) for rank in found]


def find_block(
    *, actor: User, held: frozenset[str], tasks: Sequence[Task], status_id: int, after: int | None, before: int | None
) -> list[Place]:
    """Places next to each other in a column of the tasks' own project, in their order, found as in `find_place`.

    The transition of each is looked at, and the limit counts all of them. Raises Refused, Conflict (with the card).
    """
    project, lot = tasks[0].project, [task.pk for task in tasks]
    statuses = Status.objects.filter(workflow_id=project.workflow_id, pk=status_id)
    above, below = (None if pk in lot else pk for pk in (after, before))  # one that comes along is no neighbour
    target: Any = statuses.annotate(**neighbours(0, project.pk, above, below, False, lot)).first()
    if target is None:
        with naming(tasks[0]):
            raise unknown_status()
    coming = [task for task in tasks if task.status_id != target.pk]
    ways = Transition.objects.filter(source__in={task.status_id for task in coming}, target=target)
    mine = taken_by(ways, roles_of(actor, held), actor.function_id or 0)
    sources = set(mine.values_list("source_id", flat=True)) if coming else set()
    for task in coming:
        if task.status_id not in sources:
            with naming(task):
                raise no_way(task, target)
    if coming:
        require_room(target, len(tasks))
    low, high, exact = gap(target, after, before, False)
    return [Place(target, rank, exact) for rank in ranks.within(low, high, len(tasks))]


# The cards of the column looked at, but for those that move. Written as SQL: these stand in every move, and as nested
# querysets they took Django longer to put together than everything else in it. Each is one step in the index of places,
# however long the column is; an aggregate would walk all of it.
OTHERS = "SELECT {what} FROM work_task WHERE project_id = %s AND status_id = work_status.id AND id NOT IN ({marks})"
RANK_OF = "(SELECT rank FROM work_task WHERE id = %s AND project_id = %s)"


def neighbours(
    mine: int, project_id: int, after: int | None, before: int | None, top: bool, lot: Sequence[int] = ()
) -> dict[str, RawSQL]:
    """The ranks around the two named cards, the column's end and its size, beside the status.

    `lot` are the cards that go there; the one that goes alone is `mine`, and its own rank bounds nothing. Where several
    go, their old ranks stay bounds, so that a new rank is never one that another of them still holds.

    Only what is asked for becomes part of the statement. The size is counted only where a hard limit asks for it:
    counting is the one thing that grows with the column.
    """

    def others(what: str, apart: Sequence[int], where: str = "", *params: int) -> RawSQL:
        marks = ", ".join(["%s"] * len(apart))
        sql = OTHERS.format(what=what, marks=marks)
        if what != "rank":
            return RawSQL(f"CASE WHEN limit_is_hard THEN ({sql} {where}) ELSE 0 END", (project_id, *apart))  # noqa: S611
        return RawSQL(f"{sql} {where} LIMIT 1", (project_id, *apart, *params))  # noqa: S611

    def rank(where: str = "", *params: int) -> RawSQL:
        return others("rank", [mine], where, *params)

    found = {
        "end_rank": rank("ORDER BY rank" if top else "ORDER BY rank DESC"),
        "cards": others("count(*)", lot or [mine], "AND archived_at IS NULL"),
    }
    if after is not None:
        found["after_rank"] = rank("AND id = %s", after)
        found["rank_below"] = rank(f"AND rank > {RANK_OF} ORDER BY rank", after, project_id)
        shown = f"AND rank > {RANK_OF} AND archived_at IS NULL ORDER BY rank"
        found["shown_below"] = others("rank", lot or [mine], shown, after, project_id)
    if before is not None:
        found["before_rank"] = rank("AND id = %s", before)
        found["rank_above"] = rank(f"AND rank < {RANK_OF} ORDER BY rank DESC", before, project_id)
    return found


def roles_of(actor: User, held: frozenset[str]) -> tuple[str, ...] | None:
    """The roles for which a transition may be open to this person; None where all are."""
    if actor.is_administrator:
        return None
    return tuple(role for role, ability in (("member", "work"), ("manager", "manage")) if ability in held)


def open_ways(roles: tuple[str, ...] | None, source_id: int, function_id: int | None) -> QuerySet[Transition]:
    """The transitions from a status to the one looked at that somebody with these roles (None: anybody) may take."""
    return taken_by(Transition.objects.filter(source=source_id, target=OuterRef("pk")), roles, function_id)


def taken_by(
    ways: QuerySet[Transition], roles: tuple[str, ...] | None, function_id: int | None
) -> QuerySet[Transition]:
    """Those of the transitions that somebody with these roles (None: anybody) and this function may take."""
    if roles is None:
        return ways
    everybody = Q(role="") & ~Exists(Transition.functions.through.objects.filter(transition=OuterRef("pk")))
    return ways.filter(everybody | Q(functions=function_id) | Q(role__in=roles))


def no_way(task: Task, target: Any) -> Conflict:
    return Conflict(
        _("A card cannot go from “%(source)s” to “%(target)s” like this.")
        % {"source": name_of(task.status), "target": name_of(target)},
        code="transition_not_allowed",
        field="status",
    )


def unknown_status() -> Refused:
    return Refused(
        _("This status does not belong to the initiative's workflow."), code="unknown_status", field="status"
    )


def require_room(target: Any, coming: int = 1) -> None:
    if target.limit and target.limit_is_hard and target.cards + coming > target.limit:
        raise Conflict(
            _("“%(status)s” holds %(limit)s cards at most.") % {"status": name_of(target), "limit": target.limit},
            code="wip_limit",
            field="status",
            limit=target.limit,
        )


def gap(target: Any, after: int | None, before: int | None, top: bool) -> tuple[str | None, str | None, bool]:
    """The ranks between which the card goes, as the database found them on `target`, and whether that is just what was asked.

    Archived cards keep their places, so they count as bounds; but two cards with only archived ones between them are
    next to each other for everybody who looks.
    """
    after_rank, before_rank = getattr(target, "after_rank", None), getattr(target, "before_rank", None)
    if after_rank is not None:
        exact = before is None or (before_rank is not None and before_rank == target.shown_below)
        return after_rank, target.rank_below, exact
    if before_rank is not None:
        return target.rank_above, before_rank, after is None
    asked_for_nobody = after is None and before is None
    return (None, target.end_rank, asked_for_nobody) if top else (target.end_rank, None, asked_for_nobody)


def lies_between(rank: str, low: str | None, high: str | None) -> bool:
    return (low is None or low < rank) and (high is None or rank < high)


def shorten_ranks(log: Change, stream: Stream, *, project_id: int, status: Status) -> None:
    """Give every card of the column a fresh short rank, in the same order, and tell it as one event.

    The fresh ranks come after every rank in use, because uniqueness is checked row by row.
    """
    cards = list(Task.objects.filter(project_id=project_id, status=status).order_by("rank").only("id", "rank"))
    before = {card.pk: card.rank for card in cards}
    for card, rank in zip(cards, ranks.after(cards[-1].rank, len(cards)), strict=True):
        card.rank = rank
    Task.objects.bulk_update(cards, ["rank"], batch_size=300)
    body = ColumnReranked(status=status.pk, ranks={card.pk: card.rank for card in cards})
    log.record(stream, body, before={"ranks": before})


def has_grown_long(rank: str) -> bool:
    return len(rank) > ranks.LONGEST
