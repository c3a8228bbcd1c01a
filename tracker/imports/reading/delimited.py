"""Rows of a text file with cells between commas, semicolons or tabs (RFC 4180), whatever its line ends."""

import csv
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from django.utils.translation import gettext as _

from tracker.imports.reading.rows import LARGEST_FILE, Row, column_name, row_of

DELIMITERS = ",;\t"


def read_header(path: Path, encoding: str) -> list[str]:
    with path.open(encoding=encoding, newline="") as file:
        for cells in csv.reader(file, delimiter=delimiter_of(path, encoding)):
            if any(cell.strip() for cell in cells):
                return [column_name(cell) for cell in cells]
    return []


def delimiter_of(path: Path, encoding: str) -> str:
    """The character that occurs most often in the header outside of quotation marks; a comma where none does."""
    with path.open(encoding=encoding, newline="") as file:
        first = next((line for line in file if line.strip()), "")[:100_000]
    bare = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=bare.count)


def read_rows(path: Path, encoding: str) -> Iterator[Row]:
    """The rows under the header. A row that breaks the format is given with its problem, and the next one is read."""
    csv.field_size_limit(LARGEST_FILE)
    header: list[str] | None = None
    with path.open(encoding=encoding, newline="") as file:
        for number, cells, error in records(csv.reader(file, delimiter=delimiter_of(path, encoding), strict=True)):
            if error:
                yield Row(number, problem=problem(error))
            elif header is not None:
                if row := row_of(number, header, cells):
                    yield row
            elif any(cell.strip() for cell in cells):
                header = [column_name(cell) for cell in cells]


def records(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str], csv.Error | None]]:
    """Every record with its number, and what is wrong with it."""
    for number in count(1):
        try:
            yield number, next(reader), None
        except StopIteration:
            return
        except csv.Error as error:
            yield number, [], error


def problem(error: csv.Error) -> str:
    if "end of data" in str(error):
        return _("A quotation mark is opened here and never closed: nothing after it could be read.")
    return _("The quotation marks in this row do not fit.")
