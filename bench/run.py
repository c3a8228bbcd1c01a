"""`make bench`: runs the benchmarks against the real product on data of its own, and writes bench/RESULTS.md.

Each is a module that says how much it does, in full (`FULL`) and as little as shows that it still runs (`TINY`): for
tests, which judge no figures.
"""

import os
from pathlib import Path
from typing import Any, Protocol

from bench import (
    browser_large,
    browser_stream,
    drop_benchmark,
    http_benchmark,
    import_benchmark,
    large_board_benchmark,
    live_fan_out,
    live_idle,
    live_return,
    live_storm,
    machine,
    memory_benchmark,
    moves_benchmark,
    search_benchmark,
    snapshots_benchmark,
    telling_benchmark,
)
from bench.report import Group, merged, section
from bench.room import Room

RESULTS = Path(__file__).with_name("RESULTS.md")


class Benchmark(Protocol):
    """`measure` does as much as `size` says, and returns what it found; nothing where it has nothing to work on."""

    FULL: Any
    TINY: Any

    def measure(self, room: Room, size: Any) -> list[Group]: ...


BENCHMARKS: dict[str, Benchmark] = {
    "drop": drop_benchmark,
    "large-board": large_board_benchmark,
    "board-in-use": browser_large,
    "board-alive": browser_stream,
    "fan-out": live_fan_out,
    "idle": live_idle,
    "return": live_return,
    "restart": live_storm,
    "snapshots": snapshots_benchmark,
    "moves": moves_benchmark,
    "http": http_benchmark,
    "memory": memory_benchmark,
    "search": search_benchmark,
    "import": import_benchmark,
    "telling": telling_benchmark,
}


def main() -> None:
    """All of them, or those named in ONLY=, each written down as soon as it is done."""
    names = os.environ.get("ONLY", "").split() or list(BENCHMARKS)
    if unknown := set(names) - set(BENCHMARKS):
        raise SystemExit(f"No such benchmark: {', '.join(sorted(unknown))}. There are: {', '.join(BENCHMARKS)}.")
    broken = [figure.name for name in names for group in measured(name) for figure in group.figures if figure.broken]
    if broken:
        raise SystemExit("A limit does not hold:\n" + "\n".join(f"  {name}" for name in broken))


def measured(name: str) -> list[Group]:
    """Each benchmark has a room of its own, so that none warms up or burdens another."""
    facts, before = machine.facts(), machine.additions()
    with Room() as room:
        groups = BENCHMARKS[name].measure(room, BENCHMARKS[name].FULL)
    if groups:
        facts["a million additions"] = f"{before:.0f} ms before, {machine.additions():.0f} ms after"
        text = section(name, groups, facts)
        print(f"\n{text}", flush=True)
        earlier = RESULTS.read_text() if RESULTS.exists() else ""
        RESULTS.write_text(merged(earlier, {name: text}, list(BENCHMARKS)))
    return groups


if __name__ == "__main__":
    main()
