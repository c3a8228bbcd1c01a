"""Moves over HTTP: one client on both layouts, and 16 clients on the second layout beside a single process."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any
from uuid import uuid4

from bench.figures import Figure, Floor, at_least, at_least_floors, at_most, at_most_floors
from bench.moving import Deck
from bench.report import Group
from bench.room import Room
from tests.proofs.http import Http
from tests.support.product import Product


@dataclass(frozen=True)
class Size:
    small: int  # cards of the boards that one client works on
    large: int
    cards: int  # of the boards that many clients work on, and of the larger ones
    more_cards: int
    clients: int
    seconds: float  # of many clients, in each round
    moves: int  # of one client, in each round
    rounds: int
    sockets: int  # processes for them


FULL = Size(
    small=1_000, large=20_000, cards=1_000, more_cards=5_000, clients=16, seconds=4, moves=80, rounds=3, sockets=2
)
TINY = Size(small=20, large=30, cards=20, more_cards=30, clients=2, seconds=0.2, moves=2, rounds=1, sockets=1)
ALONE = (
    "One client on one connection; {moves} moves in each round, the boards by turns. The floor of the small board is the same"
    " server's answer without any work (`/healthz`), that of the large board is the small one. *Embedded* is one process on"
    " SQLite, *second layout* is nginx, gunicorn with two workers, PostgreSQL and Redis."
)
TOGETHER = (
    "{clients} clients, each on one connection, without pauses; rounds of {seconds:g} s. The floor is the embedded process"
    " (a single daphne) on the same PostgreSQL, with a copy of the same data, by turns in the same run. Clients, servers and"
    " database share the machine."
)


@dataclass(frozen=True)
class Site:
    """A running layout, and somebody's session on it."""

    product: Product
    cookie: str
    boards: dict[str, int]

    def client(self) -> Http:
        return Http(self.product, self.cookie)

    def board(self, key: str) -> Any:
        answer = self.client().ask("GET", f"/projects/{self.boards[key]}/board")
        return answer.json


def site(product: Product, *, boards: dict[str, int]) -> Site:
    """With boards of so many cards each, made on the spot."""
    made: dict[str, int] = {}
    for size in sorted(set(boards.values())):
        keys = [key for key, cards in boards.items() if cards == size]
        made |= json.loads(product.run("-m", "bench.large_board", str(size), *keys))
    return Site(product, product.run("-m", "bench.session").strip(), made)


def measure(room: Room, size: Size) -> list[Group]:
    alone_on = {"SMALL": size.small, "LARGE": size.large}
    embedded = site(room.product(), boards=alone_on)
    alone = list(one_client(embedded, "embedded", size))
    embedded.product.stop()
    numbers = range(size.clients)
    many = {f"S{number}": size.cards for number in numbers} | {f"L{number}": size.more_cards for number in numbers}
    # Each on data of its own, the same: else either would do the other's work after each move.
    beside = site(room.prepared(DATABASE_URL=room.database("single")), boards=many | alone_on)
    stack = room.stack(database=room.database("stack", copy_of="single"), sockets=size.sockets)
    ours = Site(stack, stack.run("-m", "bench.session").strip(), beside.boards)
    alone += one_client(ours, "second layout", size)
    beside.product.start()
    together = list(many_clients(ours, beside, size))
    how = asdict(size)
    return [
        Group("A move over HTTP, one client", ALONE.format(**how), alone),
        Group(f"Moves over HTTP, {size.clients} clients, second layout", TOGETHER.format(**how), together),
    ]


def one_client(site: Site, name: str, size: Size) -> Iterator[Figure]:
    client = site.client()
    decks = {key: Deck(site.board(key)) for key in ("SMALL", "LARGE")}
    taken: dict[str, list[tuple[float, ...]]] = {key: [] for key in ("bare", *decks)}
    for number in range(size.rounds + 1):
        for key, deck in decks.items():
            moved = tuple(timed_move(client, deck) for _ in range(size.moves))
            bare = tuple(timed_nothing(client) for _ in range(size.moves))
            if number:  # the first round warms everything up
                taken[key].append(moved)
                taken["bare"].append(bare)
    small, large = (tuple(taken[key]) for key in decks)
    limits = (at_most(12, "p50"), at_most(20))
    fewer, more = f"{size.small:,} cards", f"{size.large:,} cards"
    yield Figure(small, f"{name}, {fewer}", "ms", limits, Floor(tuple(taken["bare"]), "no work"))
    yield Figure(large, f"{name}, {more}", "ms", (*limits, at_most_floors(1.2)), Floor(small, fewer))


def many_clients(stack: Site, single: Site, size: Size) -> Iterator[Figure]:
    scenes = {
        f"{number} of {cards:,} cards": ([f"{key}{at}" for at in range(boards)], least)
        for number, boards, least in ((f"{size.clients} boards", size.clients, 200), ("one board", 1, 120))
        for key, cards in (("S", size.cards), ("L", size.more_cards))
    }
    for name, (boards, least) in scenes.items():
        rates: list[tuple[float, ...]] = []
        times: list[tuple[float, ...]] = []
        beside: list[tuple[float, ...]] = []
        errors = 0
        for _round in range(size.rounds):
            ours = at_once(stack, boards, size)
            rates.append((len(ours.taken) / size.seconds,))
            times.append(tuple(ours.taken))
            other = at_once(single, boards, size)
            beside.append((len(other.taken) / size.seconds,))
            errors += ours.errors + other.errors
        floor = Floor(tuple(beside), "one daphne")
        yield Figure(tuple(rates), name, "moves/s", (at_least(least), at_least_floors(2)), floor)
        yield Figure(tuple(times), f"{name}: each", "ms", (at_most(150),))
        yield Figure(((float(errors),),), f"{name}: errors", "", (at_most(0, "max"),))


@dataclass
class Load:
    """What all clients together were answered: the milliseconds of each move, and how many failed."""

    taken: list[float]
    errors: int = 0


def at_once(site: Site, boards: list[str], size: Size) -> Load:
    shown = [site.board(key) for key in boards]
    sharing = size.clients // len(boards)
    decks = [Deck(shown[at % len(shown)], seed=at, share=(at // len(shown), sharing)) for at in range(size.clients)]
    load = Load([])
    with ThreadPoolExecutor(len(decks)) as clients:
        list(clients.map(lambda deck: keep_moving(site.client(), deck, load, size.seconds), decks))
    return load


def keep_moving(client: Http, deck: Deck, load: Load, seconds: float) -> None:
    for _warm in range(3):
        timed_move(client, deck)
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        try:
            load.taken.append(timed_move(client, deck))
        except Exception:  # noqa: BLE001  (whatever it was, it is counted)
            load.errors += 1
    client.close()


def timed_nothing(client: Http) -> float:
    started = time.perf_counter()
    connection = client.connected()
    connection.request("GET", "/healthz")
    connection.getresponse().read()
    return (time.perf_counter() - started) * 1000


def timed_move(client: Http, deck: Deck) -> float:
    """Milliseconds. Raises RuntimeError where it was not carried out."""
    task, body = deck.deal()
    started = time.perf_counter()
    answer = client.ask("PUT", f"/tasks/{task}/position", body, key=str(uuid4()))
    taken = (time.perf_counter() - started) * 1000
    if answer.status != 200:
        raise RuntimeError(f"{answer.status}: {answer.body.decode(errors='replace')}")
    return taken
