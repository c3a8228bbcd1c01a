"""What the benchmarks write down: figures are judged on every limit, and a run of some leaves the others' rows alone."""

import pytest

from bench.figures import Figure, Floor, at_least, at_least_floors, at_most, at_most_floors, table
from bench.report import Group, merged, section

FLOOR = Floor(((2.0, 4.0, 3.0),), "the driver alone")


def figure(*rounds: tuple[float, ...], limits=(), floor=None) -> Figure:
    return Figure(rounds, "a move", "ms", limits, floor)


def test_every_limit_is_judged_on_its_own_statistic() -> None:
    samples = tuple(float(n) for n in range(1, 101))
    assert not figure(samples, limits=(at_most(50.5, "p50"), at_most(95))).broken
    assert figure(samples, limits=(at_most(50, "p50"), at_most(95))).broken == [at_most(50, "p50")]
    assert figure((200.0,), (190.0,), limits=(at_least(196),)).broken == [at_least(196)]


def test_a_limit_in_floors_is_judged_against_what_was_measured_beside() -> None:
    assert not figure((5.9,), limits=(at_most_floors(2), at_most(6)), floor=FLOOR).broken
    assert figure((6.1,), limits=(at_most_floors(2),), floor=FLOOR).broken == [at_most_floors(2)]
    assert figure((0.7,), limits=(at_least_floors(0.25),), floor=FLOOR).broken == [at_least_floors(0.25)]
    with pytest.raises(ValueError, match="has no floor"):
        _ = figure((1.0,), limits=(at_most_floors(2),)).broken


def test_the_table_says_how_far_the_rounds_lie_apart_and_what_does_not_hold() -> None:
    written = table([figure((9.0, 10.0, 11.0), (12.0, 12.0, 12.0), limits=(at_most(11),), floor=FLOOR)])
    cells = [cell.strip() for cell in written.splitlines()[-1].split("|")][1:-1]
    assert cells == [
        "a move, ms", "p95 ≤ 11", "11.5", "12.0", "9.00", "12.0", "6", "2, ± 9%",
        "the driver alone: 3.00", "× 3.83", "**no:** p95 ≤ 11",
    ]  # fmt: skip


def test_a_run_of_some_benchmarks_leaves_the_sections_of_the_others_alone() -> None:
    def found(name: str, value: float) -> str:
        return section(name, [Group(f"About {name}", "In rounds.", [figure((value,))])], {"Python": "3"})

    order = ["drop", "moves", "import"]
    first = merged("", {name: found(name, 1.0) for name in ("import", "drop")}, order)
    second = merged(first, {"moves": found("moves", 2.0), "drop": found("drop", 3.0)}, order)
    assert [line for line in second.splitlines() if line.startswith("## ")] == ["## drop", "## moves", "## import"]
    assert second.count(found("import", 1.0)) == second.count(found("drop", 3.0)) == 1
    assert found("drop", 1.0) not in second
    assert merged(second, {}, ["moves"]).count("\n## ") == 1
