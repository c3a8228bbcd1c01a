"""What is given to a task must fit: each field has its check, which gives the value as it is stored."""

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker.errors import Conflict, Refused
from tracker.people import access
from tracker.people.language import name_of
from tracker.people.models import Function, User
from tracker.work.models import Label, Project, Task

Fields = dict[str, Any]
CENT = Decimal("0.01")

Seen = dict[tuple[str, str, str], Any]
"""What was found to fit several tasks of one project in the same transaction: by field, value, and what stands there.
Not for `parent` and `blocked_by` of tasks that exist, where it matters which task it is."""
STANDING = {"owner": "owner_id", "assignees": "assignee_ids"}


def checked(fields: Fields, project: Project, task: Task, seen: Seen | None = None) -> Fields:
    """The fields as they are stored. Raises Refused, NotFound or Conflict with the field that does not fit."""
    values = dict(fields)
    known = {} if seen is None else seen
    for name, check in CHECKS.items():
        if name in values:
            place = (name, repr(values[name]), repr(getattr(task, STANDING.get(name, ""), None)))
            if place not in known:
                known[place] = check(values[name], project, task)
            values[name] = known[place]
    start = values.get("start", task.start)
    due = values.get("due", task.due)
    if start and due and due < start:
        field = "due" if "due" in values else "start"
        raise Refused(_("A task cannot be due before it starts."), code="due_before_start", field=field)
    for name in ("start", "due"):
        require_sensible_date(values.get(name), name)
    return values


def require_sensible_date(value: date | None, field: str) -> None:
    if value is not None and not 1900 <= value.year <= 2200:
        raise Refused(_("This date is too far away."), code="unlikely_date", field=field)


def existing(rows: QuerySet[Any], ids: list[int], field: str) -> list[int]:
    """The ids, sorted. Raises Refused where one does not exist or may not be seen: both look the same."""
    found = set(rows.filter(pk__in=ids).values_list("pk", flat=True))
    if missing := [pk for pk in ids if pk not in found]:
        raise Refused(
            _("There is no such thing: %(id)s.") % {"id": missing[0]}, code="unknown", field=field, missing=missing
        )
    return sorted(found)


def a_function(value: int | None, project: Project, task: Task) -> int | None:
    return existing(Function.objects.all(), [value], "function")[0] if value is not None else None


def require_insight(ids: list[int], project: Project, field: str) -> list[int]:
    """People who can be given work here: they are active and see the project, or are guests on it."""
    found = existing(User.objects.filter(is_active=True), ids, field)
    seers = access.people_who("project", project.pk)
    guests = access.people_who("project", project.pk, "visit")
    sees = set(seers.filter(pk__in=ids).values_list("pk", flat=True)) | set(
        guests.filter(pk__in=ids).values_list("pk", flat=True)
    )
    for pk in found:
        if pk not in sees:
            name = name_of(User.objects.get(pk=pk))
            raise Refused(
                _("%(name)s cannot see this initiative. Add them to it first.") % {"name": name},
                code="no_access",
                field=field,
                person=pk,
            )
    return found


def an_owner(value: int | None, project: Project, task: Task) -> int | None:
    if value is None or value == task.owner_id:
        return value
    return require_insight([value], project, "owner")[0]


def some_assignees(value: list[int], project: Project, task: Any) -> list[int]:
    new = [pk for pk in value if pk not in getattr(task, "assignee_ids", [])]
    if new:
        require_insight(new, project, "assignees")
    return sorted(set(value))


def some_labels(value: list[int], project: Project, task: Task) -> list[int]:
    return existing(Label.objects.all(), value, "labels") if value else []


def a_parent(value: int | None, project: Project, task: Task) -> int | None:
    if value is None:
        return None
    existing(project.tasks.all(), [value], "parent")
    require_no_cycle(
        task, [value], "parent", lambda ids: project.tasks.filter(pk__in=ids).values_list("parent_id", flat=True)
    )
    return value


def some_blockers(value: list[int], project: Project, task: Task) -> list[int]:
    if not value:
        return []
    found = existing(project.tasks.all(), value, "blocked_by")
    through = Task.blocked_by.through.objects
    require_no_cycle(
        task, found, "blocked_by", lambda ids: through.filter(from_task_id__in=ids).values_list("to_task_id", flat=True)
    )
    return found


def require_no_cycle(task: Task, first: list[int], field: str, step: Callable[[list[int]], Any]) -> None:
    """Raises Conflict where following the links from `first` leads back to the task."""
    reached: set[int] = set()
    frontier = set(first)
    while frontier:
        if task.pk in frontier:
            raise Conflict(_("This would go round in a circle."), code="cycle", field=field)
        reached |= frontier
        frontier = {pk for pk in step(list(frontier)) if pk is not None} - reached


def an_estimate(value: Decimal | None, project: Project, task: Task) -> Decimal | None:
    if value is None:
        return None
    if not 0 <= value < 100_000:
        raise Refused(_("An estimate is between 0 and 99,999 hours."), code="out_of_range", field="estimate")
    return value.quantize(CENT, ROUND_HALF_UP)


CHECKS: dict[str, Callable[[Any, Project, Any], Any]] = {
    "function": a_function,
    "owner": an_owner,
    "assignees": some_assignees,
    "labels": some_labels,
    "parent": a_parent,
    "blocked_by": some_blockers,
    "estimate": an_estimate,
}
