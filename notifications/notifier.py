"""The notifier: a follower of the projects' streams that writes into people's inboxes who hears of what."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.timezone import now

from notifications.choices import Way, is_muted, muted_by, wanted
from notifications.events import InboxChanged
from notifications.models import Notification, Reason
from notifications.outbox import STALE, Parcel, for_hooks, for_people, put, zones_of
from notifications.recipients import Happening, Seers, happenings, recipients
from notifications.urgency import urgency
from tracker.accounts.models import Account
from tracker.log.change import Change, user_stream
from tracker.log.followers import Follower, Step
from tracker.log.models import Event, Stream
from tracker.log.statements import Numbers, Texts, compiled, insert_numbered
from tracker.people import access
from tracker.work.models import Project

MOST_AT_ONCE = 220  # written in one transaction, so that nobody waits for long: a notification counts one,
OF_A_PERSON = 4  # and each person so many more, for their bundle, their task and their stream


def plan(stream: Stream, events: list[Event]) -> list[Step]:
    """Who hears of these events, and what goes into the outbox for them; the last step tells hooks."""
    at = now()
    if stream.kind == Stream.Kind.ACCOUNT:
        return in_steps(of_account(stream, events), at)
    project = next(iter(project_with(pk=stream.ref)), None)
    if project is None:
        return []  # gone with all that was to be told of it
    found = happenings(events, project)
    seers = Seers(project)
    told = [notification(of, person, reason) for of in found for person, reason in recipients(of, seers).items()]
    fresh = [of.event.pk for of in found if of.event.at > at - STALE]
    return in_steps(told, at, for_hooks(project.pk, project.account_id, fresh, at))


@compiled
def project_with(*, pk: int) -> QuerySet[Project]:
    return Project.objects.select_related("account").filter(pk=pk)


def of_account(stream: Stream, events: list[Event]) -> list[Notification]:
    """Of an account itself, people are told what is announced there."""
    account = Account.objects.filter(pk=stream.ref).first()
    news = [event for event in events if event.type == "announcement.published"]
    if account is None or not news:
        return []
    people = set(access.involved("account", account.pk).values_list("pk", flat=True))
    return [
        Notification(
            recipient_id=person, key=key_of(event), subject=stream.name, reason=Reason.ANNOUNCED, event=event,
            account=account, title=account.name, at=event.at,
        )
        for event in news
        for person in sorted(people - {event.actor_id})
    ]  # fmt: skip


def in_steps(told: list[Notification], at: datetime, hooks: Sequence[Parcel] = ()) -> list[Step]:
    """Each step tells some people everything that there is for them, so that their bundles are opened once."""
    rows = prepared(told, at)
    parcels = for_people(rows, at)
    shares = list(shared_out(rows)) or [[]]
    theirs = [[one for person in people_of(share) for one in parcels[person]] for share in shares]
    theirs[-1] += hooks
    return [partial(deliver, told=share, parcels=some) for share, some in zip(shares, theirs, strict=True)]


def shared_out(told: list[Notification]) -> Iterator[list[Notification]]:
    share: list[Notification] = []
    weight = 0
    for _person, group in groupby(sorted(told, key=attrgetter("recipient_id")), attrgetter("recipient_id")):
        rows = list(group)
        if share and weight + OF_A_PERSON + len(rows) > MOST_AT_ONCE:
            yield share
            share, weight = [], 0
        share += rows
        weight += OF_A_PERSON + len(rows)
    if share:
        yield share


def key_of(event: Event) -> str:
    return f"{event.stream.name}.{event.stream.epoch}.{event.seq}"


def prepared(told: list[Notification], at: datetime) -> list[Notification]:
    """Those that are wanted, with their urgency."""
    found = without_unwanted(told)
    set_urgency(found, at)
    return found


def deliver(log: Change, told: list[Notification], parcels: Iterable[Parcel]) -> None:
    """Into the inbox, onto open pages, and into the outbox: what was not told already, by whoever died over it."""
    fresh = without_known(told)
    if fresh:
        insert_numbered(fresh)
    announce(log, people_of(fresh))
    put(parcels, log.at)


def people_of(told: Iterable[Notification]) -> list[int]:
    return sorted({row.recipient_id for row in told})


def notification(of: Happening, person: int, reason: Reason) -> Notification:
    title = of.task.title if of.task else of.project.name
    return Notification(
        recipient_id=person,
        key=key_of(of.event),
        subject=of.event.subject if of.event.subject.startswith("task:") else f"project:{of.project.pk}",
        reason=reason,
        event=of.event,
        task=of.task,
        project=of.project,
        account=of.project.account,
        title=title,
        at=of.event.at,
    )


def without_unwanted(told: list[Notification]) -> list[Notification]:
    """Without what people muted, and without reasons that they chose not to hear of."""
    people = {row.recipient_id for row in told}
    wants, muted = wanted(people, Way.INBOX), muted_by(people)
    return [row for row in told if wants(row) and not is_muted(row, muted)]


def without_known(told: list[Notification]) -> list[Notification]:
    """Without what was told already. Under the lock of the follower's position nobody else tells it meanwhile."""
    keys = {row.key for row in told}
    known = {(person, key) for person, key in keys_of(people=Numbers(people_of(told)), keys=Texts(keys))}
    return [row for row in told if (row.recipient_id, row.key) not in known]


@compiled
def keys_of(*, people: Numbers, keys: Texts) -> QuerySet[Notification, Any]:
    return Notification.objects.filter(recipient__in=people, key__in=keys).values_list("recipient", "key")


def set_urgency(told: list[Notification], at: datetime) -> None:
    zones: dict[int, str] = dict(zones_of(people=Numbers(people_of(told))))
    days = {zone: at.astimezone(ZoneInfo(zone)).date() for zone in set(zones.values())}
    for row in told:
        row.urgency = urgency(row.reason, row.account, row.task, days[zones[row.recipient_id]])


def announce(log: Change, people: Iterable[int]) -> None:
    """Let these people's open pages know that there is news. Their streams are locked in order first."""
    for stream in log.lock(*(user_stream(person) for person in sorted(people))):
        log.record(stream, InboxChanged())


NOTIFIER = Follower(name="notifications", kinds=frozenset({"project", "account"}), plan=plan)
