"""Telling many people of much, and what it costs whoever works beside it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from bench.figures import Figure, Floor, Limit, at_most, at_most_floors
from bench.report import Group
from bench.room import Room
from tests.support.product import Product


@dataclass(frozen=True)
class Size:
    people: int
    events: int
    rounds: int
    moves: int  # of each kind in a round; a third of it before the crowd

    @property
    def told(self) -> int:
        return self.people * self.events


FULL = Size(people=500, events=100, rounds=6, moves=100)
TINY = Size(people=6, events=2, rounds=1, moves=3)
# Followers and workers: in the server's own process on SQLite, as `manage.py serve` has them; in the second layout processes.
WHERE = {"PostgreSQL": "processes", "SQLite": "threads"}
HOW = (
    "{people} people work on one card, on which {events} comments are made: {told:,} notifications, and one mail for"
    " each person. Sending renders every mail and hands it to nobody. A move is a whole command in process, one every 50 ms;"
    " its floor is the same move while nothing else runs, in rounds that take turns. An ordinary move is told to five people, and four"
    " mails a second leave besides. A move before a crowd is told to {people} people, and mailed at once to each of them."
    " Followers and workers are threads beside it on SQLite, processes of their own on PostgreSQL."
)
ORDINARY = at_most_floors(1.05)
CROWD = {"PostgreSQL": at_most(50), "SQLite": at_most(100)}  # ms


def measure(room: Room, size: Size) -> list[Group]:
    how = HOW.format(**asdict(size), told=size.told)
    databases = room.databases("telling")
    for name, settings in databases.items():
        if WHERE[name] == "processes":
            settings["REDIS_URL"] = room.redis()  # several of them don't start without one
    found = {
        name: of_one(room.prepared(ACCORD_DEMO="0", **settings), WHERE[name], size)
        for name, settings in databases.items()
    }
    return [Group(f"Telling people, {name}", how, figures(*both, size, CROWD[name])) for name, both in found.items()]


def of_one(product: Product, where: str, size: Size) -> tuple[dict[str, Any], dict[str, Any]]:
    numbers = map(str, (size.people, size.rounds, size.moves))
    beside: dict[str, Any] = json.loads(product.run("-m", "bench.telling_beside", where, *numbers))
    told: dict[str, Any] = json.loads(product.run("-m", "bench.telling_inside", str(size.people), str(size.events)))
    if (told["notifications"], told["sent"]) != (size.told, size.people):
        raise RuntimeError(f"not everybody was told: {told}")
    return told, beside


def figures(told: dict[str, Any], beside: dict[str, Any], size: Size, slowest: Limit) -> list[Figure]:
    return [
        Figure((tuple(told["telling"]),), f"{size.told:,} notifications and their bundles", "s", (at_most(60),)),
        Figure((tuple(told["sending"]),), f"{size.people} mails of {size.events} comments", "s", (at_most(120),)),
        of_moves(beside["ordinary"], "an ordinary move, while people are told", ORDINARY),
        of_moves(beside["crowd"], f"a move, while {size.people} people are told of each", slowest),
    ]


def of_moves(measured: dict[str, list[list[float]]], name: str, limit: Limit) -> Figure:
    alone, beside = (tuple(tuple(taken) for taken in measured[which]) for which in ("alone", "beside"))
    return Figure(beside, name, "ms", (limit,), Floor(alone, "alone"))
