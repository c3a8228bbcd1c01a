"""Followers: those who read what was recorded, each at its own pace, and draw something from it.

A follower has a position of its own in each stream (`Cursor`). What it draws is written in short transactions, so that
nobody waits for long: each shows that it is still the same position that it reads from, and the last one moves it. So a
crash at any moment loses no effect; what was written already is met again, and the follower passes over it.
The log never waits for anybody.
"""

import logging
import threading
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from time import thread_time
from typing import Any

from django.db import connection
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import now

from tracker.errors import Busy
from tracker.log.change import Change, change, event_recorded
from tracker.log.manners import a_piece, behind_people, between_pieces
from tracker.log.models import Cursor, Event, Stream, Stumble
from tracker.log.statements import compiled, update

logger = logging.getLogger(__name__)

PAGE = 100  # events read in one transaction, stretched to the end of one that was written together
LOOK = 2.0  # seconds after which a follower looks by itself; it is woken sooner where it runs beside the writers
GATHER = 0.25  # seconds between the news and the look, so that what comes together is read together: beside a writer
# who goes on and on, a look after every change would take as much time as the changes themselves
MOST_STREAMS = 200  # looked into in one look
RESTS = 20  # times as long as the last look had the processor, and LOOK at most: looking may be dear, but not for long


Step = Callable[[Change], None]


@dataclass(frozen=True)
class Follower:
    """Who reads which kinds of streams. `plan` reads what some events mean and says in which steps it is written.

    Each step gets a transaction of its own, and may write and record. It may come again after a crash: it must pass over what
    it wrote the first time. What cannot be told from a repetition belongs into the last step, which moves the position.
    """

    name: str
    kinds: frozenset[str]
    plan: Callable[[Stream, list[Event]], list[Step]]


followers: list[Follower] = []
"""Filled by the packages that follow, when they start."""


def unread(follower: Follower) -> QuerySet[Stream]:
    """The streams in which something has happened that the follower has not read; up to where it did, as `read`."""
    return not_read(follower.name, follower.kinds)


def not_read(follower: str, kinds: Iterable[str]) -> QuerySet[Stream]:
    read = Cursor.objects.filter(follower=follower, stream=OuterRef("pk")).values("seq")
    streams = Stream.objects.filter(kind__in=kinds, head__gt=0)
    return streams.annotate(read=Coalesce(Subquery(read), 0)).filter(read__lt=F("head"))


def behind(follower: Follower) -> list[int]:
    return [stream for (stream,) in streams_not_read(follower.kinds, follower=follower.name)]


@compiled
def streams_not_read(kinds: frozenset[str], *, follower: str) -> QuerySet[Stream, Any]:
    return not_read(follower, kinds).values_list("pk")[:MOST_STREAMS]


def lag(follower: Follower) -> tuple[int, datetime | None]:
    """How many events the follower has not read, and when the oldest of them happened."""
    first = Event.objects.filter(stream=OuterRef("pk"), seq=OuterRef("read") + 1).values("at")
    rows = list(unread(follower).annotate(since=Subquery(first)).values_list("head", "read", "since"))
    return sum(head - read for head, read, _since in rows), min((since for *_, since in rows if since), default=None)


class Elsewhere(Exception):
    """Another process reads the same stream just now, or has read it."""


def read_on(follower: Follower, stream_id: int) -> int:
    """Read the next events of one stream: how many. None where another process is just doing so."""
    cursor = next(iter(place_of(follower=follower.name, stream=stream_id)), None)
    if cursor is None:
        cursors = Cursor.objects.select_related("stream")
        cursor, _is_new = cursors.get_or_create(follower=follower.name, stream_id=stream_id)
    events = next_events(cursor.stream, cursor.seq)
    try:
        if events:
            take(follower, cursor, events)
    except Elsewhere:
        return 0
    return len(events)


@compiled
def place_of(*, follower: str, stream: int) -> QuerySet[Cursor]:
    return Cursor.objects.select_related("stream").filter(follower=follower, stream=stream)


def next_events(stream: Stream, after: int) -> list[Event]:
    events = events_after(stream=stream.pk, after=after)
    if len(events) == PAGE:
        rest = Event.objects.filter(stream=stream, seq__gt=events[-1].seq, tx=events[-1].tx)
        events += rest.order_by("seq")
    for event in events:
        event.stream = stream
    return events


@compiled
def events_after(*, stream: int, after: int) -> QuerySet[Event]:
    return Event.objects.filter(stream=stream, seq__gt=after).order_by("seq")[:PAGE]


def take(follower: Follower, cursor: Cursor, events: list[Event]) -> None:
    """All of them together; where that fails, one by one, and those that still fail are noted and passed over.

    Raises Elsewhere, and Busy where the database had no turn for us: then they are read again later.
    """
    try:
        steps = follower.plan(cursor.stream, events) or [nothing]
        for step in steps[:-1]:
            write(cursor, step)
        write(cursor, steps[-1], read=events[-1])
    except (Elsewhere, Busy):
        raise
    except Exception:
        if len(events) > 1:
            for event in events:
                take(follower, cursor, [event])
            return
        logger.exception("%s could not take %s.%s", follower.name, cursor.stream.name, events[0].seq)
        error = traceback.format_exc(limit=20)
        write(cursor, lambda log: stumble(follower, events[0], error), read=events[0])


def write(cursor: Cursor, step: Step, *, read: Event | None = None) -> None:
    """One step, if the position is still ours; `read` is the event that it moves to with this one."""
    with a_piece(), change(actor=None) as log:
        if not held_at(cursor=cursor.pk, seq=cursor.seq):
            raise Elsewhere
        step(log)
        if read is not None:
            update(Cursor, {"id": cursor.pk}, seq=read.seq)
    if read is not None:
        cursor.seq = read.seq


@compiled
def held_at(*, cursor: int, seq: int) -> QuerySet[Cursor]:
    """The position, locked for us, if it still is that one and nobody else holds it."""
    return Cursor.objects.select_for_update(skip_locked=True).filter(pk=cursor, seq=seq)


def nothing(log: Change) -> None:
    """Only the position moves."""


def stumble(follower: Follower, event: Event, error: str) -> None:
    Stumble.objects.update_or_create(follower=follower.name, event=event, defaults={"at": now(), "error": error})


def try_again(stumble: Stumble) -> None:
    """Let the follower take an event once more that it could not take. Raises what stands in the way this time."""
    follower = next((one for one in followers if one.name == stumble.follower), None)
    with change(actor=None) as log:
        for step in follower.plan(stumble.event.stream, [stumble.event]) if follower else ():
            step(log)
        stumble.delete()


def look(follower: Follower) -> int:
    """Let a follower read once in every stream that has news; returns how many events it read."""
    return sum(read_on(follower, stream) for stream in behind(follower))


def catch_up(only: Iterable[Follower] | None = None) -> int:
    """Let every follower read until it is level; returns how many events were read."""
    total = 0
    for follower in followers if only is None else only:
        while read := look(follower):
            total += read
    return total


class Following(threading.Thread):
    """The followers at work, in a thread beside a server or in a process of their own, until told to stop."""

    def __init__(self) -> None:
        super().__init__(name="followers", daemon=True)
        self.news = threading.Event()
        self.stopping = threading.Event()

    def run(self) -> None:
        event_recorded.connect(self.wake, dispatch_uid="tracker.log.followers")
        with behind_people():
            while not self.stopping.is_set():
                self.news.clear()
                began = thread_time()
                try:
                    between_pieces()
                    for follower in followers:
                        while look(follower) >= PAGE:  # else what has come meanwhile waits for the next look
                            pass
                except Exception:
                    logger.exception("following the log failed; it is tried again")
                    connection.close()
                rest = min(RESTS * (thread_time() - began), LOOK)
                if self.news.wait(LOOK):
                    self.stopping.wait(max(GATHER, rest))
        connection.close()

    def wake(self, *, stream: str, **about: object) -> None:
        """Of what followers themselves tell nobody need look."""
        if any(stream.partition(":")[0] in follower.kinds for follower in followers):
            self.news.set()

    def stop(self, timeout: float = 10) -> None:
        """Finish the transaction at hand and end."""
        self.stopping.set()
        self.news.set()
        self.join(timeout)
