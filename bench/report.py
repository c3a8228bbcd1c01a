"""bench/RESULTS.md: a section for each benchmark, with the day and the machine of its own run.

A run of some benchmarks replaces their sections and leaves the others as they are.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from bench.figures import Figure, table

ABOVE = """\
# Benchmark results

Written by `make bench`; `make bench ONLY="…"` measures some sections anew and leaves the others as they are. Server,
database, load and browsers share one machine, which each section names; where it is shared with others, "a million
additions" says how fast it was at that moment. What the columns mean:

- **p50, p95, min, max** of **n** samples; **rounds** says in how many repeated rounds they were taken, and how far the
  rounds' p50s lie apart (half of the distance between the outermost, as a part of the p50).
- **floor** is what the same machine did in the same run without Accord, or the thing that the row is compared with.
- **holds** is judged on every limit. A row without limits is told, not judged.
"""


@dataclass(frozen=True)
class Group:
    """Figures that belong together: a title, how they were measured, and the rows."""

    title: str
    how: str
    figures: list[Figure]

    def __str__(self) -> str:
        return f"### {self.title}\n\n{self.how}\n\n{table(self.figures)}"


def section(name: str, groups: list[Group], facts: dict[str, str]) -> str:
    """What one benchmark found."""
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    machine = "; ".join(f"{name} {fact}" for name, fact in facts.items())
    return "\n\n".join([f"## {name}", f"Measured on {day}. {machine}.", *map(str, groups)])


def merged(text: str, sections: dict[str, str], order: list[str]) -> str:
    """The results file with these sections in place of what it had of the same name, in the given order."""
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]
    kept = {part.splitlines()[0].removeprefix("## "): part.strip() for part in parts} | sections
    return "\n\n".join([ABOVE.strip(), *(kept[name] for name in order if name in kept)]) + "\n"
