"""What an import says about each row, and in sum. Texts are in the language that was active while it ran."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TextIO

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


class Level(StrEnum):
    """What became of a row; in a dry run, what would become of it."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    NEEDS_MAPPING = "needs-mapping"


LEVEL_NAMES = {
    Level.CREATED: gettext_lazy("created"),
    Level.UPDATED: gettext_lazy("updated"),
    Level.UNCHANGED: gettext_lazy("unchanged"),
    Level.REFUSED: gettext_lazy("refused"),
    Level.NEEDS_MAPPING: gettext_lazy("needs mapping"),
}

THINGS = {
    "accounts": gettext_lazy("accounts"),
    "account_team": gettext_lazy("people on account teams"),
    "functions": gettext_lazy("functions"),
    "labels": gettext_lazy("labels"),
    "people": gettext_lazy("people"),
    "projects": gettext_lazy("initiatives"),
    "project_team": gettext_lazy("people on initiatives"),
    "tasks": gettext_lazy("tasks"),
    "teams": gettext_lazy("teams"),
    "workflows": gettext_lazy("workflows"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of one file. `row` counts as a spreadsheet does: the first row under the header is row 2."""

    file: str
    row: int
    makes: str
    key: str
    level: Level
    message: str = ""


@dataclass
class Report:
    """The lines in the order of files and rows, and what they have in common.

    `corrections` counts (file, column, what stood there, what it was read as); `unknown` counts (file, column, value,
    the part of the mapping in which it is missing); `left_out` counts (what
    would be made, file) of rows that the mapping does not ask for.
    """

    is_dry: bool
    lines: list[Line] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    corrections: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    unknown: Counter[tuple[str, str, str, str]] = field(default_factory=Counter)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter)

    def counts(self) -> dict[str, Counter[Level]]:
        """What is made → how many rows of each level."""
        found: dict[str, Counter[Level]] = {}
        for line in self.lines:
            found.setdefault(line.makes, Counter())[line.level] += 1
        return found

    def problems(self) -> list[Line]:
        """The rows that did not come in."""
        return [line for line in self.lines if line.level in (Level.REFUSED, Level.NEEDS_MAPPING)]


def summary(report: Report) -> Iterable[str]:
    """The report for a terminal, line by line: what was made, what was read as something else, what is missing."""
    yield from report.warnings
    for makes, levels in report.counts().items():
        parts = [f"{levels[level]} {LEVEL_NAMES[level]}" for level in Level if levels[level]]
        yield f"{THINGS[makes]}: {', '.join(parts)}"
    for (makes, file), count in report.left_out.items():
        facts = {"makes": THINGS[makes], "file": file, "count": count}
        yield _("%(makes)s: %(count)s rows of %(file)s left out, as the mapping says") % facts
    for (file, column, was, now), count in sorted(report.corrections.items()):
        facts = {"file": file, "column": column, "was": was, "now": now, "count": count}
        yield _("%(file)s, %(column)s: “%(was)s” read as “%(now)s” (%(count)s rows)") % facts
    for (file, column, value, where), count in sorted(report.unknown.items()):
        facts = {"file": file, "column": column, "value": value, "where": where, "count": count}
        yield _("%(file)s, %(column)s: “%(value)s” is not in %(where)s of the mapping (%(count)s rows)") % facts


def row_text(line: Line) -> str:
    """One line of the report for a terminal."""
    place = _("%(file)s row %(row)s") % {"file": line.file, "row": line.row}
    return f"{place}: {LEVEL_NAMES[line.level]}: {line.key}" + (f": {line.message}" if line.message else "")


def write_csv(report: Report, file: TextIO) -> None:
    """Every line as CSV. What a spreadsheet would run as a formula gets an apostrophe in front."""
    writer = csv.writer(file)
    writer.writerow(["file", "row", "makes", "key", "level", "message"])
    for line in report.lines:
        cells = [line.file, line.row, line.makes, line.key, line.level, line.message]
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells])


def harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
