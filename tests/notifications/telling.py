"""Small words for tests of what leaves the house."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import now

from notifications.models import Attention, Delivery
from notifications.notifier import NOTIFIER
from tests.work.conftest import Board
from tracker.jobs.lanes import drain
from tracker.log.followers import Step, catch_up
from tracker.log.models import Event, Stream
from tracker.people.models import User
from tracker.work.models import Task
from tracker.work.services.comments import add_comment


def say(board: Board, task: Task, body: str = "Look") -> None:
    add_comment(actor=board.manager, task_id=task.pk, body=body)


def mention(person: User) -> str:
    return f"[@You](/people/{person.pk})"


def always_there(*people: User, **values: Any) -> None:
    """These people are at work at any hour, so that a test does not depend on when it runs."""
    for person in people:
        free = {"quiet_from": None, "quiet_until": None, "working_days": ""} | values
        Attention.objects.update_or_create(person=person, defaults=free)


def tell() -> None:
    """Let the notifier read, and do the work that is due."""
    catch_up([NOTIFIER])
    drain("mail", "outgoing", "slow")


def time_passes(minutes: float = 6) -> None:
    """As if it were so much later: everything that waits is due so much sooner. Then what is due is done."""
    from django.db.models import F
    from django_tasks_db.models import DBTaskResult

    by = timedelta(minutes=minutes)
    waiting = Delivery.objects.filter(state="waiting")
    waiting.update(due_at=F("due_at") - by, locked_until=F("locked_until") - by)
    Delivery.objects.filter(sent_at__isnull=False).update(sent_at=F("sent_at") - by)
    DBTaskResult.objects.filter(
        status="READY", run_after__lt=datetime.max.replace(year=9000, tzinfo=now().tzinfo)
    ).update(run_after=F("run_after") - by)
    drain("mail", "outgoing", "slow")


def states() -> list[tuple[str, str]]:
    return list(Delivery.objects.order_by("created_at", "target").values_list("way", "state"))


def in_one_step(take: Callable[[Stream, list[Event]], None]) -> Callable[[Stream, list[Event]], list[Step]]:
    """The plan of a follower that writes all it has in one transaction."""
    return lambda stream, events: [lambda log: take(stream, events)]
