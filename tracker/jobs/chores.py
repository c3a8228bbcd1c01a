"""What keeps the house: done work is forgotten after a while, and the rest that `manage.py tidy` forgets, every night."""

from datetime import timedelta

from django.core.management import call_command
from django.utils.timezone import now
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from tracker.jobs.models import Schedule
from tracker.jobs.schedules import comes_round, daily, every

KEPT_DONE = timedelta(days=1)
KEPT_FAILED = timedelta(days=30)


@task()
def forget_done_work() -> int:
    at = now()
    # The last answer of what comes round is a figure: `verify_findings`.
    answers = Schedule.objects.exclude(last_task=None).values("last_task")
    done = DBTaskResult.objects.successful().filter(finished_at__lt=at - KEPT_DONE).exclude(pk__in=answers)
    failed = DBTaskResult.objects.failed().filter(finished_at__lt=at - KEPT_FAILED)
    return done.delete()[0] + failed.delete()[0]


@task()
def tidy() -> None:
    call_command("tidy")


comes_round("jobs.forget_done_work", forget_done_work, every(3600))
comes_round("jobs.tidy", tidy, daily(3, 30))
