"""What the hub asks the database. Each is answered in one go in one of the reader threads."""

from collections.abc import Iterable
from dataclasses import dataclass

from boards.access_news import TYPE, AccessNews, lapsed, read
from boards.live.counters import count
from boards.streams import Place, find_place, may_read, place_of, readers_among
from tracker.log.change import Name
from tracker.log.models import Event
from tracker.log.selectors import PAGE, Line, events_after, heads
from tracker.people.models import User
from tracker.people.sessions import living_sessions


@dataclass(frozen=True, slots=True)
class News:
    """Events that are new in a stream, the epoch they belong to ("" where the stream is gone) and its head, and the
    workspace's head."""

    lines: list[Line]
    epoch: str
    head: int
    workspace_head: int


def read_page(place: Place, after: int, limit: int) -> list[Line]:
    """The one way in which the hub reads a stream's events: counted, so that it shows if that is done once for each socket."""
    count("log_reads_total")
    return events_after(place.id, after, limit=limit)


def read_news(place: Place, after: int, workspace: Place | None) -> News:
    """The positions are read after the events: so the events are of that epoch, and whatever was committed in the
    workspace before them is within its head."""
    lines = read_page(place, after, PAGE)
    found = heads([place.id, *([workspace.id] if workspace else [])])
    epoch, head = found.get(place.id, ("", 0))
    return News(lines, epoch, head, found.get(workspace.id, ("", 0))[1] if workspace else 0)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a stream stands that somebody may read, and whether they may have lost it since the position they know."""

    place: Place
    was_interrupted: bool


@dataclass(frozen=True, slots=True)
class Wish:
    """A person who wants to follow a stream from a position on."""

    person: int
    after: int


def look_up(name: Name, wishes: list[Wish]) -> list[Standing | None]:
    """The stream's place is read before access is: so access holds at that place or later. None: not theirs to read.

    Only a stream that somebody may read is made where it is missing; then the question is asked again.
    """
    place = find_place(name)
    readers = readers_among({wish.person for wish in wishes}, name)
    if place is None:
        if not readers:
            return [None] * len(wishes)
        place_of(name)
        return look_up(name, wishes)
    behind = [wish for wish in wishes if wish.person in readers and place.floor <= wish.after < place.head]
    behind.sort(key=lambda wish: wish.after, reverse=True)
    costly, away = [], set[int]()
    if behind:
        costly = [news for news in access_news(place, behind[-1].after) if news.may_cost]
        away = lapsed(place.id, {wish.person: wish.after for wish in behind})  # of several tabs the one furthest behind
    return [
        Standing(place, was_interrupted(wish, place, costly, away)) if wish.person in readers else None
        for wish in wishes
    ]


def was_interrupted(wish: Wish, place: Place, costly: list[AccessNews], away: set[int]) -> bool:
    if not place.floor <= wish.after < place.head:  # too old for any replay, or nothing to replay
        return False
    return wish.person in away or any(news.seq > wish.after and news.names(wish.person) for news in costly)


def access_news(place: Place, after: int) -> list[AccessNews]:
    rows = Event.objects.filter(stream_id=place.id, seq__gt=after, type=TYPE).values_list("seq", "tx", "body")
    return [read(Line(seq, tx, TYPE, body, "")) for seq, tx, body in rows]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who of those asked about still reads the stream, and what the log says about access after that position."""

    readers: set[int]
    later: list[AccessNews]

    def is_lost(self, person: int) -> bool:
        return person not in self.readers

    def is_unclear(self, person: int) -> bool:
        """They read it now, but more has happened since: perhaps they had lost it at that position."""
        return any(news.names(person) for news in self.later)


def judge(people: Iterable[int], name: Name, place: Place, news: AccessNews) -> Verdict:
    """Who may read is asked first: nothing later in the log means that it was so at the position of the news."""
    readers = readers_among(people, name)
    if not news.may_cost:
        return Verdict(readers, [])
    return Verdict(readers, [later for later in access_news(place, news.seq) if later.tx != news.tx])


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an active person may read of what was asked for."""

    is_guest: bool
    names: set[Name]


def readable(person: int, names: Iterable[Name]) -> Allowed | None:
    """Those of the streams that the person may read; None where they are not active any more."""
    viewer = User.objects.filter(pk=person, is_active=True).first()
    if viewer is None:
        return None
    return Allowed(viewer.is_guest, {name for name in names if may_read(viewer, name)})


def alive(sessions: Iterable[str], people: Iterable[int]) -> tuple[set[str], set[int]]:
    """Which sessions still let somebody in, and which people are still active: one statement each, for any number."""
    active = User.objects.filter(pk__in=list(people), is_active=True).values_list("pk", flat=True)
    return living_sessions(sessions), set(active)
