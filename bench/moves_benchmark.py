"""How many moves the write path carries out, beside a hand-written transaction over the bare driver."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from bench.figures import Figure, Floor, at_least_floors, at_most
from bench.report import Group
from bench.room import Room
from tests.support.product import Product


@dataclass(frozen=True)
class Size:
    writers: int  # and as many boards
    cards: int
    seconds: float
    rounds: int


FULL = Size(writers=16, cards=1_000, seconds=2, rounds=3)
TINY = Size(writers=2, cards=20, seconds=0.1, rounds=1)
HOW = (
    "Whole commands in one process, without HTTP: key, lock, permission, rank, row, event, stored answer. Boards of {cards:,}"
    " cards; each round {seconds:g} s, with the floor's in between. The floor writes the same rows in one transaction by hand"
    " over the bare driver, without workflow, validation or the card's JSON. Writers are threads, so they share one"
    " interpreter lock."
)


def measure(room: Room, size: Size) -> list[Group]:
    how = HOW.format(**asdict(size))
    return [
        Group(f"Moves in process, {name}", how, list(figures(found(room.prepared(**settings), size))))
        for name, settings in room.databases("moves").items()
    ]


def found(product: Product, size: Size) -> dict[str, dict[str, list[float]]]:
    keys = [f"M{number}" for number in range(size.writers)]
    boards = json.loads(product.run("-m", "bench.large_board", str(size.cards), *keys))
    ids = (str(board) for board in boards.values())
    rates: Any = json.loads(product.run("-m", "bench.moves_inside", str(size.seconds), str(size.rounds), *ids))
    return rates


def figures(rates: dict[str, dict[str, list[float]]]) -> Iterator[Figure]:
    for name, measured in rates.items():
        ours, floor, errors = (tuple((value,) for value in measured[kind]) for kind in ("ours", "floor", "errors"))
        yield Figure(ours, name, "moves/s", (at_least_floors(0.25),), Floor(floor, "by hand"))
        yield Figure(errors, f"{name}: refused or failed", "moves", (at_most(0, "max"),))
