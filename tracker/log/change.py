"""The write path: one person's change, in one transaction, told to the log in the order of commits.

    with change(actor=actor, command_id=command_id) as log:
        (stream,) = log.lock(project_stream(project_id))
        …check, write…
        log.record(stream, TaskMoved(id=task.pk, …))

A service that calls another joins its change. Locks are taken on streams first, in ascending id, then on rows.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cached_property, partial
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import BigIntegerField, Count, Exists, F, Q, QuerySet
from django.dispatch import Signal
from django.utils.timezone import now

from tracker.log.events import EventBody, remembered
from tracker.log.manners import before_others
from tracker.log.models import Event, Stream
from tracker.log.statements import Numbers, compiled, insert, update
from tracker.log.turns import turn

MANY = 20  # streams of several kinds, from which they are counted first: a condition for each would be too much for one statement
MOST_EVENTS = 500  # that one transaction writes to one stream; larger work goes in chunks

event_recorded = Signal()
"""Sent after commit, once for each stream written to, with `stream` (its name) and `seq` (its head): a poke, not the news."""

kept_in_step: list[Callable[["Change"], None]] = []
"""Called with every change that told something, before its commit: they keep something in step in the same transaction.

Filled by the packages that keep it. They may write, but not tell. Whoever has more time follows (`followers.py`).
"""

Name = tuple[str, int]
WORKSPACE: Name = (Stream.Kind.WORKSPACE, 0)


def project_stream(ref: int) -> Name:
    return (Stream.Kind.PROJECT, ref)


def account_stream(ref: int) -> Name:
    return (Stream.Kind.ACCOUNT, ref)


def user_stream(ref: int) -> Name:
    return (Stream.Kind.USER, ref)


def named(names: Iterable[Name]) -> Q:
    """Which streams have one of these names."""
    refs: dict[str, list[int]] = {}
    for kind, ref in names:
        refs.setdefault(kind, []).append(ref)
    which = Q()
    for kind, found in refs.items():
        which |= Q(kind=kind, ref=found[0]) if len(found) == 1 else Q(kind=kind, ref__in=found)
    return which


def locking(*which: Q | Exists) -> QuerySet[Stream]:
    """The streams that fit, locked in order until the end of the transaction."""
    return Stream.objects.select_for_update(no_key=True).filter(*which).order_by("id")


@compiled
def all_of(*, kind: str, refs: Numbers, number: int) -> QuerySet[Stream]:
    """The streams of one kind, locked, if all of them exist; else none."""
    there = Stream.objects.filter(kind=kind, ref__in=refs)
    # Counted as a large number: what stands for `number` while this is compiled is one.
    counted = (
        there.order_by()
        .values("kind")
        .annotate(number=Count("pk", output_field=BigIntegerField()))
        .filter(number=number)
    )
    return locking(Q(kind=kind, ref__in=refs), Exists(counted))


class Change:
    """What one transaction has locked and is about to tell. Made by `change()`."""

    def __init__(self, *, actor_id: int | None, command_id: UUID, at: datetime | None = None) -> None:
        if at is not None:
            self.at = at
        self.actor_id = actor_id
        self.command_id = command_id
        self.tx = uuid4().hex
        self.locked: dict[Name, Stream] = {}
        self.undoes: UUID | None = None  # the command that this change takes back
        self.events: list[tuple[Stream, EventBody, str]] = []
        self.places: list[str] = []  # the streams touched and the things shown in the answer, by name
        self.positions: dict[str, str] = {}  # stream name → epoch.seq, known once written

    @cached_property
    def at(self) -> datetime:
        """When this happens, the same in all its rows and events: asked for first under the locks, unless it was told."""
        return now()

    def lock(self, *names: Name) -> list[Stream]:
        """The streams of these names, locked until the end of the transaction, in the order asked for.

        A stream that does not exist yet is made: its thing has just been created in this transaction.
        """
        wanted = [name for name in dict.fromkeys(names) if name not in self.locked]
        if not self.lock_existing(wanted):
            # Two may make the same streams at once, in one order and before they hold any: the second waits here,
            # makes none, and locks what the first has made.
            there = {(stream.kind, stream.ref) for stream in streams_of(wanted)}
            new = [Stream(kind=kind, ref=ref) for kind, ref in sorted(set(wanted) - there)]
            Stream.objects.bulk_create(new, ignore_conflicts=True)
            self.lock_existing(wanted)
        streams = [self.locked[name] for name in names]
        self.places += [stream.name for stream in streams if stream.name not in self.places]
        return streams

    def lock_existing(self, names: list[Name]) -> bool:
        """Locks these streams if all of them exist, else none of them. Whether it did."""
        if not names:
            return True
        kinds = {kind for kind, _ref in names}
        found: Iterable[Stream]
        if len(kinds) == 1:
            found = all_of(kind=str(*kinds), refs=Numbers(ref for _kind, ref in names), number=len(names))
        elif len(names) <= MANY:
            found = locking(named(names), *(Exists(Stream.objects.filter(named([name]))) for name in names))
        elif Stream.objects.filter(named(names)).count() < len(names):
            return False
        else:
            found = locking(named(names))
        self.locked |= {(stream.kind, stream.ref): stream for stream in found}
        return all(name in self.locked for name in names)

    def lock_found(self, found: list[Stream]) -> dict[int, Stream]:
        """Streams of one kind that a statement from `locking` has just locked: id of the thing → stream."""
        streams = {stream.ref: self.locked.setdefault((stream.kind, stream.ref), stream) for stream in found}
        self.places += [stream.name for stream in streams.values() if stream.name not in self.places]
        return streams

    def shows(self, kind: str, ref: int) -> None:
        """This thing is in the answer: whoever has lost sight of it when the command is repeated is shown nothing."""
        if (name := f"{kind}:{ref}") not in self.places:
            self.places.append(name)

    def record(self, stream: Stream, body: EventBody, *, before: dict[str, Any] | None = None) -> None:
        """Tell what happened. The stream must be locked by this change.

        `before` says what the values were until now. It stays in the log, for taking the change back, and is never sent.
        """
        if self.locked.get((stream.kind, stream.ref)) is not stream:
            raise RuntimeError(f"{stream.name} is not locked by this change.")
        self.events.append((stream, body, "" if before is None else remembered(before)))

    def told_to(self, stream: Stream) -> int:
        """How many events this change tells to a stream so far."""
        return sum(other is stream for other, _body, _before in self.events)

    def write(self) -> None:
        """Give every event its place and write them: called once, at the end of the transaction."""
        told = Counter(stream for stream, _body, _before in self.events)
        rows = []
        for stream, body, before in self.events:
            stream.head += 1
            rows.append(
                Event(
                    stream=stream, seq=stream.head, tx=self.tx, span=len(told), command_id=self.command_id,
                    actor_id=self.actor_id, at=self.at, type=body.type, subject=body.subject, body=body.encoded(),
                    before=before, undoes=self.undoes,
                )
            )  # fmt: skip
        if overfull := [stream.name for stream, number in told.items() if number > MOST_EVENTS]:
            raise RuntimeError(f"More than {MOST_EVENTS} events for {overfull[0]} in one transaction.")
        move_heads(told)
        insert(rows)
        for keep in kept_in_step:
            keep(self)
        for stream in told:
            self.positions[stream.name] = f"{stream.epoch}.{stream.head}"
            transaction.on_commit(
                partial(event_recorded.send_robust, sender=Stream, stream=stream.name, seq=stream.head)
            )

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """A part that may be refused without costing the rest: its writes, its events and its locks go together."""
        told, locked, places = len(self.events), dict(self.locked), list(self.places)
        try:
            with transaction.atomic():
                yield
        except BaseException:
            del self.events[told:]
            self.locked, self.places = locked, places
            raise


def move_heads(told: Counter[Stream]) -> None:
    """Of locked streams, by as many events as they were told; of many in one statement for each number of events."""
    if len(told) <= MANY:
        for stream in told:
            update(Stream, {"id": stream.pk}, head=stream.head)
        return
    for number in set(told.values()):
        ids = [stream.pk for stream, events in told.items() if events == number]
        Stream.objects.filter(pk__in=ids).update(head=F("head") + number)


_current: ContextVar[Change | None] = ContextVar("change", default=None)


@contextmanager
def change(*, actor: object | None, command_id: UUID | None = None, at: datetime | None = None) -> Iterator[Change]:
    """One change by `actor` (a user, or None for the system), in one transaction; joins the change that is under way.

    `at` is for telling a past: whoever brings a history in wraps each service call in a change of that moment.
    """
    if under_way := _current.get():
        yield under_way
        return
    log = Change(actor_id=getattr(actor, "pk", None), command_id=command_id or uuid4(), at=at)
    token = _current.set(log)
    try:
        with before_others(), turn(), transaction.atomic():
            yield log
            if log.events:
                log.write()
    finally:
        _current.reset(token)


def under_way() -> Change | None:
    """The change that this thread is in, if any."""
    return _current.get()


def streams_of(names: Sequence[Name]) -> list[Stream]:
    """The streams as they stand, unlocked: for reading positions."""
    return list(Stream.objects.filter(named(names))) if names else []
