"""What boards, the workspace and pages of events look like, for the OpenAPI document: the bytes are made elsewhere.

The body of an event is one of all that the packages have registered, told apart by its `type`, so that the front end
gets an exact type for each.
"""

from copy import copy
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, Union
from uuid import UUID

from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.fields import FieldInfo

from tracker.log.events import EventBody
from tracker.people.events import FunctionRow, PersonRow, TeamRow
from tracker.work.events import LabelRow, ProjectChanged, TaskCard


class StatusRow(Schema):
    id: int
    name: str
    name_zh: str
    category: Literal["backlog", "ready", "active", "waiting", "review", "done", "cancelled"]
    color: Literal["grey", "blue", "teal", "green", "amber", "red", "violet"]
    position: int
    limit: int | None
    limit_is_hard: bool


class TransitionRow(Schema):
    """A way between two statuses, and who may take it: anybody who moves cards where both are empty."""

    source: int
    target: int
    functions: list[int]
    role: Literal["", "member", "manager"]


class WorkflowRow(Schema):
    id: int
    code: str
    name: str
    name_zh: str
    version: int
    statuses: list[StatusRow]
    transitions: list[TransitionRow]


Ability = Literal["see", "comment", "work", "manage", "see_revenue", "see_contacts"]


# --- events ------------------------------------------------------------------------------------------------------


def told(body: type[EventBody]) -> type[BaseModel]:
    """The event as it is sent: with its type, and with the fields that may be missing marked so, without a default."""
    fields: dict[str, Any] = {"type": (Literal[body.type], ...)}
    fields |= {name: (field.annotation, as_sent(field)) for name, field in body.model_fields.items()}
    config = ConfigDict(extra="forbid", defer_build=True)
    return create_model(f"{body.__name__}Body", __config__=config, __doc__=body.__doc__ or "", **fields)


def as_sent(field: FieldInfo) -> FieldInfo:
    """A default says that the field is left out when it did not change: a reader must not fill it in."""
    if field.is_required():
        return field
    field = copy(field)
    field.json_schema_extra = without_default
    return field


def without_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


if TYPE_CHECKING:  # these types are made of what is registered, which no type checker can follow
    Body: TypeAlias = Any
    Column: TypeAlias = Any
    ColumnOfMany: TypeAlias = Any
    CardRow: TypeAlias = Any
    CardRowOfMany: TypeAlias = Any
    ProjectHead: TypeAlias = Any
else:
    bodies = tuple(told(body) for _type, body in sorted(EventBody.registered.items()))
    Body = Annotated[Union[bodies], Field(discriminator="type")]  # noqa: UP007
    Column = Literal[tuple(TaskCard.model_fields)]
    ColumnOfMany = Literal[(*TaskCard.model_fields, "project")]
    CardRow = tuple[tuple(field.annotation for field in TaskCard.model_fields.values())]
    CardRowOfMany = tuple[(*(field.annotation for field in TaskCard.model_fields.values()), int)]
    ProjectHead = create_model(
        "ProjectHead",
        __base__=Schema,
        __doc__="An initiative as it stands above its board.",
        can=(list[Ability], ...),
        **{name: (field.annotation, ...) for name, field in ProjectChanged.model_fields.items()},
    )


class Event(Schema):
    """One thing that happened. All events of a transaction share `tx`; `span` says to how many streams it wrote.

    `undoes` is there where the event takes back what an earlier command of the same person did.
    """

    seq: int
    tx: str
    span: int
    command_id: UUID
    actor: int | None
    at: datetime
    undoes: UUID | None = None
    body: Body


class EventPage(Schema):
    """The next events after a position, whole transactions only. Where `floor` is above the position asked for, they
    are not told: read a fresh snapshot. Another `epoch` means the same."""

    epoch: str
    head: int
    floor: int
    events: list[Event]


# --- snapshots ---------------------------------------------------------------------------------------------------


class Cards(Schema):
    """Every card but the archived ones: `rows` hold the values in the order of `columns`."""

    columns: list[Column]
    rows: list[CardRow]


class Board(Schema):
    """`recent`: the cards that were changed in the last two days, and when."""

    epoch: str
    seq: int
    workspace_seq: int
    project: ProjectHead
    statuses: list[StatusRow]
    transitions: list[TransitionRow]
    recent: list[tuple[int, datetime]]
    tasks: Cards


class PartOfMany(Schema):
    """One initiative of a board over several: its stream is followed from this position."""

    epoch: str
    seq: int
    project: ProjectHead


class CardsOfMany(Schema):
    """As `Cards`, with the id of the initiative in the last column. Open cards that others wait for come along, also
    where they are not on the board themselves."""

    columns: list[ColumnOfMany]
    rows: list[CardRowOfMany]


class ManyBoards(Schema):
    """A board over several initiatives. Cards finished before `closed_since` are left out."""

    board: str
    workspace_seq: int
    closed_since: date
    projects: list[PartOfMany]
    recent: list[tuple[int, datetime]]
    tasks: CardsOfMany


class Workspace(Schema):
    epoch: str
    seq: int
    people: list[PersonRow]
    functions: list[FunctionRow]
    teams: list[TeamRow]
    labels: list[LabelRow]
    workflows: list[WorkflowRow]
    can: list[Literal["administer"]]
