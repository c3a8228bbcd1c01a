"""What the snapshot of a board costs, beside the driver fetching the same rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bench.figures import Figure, Floor, Limit, at_most, at_most_floors
from bench.report import Group
from bench.room import Room
from tests.support.product import Product


@dataclass(frozen=True)
class Size:
    cards: tuple[int, int, int]  # of the boards: the second has limits of its own, the third is where memory is told
    rounds: int


FULL = Size(cards=(1_000, 5_000, 20_000), rounds=4)
TINY = Size(cards=(10, 20, 30), rounds=1)
HOW = (
    "In process, settled as a server is, after a first request; one of each by turns. *Snapshot* is the board's JSON, read in"
    " one moment; its floor is the bare driver fetching the same rows in one transaction, without JSON. *Answer* is the"
    " snapshot and its compression. Memory is by how much the process's peak grew."
)


def measure(room: Room, size: Size) -> list[Group]:
    return [
        Group(f"The snapshot of a board, {name}", HOW, list(figures(found(room.prepared(**settings), size))))
        for name, settings in room.databases("snapshots").items()
    ]


def found(product: Product, size: Size) -> dict[int, Any]:
    """Number of cards → what such a board cost."""
    boards: dict[int, str] = {}
    for cards in size.cards:
        made = json.loads(product.run("-m", "bench.large_board", str(cards), f"L{cards}"))
        boards[cards] = str(made[f"L{cards}"])
    costs = json.loads(product.run("-m", "bench.snapshots_inside", str(size.rounds), *boards.values()))
    return {cards: costs[board] for cards, board in boards.items()}


def figures(costs: dict[int, Any]) -> Iterator[Figure]:
    least, middle, largest = costs
    for cards, cost in costs.items():
        name, is_middle, is_largest = f"{cards:,} cards", cards == middle, cards == largest
        rounds, floor = tuple(map(tuple, cost["snapshot"])), tuple(map(tuple, cost["floor"]))
        yield Figure(rounds, f"{name}: snapshot", "ms", (at_most_floors(2),), Floor(floor, "the driver"))
        within: tuple[Limit, ...] = (at_most(100, "p50"),) if is_middle else ()
        yield Figure(tuple(map(tuple, cost["answer"])), f"{name}: answer", "ms", within)
        yield once(f"{name}: compressed", "kB", cost["kB"], at_most(160) if is_middle else None)
        yield once(f"{name}: statements", "", cost["statements"], at_most(costs[least]["statements"]))
        if is_largest:
            yield once(f"{name}: memory", "MB", cost["memory"], at_most(40))


def once(name: str, unit: str, value: float, limit: Limit | None) -> Figure:
    return Figure(((value,),), name, unit, (limit,) if limit else ())
