"""HTTP: background work, for administrators."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Path, Router, Schema, Status
from pydantic import StringConstraints

from tracker.jobs import selectors, services
from tracker.log.http import CHANGE, Id, answers
from tracker.people import access
from tracker.people.requests import SignedInRequest

router = Router(tags=["jobs"])

ScheduleName = Annotated[str, StringConstraints(pattern=r"^[a-z_.]{1,60}$")]


class QueueOut(Schema):
    """`waiting` is due now, the `oldest` of it since then; `later` waits for its time."""

    name: str
    waiting: int
    running: int
    later: int
    failed: int
    oldest: datetime | None


class WorkerOut(Schema):
    name: str
    started_at: datetime
    seen_at: datetime


class ScheduleOut(Schema):
    name: str
    rule: str
    last_run: datetime | None
    next_run: datetime
    outcome: Literal["", "waiting", "running", "done", "failed"]


class FailureOut(Schema):
    """Work that failed as often as it is tried."""

    id: UUID
    task: str
    path: str
    queue: str
    tries: int
    at: datetime | None
    error: str
    trace: str


class StumbleOut(Schema):
    """An event that a follower of the log could not take."""

    id: int
    follower: str
    event: str
    type: str
    at: datetime
    error: str
    trace: str


class WorkOut(Schema):
    queues: list[QueueOut]
    workers: list[WorkerOut]
    schedules: list[ScheduleOut]
    failures: list[FailureOut]
    stumbles: list[StumbleOut]


@router.get("/background-work", response=answers(WorkOut, refusals=(403,)), operation_id="read_background_work")
def read_background_work(request: SignedInRequest):
    """All of it at a glance: queues, workers, schedules with their last run, and what went wrong."""
    access.require_administrator(request.user)
    return {
        "queues": selectors.queues(),
        "workers": selectors.workers(),
        "schedules": selectors.schedules(),
        "failures": selectors.failures(),
        "stumbles": selectors.stumbles(),
    }


@router.post(
    "/background-work/{task_id}/replay", response=answers(None, status=204, refusals=CHANGE), operation_id="replay_work"
)
def replay_work(request: SignedInRequest, task_id: UUID):
    services.replay_work(actor=request.user, task_id=task_id)
    return Status(204, None)


@router.post(
    "/stumbles/{stumble_id}/replay", response=answers(None, status=204, refusals=CHANGE), operation_id="replay_stumble"
)
def replay_stumble(request: SignedInRequest, stumble_id: Id):
    services.replay_stumble(actor=request.user, stumble_id=stumble_id)
    return Status(204, None)


@router.post("/schedules/{name}/run", response=answers(None, status=204, refusals=CHANGE), operation_id="run_schedule")
def run_schedule(request: SignedInRequest, name: Path[ScheduleName]):
    services.run_now(actor=request.user, name=name)
    return Status(204, None)
