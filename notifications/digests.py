"""The digest: once a day or a week, what is still unread of what was not worth an interruption."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django_tasks import task

from notifications.models import Attention, Delivery, Notification, Urgency
from notifications.outbox import ask_for
from notifications.quiet import next_digest
from notifications.selectors import notifications_for
from tracker.jobs.schedules import comes_round, every
from tracker.log.turns import turn
from tracker.people.models import User

OLDEST = timedelta(days=14)  # what was passed over for so long is in the inbox
AT_ONCE = 100  # people in one transaction
MOST_ITEMS = 500


@task()
def send_digests() -> int:
    """Put together whose digest is due; returns how many."""
    give_everybody_a_time()
    made = 0
    while some := due_now():
        made += some
    return made


def give_everybody_a_time() -> None:
    """Who came since the last time, or has just changed their mind, gets a time for their next digest."""
    at = now()
    newcomers = User.objects.filter(is_active=True, attention=None)[:AT_ONCE]
    with turn(), transaction.atomic():
        Attention.objects.bulk_create([Attention(person=person) for person in newcomers], ignore_conflicts=True)
        waiting = Attention.objects.filter(next_digest=None, person__is_active=True)
        rows = list(waiting.exclude(digest=Attention.Digest.OFF).select_related("person")[:500])
        for row in rows:
            row.next_digest = next_digest(row, zone_of(row), at)
        Attention.objects.bulk_update(rows, ["next_digest"], batch_size=200)


def zone_of(row: Attention) -> ZoneInfo:
    return ZoneInfo(row.person.time_zone)


def due_now() -> int:
    """Some of those whose time has come, in one transaction; of several workers, one takes each."""
    at = now()
    with turn(), transaction.atomic():
        rows = list(
            Attention.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(next_digest__lte=at)
            .select_related("person")[:AT_ONCE]
        )
        ready = [row for row in rows if is_time(row, at)]
        made = [digest for row in ready if (digest := digest_for(row, at)) is not None]
        ask_for(made, at)
        Delivery.objects.bulk_create(made)
        for row in rows:
            if row in ready:
                row.last_digest = at
            row.next_digest = next_digest(row, zone_of(row), at)
        Attention.objects.bulk_update(rows, ["last_digest", "next_digest"], batch_size=200)
    return len(rows)


def is_time(row: Attention, at: datetime) -> bool:
    """Not for whoever has left, nor for whoever has travelled west since the time was set: theirs is still to come."""
    moved = next_digest(row, zone_of(row), (row.next_digest or at) - timedelta(seconds=1))
    return row.person.is_active and moved is not None and moved <= at


def digest_for(row: Attention, at: datetime) -> Delivery | None:
    items = list(unsent(row, at).values_list("pk", flat=True)[:MOST_ITEMS])
    if not items:
        return None
    return Delivery(
        way=Delivery.Way.MAIL,
        kind=Delivery.Kind.DIGEST,
        target=f"digest:{row.person_id}",
        recipient=row.person,
        items=items,
        is_open=False,
        created_at=at,
        due_at=at,
    )


def unsent(row: Attention, at: datetime) -> QuerySet[Notification]:
    """What came since the last digest and is still unread. An hour before it counts too, because what happens is told a
    little later; what stood in the last one does not come again."""
    since = max(row.last_digest - timedelta(hours=1), at - OLDEST) if row.last_digest else at - OLDEST
    rows = notifications_for(row.person).filter(urgency=Urgency.DIGEST, read_at=None, done_at=None, at__gt=since)
    last = Delivery.objects.filter(target=f"digest:{row.person_id}").order_by("-created_at").first()
    return rows.exclude(pk__in=last.items if last else []).order_by("pk")


comes_round("notifications.digests", send_digests, every(60))
