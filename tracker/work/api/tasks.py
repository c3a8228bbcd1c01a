"""HTTP: tasks, where they stand, their checklists and their watchers."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Router, Schema, Status
from pydantic import AfterValidator, Field, StringConstraints

from tracker.log.http import CHANGE, Id, Ids, In, Page, PageIn, Text, answers, not_blank, one_line, tag, version_wanted
from tracker.people import access
from tracker.people.requests import SignedInRequest
from tracker.work.events import WaitsFor
from tracker.work.models import HandOver, Task
from tracker.work.selectors import history as telling
from tracker.work.selectors import tasks as selectors
from tracker.work.services import checklist, comments, moves
from tracker.work.services import tasks as services

router = Router(tags=["tasks"])

Title = Annotated[str, StringConstraints(max_length=300), AfterValidator(one_line), AfterValidator(not_blank)]
Line = Annotated[str, StringConstraints(max_length=500), AfterValidator(one_line), AfterValidator(not_blank)]
Priority = Literal["", "low", "medium", "high", "urgent"]
Hours = Annotated[Decimal, Field(ge=0, lt=100_000, max_digits=20), AfterValidator(abs)]
Key = Annotated[str, StringConstraints(max_length=24)]


class TaskFacts(In):
    """Only what is given changes. `estimate` is in hours."""

    function: Id | None = None
    owner: Id | None = None
    assignees: Ids = []
    labels: Ids = []
    priority: Priority = ""
    start: date | None = None
    due: date | None = None
    estimate: Hours | None = None
    parent: Id | None = None
    blocked_by: Ids = []


class TaskFields(TaskFacts):
    description: Text = ""


class TaskNew(TaskFields):
    title: Title
    status: Id | None = None
    checklist: Annotated[list[Line], Field(max_length=200)] = []


class TaskIn(TaskNew):
    after: Id | None = None
    before: Id | None = None
    at: Literal["top", "bottom"] = "bottom"


class TaskChange(TaskFields):
    title: Title = ""


class PositionIn(In):
    """`change`: what else becomes so in the same step, as for a card that is taken to another lane of its board."""

    status: Id | None = None
    after: Id | None = None
    before: Id | None = None
    project: Id | None = None
    change: TaskFacts = TaskFacts()


class ItemIn(In):
    text: Line
    after: Id | None = None


class ItemChange(In):
    """Only what is given changes; `after` null puts the line on top."""

    text: Line = ""
    done: bool = False
    after: Id | None = None


class ItemOut(Schema):
    id: int
    text: str
    done: bool
    position: str


class TaskHead(Schema):
    """A task as a board shows it."""

    id: int
    project: int
    key: str
    number: int
    title: str
    status: int
    rank: str
    version: int
    function: int | None
    owner: int | None
    assignees: list[int]
    labels: list[int]
    priority: str
    start: date | None
    due: date | None
    estimate: str | None
    parent: int | None
    blocked_by: list[int]
    checklist_total: int
    checklist_done: int
    comments: int
    files: int
    entered_at: datetime
    waits: WaitsFor | None
    can: list[str]


class OpenHandOver(Schema):
    """A request that another function take the task up. `answer_by` is when an answer is needed."""

    id: int
    to_function: int | None
    note: str
    answer_by: datetime | None
    asked_by: int
    asked_at: datetime


class HandOverOut(OpenHandOver):
    """The request, and what became of it."""

    task: int
    state: HandOver.State
    from_function: int | None
    reason: str
    answered_by: int | None
    answered_at: datetime | None


class TaskOut(TaskHead):
    description: str
    watchers: list[int]
    archived_at: datetime | None
    created_at: datetime
    created_by: int | None
    completed_at: datetime | None
    updated_at: datetime
    checklist: list[ItemOut]
    handover: OpenHandOver | None


class Dropped(Schema):
    people: list[int] = []
    tasks: list[int] = []


class MovedOut(TaskHead):
    """The task where it now is. `dropped` names what could not come along to another project."""

    placed: Literal["exact", "fallback"]
    dropped: Dropped


class HistoryEvent(Schema):
    seq: int
    stream: str
    tx: str
    span: int
    command_id: str
    actor: int | None
    at: str
    undoes: str | None
    body: dict[str, Any]


class HistoryPage(Schema):
    items: list[HistoryEvent]
    next: str | None


def show(request: SignedInRequest, response: HttpResponse, task: Task) -> dict[str, Any]:
    tag(response, task.version)
    return selectors.show(task, request.user)


@router.post(
    "/projects/{project_id}/tasks", response=answers(TaskOut, status=201, refusals=CHANGE), operation_id="create_task"
)
def create_task(request: SignedInRequest, response: HttpResponse, project_id: Id, body: TaskIn):
    fields = body.dict(exclude_unset=True)
    place = {name: fields.pop(name, None) for name in ("status", "after", "before")}
    task = services.create_task(
        actor=request.user, project_id=project_id, title=fields.pop("title"), top=fields.pop("at", "") == "top",
        checklist=fields.pop("checklist", []), fields=fields, **place,
    )  # fmt: skip
    return Status(201, show(request, response, task))


@router.get("/tasks/{task_id}", response=answers(TaskOut), operation_id="get_task")
def get_task(request: SignedInRequest, response: HttpResponse, task_id: Id):
    return show(request, response, selectors.find_task(viewer=request.user, task_id=task_id))


@router.get("/tasks/by-key/{key}", response=answers(TaskOut), operation_id="get_task_by_key")
def get_task_by_key(request: SignedInRequest, response: HttpResponse, key: Key):
    """By its key, or by one it had before it moved to another initiative."""
    return show(request, response, selectors.find_by_key(viewer=request.user, key=key))


@router.patch("/tasks/{task_id}", response=answers(TaskOut, refusals=(*CHANGE, 412, 428)), operation_id="change_task")
def change_task(request: SignedInRequest, response: HttpResponse, task_id: Id, body: TaskChange):
    """Change what is given. `description` needs If-Match with the version that was read."""
    fields = body.dict(exclude_unset=True)
    read = version_wanted(request) if "description" in fields else None
    return show(
        request, response, services.change_task(actor=request.user, task_id=task_id, fields=fields, read_version=read)
    )


@router.put("/tasks/{task_id}/position", response=answers(MovedOut, refusals=CHANGE), operation_id="move_task")
def move_task(request: SignedInRequest, response: HttpResponse, task_id: Id, body: PositionIn):
    """Put the task right after `after` or before `before`; both missing: at the bottom. `project` takes it elsewhere."""
    place = body.dict(exclude={"change"})
    fields = body.change.dict(exclude_unset=True)
    moved = moves.move_task(actor=request.user, task_id=task_id, fields=fields, **place)
    tag(response, moved.task.version)
    return {
        **selectors.card_of(moved.task).model_dump(mode="json"),
        "project": moved.task.project_id,
        "key": selectors.key_of(moved.task),
        "can": access.shown(moved.held),
        "placed": "exact" if moved.exact else "fallback",
        "dropped": moved.dropped,
    }


@router.post("/tasks/{task_id}/archive", response=answers(TaskOut, refusals=CHANGE), operation_id="archive_task")
def archive_task(request: SignedInRequest, response: HttpResponse, task_id: Id):
    return show(request, response, services.archive_task(actor=request.user, task_id=task_id))


@router.post("/tasks/{task_id}/restore", response=answers(TaskOut, refusals=CHANGE), operation_id="restore_task")
def restore_task(request: SignedInRequest, response: HttpResponse, task_id: Id):
    return show(request, response, services.restore_task(actor=request.user, task_id=task_id))


@router.delete("/tasks/{task_id}", response=answers(None, status=204, refusals=CHANGE), operation_id="delete_task")
def delete_task(request: SignedInRequest, task_id: Id):
    services.delete_task(actor=request.user, task_id=task_id)
    return Status(204, None)


@router.get("/tasks/{task_id}/history", response=answers(HistoryPage), operation_id="task_history")
def task_history(request: SignedInRequest, task_id: Id, wanted: PageIn = Page):
    """What happened to the task, newest first, wherever it was when the reader may see that too."""
    return telling.of_task(viewer=request.user, task_id=task_id, wanted=wanted)


@router.post(
    "/tasks/{task_id}/checklist",
    response=answers(ItemOut, status=201, refusals=CHANGE),
    operation_id="add_checklist_item",
)
def add_item(request: SignedInRequest, task_id: Id, body: ItemIn):
    item = checklist.add_item(actor=request.user, task_id=task_id, text=body.text, after=body.after)
    return Status(201, selectors.item_row(item))


@router.patch("/checklist/{item_id}", response=answers(ItemOut, refusals=CHANGE), operation_id="change_checklist_item")
def change_item(request: SignedInRequest, item_id: Id, body: ItemChange):
    item = checklist.change_item(actor=request.user, item_id=item_id, fields=body.dict(exclude_unset=True))
    return selectors.item_row(item)


@router.delete(
    "/checklist/{item_id}", response=answers(None, status=204, refusals=CHANGE), operation_id="remove_checklist_item"
)
def remove_item(request: SignedInRequest, item_id: Id):
    checklist.remove_item(actor=request.user, item_id=item_id)
    return Status(204, None)


@router.put(
    "/tasks/{task_id}/watchers/{person_id}",
    response=answers(None, status=204, refusals=CHANGE),
    operation_id="watch_task",
)
def watch(request: SignedInRequest, task_id: Id, person_id: Id):
    comments.set_watching(actor=request.user, task_id=task_id, person_id=person_id, watches=True)
    return Status(204, None)


@router.delete(
    "/tasks/{task_id}/watchers/{person_id}",
    response=answers(None, status=204, refusals=CHANGE),
    operation_id="unwatch_task",
)
def unwatch(request: SignedInRequest, task_id: Id, person_id: Id):
    comments.set_watching(actor=request.user, task_id=task_id, person_id=person_id, watches=False)
    return Status(204, None)
