"""Who is looking at what: claims that expire, never promises. Nothing is stored."""

from dataclasses import dataclass
from typing import Any

from boards.live import limits


@dataclass(frozen=True, slots=True)
class Claim:
    """One socket's claim: this person has this task open, and is in this field of it."""

    person: int
    task: int | None
    field: str | None

    def shown(self) -> dict[str, Any]:
        return {"person": self.person, "task": self.task, "field": self.field}


class Room:
    """The claims of one stream, from the sockets of every process."""

    def __init__(self) -> None:
        self.claims: dict[str, Claim] = {}
        self.until: dict[str, float] = {}
        self.told: list[dict[str, Any]] = []

    def claim(self, socket: str, claim: Claim, now: float) -> None:
        self.claims[socket] = claim
        self.until[socket] = now + limits.PRESENCE

    def leave(self, socket: str) -> None:
        self.claims.pop(socket, None)
        self.until.pop(socket, None)

    def expire(self, now: float) -> None:
        for socket in [socket for socket, until in self.until.items() if until <= now]:
            self.leave(socket)

    def people(self) -> list[dict[str, Any]]:
        """Each person once for each place they are in."""
        claims = sorted(set(self.claims.values()), key=lambda claim: (claim.person, claim.task or 0, claim.field or ""))
        return [claim.shown() for claim in claims]

    def news(self) -> list[dict[str, Any]] | None:
        """The people, where that differs from what was told last."""
        people = self.people()
        if people == self.told:
            return None
        self.told = people
        return people
