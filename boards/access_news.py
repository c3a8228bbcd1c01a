"""Who may have lost a stream and got it back: what `access.changed` events say, and what people's own flags say."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tracker.log.models import Event
from tracker.log.selectors import Line
from tracker.people.models import User

TYPE = "access.changed"
LONGEST_CHANGE = timedelta(minutes=1)  # between the moment of a change and its commit


@dataclass(frozen=True, slots=True)
class AccessNews:
    """At `seq`, in transaction `tx`, the access of some people (None: of anybody) may have changed.

    `may_cost` is False where somebody was plainly given a role that reads.
    """

    seq: int
    tx: str
    people: frozenset[int] | None
    may_cost: bool

    def names(self, person: int) -> bool:
        return self.people is None or person in self.people


def read(line: Line) -> AccessNews:
    body = json.loads(line.body)
    people = body.get("people")
    may_cost = body.get("role") in {None, "guest"}
    return AccessNews(line.seq, line.tx, None if people is None else frozenset(people), may_cost)


def last_hole(lines: Iterable[Line], person: int) -> int:
    """The last position at which the person may have lost the stream; 0 where there is none.

    What happened between a loss and a new grant is not theirs to read, so nobody is replayed across such a position:
    they start anew from a snapshot.
    """
    seqs = [news.seq for line in lines if line.type == TYPE if (news := read(line)).may_cost and news.names(person)]
    return max(seqs, default=0)


def lapsed(stream: int, positions: Mapping[int, int]) -> set[int]:
    """Of these people, each with the position that they know, those who may have read nothing for a while since then.

    Administrators and overseers read everything, and who is not active nothing: no event of the stream says when that
    began or ended, so it is told by the moment. Whoever is named wrongly starts anew once.
    """
    changed: dict[int, Any] = dict(
        User.objects.filter(pk__in=positions, access_changed_at__isnull=False).values_list("pk", "access_changed_at")
    )
    if not changed:
        return set()
    known = {positions[person] for person in changed}
    told = dict(Event.objects.filter(stream_id=stream, seq__in=known).values_list("seq", "at"))
    return {
        person
        for person, at in changed.items()
        if positions[person] not in told or at > told[positions[person]] - LONGEST_CHANGE
    }
