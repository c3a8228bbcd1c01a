"""HTTP: workflows, statuses, transitions and labels; and what happens to somebody's cards when they go."""

from typing import Annotated, Any, Literal

from ninja import Query, Router, Schema, Status
from pydantic import Field, StringConstraints

from tracker.log.http import CHANGE, Id, Ids, In, OtherShortName, ShortName, answers
from tracker.people.api import Code, Position
from tracker.people.events import PersonRow
from tracker.people.requests import SignedInRequest
from tracker.people.selectors import person_row
from tracker.work.events import LabelRow
from tracker.work.selectors.touched import StatusChange as Touching
from tracker.work.selectors.touched import touched_by_label, touched_by_status
from tracker.work.selectors.workflows import label_row, workflow_row
from tracker.work.services import merging, people
from tracker.work.services import workflows as services

router = Router(tags=["workflows"])

Category = Literal["backlog", "ready", "active", "waiting", "review", "done", "cancelled"]
Color = Literal["grey", "blue", "teal", "green", "amber", "red", "violet"]
WipLimit = Annotated[int, Field(ge=1, le=10_000)]
Role = Literal["", "member", "manager"]
LabelName = Annotated[ShortName, StringConstraints(max_length=60)]
OtherLabelName = Annotated[OtherShortName, StringConstraints(max_length=60)]


class StatusOut(Schema):
    id: int
    name: str
    name_zh: str
    category: Category
    color: Color
    position: int
    limit: int | None
    limit_is_hard: bool


class TransitionOut(Schema):
    source: int
    target: int
    functions: list[int]
    role: Role


class WorkflowOut(Schema):
    id: int
    code: str
    name: str
    name_zh: str
    version: int
    statuses: list[StatusOut]
    transitions: list[TransitionOut]


class WorkflowIn(In):
    code: Code
    name: ShortName
    name_zh: OtherShortName = ""
    copy_of: Id | None = None


class WorkflowChange(In):
    name: ShortName = ""
    name_zh: OtherShortName = ""


class StatusIn(In):
    name: ShortName
    name_zh: OtherShortName = ""
    category: Category
    color: Color = "grey"
    limit: WipLimit | None = None
    limit_is_hard: bool = False


class StatusChange(In):
    """Only what is given changes."""

    name: ShortName = ""
    name_zh: OtherShortName = ""
    category: Category = "ready"
    color: Color = "grey"
    position: Position = 0
    limit: WipLimit | None = None
    limit_is_hard: bool = False


class TransitionIn(In):
    source: Id
    target: Id
    functions: Ids = []
    role: Role = ""


class TransitionsIn(In):
    transitions: Annotated[list[TransitionIn], Field(max_length=900)]


class LabelIn(In):
    name: LabelName
    name_zh: OtherLabelName = ""
    color: Color = "grey"


class LabelChange(In):
    name: LabelName = ""
    name_zh: OtherLabelName = ""
    color: Color = "grey"


class MergeIn(In):
    into: Id


class MergedOut(Schema):
    """The label that stays. Cards are `left` where a board has more than one step may tell it: ask again for the next."""

    label: LabelRow
    changed: int
    left: int


class TouchedInitiative(Schema):
    id: int
    key: str
    name: str
    name_zh: str
    cards: int


class TouchedCard(Schema):
    id: int
    key: str
    title: str


class TouchedOut(Schema):
    """Cards that a change would touch. What the reader does not see is only counted, as `hidden`."""

    cards: int
    archived: int
    hidden: int
    initiatives_total: int
    initiatives: list[TouchedInitiative]
    first: list[TouchedCard]


class TouchQuery(Schema):
    """`limit` is the one that is about to be set."""

    by: Touching
    limit: WipLimit | None = None


class DeactivateIn(In):
    cards_to: Id | None = None


class StatusGoes(Schema):
    move_to: Id | None = None


@router.post("/workflows", response=answers(WorkflowOut, status=201, refusals=CHANGE), operation_id="add_workflow")
def add_workflow(request: SignedInRequest, body: WorkflowIn):
    return Status(201, workflow_row(services.add_workflow(actor=request.user, **body.dict()).pk))


@router.patch(
    "/workflows/{workflow_id}", response=answers(WorkflowOut, refusals=CHANGE), operation_id="change_workflow"
)
def change_workflow(request: SignedInRequest, workflow_id: Id, body: WorkflowChange):
    fields = body.dict(exclude_unset=True)
    return workflow_row(services.change_workflow(actor=request.user, workflow_id=workflow_id, fields=fields).pk)


@router.delete(
    "/workflows/{workflow_id}", response=answers(None, status=204, refusals=CHANGE), operation_id="remove_workflow"
)
def remove_workflow(request: SignedInRequest, workflow_id: Id):
    services.remove_workflow(actor=request.user, workflow_id=workflow_id)
    return Status(204, None)


@router.put(
    "/workflows/{workflow_id}/transitions",
    response=answers(WorkflowOut, refusals=CHANGE),
    operation_id="set_transitions",
)
def set_transitions(request: SignedInRequest, workflow_id: Id, body: TransitionsIn):
    """Replaces all of them."""
    ways: list[dict[str, Any]] = [way.dict() for way in body.transitions]
    return workflow_row(services.set_transitions(actor=request.user, workflow_id=workflow_id, transitions=ways).pk)


@router.post(
    "/workflows/{workflow_id}/statuses",
    response=answers(WorkflowOut, status=201, refusals=CHANGE),
    operation_id="add_status",
)
def add_status(request: SignedInRequest, workflow_id: Id, body: StatusIn):
    return Status(
        201, workflow_row(services.add_status(actor=request.user, workflow_id=workflow_id, fields=body.dict()).pk)
    )


@router.patch("/statuses/{status_id}", response=answers(WorkflowOut, refusals=CHANGE), operation_id="change_status")
def change_status(request: SignedInRequest, status_id: Id, body: StatusChange):
    fields = body.dict(exclude_unset=True)
    return workflow_row(services.change_status(actor=request.user, status_id=status_id, fields=fields).pk)


@router.delete("/statuses/{status_id}", response=answers(WorkflowOut, refusals=CHANGE), operation_id="remove_status")
def remove_status(request: SignedInRequest, status_id: Id, goes: Query[StatusGoes]):
    """Cards in it go to the bottom of `move_to`."""
    return workflow_row(services.remove_status(actor=request.user, status_id=status_id, move_to=goes.move_to).pk)


@router.get(
    "/statuses/{status_id}/touched", response=answers(TouchedOut, refusals=(403,)), operation_id="touched_by_status"
)
def read_touched_by_status(request: SignedInRequest, status_id: Id, change: Query[TouchQuery]):
    """The cards that a change of this status would touch: for whoever is about to confirm it."""
    return touched_by_status(viewer=request.user, status_id=status_id, by=change.by, limit=change.limit)


@router.post("/labels", response=answers(LabelRow, status=201, refusals=CHANGE), operation_id="add_label")
def add_label(request: SignedInRequest, body: LabelIn):
    return Status(201, label_row(services.add_label(actor=request.user, **body.dict())))


@router.patch("/labels/{label_id}", response=answers(LabelRow, refusals=CHANGE), operation_id="change_label")
def change_label(request: SignedInRequest, label_id: Id, body: LabelChange):
    return label_row(services.change_label(actor=request.user, label_id=label_id, fields=body.dict(exclude_unset=True)))


@router.delete("/labels/{label_id}", response=answers(None, status=204, refusals=CHANGE), operation_id="remove_label")
def remove_label(request: SignedInRequest, label_id: Id):
    services.remove_label(actor=request.user, label_id=label_id)
    return Status(204, None)


@router.get(
    "/labels/{label_id}/touched", response=answers(TouchedOut, refusals=(403,)), operation_id="touched_by_label"
)
def read_touched_by_label(request: SignedInRequest, label_id: Id):
    """The cards that carry this label."""
    return touched_by_label(viewer=request.user, label_id=label_id)


@router.post("/labels/{label_id}/merge", response=answers(MergedOut, refusals=CHANGE), operation_id="merge_label")
def merge_label(request: SignedInRequest, label_id: Id, body: MergeIn):
    """Its cards get the label `into` instead, and it goes; archived cards too."""
    merged = merging.merge_label(actor=request.user, label_id=label_id, into=body.into)
    return {"label": label_row(merged.label), "changed": merged.changed, "left": merged.left}


@router.post(
    "/people/{person_id}/deactivate", response=answers(PersonRow, refusals=CHANGE), operation_id="deactivate_person"
)
def deactivate_person(request: SignedInRequest, person_id: Id, body: DeactivateIn):
    """Their open tasks go to `cards_to`, where that person sees them."""
    return person_row(people.deactivate(actor=request.user, person_id=person_id, cards_to=body.cards_to))
