"""Rows of an XLSX workbook, which is a zip of XML and may be hostile: measured before anything is unpacked.

openpyxl reads the XML with defusedxml (no entities, no external references) and row by row. Nothing is calculated.
"""

import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from tracker.errors import Refused, TooLarge
from tracker.imports.reading.rows import LARGEST_FILE, Row, column_name, row_of

MOST_ENTRIES = 10_000
LARGEST_RATIO = 100  # unpacked ÷ packed
MOST_COLUMNS = 1000
LAST_ROW = 1_048_576  # that a spreadsheet can have
SMALL = 1024 * 1024  # bytes: below this a high ratio harms nobody
UNREADABLE = (
    zipfile.BadZipFile, DefusedXmlException, ParseError, KeyError, ValueError, TypeError, AttributeError, IndexError, OSError,
    NotImplementedError, EOFError,
)  # fmt: skip


def require_harmless(path: Path) -> None:
    """Raises Refused for what is no workbook, TooLarge for one that would unpack beyond the caps."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise unreadable(path) from None
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > LARGEST_FILE or any(is_bomb(entry) for entry in entries):
        raise TooLarge(_("%(file)s would unpack to more than an import may hold.") % {"file": path.name})


def is_bomb(entry: zipfile.ZipInfo) -> bool:
    return entry.file_size > max(SMALL, LARGEST_RATIO * entry.compress_size)


def unreadable(path: Path) -> Refused:
    return Refused(_("%(file)s is not a workbook that can be read.") % {"file": path.name}, code="unreadable")


def sheet_names(path: Path) -> list[str]:
    require_harmless(path)
    with closing(opened(path, values=True)) as book:
        return list(book.sheetnames)


def opened(path: Path, *, values: bool) -> Any:
    if not openpyxl.DEFUSEDXML:
        raise RuntimeError("openpyxl runs without defusedxml: is OPENPYXL_DEFUSEDXML switched off?")
    try:
        return openpyxl.load_workbook(path, read_only=True, data_only=values, keep_links=False)
    except UNREADABLE:
        raise unreadable(path) from None


def read_header(path: Path, sheet: str) -> list[str]:
    """Column names by their place; nameless columns are empty. Raises TooLarge for more than MOST_COLUMNS."""
    return header_of(path, sheet)[1]


def header_of(path: Path, sheet: str) -> tuple[int, list[str]]:
    """The number of the first row that says anything, and its column names."""
    for number, cells in numbered(path, sheet, MOST_COLUMNS + 1):
        if any(cells):
            names = [column_name(cell) for cell in cells]
            while names and not names[-1]:
                names.pop()
            if len(names) > MOST_COLUMNS:
                raise TooLarge(_("%(file)s has too many columns.") % {"file": path.name})
            return number, names
    return 0, []


def read_rows(path: Path, sheet: str) -> Iterator[Row]:
    """The rows under the header; numbers are those that the spreadsheet shows."""
    top, header = header_of(path, sheet)
    for number, cells in numbered(path, sheet, len(header) + 1) if header else ():
        if number > top and (row := row_of(number, header, cells)):
            yield row


def numbered(path: Path, sheet: str, width: int) -> Iterator[tuple[int, list[str]]]:
    """Every row's first `width` cells as text. A formula gives what it showed when it was saved, or its own text.

    Never wider or longer than asked for: a hostile sheet may place one cell in its last column, or in row 10^12.
    """
    require_harmless(path)
    with closing(opened(path, values=True)) as shown, closing(opened(path, values=False)) as written:
        try:
            both = [book[sheet] for book in (shown, written)]
            for one in both:
                one.reset_dimensions()
            rows = zip(*(one.iter_rows(max_col=width, max_row=LAST_ROW, values_only=True) for one in both), strict=True)
            for number, (values, formulas) in enumerate(rows, start=1):
                cells = zip(values, formulas, strict=True)
                yield number, [as_text(formula if value is None else value) for value, formula in cells]
        except UNREADABLE:
            raise unreadable(path) from None


def as_text(value: Any) -> str:
    """A cell's value as it would stand in a text file: ISO dates, numbers without a superfluous `.0`."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return format(Decimal(repr(value)).normalize(), "f") if value.is_integer() else repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="seconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
    return str(value)
