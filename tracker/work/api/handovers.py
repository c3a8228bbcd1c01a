"""HTTP: handing tasks over from one function to another."""

from typing import Annotated

from ninja import Router, Schema, Status
from pydantic import AfterValidator, AwareDatetime, StringConstraints

from tracker.log.http import CHANGE, Id, In, answers, not_blank
from tracker.people.requests import SignedInRequest
from tracker.work.api.tasks import HandOverOut
from tracker.work.selectors.tasks import find_task, handover_row
from tracker.work.services import handovers as services

router = Router(tags=["hand-overs"])

Note = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True)]
Reason = Annotated[str, StringConstraints(max_length=2000, strip_whitespace=True), AfterValidator(not_blank)]


class HandOverIn(In):
    """`answer_by` is when an answer is needed."""

    to_function: Id
    note: Note = ""
    answer_by: AwareDatetime | None = None


class ReturnIn(In):
    reason: Reason


class HandOversOut(Schema):
    items: list[HandOverOut]


@router.get("/tasks/{task_id}/handovers", response=answers(HandOversOut), operation_id="list_handovers")
def list_handovers(request: SignedInRequest, task_id: Id):
    """All of a task, oldest first; of the last at most is still waiting for an answer."""
    task = find_task(viewer=request.user, task_id=task_id)
    return {"items": [handover_row(one) for one in task.handovers.all()]}


@router.post(
    "/tasks/{task_id}/handovers",
    response=answers(HandOverOut, status=201, refusals=CHANGE),
    operation_id="ask_handover",
)
def ask_handover(request: SignedInRequest, task_id: Id, body: HandOverIn):
    return Status(201, handover_row(services.ask(actor=request.user, task_id=task_id, **body.dict())))


@router.post(
    "/handovers/{handover_id}/accept", response=answers(HandOverOut, refusals=CHANGE), operation_id="accept_handover"
)
def accept_handover(request: SignedInRequest, handover_id: Id):
    """The task goes to the function that was asked, and to who accepts."""
    return handover_row(services.accept(actor=request.user, handover_id=handover_id))


@router.post(
    "/handovers/{handover_id}/return", response=answers(HandOverOut, refusals=CHANGE), operation_id="return_handover"
)
def return_handover(request: SignedInRequest, handover_id: Id, body: ReturnIn):
    return handover_row(services.hand_back(actor=request.user, handover_id=handover_id, reason=body.reason))


@router.post(
    "/handovers/{handover_id}/withdraw",
    response=answers(HandOverOut, refusals=CHANGE),
    operation_id="withdraw_handover",
)
def withdraw_handover(request: SignedInRequest, handover_id: Id):
    return handover_row(services.withdraw(actor=request.user, handover_id=handover_id))
