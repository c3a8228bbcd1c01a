"""One board as a client holds it: the confirmed copy, and what the person did on top of it."""

import json
from dataclasses import dataclass, field
from typing import Any

from tests.support.reducer import cards_of, reduce_project, reduce_task, tasks_in

Event = dict[str, Any]


def canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def state_of(snapshot: dict[str, Any]) -> str:
    """What a fresh snapshot says, in the form in which copies are compared."""
    return canonical({"project": without_abilities(snapshot["project"]), "cards": cards_of(snapshot)})


def without_abilities(project: dict[str, Any]) -> dict[str, Any]:
    """`can` is the reader's own and told in no event: a page that hears of a new role asks again."""
    return {name: value for name, value in project.items() if name != "can"}


@dataclass
class Pending:
    """A command whose effect is shown before it is confirmed; `until` is the position in its answer, once there is one."""

    key: str
    body: dict[str, Any]
    until: int | None = None


@dataclass
class Copy:
    """Confirmed up to `seq` of `epoch`. Without an epoch there is no snapshot yet."""

    project_id: int
    epoch: str = ""
    seq: int = 0
    project: dict[str, Any] = field(default_factory=dict)
    cards: dict[int, dict[str, Any]] = field(default_factory=dict)
    pending: list[Pending] = field(default_factory=list)
    is_gone: bool = False
    steps: int = 0  # transactions applied, one by one

    @property
    def stream(self) -> str:
        return f"project:{self.project_id}"

    def load(self, snapshot: dict[str, Any]) -> None:
        self.epoch, self.seq, self.is_gone = snapshot["epoch"], snapshot["seq"], False
        self.project, self.cards = snapshot["project"], cards_of(snapshot)
        self.pending = [one for one in self.pending if one.until is None or one.until > self.seq]

    def forget(self) -> None:
        self.epoch, self.seq, self.is_gone, self.cards, self.project = "", 0, True, {}, {}

    def apply(self, transaction: list[Event]) -> None:
        """All events of one transaction: nobody sees the copy in between."""
        for event in transaction:
            body = event["body"]
            self.project = reduce_project(self.project, body)
            for task in tasks_in(body):
                card = reduce_task(self.cards.get(task), task, body)
                if card is None:
                    self.cards.pop(task, None)
                else:
                    self.cards[task] = card
            self.seq = event["seq"]
        told = {event["command_id"] for event in transaction}
        self.pending = [
            one for one in self.pending if one.key not in told and (one.until is None or one.until > self.seq)
        ]
        self.steps += 1

    def shown(self, task: int) -> dict[str, Any] | None:
        """The card as the person sees it: what is confirmed, with their own pending changes on top."""
        card = self.cards.get(task)
        for one in self.pending:
            if task in tasks_in(one.body):
                card = reduce_task(card, task, one.body)
        return card

    def answered(self, key: str, until: int | None) -> None:
        """The server has answered: the change stays on top until the copy has reached the answer's position."""
        for one in self.pending:
            if one.key == key:
                one.until = until
        self.pending = [one for one in self.pending if one.key != key or (until is not None and until > self.seq)]

    def state(self) -> str:
        return canonical({"project": without_abilities(self.project), "cards": self.cards})
