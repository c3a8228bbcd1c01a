"""S16: one of fifty sockets stops reading. It is closed, the others notice nothing, and it comes back without loss."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.proofs.arena import ProofServer
from tests.proofs.worlds import Board, make_world
from tests.support.crowd import Crowd
from tests.support.live import LiveServer, Watcher
from tests.support.silent import SilentSocket
from tests.support.waiting import wait_until
from tracker.log.change import change, project_stream
from tracker.work.events import TaskChanged

pytestmark = pytest.mark.django_db(transaction=True)
Size = Callable[..., Any]
OTHERS = 49
# At full size 6,000 events are missed. That whoever missed more than 5,000 starts anew is S8, and not to be seen here.
ALL_IS_REPLAYED = {"LIVE_REPLAY_EVENTS": "50000", "LIVE_REPLAY_BUDGET": "100000"}
EVENTS, TEXT = 20, "x" * 2_000  # in each of ten transactions a second


class Author:
    """Writes 200 events a second to one board; `written` says when each transaction was committed, by its last position."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.written: dict[int, float] = {}
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self) -> "Author":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join(timeout=60)

    def run(self) -> None:
        due = time.monotonic()
        while not self.over.wait(max(0.0, due - time.monotonic())):
            due += 0.1
            with change(actor=None) as log:
                (stream,) = log.lock(project_stream(self.board.pk))
                for _event in range(EVENTS):
                    log.record(stream, TaskChanged(id=self.board.cards[0], version=1, description=TEXT))
            self.written[stream.head] = time.monotonic()
        connection.close()


@pytest.mark.timed
def test_a_slow_reader_is_closed_and_costs_the_others_nothing(transactional_db: None, size: Size) -> None:
    """S16: what the server holds for it is bounded; who reads gets everything, no later than without it."""
    world, transactions = make_world(boards=1, cards=1), size(c=30, r=300)
    board, cookie = world.boards[0], world.readers[0].cookie
    start = board.stream
    heard: list[tuple[int, float]] = []
    with (
        ProofServer(LIVE_SLOW="5", LIVE_SOCKETS_PER_PERSON="100", **ALL_IS_REPLAYED) as server,
        Crowd(server) as crowd,
        Author(board) as author,
    ):
        crowd.heard = lambda tab, stream, seq: heard.append((seq, time.monotonic()))
        for _ in range(OTHERS):
            crowd.add(cookie, {board.name: (start.epoch, start.head)})
        wait_until(crowd.has_reached, "the others to have come")
        before = some(author, heard, transactions)
        held = resident(server)

        slow = SilentSocket(server, cookie)
        at = board.stream.head
        slow.sub(board.name, start.epoch, at)
        meanwhile = some(author, heard, transactions)
        wait_until(slow.is_closed, "the slow reader to be closed")
        assert slow.last_code() == 4408
        grown = resident(server) - held

        author.over.set()
        author.thread.join(timeout=60)
        head = board.stream.head
        wait_until(lambda: crowd.has_reached({board.name: head}), "the others to have everything")
        assert crowd.troubles == []
        with Watcher(server, cookie) as back:
            assert back.sub(board.name, start.epoch, at)["t"] == "sub_ok"
            assert back.reach(board.name, head) == list(range(at + 1, head + 1))
    print(f"p95 {before * 1000:.0f} ms without and {meanwhile * 1000:.0f} ms with it; {grown / 2**20:.1f} MiB more")
    assert grown < size(c=60, r=20) * 2**20
    assert size(c=True, r=meanwhile <= before * 1.2 + 0.005)


def some(author: Author, heard: list[tuple[int, float]], transactions: int) -> float:
    """Let so many transactions pass; the 95th percentile of the seconds from their commits until somebody had them."""
    before, first = len(author.written), len(heard)
    wait_until(lambda: len(author.written) >= before + transactions, "so many transactions", 300)
    last = list(author.written)[before + transactions - 1]
    wait_until(lambda: sum(seq >= last for seq, _at in heard[first:]) >= OTHERS, "everybody to have them")
    lags = sorted(at - author.written[seq] for seq, at in heard[first:] if seq in author.written)
    return lags[len(lags) * 95 // 100]


def resident(server: LiveServer) -> int:
    """Bytes of memory that the server's process holds."""
    assert server.process is not None
    pages = Path(f"/proc/{server.process.pid}/statm").read_text().split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
