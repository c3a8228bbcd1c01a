"""What a person decides about being interrupted: their hours, their browsers, and what became of it in the last month."""

from collections import defaultdict
from datetime import timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from notifications.models import Attention, Delivery, Notification, Subscription
from notifications.outbox import ask_for
from notifications.quiet import next_digest
from tracker.errors import NotFound, Refused
from tracker.log.change import change
from tracker.outgoing.addresses import require_public
from tracker.people.models import User

MOST_BROWSERS = 10
LOOKED_BACK = timedelta(days=30)


def attention_of_person(person: User) -> Attention:
    return Attention.objects.filter(person=person).first() or Attention(person=person)


def set_attention(*, actor: User, fields: dict[str, Any], command_id: UUID | None = None) -> Attention:
    """Change what is given of one's hours. Raises Refused where only one end of the quiet hours is there."""
    with change(actor=actor, command_id=command_id) as log:
        Attention.objects.get_or_create(person=actor)
        row = Attention.objects.select_for_update().get(person=actor)
        for name, value in fields.items():
            setattr(row, name, value)
        if (row.quiet_from is None) != (row.quiet_until is None):
            raise Refused(_("Quiet hours have a beginning and an end."), code="incomplete", field="quiet_until")
        row.next_digest = next_digest(row, ZoneInfo(actor.time_zone), log.at)
        row.save(update_fields=[*fields, "next_digest"])
        return row


# --- browsers --------------------------------------------------------------------------------------------------------


def browsers_of(person: User) -> QuerySet[Subscription]:
    return Subscription.objects.filter(person=person).order_by("pk")


def add_browser(*, actor: User, endpoint: str, p256dh: str, auth: str, agent: str) -> Subscription:
    """Push to this browser from now on. It belongs to whoever has signed in with it last.

    Raises NotPublic, Refused for keys that are none, and for too many browsers.
    """
    from notifications.transports.push.encryption import decoded, encrypt  # see tracker/outgoing/sealing.py

    require_public(endpoint, "endpoint")
    try:
        encrypt(b"", p256dh, auth)
        if len(decoded(auth)) != 16:
            raise ValueError(auth)
    except ValueError:
        raise Refused(_("This browser's keys can't be used."), code="not_a_key", field="keys") from None
    with change(actor=actor):
        others = Subscription.objects.filter(person=actor).exclude(endpoint=endpoint)
        if others.count() >= MOST_BROWSERS:
            raise Refused(_("You are told in many browsers already. Remove one first."), code="too_many")
        values = {"person": actor, "p256dh": p256dh, "auth": auth, "agent": agent[:300]}
        row, _made = Subscription.objects.update_or_create(endpoint=endpoint, defaults=values)
        # What waits for whoever had it before: nothing of the new one's joins it, and it is dropped when it would be sent.
        Delivery.objects.filter(subscription=row, is_open=True).exclude(recipient=actor).update(is_open=False)
        return row


def remove_browser(*, actor: User, browser_id: int) -> None:
    """Raises NotFound."""
    with change(actor=actor):
        if not browsers_of(actor).filter(pk=browser_id).delete()[0]:
            raise NotFound


def try_browser(*, actor: User, browser_id: int) -> Delivery:
    """Push a test message to one of one's own browsers. Raises NotFound."""
    with change(actor=actor) as log:
        browser = browsers_of(actor).filter(pk=browser_id).first()
        if browser is None:
            raise NotFound
        row = Delivery(
            way=Delivery.Way.PUSH,
            kind=Delivery.Kind.TEST,
            target=f"push:{browser.pk}",
            recipient=actor,
            subscription=browser,
            is_open=False,
            is_urgent=True,
            created_at=log.at,
            due_at=log.at,
        )
        ask_for([row], log.at)
        row.save(force_insert=True)
        return row


# --- the last month --------------------------------------------------------------------------------------------------


def sent_lately(person: User) -> list[dict[str, Any]]:
    """How many news of each reason a person was told in each way in the last 30 days."""
    since = now() - LOOKED_BACK
    counts: dict[tuple[str, str], int] = defaultdict(int)
    told = Notification.objects.filter(recipient=person, at__gte=since)
    for reason, number in told.values_list("reason").annotate(number=Count("pk")):
        counts[reason, "inbox"] = number
    sent = Delivery.objects.filter(recipient=person, state=Delivery.State.SENT, sent_at__gte=since)
    for way, found in sent.values_list("way", "counts"):
        for reason, number in found.items():
            counts[reason, way] += number
    return [{"reason": reason, "way": way, "count": number} for (reason, way), number in sorted(counts.items())]


def interruptions(person: User) -> list[dict[str, Any]]:
    """How many messages left for them in each way: of any number of news, each interrupts once."""
    sent = Delivery.objects.filter(
        recipient=person, state=Delivery.State.SENT, sent_at__gte=now() - LOOKED_BACK
    ).exclude(kind=Delivery.Kind.TEST)
    return [dict(row) for row in sent.values("way", "kind").annotate(count=Count("pk")).order_by("way", "kind")]
