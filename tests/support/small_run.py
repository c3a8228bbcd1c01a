"""A benchmark at its smallest size: for tests, which look whether it runs, and judge no figures."""

import math

from bench.figures import Figure, at_most
from bench.report import section
from bench.room import Room
from bench.run import BENCHMARKS

IN_A_BROWSER = ("drop", "large-board", "board-in-use", "board-alive")
NOTHING = at_most(0, "max")  # of what may not happen at any size


def measured(name: str, room: Room) -> None:
    """Raises AssertionError where there is no figure, or one without samples, or where something failed meanwhile."""
    benchmark = BENCHMARKS[name]
    groups = benchmark.measure(room, benchmark.TINY)
    figures = [figure for group in groups for figure in group.figures]
    assert figures, f"{name} found nothing"
    for figure in figures:
        assert samples_of(figure), f"{figure.name} has no samples"
        assert all(map(math.isfinite, samples_of(figure))), f"{figure.name} is no number: {figure.rounds}"
        assert NOTHING not in figure.broken, f"{figure.name}: {figure.max:g}"
    assert section(name, groups, {})


def samples_of(figure: Figure) -> tuple[float, ...]:
    """Its own, where its floor, if it has one, has some too."""
    return figure.samples if figure.floor is None or figure.floor.samples else ()
