"""Background work as administrators see it."""

from typing import Any

from django.conf import settings
from django.db.models import Case, Count, Min, Q, When
from django.utils.timezone import now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tracker.jobs.models import Schedule, Worker
from tracker.log.models import Stumble

MOST = 100
READY, RUNNING, FAILED = TaskResultStatus.READY, TaskResultStatus.RUNNING, TaskResultStatus.FAILED


def queues() -> list[dict[str, Any]]:
    """Each queue: what is due and waits, since when, what is being done, what waits for its time, what has failed."""
    at = now()
    at_once = Q(run_after__year=9999)
    due = Q(status=READY) & (Q(run_after__lte=at) | at_once)
    since = Case(When(at_once, then="enqueued_at"), default="run_after")
    rows = DBTaskResult.objects.filter(status__in=[READY, RUNNING, FAILED]).order_by().values("queue_name")
    found = {
        row["queue_name"]: row
        for row in rows.annotate(
            waiting=Count("pk", filter=due),
            running=Count("pk", filter=Q(status=RUNNING)),
            later=Count("pk", filter=Q(status=READY)),
            failed=Count("pk", filter=Q(status=FAILED)),
            oldest=Min(since, filter=due),
        )
    }
    nothing: dict[str, Any] = {"waiting": 0, "running": 0, "later": 0, "failed": 0, "oldest": None}
    shown = [{"name": name, **(found.get(name) or nothing)} for name in settings.JOBS_LANES]
    return [row | {"later": row["later"] - row["waiting"]} for row in shown]


def failures() -> list[dict[str, Any]]:
    rows = DBTaskResult.objects.failed().order_by("-finished_at")[:MOST]
    return [
        {
            "id": row.pk,
            "task": row.task_path.rpartition(".")[2],
            "path": row.task_path,
            "queue": row.queue_name,
            "tries": len(row.worker_ids),
            "at": row.finished_at,
            "error": last_line(row.traceback),
            "trace": row.traceback[-4000:],
        }
        for row in rows
    ]


def last_line(trace: str) -> str:
    """What went wrong, without the way there."""
    lines = trace.strip().splitlines()
    return lines[-1][:300] if lines else ""


def schedules() -> list[dict[str, Any]]:
    rows = list(Schedule.objects.all())
    results = DBTaskResult.objects.in_bulk([row.last_task for row in rows if row.last_task])
    return [
        {
            "name": row.name,
            "rule": row.rule,
            "last_run": row.last_run,
            "next_run": row.next_run,
            "outcome": outcome(results.get(row.last_task)) if row.last_task else "",
        }
        for row in rows
    ]


def outcome(row: DBTaskResult | None) -> str:
    """`done` also where the result was forgotten since: what fails is kept longer."""
    if row is None or row.status == TaskResultStatus.SUCCESSFUL:
        return "done"
    return {READY: "waiting", RUNNING: "running", FAILED: "failed"}[TaskResultStatus(row.status)]


def workers() -> list[Worker]:
    return list(Worker.objects.order_by("started_at"))


def stumbles() -> list[dict[str, Any]]:
    rows = Stumble.objects.select_related("event__stream").order_by("-at")[:MOST]
    return [
        {
            "id": row.pk,
            "follower": row.follower,
            "event": f"{row.event.stream.name}.{row.event.seq}",
            "type": row.event.type,
            "at": row.at,
            "error": last_line(row.error),
            "trace": row.error[-4000:],
        }
        for row in rows
    ]
