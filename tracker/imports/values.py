"""From the cells of a row to the values of its fields, by the rules of the mapping. Nothing is guessed.

What was read as something else and what is in no table is noted, for the report.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from tracker.imports.mapping import FieldRule, Mapping, SheetRule
from tracker.imports.reading.rows import Row, column_name
from tracker.imports.texts import fill

Texts = dict[str, str | list[str]]


class DoesNotFit(Exception):
    """A cell cannot be read as what it should be; the message says why."""


@dataclass(frozen=True)
class Unknown:
    """A value that is in no table of the mapping; `where` names the part in which it is missing."""

    column: str
    value: str
    where: str


@dataclass
class Reading:
    """A row as the mapping understands it: `texts` are the translated values of its fields, not yet typed."""

    number: int
    key: str = ""
    cells: dict[str, str] = field(default_factory=dict)
    texts: Texts = field(default_factory=dict)
    corrections: list[tuple[str, str, str]] = field(
        default_factory=list
    )  # column, what stood there, what it was read as
    left_empty: list[Unknown] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    problem: str = ""

    def notes(self) -> Iterator[str]:
        for column, was, read in self.corrections:
            yield _("%(column)s: “%(was)s” read as “%(now)s”") % {"column": column, "was": was, "now": read}
        for gap in self.left_empty:
            facts = {"column": gap.column, "value": gap.value, "where": gap.where}
            yield _("%(column)s: “%(value)s” is not in %(where)s; left empty") % facts


def read_cells(row: Row, sheet: SheetRule, mapping: Mapping) -> Reading:
    """The row with its known misspellings corrected, and what it is about."""
    reading = Reading(row.number, cells=dict(row.cells), problem=row.problem)
    for column, rule in sheet.columns.items():
        name = column_name(column)
        was = reading.cells.get(name, "") or rule.empty
        value = mapping.corrections.get(rule.correct, {}).get(was, was)
        if value != was:
            reading.corrections.append((column, was, value))
        if rule.one_of and value and value not in rule.one_of:
            reading.unknown.append(Unknown(column, value, f"columns.{column}.one_of"))
        reading.cells[name] = value
    reading.key = fill(sheet.key_text, reading.cells)
    return reading


def matches(cells: dict[str, str], where: dict[str, list[str]]) -> bool:
    return all(cells.get(column_name(column), "") in wanted for column, wanted in where.items())


def read_fields(reading: Reading, sheet: SheetRule, mapping: Mapping, most: dict[str, dict[str, str]]) -> None:
    """Fill `texts`. `most` holds, for each field that asks for it, the value that stands most often under each key."""
    for name, rule in sheet.fields.items():
        text = most[name].get(reading.key, "") if rule.most else source_text(rule, reading.cells)
        parts = [part.strip() for part in text.split(rule.split)] if rule.split else [text]
        found = [translated(part, name, rule, mapping, reading) for part in parts if part]
        if rule.required and not any(found) and not reading.unknown:
            reading.problem = reading.problem or _("%(field)s is missing.") % {"field": name}
        kept = [part for part in found if part]
        reading.texts[name] = kept if rule.split else "".join(kept)


def source_text(rule: FieldRule, cells: dict[str, str]) -> str:
    if rule.column:
        return cells.get(column_name(rule.column), "")
    if rule.text:
        return fill(rule.text, cells)
    return str(rule.value).lower() if isinstance(rule.value, bool) else str(rule.value)


def translated(text: str, name: str, rule: FieldRule, mapping: Mapping, reading: Reading) -> str:
    if not rule.values:
        return text
    table = mapping.values[rule.values]
    if text in table:
        return table[text]
    gap = Unknown(rule.column or name, text, f"values.{rule.values}")
    (reading.left_empty if rule.unknown == "empty" else reading.unknown).append(gap)
    return ""


# --- types -------------------------------------------------------------------------------------------------------


def as_list(text: str | list[str]) -> list[str]:
    return text if isinstance(text, list) else [text]


def as_date(text: str, rule: FieldRule) -> date:
    """The date, in one of the rule's formats or else ISO 8601; a time of day is dropped. Raises DoesNotFit."""
    for form in rule.dates:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise DoesNotFit(_("“%(text)s” is not a date.") % {"text": text[:80]}) from None


def as_number(text: str, rule: FieldRule) -> Decimal:
    """The number, without its group separators. Raises DoesNotFit."""
    groups = "," if rule.decimal == "." else "."
    plain = text.replace(" ", "").replace("\u00a0", "").replace(groups, "").replace(rule.decimal, ".")
    try:
        number = Decimal(plain) if len(plain) <= 40 else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise DoesNotFit(_("“%(text)s” is not a number.") % {"text": text[:80]})
    return number


def digests(texts: Texts) -> dict[str, str]:
    """A fingerprint of each value, by which the next import sees what has changed at the source."""
    return {name: digest(value) for name, value in texts.items()}


def digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()[:12]
