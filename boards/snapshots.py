"""A whole board, or the whole workspace, as it stood at one position of its stream: bytes ready to be sent.

Rows come straight from the driver and are encoded once, by the same encoder that writes the cards inside events
(Pydantic's), so that a card reads the same wherever it comes from. The number of queries does not depend on the board.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Case, Expression, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast
from django.utils.timezone import now
from pydantic_core import to_json

from boards.streams import Place
from boards.texts import HoursText, SecondText
from tracker.errors import NotFound
from tracker.log.change import Name
from tracker.log.models import Stream
from tracker.log.statements import Numbers, Texts, compiled
from tracker.people import access
from tracker.people.models import User
from tracker.people.selectors import directory
from tracker.work.events import TaskCard
from tracker.work.models import Label, Project, Task
from tracker.work.selectors.projects import functions_of, head, project_for
from tracker.work.selectors.workflows import label_row, workflow_parts, workflow_rows

COLUMNS = tuple(TaskCard.model_fields)
# What is read for each column, where that is not the field of the same name; the lists come from the tables between,
# in statements of their own. Dates, times and hours leave the database as the text that TaskCard makes of them.
FIELDS: dict[str, Expression | F] = {
    "comments": F("comments_count"),
    "files": F("files_count"),
    "start": Cast("start", TextField()),
    "due": Cast("due", TextField()),
    "estimate": HoursText("estimate"),
    "entered_at": SecondText("entered_at"),
}
WAITS = "waits"  # one column, because three that are nearly always empty make it longer
LISTS = {
    "assignees": (Task.assignees.through, "task", "user_id"),
    "labels": (Task.labels.through, "task", "label_id"),
    "blocked_by": (Task.blocked_by.through, "from_task", "to_task_id"),
}


Row = tuple[Any, ...]


def find_board(*, viewer: User, project_id: int) -> tuple[Project, list[str]]:
    """The project and what the viewer may do there. Raises NotFound where it is hidden or missing."""
    project = project_for(viewer, project_id)
    held = access.abilities_in(project, viewer) if project else frozenset[str]()
    if project is None or "see" not in held:
        raise NotFound
    return project, access.shown(held)


class StreamIsMissing(Exception):
    """Nothing has happened there yet, so nothing says where it stands; `place_of` makes it."""

    def __init__(self, name: Name) -> None:
        self.name = name


def places(*names: Name) -> list[Place]:
    """Where the streams stand, in one query. Raises StreamIsMissing."""
    kinds, refs = zip(*names, strict=True)
    rows = standing_among(kinds=Texts(kinds), refs=Numbers(refs))
    found = {(row[0], row[1]): Place(*row[2:]) for row in rows}
    for name in names:
        if name not in found:
            raise StreamIsMissing(name)
    return [found[name] for name in names]


@compiled
def standing_among(*, kinds: Texts, refs: Numbers) -> QuerySet[Stream, Row]:
    """Of every one of the kinds with every one of the numbers: there may be more than were asked for."""
    return Stream.objects.filter(kind__in=kinds, ref__in=refs).values_list(
        "kind", "ref", "pk", "epoch", "head", "floor"
    )


def board(project: Project, can: list[str], at: Place, workspace: Place) -> bytes:
    """The board as JSON. To be called in the same moment in which its arguments were read."""
    rows, recent = rows_of_project(project.pk)
    above = {
        "epoch": at.epoch,
        "seq": at.head,
        "workspace_seq": workspace.head,
        "project": {**head(project, functions_of(project.pk)), "can": can},
        **workflow_parts(project.workflow_id),
        "recent": recent,
    }
    return with_tasks(above, COLUMNS, rows)


def with_tasks(above: dict[str, Any], columns: tuple[str, ...], rows: list[list[Any]]) -> bytes:
    return to_json(above)[:-1] + b',"tasks":{"columns":%b,"rows":%b}}' % (to_json(columns), to_json(rows))


RECENT = timedelta(days=2)
Recent = list[tuple[int, str]]
"""The tasks that were changed in the last two days and when: enough to tell, anywhere on earth, what is of today."""


def rows_of_project(project_id: int) -> tuple[list[list[Any]], Recent]:
    """The tasks of one board: what is opened most often, so that its statements are put together once."""
    beside = {name: grouped(ties_in_project(name, project=project_id)) for name in LISTS}
    return put_together(
        cards_in_project(project=project_id, since=since()), waits_of(waiting_in_project(project=project_id)), beside
    )


def rows_of(shown: QuerySet[Task], among: QuerySet[Task], also: tuple[str, ...] = ()) -> tuple[list[list[Any]], Recent]:
    """The values of these tasks in the order of COLUMNS, with those of the fields in `also` at the end; and which of
    them were changed lately.

    `among` selects the tasks that the tables between are asked about.
    """
    beside = {name: grouped(fetched(ties(name, {"in": among.values("pk")}))) for name in LISTS}
    return put_together(fetched(card_values(shown, since(), also)), waits_of(fetched(waiting(among))), beside)


@compiled
def cards_in_project(*, project: int, since: str) -> QuerySet[Task, Row]:
    return card_values(Task.objects.filter(project=project, archived_at=None).order_by("number"), since)


@compiled
def waiting_in_project(*, project: int) -> QuerySet[Task, Row]:
    return waiting(Task.objects.filter(project=project, archived_at=None))


@compiled
def ties_in_project(name: str, *, project: int) -> QuerySet[Any, Row]:
    return ties(name, {"project": project, "archived_at": None})


def since() -> str:
    """From when on a change is of the last two days, in the form that both databases compare with a moment."""
    return (now() - RECENT).isoformat(" ")


def card_values(shown: QuerySet[Task], since: str, also: tuple[str, ...] = ()) -> QuerySet[Task, Row]:
    """COLUMNS, with nothing yet where `put_together` puts what comes from elsewhere; `also`; when it was changed, if lately."""
    elsewhere = Value(None, output_field=TextField())
    fields = [elsewhere if name in LISTS or name == WAITS else FIELDS.get(name, name) for name in COLUMNS]
    lately = When(updated_at__gte=Value(since, output_field=TextField()), then=SecondText("updated_at"))
    return shown.values_list(*fields, *also, Case(lately, output_field=TextField()))


def waiting(among: QuerySet[Task]) -> QuerySet[Task, Row]:
    moments = SecondText("waits_since"), SecondText("answer_by")
    return among.exclude(waits_for=None).values_list("pk", "waits_for_id", *moments)


def waits_of(rows: Iterable[Row]) -> dict[int, Any]:
    return {pk: {"function": function, "since": since, "by": by} for pk, function, since, by in rows}


def ties(name: str, among: dict[str, Any]) -> QuerySet[Any, Row]:
    """Which task has which others in a list, as pairs. `among` are conditions on the tasks."""
    table, task, other = LISTS[name]
    rows = table._default_manager.filter(**{f"{task}__{key}": value for key, value in among.items()})
    return rows.order_by(other).values_list(f"{task}_id", other)


def put_together(
    rows: Iterable[Row], waits: dict[int, Any], lists: dict[str, dict[int, list[Any]]]
) -> tuple[list[list[Any]], Recent]:
    """One list for each card. Few cards have anything in another table: only those are looked up."""
    found = list(map(list, rows))
    recent = [(card[0], at) for card in found if (at := card.pop())]
    cards = {card[0]: card for card in found}
    for name, values in lists.items():
        column = COLUMNS.index(name)
        for card in found:
            card[column] = ()
        fill(cards, column, values)
    fill(cards, COLUMNS.index(WAITS), waits)
    return found, recent


def fill(cards: dict[int, list[Any]], column: int, values: dict[int, Any]) -> None:
    for pk, value in values.items():
        if pk in cards:
            cards[pk][column] = value


def fetched(rows: QuerySet[Any, Any]) -> list[Row]:
    """The rows as the driver gives them, for statements whose shape is not known beforehand."""
    try:
        sql, params = rows.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    except EmptyResultSet:  # Django knows without asking: the work of a team of nobody
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def grouped(pairs: Iterable[Row]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
    return found


def workspace(viewer: User, at: Place) -> bytes:
    """People, functions, teams, labels and workflows: what every member may see. In the same moment as `at`."""
    return to_json(
        {
            "epoch": at.epoch,
            "seq": at.head,
            **directory(),
            "labels": [label_row(label) for label in Label.objects.order_by("pk")],
            "workflows": workflow_rows(),
            "can": ["administer"] if viewer.is_administrator else [],
        }
    )
