"""The files given to an import, found by name, measured, and read as tables."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from tracker.errors import Refused, TooLarge
from tracker.imports.reading import delimited, workbooks
from tracker.imports.reading.encodings import FALLBACK, decodes, encoding_of
from tracker.imports.reading.rows import LARGEST_FILE, Row, column_name

TEXTS = {".csv", ".tsv", ".txt"}
WORKBOOKS = {".xlsx", ".xlsm"}


@dataclass(frozen=True)
class Table:
    """A header and rows under it: a text file, or one sheet of a workbook. Can be read as often as needed."""

    name: str
    path: Path
    encoding: str = ""
    sheet: str = ""

    def header(self) -> list[str]:
        if self.sheet:
            return workbooks.read_header(self.path, self.sheet)
        return delimited.read_header(self.path, self.encoding)

    def rows(self) -> Iterator[Row]:
        if self.sheet:
            return workbooks.read_rows(self.path, self.sheet)
        return delimited.read_rows(self.path, self.encoding)

    @property
    def is_guessed(self) -> bool:
        """No other encoding fitted, so accented letters may be wrong."""
        return self.encoding == FALLBACK


class Files:
    """What was given: files, and folders whose files count as given."""

    def __init__(self, given: Iterable[Path]) -> None:
        """Raises Refused for a path that is not there."""
        self.paths: dict[str, Path] = {}
        self.tables: dict[tuple[str, str], Table] = {}
        for path in given:
            if not path.exists():
                raise Refused(_("There is no %(path)s.") % {"path": path}, code="missing_file")
            for file in sorted(path.iterdir()) if path.is_dir() else [path]:
                if file.suffix.lower() in TEXTS | WORKBOOKS and file.is_file():
                    self.paths.setdefault(file.name.casefold(), file)

    def table(self, file: str, sheet: str = "", encoding: str = "") -> Table:
        """The table of this name. Raises Refused (it is not there, it cannot be read), TooLarge."""
        if (file, sheet) not in self.tables:
            self.tables[file, sheet] = self.find(file, sheet, encoding)
        return self.tables[file, sheet]

    def find(self, file: str, sheet: str, encoding: str) -> Table:
        path = self.paths.get(file.casefold())
        if path is None:
            raise Refused(_("The mapping needs %(file)s, which was not given.") % {"file": file}, code="missing_file")
        if path.stat().st_size > LARGEST_FILE:
            raise TooLarge(_("%(file)s is larger than 100 MB.") % {"file": file})
        if path.suffix.lower() in TEXTS:
            if encoding and not decodes(path, encoding):
                raise Refused(
                    _("%(file)s is not written in %(encoding)s.") % {"file": file, "encoding": encoding},
                    code="wrong_encoding",
                )
            return Table(file, path, encoding=encoding or encoding_of(path))
        names = workbooks.sheet_names(path)
        wanted = sheet or (names[0] if names else "")
        if wanted not in names:
            raise Refused(
                _("%(file)s has no sheet “%(sheet)s”.") % {"file": file, "sheet": sheet}, code="missing_sheet"
            )
        return Table(f"{file}/{wanted}", path, sheet=wanted)


def require_columns(table: Table, wanted: Iterable[str]) -> None:
    """Raises Refused where the header names a column twice, or lacks one that the mapping speaks of."""
    header = [name for name in table.header() if name]
    twice = next((name for name in header if header.count(name) > 1), None)
    if twice:
        raise Refused(
            _("%(file)s has two columns “%(column)s”.") % {"file": table.name, "column": twice}, code="repeated_column"
        )
    for column in wanted:
        if column_name(column) not in header:
            raise Refused(
                _("%(file)s has no column “%(column)s”.") % {"file": table.name, "column": column},
                code="missing_column",
            )
