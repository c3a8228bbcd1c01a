"""What a benchmark returns, and how it is written down: quantities with their scatter, their limits and their floor."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import Literal

Statistic = Literal["p50", "p95", "min", "max"]
Samples = tuple[float, ...]
Rounds = tuple[Samples, ...]


@dataclass(frozen=True)
class Limit:
    """What a statistic of a figure must keep: at most or at least `bound`, in the figure's unit or in floors (p50)."""

    bound: float
    statistic: Statistic
    is_least: bool = False
    in_floors: bool = False

    def __str__(self) -> str:
        sign = "≥" if self.is_least else "≤"
        shown = f"{self.bound:.3g} × the floor" if self.in_floors else f"{self.bound:,g}"
        return f"{self.statistic} {sign} {shown}"

    def holds(self, value: float) -> bool:
        return value >= self.bound if self.is_least else value <= self.bound


def at_most(bound: float, statistic: Statistic = "p95") -> Limit:
    """For what should be small: times, weights."""
    return Limit(bound, statistic)


def at_least(bound: float, statistic: Statistic = "p50") -> Limit:
    """For what should be large: rates."""
    return Limit(bound, statistic, is_least=True)


def at_most_floors(bound: float, statistic: Statistic = "p50") -> Limit:
    """So many times what the floor's p50 is, measured in the same run."""
    return Limit(bound, statistic, in_floors=True)


def at_least_floors(bound: float, statistic: Statistic = "p50") -> Limit:
    """That part of the floor's p50, or so many times it, measured in the same run."""
    return Limit(bound, statistic, is_least=True, in_floors=True)


@dataclass(frozen=True)
class Measured:
    """Samples of one quantity, in the rounds in which they were taken; a round may have one sample only."""

    rounds: Rounds

    @property
    def samples(self) -> Samples:
        return tuple(sample for taken in self.rounds for sample in taken)

    @property
    def p50(self) -> float:
        return statistics.median(self.samples)

    @property
    def p95(self) -> float:
        """The nearest-rank 95th percentile: always a value that was measured."""
        ordered = sorted(self.samples)
        return ordered[max(0, -(-95 * len(ordered) // 100) - 1)]

    @property
    def min(self) -> float:
        return min(self.samples)

    @property
    def max(self) -> float:
        return max(self.samples)

    @property
    def spread(self) -> float | None:
        """How far the p50s of the rounds lie apart: half of the distance between the outermost, as a part of the p50.

        None for a single round, of which nothing can be said.
        """
        middles = [statistics.median(taken) for taken in self.rounds]
        return (max(middles) - min(middles)) / 2 / self.p50 if len(middles) > 1 and self.p50 else None


@dataclass(frozen=True)
class Floor(Measured):
    """What the same machine does in the same run without our product, or with what a figure is compared with."""

    name: str


@dataclass(frozen=True)
class Figure(Measured):
    """One measured quantity. Without limits it is told, not judged."""

    name: str
    unit: str
    limits: tuple[Limit, ...] = ()
    floor: Floor | None = None

    @property
    def ratio(self) -> float | None:
        """Of its p50 to its floor's."""
        return self._in_floors(self.p50) if self.floor else None

    @property
    def broken(self) -> list[Limit]:
        """The limits that do not hold."""
        return [limit for limit in self.limits if not limit.holds(self.value_for(limit))]

    def value_for(self, limit: Limit) -> float:
        """What a limit is compared with. Raises ValueError for a limit in floors on a figure that has none."""
        value: float = getattr(self, limit.statistic)
        if not limit.in_floors:
            return value
        return self._in_floors(value)

    def _in_floors(self, value: float) -> float:
        if self.floor is None:
            raise ValueError(f"{self.name} has no floor.")
        return value / self.floor.p50 if self.floor.p50 else math.inf


HEAD = ("Figure", "Limits", "p50", "p95", "min", "max", "n", "rounds", "floor, p50", "of the floor", "holds")


def table(figures: list[Figure]) -> str:
    """Markdown, also readable on a terminal."""
    rows = [HEAD, ("---",) * len(HEAD), *(row(figure) for figure in figures)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def row(figure: Figure) -> tuple[str, ...]:
    return (
        f"{figure.name}, {figure.unit}" if figure.unit else figure.name,
        "; ".join(map(str, figure.limits)) or "–",
        *(number(value) for value in (figure.p50, figure.p95, figure.min, figure.max)),
        str(len(figure.samples)),
        rounds(figure),
        beside(figure.floor) if figure.floor else "–",
        f"× {figure.ratio:.2f}" if figure.ratio is not None else "–",
        verdict(figure),
    )


def beside(floor: Floor) -> str:
    scatter = "" if floor.spread is None else f" ± {floor.spread:.0%}"
    return f"{floor.name}: {number(floor.p50)}{scatter}"


def rounds(figure: Figure) -> str:
    return "1" if figure.spread is None else f"{len(figure.rounds)}, ± {figure.spread:.0%}"


def verdict(figure: Figure) -> str:
    if not figure.limits:
        return "–"
    return f"**no:** {'; '.join(map(str, figure.broken))}" if figure.broken else "yes"


def number(value: float) -> str:
    """With as many digits as say something."""
    return f"{value:,.0f}" if value >= 1000 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"
