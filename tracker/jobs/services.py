"""What an administrator does with work that went wrong."""

from uuid import UUID

from django.utils.timezone import now
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from tracker.errors import NotFound, Refused
from tracker.jobs.models import Schedule
from tracker.jobs.queue import wake
from tracker.log.change import change
from tracker.log.followers import try_again
from tracker.log.models import Stumble
from tracker.people import access
from tracker.people.models import User


def replay_work(*, actor: User, task_id: UUID) -> None:
    """Do once more what had failed for good. Raises Forbidden, NotFound."""
    access.require_administrator(actor)
    with change(actor=actor):
        row = DBTaskResult.objects.select_for_update().filter(pk=task_id, status=TaskResultStatus.FAILED).first()
        if row is None:
            raise NotFound
        row.status, row.run_after, row.worker_ids = TaskResultStatus.READY, get_date_max(), []
        row.save(update_fields=["status", "run_after", "worker_ids"])
    wake()


def replay_stumble(*, actor: User, stumble_id: int) -> None:
    """Let a follower take an event again. Raises Forbidden, NotFound, and Refused where it still cannot."""
    access.require_administrator(actor)
    with change(actor=None) as log:
        row = (
            Stumble.objects.select_for_update(of=("self",))
            .filter(pk=stumble_id)
            .select_related("event__stream")
            .first()
        )
        if row is None:
            raise NotFound
        try:
            with log.attempt():
                try_again(row)
        except Exception as error:
            words = _("It still cannot be taken: %(error)s") % {"error": f"{type(error).__name__}: {error}"[:300]}
            raise Refused(words, code="still_fails") from error


def run_now(*, actor: User, name: str) -> Schedule:
    """Have what comes round come at once. Raises Forbidden, NotFound."""
    access.require_administrator(actor)
    with change(actor=actor):
        row = Schedule.objects.select_for_update().filter(name=name).first()
        if row is None:
            raise NotFound
        row.next_run = now()
        row.save(update_fields=["next_run"])
        return row
