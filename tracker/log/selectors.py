"""Reading the log: pages of events in order, each already in the form in which it is sent."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import QuerySet

from tracker.log.events import encode
from tracker.log.models import Event, Stream
from tracker.log.statements import Numbers, compiled

PAGE = 500  # events read at a time, stretched to the end of a transaction


@dataclass(frozen=True, slots=True)
class Line:
    """One event as it is sent: its place, its transaction, its type, and its JSON text."""

    seq: int
    tx: str
    type: str
    body: str
    text: str
    at: datetime | None = None


FIELDS = ("seq", "tx", "span", "command_id", "actor_id", "at", "type", "body", "undoes")


def instant(at: datetime) -> str:
    """ISO 8601 in UTC to the millisecond."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def line(
    seq: int, tx: str, span: int, command_id: object, actor_id: int | None, at: datetime, type: str, body: str,
    undoes: object = None,
) -> Line:  # fmt: skip
    head = {"seq": seq, "tx": tx, "span": span, "command_id": str(command_id), "actor": actor_id, "at": instant(at)}
    if undoes is not None:
        head["undoes"] = str(undoes)
    return Line(seq, tx, type, body, f'{encode(head)[:-1]},"body":{body}}}', at)


def events_after(stream_id: int, after: int, *, limit: int = PAGE) -> list[Line]:
    """The next events of a stream in order: whole transactions, so possibly a few more than `limit`."""
    lines = [line(*row) for row in following.converted(limit, stream_id=stream_id, after=after)]
    if len(lines) == limit:
        rest = following.converted(None, stream_id=stream_id, after=lines[-1].seq, tx=lines[-1].tx)
        lines += [line(*row) for row in rest]
    return lines


@compiled
def following(limit: int | None, *, stream_id: int, after: int, **also: str) -> QuerySet[Event, Any]:
    return Event.objects.filter(stream_id=stream_id, seq__gt=after, **also).order_by("seq").values_list(*FIELDS)[:limit]


def heads(stream_ids: list[int]) -> dict[int, tuple[str, int]]:
    """Stream id → (epoch, head), for all of them in one query."""
    return {pk: (epoch, head) for pk, epoch, head in heads_of(streams=Numbers(stream_ids))}


@compiled
def heads_of(*, streams: Numbers) -> QuerySet[Stream, Any]:
    return Stream.objects.filter(pk__in=streams).values_list("pk", "epoch", "head")
