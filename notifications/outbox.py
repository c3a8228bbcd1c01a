"""The outbox: what is to leave the house is put into open bundles, in the transaction that tells people of it.

One open bundle for each target: thirty-five cards that a meeting changed are one mail. Urgent news draws the bundle
forward, but not twice within the time that a bundle waits.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, QuerySet

from notifications.choices import Way, wanted
from notifications.models import Attention, Breaker, Delivery, Hook, Notification, Subscription, Urgency
from notifications.quiet import rest_until
from tracker.jobs.queue import enqueue_many
from tracker.log.statements import Numbers, Texts, compiled, insert, save_each
from tracker.people.models import User

CHANNEL_WAITS = timedelta(minutes=1)  # of an initiative's chat: a channel reads what belongs together at once
STALE = timedelta(days=1)  # what happened before is in the inbox, and interrupts nobody any more
FIRST = 50  # the priority of a letter: whoever waits for it waits behind no news
MOST_ITEMS = 500  # in one bundle; what is beyond is in the inbox, or for a program in the next one


@dataclass
class Target:
    """Where something goes: as the key of its bundle, and as the row that knows the address."""

    key: str
    way: str
    recipient: int | None = None
    hook: int | None = None
    subscription: int | None = None


@dataclass
class Parcel:
    """What is to be put into one target's bundle: news that have been written by then, or events."""

    target: Target
    is_urgent: bool
    waits: timedelta
    not_before: datetime
    news: list[Notification] = field(default_factory=list)
    events: list[int] = field(default_factory=list)

    @property
    def items(self) -> list[int]:
        """Without news that had been told before: they were not written again."""
        return self.events or [row.pk for row in self.news if row.pk is not None]


def for_people(rows: list[Notification], at: datetime) -> dict[int, list[Parcel]]:
    """Where these notifications, which are about to be written, should go besides: by person."""
    loud = [row for row in rows if row.urgency != Urgency.DIGEST and row.at > at - STALE]
    people = {row.recipient_id for row in loud}
    if not people:
        return defaultdict(list)
    targets = targets_of(people)
    wants = {way: wanted(people, way) for way in (Way.MAIL, Way.PUSH, Way.CHAT)}
    attention = attention_of(people)
    found: dict[str, Parcel] = {}
    for row in loud:
        for target in targets[row.recipient_id]:
            if wants[Way(target.way)](row):
                add(found, target, row, attention[row.recipient_id], at)
    parcels = defaultdict[int, list[Parcel]](list)
    for parcel in found.values():
        parcels[parcel.news[0].recipient_id].append(parcel)
    return parcels


def add(found: dict[str, Parcel], target: Target, row: Notification, whose: "Clock", at: datetime) -> None:
    parcel = found.get(target.key)
    if parcel is None:
        waits = timedelta(minutes=whose.attention.bundle_minutes)
        parcel = found[target.key] = Parcel(target, False, waits, whose.free_from(at + waits))
    parcel.news.append(row)
    if row.urgency == Urgency.NOW and (whose.attention.urgent_in_quiet or whose.free_from(at) == at):
        parcel.is_urgent = True


@dataclass(frozen=True)
class Clock:
    """A person's rules and time zone."""

    attention: Attention
    zone: ZoneInfo

    def free_from(self, at: datetime) -> datetime:
        """This moment, or the end of the rest that it falls into."""
        return rest_until(self.attention, self.zone, at) or at


def attention_of(people: Iterable[int]) -> dict[int, Clock]:
    """Everybody's rules; the defaults for those who chose nothing."""
    ids = set(people)
    rows = {row.pk: row for row in rules_of(people=Numbers(ids))}
    zones = zones_of(people=Numbers(ids))
    return {pk: Clock(rows.get(pk) or Attention(person_id=pk), ZoneInfo(zone)) for pk, zone in zones}


@compiled
def rules_of(*, people: Numbers) -> QuerySet[Attention]:
    return Attention.objects.filter(pk__in=people)


@compiled
def zones_of(*, people: Numbers) -> QuerySet[User, Any]:
    return User.objects.filter(pk__in=people).values_list("pk", "time_zone")


def targets_of(people: set[int]) -> dict[int, list[Target]]:
    """Where each of these people can be reached: by mail always, by what they set up besides."""
    found = defaultdict[int, list[Target]](list)
    for (pk,) in with_mail(people=Numbers(people)):
        found[pk].append(Target(f"mail:{pk}", Delivery.Way.MAIL, recipient=pk))
    for pk, person in browsers_of(people=Numbers(people)):
        found[person].append(Target(f"push:{pk}", Delivery.Way.PUSH, recipient=person, subscription=pk))
    for pk, person in chats_of(people=Numbers(people)):
        found[person].append(Target(f"hook:{pk}", Delivery.Way.CHAT, recipient=person, hook=pk))
    return found


@compiled
def with_mail(*, people: Numbers) -> QuerySet[User, Any]:
    return User.objects.filter(pk__in=people, is_active=True).exclude(email="").values_list("pk")


@compiled
def browsers_of(*, people: Numbers) -> QuerySet[Subscription, Any]:
    return Subscription.objects.filter(person__in=people).values_list("pk", "person")


@compiled
def chats_of(*, people: Numbers) -> QuerySet[Hook, Any]:
    own = Hook.objects.filter(owner__in=people, scope="", is_on=True).exclude(kind=Hook.Kind.WEBHOOK)
    return own.values_list("pk", "owner")


def for_hooks(project_id: int, account_id: int | None, events: list[int], at: datetime) -> list[Parcel]:
    """What happened in an initiative, for its hooks and for its account's."""
    scopes = [f"project:{project_id}", *([f"account:{account_id}"] if account_id else [])]
    parcels = []
    for hook in hooks_on(scopes=Texts(scopes)) if events else ():
        is_program = hook.kind == Hook.Kind.WEBHOOK
        way = Delivery.Way.WEBHOOK if is_program else Delivery.Way.CHAT
        waits = timedelta() if is_program else CHANNEL_WAITS
        target = Target(f"hook:{hook.pk}", way, hook=hook.pk)
        parcels.append(Parcel(target, is_program, waits, at + waits, events=list(events)))
    return parcels


@compiled
def hooks_on(*, scopes: Texts) -> QuerySet[Hook]:
    return Hook.objects.filter(scope__in=scopes, is_on=True)


def put(parcels: Iterable[Parcel], at: datetime) -> None:
    """Into the open bundle of each target; a new one where none is open. Then somebody is asked to send them."""
    found = {parcel.target.key: parcel for parcel in parcels if parcel.items}
    if not found:
        return
    latest = last_sent(found.values())
    there = open_bundles(found)
    close_full(there, found)
    new = {key: new_bundle(parcel, at) for key, parcel in sorted(found.items()) if key not in there}
    moved = []
    for key, bundle in [*there.items(), *new.items()]:
        parcel = found[key]
        bundle.items = [*bundle.items, *parcel.items]
        if parcel.target.way != Delivery.Way.WEBHOOK:
            bundle.items = bundle.items[:MOST_ITEMS]
        bundle.is_urgent |= parcel.is_urgent
        due = due_of(parcel, at, latest.get(key))
        if bundle.task is None or due < bundle.due_at:
            bundle.due_at = due
            moved.append(bundle)
    ask_for(moved, at)
    save_each(list(there.values()), "items", "due_at", "is_urgent", "task")
    if not new:
        return
    if insert(list(new.values()), or_nothing=True) < len(
        new
    ):  # another process has just opened some for the same targets
        made = set(Delivery.objects.filter(pk__in=[row.pk for row in new.values()]).values_list("target", flat=True))
        put([found[key] for key in new if key not in made], at)


def close_full(there: dict[str, Delivery], found: dict[str, Parcel]) -> None:
    """Programs get every event: one bundle more, where people find the rest in their inbox."""
    full = {
        key: row
        for key, row in there.items()
        if row.way == Delivery.Way.WEBHOOK and len(row.items) + len(found[key].items) > MOST_ITEMS
    }
    if full:
        Delivery.objects.filter(pk__in=[row.pk for row in full.values()]).update(is_open=False)
    for key in full:
        del there[key]


def open_bundles(keys: Iterable[str]) -> dict[str, Delivery]:
    """Locked, in one order. One that is being sent just now is open no more."""
    return {row.target: row for row in bundles_for(targets=Texts(keys))}


@compiled
def bundles_for(*, targets: Texts) -> QuerySet[Delivery]:
    return Delivery.objects.select_for_update().filter(target__in=targets, is_open=True).order_by("target")


def new_bundle(parcel: Parcel, at: datetime) -> Delivery:
    target = parcel.target
    return Delivery(
        way=target.way,
        target=target.key,
        recipient_id=target.recipient,
        hook_id=target.hook,
        subscription_id=target.subscription,
        created_at=at,
        due_at=parcel.not_before,
    )


def due_of(parcel: Parcel, at: datetime, last: datetime | None) -> datetime:
    """When it goes: urgent news now, but not again before a bundle's time has passed since the last."""
    if not parcel.is_urgent:
        return parcel.not_before
    return max(at, last + parcel.waits) if last is not None else at


def last_sent(parcels: Iterable[Parcel]) -> dict[str, datetime]:
    keys = [parcel.target.key for parcel in parcels if parcel.is_urgent and parcel.waits]
    if not keys:
        return {}
    rows = (
        Delivery.objects.filter(target__in=keys, sent_at__isnull=False).values("target").annotate(last=Max("sent_at"))
    )
    return {row["target"]: row["last"] for row in rows}


def ask_for(deliveries: list[Delivery], at: datetime) -> None:
    """Have these sent when they are due. Sets `task`; the caller writes it."""
    from notifications.sending import send_delivery

    if not deliveries:
        return
    failed_before = {target for (target,) in troubled()}
    is_letter = any(row.kind == Delivery.Kind.LETTER for row in deliveries)
    tasks = enqueue_many(
        send_delivery.using(priority=FIRST) if is_letter else send_delivery,
        [({"delivery": str(row.pk)}, row.due_at, queue_of(row, row.target in failed_before)) for row in deliveries],
        stamp=at,
    )
    for row, task in zip(deliveries, tasks, strict=True):
        row.task = task


@compiled
def troubled() -> QuerySet[Breaker, Any]:
    return Breaker.objects.filter(failures__gt=0).values_list("target")


def queue_of(delivery: Delivery, is_troubled: bool) -> str:
    """Whoever has failed before waits in a lane of their own, so that they hold up none that answers."""
    if delivery.way == Delivery.Way.MAIL:
        return "mail"
    return "slow" if is_troubled or delivery.attempts else "outgoing"
