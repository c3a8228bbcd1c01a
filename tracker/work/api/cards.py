"""HTTP: cards that come from cards, and cards that have to do with each other."""

from datetime import datetime
from typing import Literal

from django.http import HttpResponse
from ninja import Router, Schema, Status

from tracker.log.http import CHANGE, Id, In, answers
from tracker.people.requests import SignedInRequest
from tracker.work.api.tasks import TaskOut, Title, show
from tracker.work.selectors.relations import related_to
from tracker.work.selectors.tasks import find_task
from tracker.work.services import duplicates
from tracker.work.services.relations import set_related

router = Router(tags=["tasks"])


class DuplicateIn(In):
    """`parts`: what comes along besides the text. Without a title the copy has the same."""

    title: Title | None = None
    parts: list[Literal["people", "dates", "labels", "links", "checklist", "files"]] = []


class StandsIn(Schema):
    """A status with its names: that of another initiative's workflow may not be known to the reader."""

    name: str
    name_zh: str
    category: str
    color: str


class RelatedOut(Schema):
    id: int
    key: str
    project: int
    title: str
    status: StandsIn
    owner: int | None
    archived_at: datetime | None


class RelatedList(Schema):
    items: list[RelatedOut]


@router.post(
    "/tasks/{task_id}/duplicate", response=answers(TaskOut, status=201, refusals=CHANGE), operation_id="duplicate_task"
)
def duplicate_task(request: SignedInRequest, response: HttpResponse, task_id: Id, body: DuplicateIn):
    """A new card like this one, right below it."""
    copy = duplicates.duplicate_task(actor=request.user, task_id=task_id, title=body.title, parts=body.parts)
    return Status(201, show(request, response, copy))


@router.post(
    "/checklist/{item_id}/card",
    response=answers(TaskOut, status=201, refusals=CHANGE),
    operation_id="card_from_checklist_item",
)
def card_from_line(request: SignedInRequest, response: HttpResponse, item_id: Id):
    """The line leaves the checklist and becomes a card, a part of the one that it stood on."""
    return Status(201, show(request, response, duplicates.card_from_line(actor=request.user, item_id=item_id)))


@router.get("/tasks/{task_id}/related", response=answers(RelatedList), operation_id="list_related")
def list_related(request: SignedInRequest, task_id: Id):
    """The related cards, also of other initiatives, that the reader sees."""
    task = find_task(viewer=request.user, task_id=task_id)
    return {"items": related_to(task, request.user)}


@router.put(
    "/tasks/{task_id}/related/{other_id}",
    response=answers(None, status=204, refusals=CHANGE),
    operation_id="relate_task",
)
def relate(request: SignedInRequest, task_id: Id, other_id: Id):
    set_related(actor=request.user, task_id=task_id, other_id=other_id, related=True)
    return Status(204, None)


@router.delete(
    "/tasks/{task_id}/related/{other_id}",
    response=answers(None, status=204, refusals=CHANGE),
    operation_id="unrelate_task",
)
def unrelate(request: SignedInRequest, task_id: Id, other_id: Id):
    set_related(actor=request.user, task_id=task_id, other_id=other_id, related=False)
    return Status(204, None)
