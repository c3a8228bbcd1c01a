"""What travels over the socket: frames out, encoded once for everybody, and messages in, checked field by field."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from boards.live import limits
from boards.streams import parse
from tracker.log.change import Name
from tracker.log.events import encode
from tracker.log.selectors import Line

LARGEST = 2**63 - 1
LONGEST_FIELD = 40  # characters of the name of a field somebody is in


@dataclass(frozen=True, slots=True)
class Frame:
    """Text for a socket, how many events are in it, and the position after them.

    `whole` is the text as a frame of the WebSocket protocol: made once, the same bytes for everybody.
    """

    data: bytes
    events: int = 0
    last: int = 0
    whole: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "whole", head(len(self.data)) + self.data)


def head(length: int) -> bytes:
    """What stands before an unmasked text of so many bytes that comes in one piece (RFC 6455, 5.2)."""
    if length < 126:
        return bytes((0x81, length))
    if length < 65_536:
        return b"\x81\x7e" + length.to_bytes(2, "big")
    return b"\x81\x7f" + length.to_bytes(8, "big")


def transactions(lines: Iterable[Line]) -> Iterator[list[Line]]:
    for _tx, group in groupby(lines, key=lambda line: line.tx):
        yield list(group)


def event_frames(stream: str, lines: Iterable[Line]) -> Iterator[Frame]:
    """Frames of whole transactions, each as long as the limit allows."""
    waiting: list[Line] = []
    size = 0
    for transaction in transactions(lines):
        length = sum(len(line.text) for line in transaction)
        if waiting and size + length > limits.FRAME_BYTES:
            yield event_frame(stream, waiting)
            waiting, size = [], 0
        waiting += transaction
        size += length
    if waiting:
        yield event_frame(stream, waiting)


def event_frame(stream: str, lines: Sequence[Line]) -> Frame:
    told = ",".join(line.text for line in lines)
    text = f'{{"t":"ev","stream":"{stream}","from":{lines[0].seq},"to":{lines[-1].seq},"events":[{told}]}}'
    return Frame(text.encode(), len(lines), lines[-1].seq)


def frame(t: str, **fields: Any) -> Frame:
    return Frame(encode({"t": t, **fields}).encode())


# --- in ----------------------------------------------------------------------------------------------------------


class BadFrame(Exception):
    """Not a message of this protocol at all: the socket is closed."""


class BadRequest(Exception):
    """A message of a known kind with a field that does not fit: answered with an error."""


@dataclass(frozen=True, slots=True)
class Sub:
    id: int
    name: Name
    epoch: str
    after: int


@dataclass(frozen=True, slots=True)
class Here:
    name: Name
    task: int | None
    field: str | None


def refuse_constant(name: str) -> Any:
    raise ValueError(name)


def read_message(text: str) -> dict[str, Any]:
    """The message in a text frame. Raises BadFrame."""
    try:
        message = json.loads(text, parse_constant=refuse_constant)
    except (ValueError, RecursionError):
        raise BadFrame from None
    if not isinstance(message, dict) or not isinstance(message.get("t"), str):
        raise BadFrame
    return message


def whole_number(value: Any, *, least: int = 0) -> int:
    """An integer that is no boolean. Raises BadRequest. Larger ones than the database knows are the client's to compare."""
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise BadRequest
    return value


def id_of(message: dict[str, Any]) -> int | None:
    """The id under which an error is answered, where there is a usable one."""
    given = message.get("id")
    return given if isinstance(given, int) and not isinstance(given, bool) and abs(given) <= LARGEST else None


def name_in(message: dict[str, Any]) -> Name:
    """Raises BadRequest where the message names no stream."""
    name = parse(message.get("stream"))
    if name is None:
        raise BadRequest
    return name


def read_sub(message: dict[str, Any]) -> Sub:
    epoch = message.get("epoch")
    if not isinstance(epoch, str) or id_of(message) is None:
        raise BadRequest
    return Sub(whole_number(message["id"], least=-LARGEST), name_in(message), epoch, whole_number(message.get("after")))


def read_here(message: dict[str, Any]) -> Here:
    task, field = message.get("task"), message.get("field")
    if task is not None and whole_number(task, least=1) > LARGEST:
        raise BadRequest
    if field is not None and (not isinstance(field, str) or not field.isidentifier() or len(field) > LONGEST_FIELD):
        raise BadRequest
    return Here(name_in(message), task, field)
