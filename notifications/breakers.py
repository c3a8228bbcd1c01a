"""Circuit breakers: a target that does not answer is left alone for a while, so that nobody waits behind it.

A breaker opens after some failures in a row, each time for longer. When its time is over one delivery tries again, and
closes it or opens it anew.
"""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, Q, QuerySet

from notifications.models import Breaker, Delivery
from tracker.log.statements import compiled

MAIL = "mail"
OPENS_AFTER = 3  # failures in a row
FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=6)


def name_of_target(delivery: Delivery) -> str:
    """What fails together: the one mail server, a push service, a hook."""
    if delivery.subscription is not None:
        return f"push:{urlsplit(delivery.subscription.endpoint).netloc}"[:300]
    return MAIL if delivery.way == Delivery.Way.MAIL else delivery.target


def enter(name: str, at: datetime) -> datetime | None:
    """Take the target for oneself; where it is left alone or busy, when to come again."""
    breaker = next(iter(breaker_of(target=name)), None) or Breaker.objects.get_or_create(target=name)[0]
    if breaker.open_until is not None and breaker.open_until > at:
        return breaker.open_until
    if name == MAIL:
        return None  # a mail server takes many at once, and one lane sends them
    lease = timedelta(seconds=settings.JOBS_LEASE)  # it answers, or is given up, well before
    free = Breaker.objects.filter(Q(busy_until=None) | Q(busy_until__lte=at), target=name)
    if not free.update(busy_until=at + lease):
        return at + timedelta(seconds=2)
    return None


@compiled
def breaker_of(*, target: str) -> QuerySet[Breaker]:
    return Breaker.objects.filter(target=target)


def worked(name: str) -> None:
    changed = Breaker.objects.filter(target=name).exclude(busy_until=None, failures=0)
    changed.update(busy_until=None, failures=0, open_until=None, error="")


def failed(name: str, at: datetime, error: str) -> None:
    Breaker.objects.filter(target=name).update(busy_until=None, failures=F("failures") + 1, error=error[:500])
    breaker = Breaker.objects.get(target=name)
    if breaker.failures >= OPENS_AFTER:
        doubled = min(breaker.failures - OPENS_AFTER, 10)
        Breaker.objects.filter(target=name).update(open_until=at + min(FIRST * 2**doubled, LONGEST))
