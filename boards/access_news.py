"""What an `access.changed` event says about who still reads its stream."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.log.selectors import Line

TYPE = "access.changed"


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
