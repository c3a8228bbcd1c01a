"""Sending a delivery: taken for oneself, put together, handed to its transport, and noted.

Whoever dies in between leaves it locked for a while; then it is sent again under the same id. So it leaves at least once,
and twice at most as often as somebody died.
"""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import now
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from notifications import breakers
from notifications.contents import Contents, a_test, contents_of, speaking
from notifications.mail import letter_of
from notifications.models import Delivery, Hook
from notifications.outbox import ask_for, attention_of, queue_of
from notifications.transports import Gone, NotTaken, transport_of
from tracker.jobs.queue import enqueue_many
from tracker.jobs.schedules import comes_round, every
from tracker.log.statements import compiled, update
from tracker.log.turns import turn
from tracker.people.invitations import INVITATION_LASTS

logger = logging.getLogger(__name__)

WAITS = tuple(timedelta(minutes=minutes) for minutes in (0.5, 2, 10, 30, 60, 180, 360, 720, 1440, 1440))
"""Before the next attempt; after the last one an administrator decides."""
LONGEST_WAIT = timedelta(hours=24)


@task()
def send_delivery(delivery: str) -> str:
    """Send it if it is due and nobody else is at it. Returns what became of it."""
    at = now()
    found = take(UUID(delivery), at)
    if found is None:
        come_back(UUID(delivery), at)
        return "not due"
    return send(found)


def come_back(pk: UUID, at: datetime) -> None:
    """Somebody has it, or had it when they died: look again when their time is over."""
    row = Delivery.objects.filter(pk=pk, state=Delivery.State.WAITING, locked_until__gt=at).first()
    if row is not None:
        again = ({"delivery": str(pk)}, row.locked_until, queue_of(row, bool(row.attempts)))
        with turn(), transaction.atomic():
            enqueue_many(send_delivery, [again], stamp=at)


def take(pk: UUID, at: datetime) -> Delivery | None:
    """Lock a delivery that is due for this worker. From here on no news join it."""
    lease = timedelta(seconds=settings.JOBS_LEASE)
    free = Q(locked_until=None) | Q(locked_until__lte=at)
    mine = Delivery.objects.filter(free, pk=pk, state=Delivery.State.WAITING, due_at__lte=at)
    with turn():
        taken = mine.update(locked_until=at + lease, is_open=False)
    if not taken:
        return None
    return next(iter(delivery_with(pk=pk)), None)


@compiled
def delivery_with(*, pk: UUID) -> QuerySet[Delivery]:
    return Delivery.objects.select_related("recipient", "hook__owner", "subscription").filter(pk=pk)


def send(delivery: Delivery) -> str:
    at = now()
    if (rest := rests_until(delivery, at)) is not None:
        return postpone(delivery, rest)
    target = breakers.name_of_target(delivery)
    contents = what_is_said(delivery)
    if contents is None:
        return note(delivery, Delivery.State.DROPPED)
    later = breakers.enter(target, at)
    if later is not None and delivery.kind != Delivery.Kind.LETTER:  # somebody stands at the door: it is always tried
        return postpone(delivery, later)
    try:
        with speaking(contents.language):
            transport_of(delivery)(delivery, contents)
            title = contents.title
    except Gone as error:
        breakers.worked(target)
        if delivery.hook_id is not None:
            Hook.objects.filter(pk=delivery.hook_id).update(is_on=False)  # it said itself that it is no more
        return note(delivery, Delivery.State.DROPPED, error=str(error))
    except NotTaken as error:
        return failed(delivery, target, error, at)
    except Exception as error:
        logger.exception("delivery %s could not be sent", delivery.pk)
        return failed(delivery, target, NotTaken(f"{type(error).__name__}: {error}"), at)
    breakers.worked(target)
    return note(delivery, Delivery.State.SENT, title=title, counts=contents.counts)


def what_is_said(delivery: Delivery) -> Contents | None:
    if delivery.kind == Delivery.Kind.LETTER:
        return letter_of(delivery)
    return a_test(delivery) if delivery.kind == Delivery.Kind.TEST else contents_of(delivery)


def rests_until(delivery: Delivery, at: datetime) -> datetime | None:
    """Whether the person has come to rest since: quiet hours may have begun, or been set."""
    if delivery.recipient_id is None or delivery.is_urgent or delivery.kind != Delivery.Kind.NEWS:
        return None
    free = attention_of([delivery.recipient_id])[delivery.recipient_id].free_from(at)
    return free if free > at else None


def failed(delivery: Delivery, target: str, error: NotTaken, at: datetime) -> str:
    """Later again, each time later, up to a day; what will never be taken is not tried again."""
    words = str(error)[:500]
    if error.is_final:
        breakers.worked(target)  # it answers
    else:
        breakers.failed(target, at, words)
    delivery.attempts += 1
    if error.is_final or delivery.attempts > len(WAITS) or delivery.kind == Delivery.Kind.TEST:
        return note(delivery, Delivery.State.FAILED, error=words)
    asked = timedelta(seconds=error.retry_after or 0)
    wait = min(max(WAITS[delivery.attempts - 1], asked), LONGEST_WAIT)
    return postpone(delivery, at + wait, error=words)


def postpone(delivery: Delivery, until: datetime, *, error: str = "") -> str:
    with turn(), transaction.atomic():
        delivery.due_at, delivery.locked_until, delivery.error = until, None, error or delivery.error
        ask_for([delivery], now())
        delivery.save(update_fields=["due_at", "locked_until", "error", "attempts", "task"])
    return f"waits until {until.isoformat()}"


def note(
    delivery: Delivery, state: Delivery.State, *, error: str = "", title: str = "", counts: dict[str, int] | None = None
) -> str:
    with turn():
        update(
            Delivery,
            {"id": delivery.pk},
            state=state,
            error=error,
            title=title[:200],
            counts=counts or {},
            attempts=delivery.attempts + (state == Delivery.State.SENT),
            sent_at=now() if state == Delivery.State.SENT else None,
            locked_until=None,
            sealed=delivery.sealed if state == Delivery.State.FAILED else "",
        )
    return str(state.value)


def replay(delivery: Delivery) -> None:
    """Send it once more, under the same id: for an administrator, when what was in the way is gone."""
    with turn(), transaction.atomic():
        delivery.state, delivery.due_at, delivery.locked_until = Delivery.State.WAITING, now(), None
        delivery.attempts, delivery.error, delivery.is_open = 0, "", False
        ask_for([delivery], now())
        delivery.save(
            update_fields=["state", "due_at", "locked_until", "attempts", "error", "is_open", "task"],
        )


@task()
def find_forgotten() -> int:
    """What is due and has nobody at it any more, because whoever had it died: it is asked for again."""
    at = now()
    alive = DBTaskResult.objects.filter(
        pk=OuterRef("task"), status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)
    )
    free = Q(locked_until=None) | Q(locked_until__lte=at)
    forgotten = Delivery.objects.filter(free, ~Exists(alive), state=Delivery.State.WAITING, due_at__lte=at)
    with turn(), transaction.atomic():
        rows = list(forgotten.select_for_update(skip_locked=True)[:500])
        ask_for(rows, at)
        Delivery.objects.bulk_update(rows, ["task"], batch_size=200)
    return len(rows)


KEPT = timedelta(days=90)
LETTERS_KEPT = INVITATION_LASTS


@task()
def forget_deliveries() -> int:
    """The log of what was sent is kept for 90 days. What failed stays until somebody has looked at it, as long; a letter
    that failed is kept sealed for as long as its link may hold."""
    with turn():
        Delivery.objects.filter(created_at__lt=now() - LETTERS_KEPT).exclude(sealed="").update(sealed="")
        return Delivery.objects.filter(created_at__lt=now() - KEPT).exclude(state=Delivery.State.WAITING).delete()[0]


comes_round("notifications.find_forgotten", find_forgotten, every(30))
comes_round("notifications.forget_deliveries", forget_deliveries, every(6 * 3600))
