"""Memory of the embedded layout, fresh and after use, beside an empty Django on daphne."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.figures import Figure, Floor, at_most_floors
from bench.http_benchmark import Site, site, timed_move
from bench.moving import Deck
from bench.report import Group
from bench.room import Room
from tests.support.live import Watcher
from tests.support.ports import free_port
from tests.support.product import REPOSITORY
from tests.support.waiting import wait_until


@dataclass(frozen=True)
class Size:
    rounds: int
    cards: int
    sockets: int
    moves: int
    opened: int
    settle: float  # seconds without anything, before memory is read


FULL = Size(rounds=3, cards=1_000, sockets=20, moves=300, opened=20, settle=2)
TINY = Size(rounds=1, cards=20, sockets=1, moves=1, opened=1, settle=0)
HOW = (
    "Resident memory of all processes of `manage.py serve` on SQLite, idle. The floor is Django with its own accounts and"
    " sessions, without our applications, on daphne. *In use*: a board of {cards:,} cards opened {opened} times, {moves} cards moved,"
    " {sockets} sockets following and gone again. Each round is a new process."
)


def measure(room: Room, size: Size) -> list[Group]:
    product = room.prepared()
    used = site(product, boards={"SMALL": size.cards})
    empty, fresh, after = [], [], []
    for _round in range(size.rounds):
        empty.append((of_an_empty_site(room.folder, size.settle),))
        product.stop()
        product.start()
        fresh.append((idle(product.pid, size.settle),))
        use(used, size)
        after.append((idle(product.pid, size.settle),))
    floor = Floor(tuple(empty), "empty Django")
    limits = (at_most_floors(1.5),)
    figures = [Figure(tuple(fresh), "fresh", "MB", limits, floor), Figure(tuple(after), "in use", "MB", limits, floor)]
    return [Group("Memory of the embedded layout", HOW.format(**asdict(size)), figures)]


def of_an_empty_site(folder: Path, settle: float) -> float:
    port = free_port()
    log = (folder / "empty.log").open("ab")
    with (
        log,
        subprocess.Popen(
            [sys.executable, "-m", "bench.empty_site", str(port)], cwd=REPOSITORY, stdout=log, stderr=log
        ) as process,
    ):
        try:
            wait_until(lambda: answers(port), "the empty site")
            return idle(process.pid, settle)
        finally:
            process.kill()


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5):
            return True
    except OSError:
        return False


def idle(pid: int, settle: float) -> float:
    """Megabytes that it and its children hold, once nothing has happened for a moment."""
    time.sleep(settle)
    return sum(resident(member) for member in family(pid))


def family(pid: int) -> list[int]:
    children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [pid, *(member for child in children for member in family(child))]


def resident(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    kilobytes: str = next(line.split()[1] for line in lines if line.startswith("VmRSS:"))
    return int(kilobytes) / 1000


def use(used: Site, size: Size) -> None:
    """A round of what people do: open the board, move cards, follow."""
    client, board = used.client(), used.board("SMALL")
    deck = Deck(board)
    project = board["project"]["id"]
    with ExitStack() as following:
        for _socket in range(size.sockets):
            watcher = following.enter_context(Watcher(used.product, used.cookie, max_queue=None, ping_interval=None))
            watcher.sub(f"project:{project}", board["epoch"], board["seq"])
        for _opened in range(size.opened):
            used.board("SMALL")
        for _move in range(size.moves):
            timed_move(client, deck)
    client.close()
