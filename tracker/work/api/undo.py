"""HTTP: taking back what one has done."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema

from tracker.log.http import CHANGE, Id, answers
from tracker.people.requests import SignedInRequest
from tracker.work.services import undo as services

router = Router(tags=["undo"])


class UndoneTask(Schema):
    id: int
    key: str
    title: str


class UndoneOut(Schema):
    """`command_id` took back `undoes`, which had done `types` to `count` tasks; the first of them by name.

    Undoing `command_id` in turn is the redo, and `is_redo` says that this was one.
    """

    command_id: UUID
    undoes: UUID
    is_redo: bool
    types: list[str]
    count: int
    tasks: list[UndoneTask]


def show(done: services.Undone) -> dict[str, Any]:
    return vars(done)


@router.post("/commands/{command_id}/undo", response=answers(UndoneOut, refusals=CHANGE), operation_id="undo_command")
def undo_command(request: SignedInRequest, command_id: UUID):
    """Take back one of one's own commands, known by its Idempotency-Key: all of it or nothing.

    409 `changed_since` where somebody has changed the same since (`detail.people`), `already_undone`, `too_late`,
    `cannot_undo`, `nothing_to_undo` where it had changed nothing.
    """
    return show(services.undo(actor=request.user, target=command_id))


@router.post("/projects/{project_id}/undo", response=answers(UndoneOut, refusals=CHANGE), operation_id="undo_last")
def undo_last(request: SignedInRequest, project_id: Id):
    """Take back the last thing that one did on this board within the last hour. 409 `nothing_to_undo`."""
    return show(services.undo_last(actor=request.user, project_id=project_id))


@router.post("/projects/{project_id}/redo", response=answers(UndoneOut, refusals=CHANGE), operation_id="redo_last")
def redo_last(request: SignedInRequest, project_id: Id):
    """Do again what one took back last, unless one has done something else since. 409 `nothing_to_undo`."""
    return show(services.undo_last(actor=request.user, project_id=project_id, redo=True))
