"""One row as it stands in a file, before anything is made of it."""

import unicodedata
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

MOST_ROWS = 500_000  # of all files of one import together
LONGEST_CELL = 10 * 1024 * 1024  # characters
LARGEST_FILE = 100 * 1024 * 1024  # bytes, also of an unpacked workbook


@dataclass(slots=True)
class Row:
    """A row's cells by the name of their column. `problem` says why the row cannot be used, if it cannot.

    Rows count as in a spreadsheet: the header is row 1.
    """

    number: int
    cells: dict[str, str] = field(default_factory=dict)
    problem: str = ""


def column_name(text: str) -> str:
    """Column names are compared without case and outer blanks."""
    return " ".join(text.replace("\ufeff", "").split()).casefold()


def row_of(number: int, header: list[str], cells: list[str]) -> Row | None:
    """The cells under their columns, in NFC; None for a blank row. Cells that are missing at the end are empty."""
    if not any(cell.strip() for cell in cells):
        return None
    if problem := problem_of(header, cells):
        return Row(number, problem=problem)
    padded = cells + [""] * (len(header) - len(cells))
    named = zip(header, padded, strict=False)
    return Row(number, {name: unicodedata.normalize("NFC", cell).strip() for name, cell in named if name})


def problem_of(header: list[str], cells: list[str]) -> str:
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return _("A cell holds more than 10 MB.")
    if any("\0" in cell for cell in cells):
        return _("A cell holds a character that cannot be stored.")
    if any(cell.strip() for cell in cells[len(header) :]):
        return _("The row has more cells than there are columns.")
    return ""
