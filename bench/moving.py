"""Moves for a board: legal ones, made up from its snapshot, the same in every run."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import Any

Move = tuple[int, dict[str, int]]


class Deck:
    """Deals moves: any card, to a column that its own leads to or within it, right after any card that was there."""

    def __init__(self, board: dict[str, Any], seed: int = 1, share: tuple[int, int] = (0, 1)) -> None:
        """`board` is the answer of GET /projects/{id}/board. Of several decks for one board, each has its share of the cards:
        the second of three moves those of `(1, 3)`, so that none asks for what another one has made impossible.
        """
        self.chance = random.Random(seed)
        first, step = share
        columns = board["tasks"]["columns"]
        at = columns.index("status")
        self.status: dict[int, int] = {row[0]: row[at] for row in board["tasks"]["rows"]}
        self.tasks = list(self.status)[first::step]
        self.cards: dict[int, list[int]] = defaultdict(list)
        for task, status in self.status.items():
            self.cards[status].append(task)
        self.ways: dict[int, list[int]] = defaultdict(list)
        for way in board["transitions"]:
            if not way["role"] and not way["functions"]:
                self.ways[way["source"]].append(way["target"])

    def deal(self) -> Move:
        """The task, and the body of PUT /tasks/{id}/position."""
        task = self.chance.choice(self.tasks)
        here = self.status[task]
        there = self.chance.choice([*(way for way in self.ways[here] if self.cards[way]), here])
        self.status[task] = there
        return task, {"status": there, "after": self.chance.choice(self.cards[there])}
