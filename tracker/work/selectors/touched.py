"""Which cards a change of a workflow or of a label would touch: what an administrator is shown before they confirm it."""

from typing import Any, Literal

from django.db.models import Count, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from tracker.errors import NotFound
from tracker.people import access
from tracker.people.models import User
from tracker.work.models import Label, Status, Task
from tracker.work.selectors.tasks import key_of, seen_by

MOST_INITIATIVES = 20
MOST_CARDS = 5

StatusChange = Literal["removal", "category", "limit", "way"]
"""What is about to happen to a status: it goes; it means something else; it holds fewer cards; a way out of it closes."""


def touched_by_status(*, viewer: User, status_id: int, by: StatusChange, limit: int | None = None) -> dict[str, Any]:
    """What a change of this status touches, as `touched` says it. Raises NotFound, Forbidden."""
    access.require_administrator(viewer)
    if not Status.objects.filter(pk=status_id).exists():
        raise NotFound
    return touched(viewer, in_status(status_id, by, limit))


def in_status(status_id: int, by: StatusChange, limit: int | None) -> QuerySet[Task]:
    """The cards of this status that the change touches.

    A removal moves archived cards too, and a category counts them in the progress of their initiative. Limits and ways
    are asked about only when a card is on the board.
    """
    there = Task.objects.filter(status=status_id)
    if by in {"removal", "category"}:
        return there
    open_ones = there.filter(archived_at=None)
    return open_ones if by == "way" else beyond(open_ones, limit)


def beyond(tasks: QuerySet[Task], limit: int | None) -> QuerySet[Task]:
    """The cards that stand below the first `limit` of their column, on each board."""
    if limit is None:
        return tasks.none()
    place = Window(RowNumber(), partition_by="project", order_by="rank")
    return Task.objects.filter(pk__in=tasks.annotate(place=place).filter(place__gt=limit).values("pk"))


def touched_by_label(*, viewer: User, label_id: int) -> dict[str, Any]:
    """The cards that carry this label, as `touched` says it. Raises NotFound, Forbidden."""
    access.require_administrator(viewer)
    if not Label.objects.filter(pk=label_id).exists():
        raise NotFound
    return touched(viewer, Task.objects.filter(labels=label_id))


def touched(viewer: User, tasks: QuerySet[Task]) -> dict[str, Any]:
    """How many of the tasks the viewer sees, on which initiatives, and the first of them; of the others only how many.

    Four statements, however many tasks there are.
    """
    seen = tasks.filter(seen_by(viewer))
    numbers = seen.aggregate(cards=Count("pk"), archived=Count("pk", filter=Q(archived_at__isnull=False)))
    initiatives = by_initiative(seen)
    first = seen.select_related("project").order_by("project__key", "number")[:MOST_CARDS]
    return {
        **numbers,
        "hidden": tasks.count() - numbers["cards"],
        "initiatives_total": len(initiatives),
        "initiatives": initiatives[:MOST_INITIATIVES],
        "first": [{"id": task.pk, "key": key_of(task), "title": task.title} for task in first],
    }


def by_initiative(tasks: QuerySet[Task]) -> list[dict[str, Any]]:
    """How many of the tasks stand on which initiative, the most first."""
    named = tasks.order_by().values("project", "project__key", "project__name", "project__name_zh")
    return [
        {
            "id": row["project"],
            "key": row["project__key"],
            "name": row["project__name"],
            "name_zh": row["project__name_zh"],
            "cards": row["cards"],
        }
        for row in named.annotate(cards=Count("pk")).order_by("-cards", "project__key")
    ]
