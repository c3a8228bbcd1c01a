"""What must hold, whatever has happened. Each raises AssertionError; tests/proofs/test_mutants.py shows that each can."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import Max, Min

from tests.proofs.client import Client, Talk
from tests.proofs.copies import Copy, state_of
from tests.proofs.http import FAILURES, Http
from tests.proofs.sending import Command
from tests.support.live import Address
from tests.support.looking import require_gapless, require_order, require_true_counters
from tests.support.waiting import PATIENCE, GaveUpError, wait_until
from tracker.log.models import Event, Stream
from tracker.work.models import Comment, Task

__all__ = ["require_gapless", "require_order", "require_true_counters"]


# --- the log -----------------------------------------------------------------------------------------------------


def require_exactly_once(commands: Iterable[Command]) -> None:
    """An acknowledged command is in the log once, where its answer said; a refused one never; a lost one at most once."""
    told: dict[str, dict[str, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
    names = {stream.pk: stream.name for stream in Stream.objects.all()}
    for stream, seq, tx, command in Event.objects.values_list("stream_id", "seq", "tx", "command_id"):
        told[str(command)][names[stream]].append((seq, tx))
    for command in commands:
        found = told.get(command.key, {})
        txs = {tx for events in found.values() for _seq, tx in events}
        what = f"{command.kind} {command.key} was answered {command.status}, and the log has {dict(found)}"
        assert len(txs) <= 1, what
        if command.is_done and command.answer:
            assert {name: max(seq for seq, _tx in events) for name, events in found.items()} == (
                command.answer.positions
            ), what
        elif command.answer:
            assert not txs, what


def require_effects(commands: Iterable[Command]) -> None:
    """What an acknowledged comment said, and the card that was made, is there once; a refused one's is not."""
    said = list(Comment.objects.values_list("body", flat=True))
    titles = list(Event.objects.filter(type="task.created").values_list("body", flat=True))
    for command in commands:
        if command.kind == "comment":
            count = said.count(command.body["body"])
        elif command.kind == "make":
            count = sum(command.key in body for body in titles)
        else:
            continue
        assert count == 1 if command.is_done else count <= (command.answer is None), (command, count)


def require_answers(commands: Iterable[Command], allowed: Sequence[int] = (200, 201, 204, 404)) -> None:
    """Nobody is refused without a reason, and nothing fails."""
    wrong = [(c.kind, c.status, c.answer.body[:200] if c.answer else b"") for c in commands if c.status not in allowed]
    assert not wrong, wrong[:5]


# --- the wire ----------------------------------------------------------------------------------------------------


def require_wire(clients: Iterable[Client]) -> None:
    """On every socket: after `sub_ok` each event once, in order, without a hole; nothing where nothing was joined."""
    for client in clients:
        for talk in client.talks:
            check_talk(talk)


def check_talk(talk: Talk) -> None:
    at: dict[str, int] = {}
    for frame in talk.frames:
        stream = frame.get("stream", "")
        if frame["t"] == "sub_ok":
            wish = talk.subs[frame["id"]]
            assert frame["epoch"] == wish["epoch"], (frame, wish)
            at[stream] = wish["after"]
        elif frame["t"] in {"resync", "gone"}:
            at.pop(stream, None)
        elif frame["t"] == "ev":
            assert stream in at, f"events of {stream}, which was not joined"
            seqs = [event["seq"] for event in frame["events"]]
            assert seqs == list(range(at[stream] + 1, frame["to"] + 1)), f"{stream}: {seqs} after {at[stream]}"
            assert frame["from"] == seqs[0]
            at[stream] = frame["to"]


def require_whole(clients: Iterable[Client]) -> None:
    """No frame begins or ends inside of a transaction."""
    rows = Event.objects.values("stream_id", "tx").annotate(first=Min("seq"), last=Max("seq"))
    names = {stream.pk: stream.name for stream in Stream.objects.all()}
    bounds = {(names[row["stream_id"]], row["tx"]): (row["first"], row["last"]) for row in rows}
    for frame in frames_of(clients):
        first, last = frame["events"][0], frame["events"][-1]
        assert bounds[frame["stream"], first["tx"]][0] == first["seq"], frame["from"]
        assert bounds[frame["stream"], last["tx"]][1] == last["seq"], frame["to"]


def require_own_log(clients: Iterable[Client]) -> None:
    """Every event that was sent is in the log, under the same position and with the same command."""
    names = {stream.pk: stream.name for stream in Stream.objects.all()}
    rows = Event.objects.values_list("stream_id", "seq", "tx", "command_id")
    known = {(names[stream], seq): (tx, str(command)) for stream, seq, tx, command in rows}
    for frame in frames_of(clients):
        for event in frame["events"]:
            assert known[frame["stream"], event["seq"]] == (event["tx"], event["command_id"])


def frames_of(clients: Iterable[Client]) -> list[dict[str, Any]]:
    return [frame for client in clients for talk in client.talks for frame in talk.frames if frame["t"] == "ev"]


def require_no_reason(clients: Iterable[Client]) -> None:
    """Nobody was told to start anew, and nobody had to."""
    reasons = [client.reasons for client in clients if client.reasons]
    assert not reasons, reasons


def require_none_above(clients: Iterable[Client], stream: str, periods: Sequence[tuple[int, int]]) -> None:
    """Of this stream they got only what was told while they could read it: positions within (from, to]."""
    for frame in frames_of(clients):
        if frame["stream"] == stream:
            for event in frame["events"]:
                seq = event["seq"]
                assert any(low < seq <= high for low, high in periods), (
                    f"{seq} of {stream} was told; allowed: {periods}"
                )


# --- the screens -------------------------------------------------------------------------------------------------


def require_in_step(clients: Iterable[Client], address: Address, patience: float = PATIENCE) -> None:
    """Every copy comes to equal a fresh snapshot, byte for byte, while nobody writes."""
    for client in clients:
        http = Http(address, client.cookie)
        for copy in client.copies.values():
            require_equal(client, copy, http, patience)
        http.close()


def require_equal(client: Client, copy: Copy, http: Http, patience: float) -> None:
    board = wait_until(lambda: fresh(http, copy.project_id), "a snapshot", patience)
    there, expected = (board["epoch"], board["seq"]), state_of(board)
    try:
        wait_until(lambda: (copy.epoch, copy.seq) == there or client.problem, "it to arrive", patience)
    except GaveUpError:
        raise AssertionError(f"{copy.stream} stays at {copy.seq} of {copy.epoch} and not {there}") from None
    assert client.problem is None, client.problem
    with client.guard:
        assert copy.state() == expected, first_difference(copy.state(), expected)


def fresh(http: Http, board: int) -> dict[str, Any] | None:
    try:
        answer = http.get(f"/projects/{board}/board")
    except FAILURES:
        return None
    return answer.json if answer.status == 200 else None


def first_difference(one: str, other: str) -> str:
    at = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return f"…{one[max(0, at - 80) : at + 80]}… is not …{other[max(0, at - 80) : at + 80]}…"


# --- all together ------------------------------------------------------------------------------------------------


def require_all(clients: Sequence[Client], commands: Sequence[Command], address: Address) -> None:
    """After the storm: every checker that holds at any time."""
    checks: list[Callable[[], None]] = [
        require_gapless,
        require_order,
        require_true_counters,
        lambda: require_exactly_once(commands),
        lambda: require_effects(commands),
        lambda: require_answers(commands),
        lambda: require_in_step(clients, address),
        lambda: require_wire(clients),
        lambda: require_whole(clients),
        lambda: require_own_log(clients),
    ]
    for check in checks:
        check()
    assert Task.objects.exists()
