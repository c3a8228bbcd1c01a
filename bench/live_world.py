"""What the benchmarks of the live path work on: the product with a board and people, and moves of cards on it."""

import asyncio
import json
import random
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bench.live_cost import processor_seconds
from bench.live_crowd import Viewers
from tests.proofs.http import Answer, Http
from tests.support.light_socket import room_for_sockets
from tests.support.product import Product


@dataclass(frozen=True)
class Sent:
    """One move: when it was sent, when it was answered, and its position."""

    at: float
    answered: float
    seq: int


class World:
    """A board of so many cards that so many people watch."""

    def __init__(self, product: Product, cards: int, people: int) -> None:
        room_for_sockets()
        made = json.loads(product.run("-m", "bench.live_people", str(cards), str(people)))
        self.product = product
        self.project: int = made["project"]
        self.viewers: list[str] = made["viewers"]
        self.cards: list[tuple[int, int]] = made["cards"]
        self.http = Http(product, made["mover"])
        ways = self.get(f"/projects/{self.project}/board")["transitions"]
        self.ways = {(way["source"], way["target"]) for way in ways if not way["functions"]}
        self.chance = random.Random(11)
        self.frame = b""  # one with a move, as viewers got it

    def crowd(self) -> Viewers:
        return Viewers(self.product.port, self.project, self.places())

    def places(self) -> dict[str, tuple[str, int]]:
        """Where the streams stand that a page follows."""
        board, workspace = self.get(f"/projects/{self.project}/board"), self.get("/workspace")
        return {
            f"project:{self.project}": (board["epoch"], board["seq"]),
            "workspace": (workspace["epoch"], workspace["seq"]),
        }

    def get(self, path: str) -> Any:
        return self.asked("GET", path).json

    def asked(self, method: str, path: str, body: Any = None) -> Answer:
        answer = self.http.ask(method, path, body, str(uuid.uuid4()) if method != "GET" else "")
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path} answered {answer.status}: {answer.body[:500]!r}")
        return answer

    def move(self) -> Sent:
        """Put a card beside another one, in its column or in one to which it may go."""
        stream = f"project:{self.project}"
        for (card, _status), (beside, status) in self.allowed():
            at = time.monotonic()
            answer = self.asked("PUT", f"/tasks/{card}/position", {"status": status, "after": beside})
            answered = time.monotonic()
            self.cards = [(pk, status if pk == card else other) for pk, other in self.cards]
            if stream in answer.positions:  # else it was there already, and nothing happened
                return Sent(at, answered, answer.positions[stream])
        raise RuntimeError("no card may go anywhere")

    def allowed(self) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """Pairs of cards of which the first may go beside the second."""
        while True:
            card, beside = self.chance.sample(self.cards, 2)
            if card[1] == beside[1] or (card[1], beside[1]) in self.ways:
                yield card, beside

    async def moves(self, count: int, a_second: float) -> tuple[list[Sent], float]:
        """So many moves at an even pace, and the processor time that the server spent on each, all in all."""
        sent: list[Sent] = []
        before, began = processor_seconds(self.product.pid), time.monotonic()
        for number in range(count):
            await asyncio.sleep(max(0.0, began + number / a_second - time.monotonic()))
            sent.append(await asyncio.to_thread(self.move))
        await asyncio.sleep(1 / a_second)
        return sent, (processor_seconds(self.product.pid) - before) / count
