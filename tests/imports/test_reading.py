"""Files as they come: encodings, line ends, delimiters, quotation marks, workbooks, and what is hostile."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from tracker.errors import DomainError, Refused, TooLarge
from tracker.imports.reading import workbooks
from tracker.imports.reading.encodings import encoding_of
from tracker.imports.reading.rows import LONGEST_CELL
from tracker.imports.reading.tables import Files, require_columns


def cells(path: Path, sheet: str = "") -> list[dict[str, str]]:
    return [row.cells for row in Files([path]).table(path.name, sheet).rows()]


def written(folder: Path, content: bytes, name: str = "data.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("gb18030", "gb18030"),
    ],
)
def test_chinese_text_is_read_in_every_encoding_it_comes_in(tmp_path: Path, encoding: str, found: str) -> None:
    text = "name,city\r\n恒越重工,深圳市宝安区\r\nAcme,Wien\r\n"
    path = written(tmp_path, text.encode(encoding))
    assert encoding_of(path) == found
    assert cells(path) == [{"name": "恒越重工", "city": "深圳市宝安区"}, {"name": "Acme", "city": "Wien"}]


def test_western_letters_are_read_as_latin_1_and_the_table_says_so(tmp_path: Path) -> None:
    path = written(tmp_path, "name,city\nMüller & Söhne,Köln\nCafé Zoë,Málaga\n".encode("latin-1"))
    assert Files([path]).table("data.csv").is_guessed
    assert [row["name"] for row in cells(path)] == ["Müller & Söhne", "Café Zoë"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found_in_the_header(tmp_path: Path, delimiter: str) -> None:
    lines = ["name|amount|city", '"Smith; Sons, Ltd"|1|Oslo']
    text = "\n".join(line.replace("|", delimiter) for line in lines)
    assert cells(written(tmp_path, text.encode())) == [{"name": "Smith; Sons, Ltd", "amount": "1", "city": "Oslo"}]


def test_line_ends_may_be_mixed_and_cells_may_hold_them(tmp_path: Path) -> None:
    path = written(tmp_path, b'a,b\r\n1,"two\nlines"\r3,4\n\n5,6')
    rows = list(Files([path]).table("data.csv").rows())
    assert [row.cells for row in rows] == [{"a": "1", "b": "two\nlines"}, {"a": "3", "b": "4"}, {"a": "5", "b": "6"}]
    assert [row.number for row in rows] == [2, 3, 5]


def test_column_names_are_compared_without_case_and_blanks(tmp_path: Path) -> None:
    table = Files([written(tmp_path, "\ufeff  E-Mail  ,Full   Name\nx,y\n".encode())]).table("data.csv")
    require_columns(table, ["e-mail", "full name"])
    with pytest.raises(Refused, match="no column “Phone”"):
        require_columns(table, ["Phone"])


def test_a_broken_row_is_given_with_its_problem_and_the_next_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, b'a,b\n1,2\n"x"y,3\n4,5,6\n7,8\0\n9\n')
    rows = list(Files([path]).table("data.csv").rows())
    assert [(row.number, bool(row.problem)) for row in rows] == [
        (2, False),
        (3, True),
        (4, True),
        (5, True),
        (6, False),
    ]
    assert rows[-1].cells == {"a": "9", "b": ""}


def test_a_quotation_mark_that_is_never_closed_is_said(tmp_path: Path) -> None:
    rows = list(Files([written(tmp_path, b'a,b\n1,2\n3,"4\n5,6\n')]).table("data.csv").rows())
    assert rows[0].cells == {"a": "1", "b": "2"}
    assert "never closed" in rows[1].problem


def test_a_cell_of_more_than_10_mb_costs_its_row_only(tmp_path: Path) -> None:
    big = b"x" * (LONGEST_CELL + 1)
    rows = list(Files([written(tmp_path, b"a,b\n1," + big + b"\n3,4\n")]).table("data.csv").rows())
    assert "10 MB" in rows[0].problem
    assert rows[1].cells == {"a": "3", "b": "4"}


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="There is no"):
        Files([tmp_path / "nowhere"])
    with pytest.raises(Refused, match="needs people"):
        Files([tmp_path]).table("people.csv")
    written(tmp_path, b"a,A \n1,2\n")
    with pytest.raises(Refused, match="two columns"):
        require_columns(Files([tmp_path]).table("data.csv"), [])


# --- workbooks ---------------------------------------------------------------------------------------------------


def book(folder: Path, rows: list[list[object]], title: str = "Data") -> Path:
    made = Workbook()
    made.active.title = title
    for row in rows:
        made.active.append(row)
    path = folder / "book.xlsx"
    made.save(path)
    return path


def repacked(path: Path, name: str, content: bytes) -> Path:
    """The workbook with one of its parts replaced."""
    whole = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, content if entry.filename == name else old.read(entry))
    path.write_bytes(whole.getvalue())
    return path


def test_cells_of_a_workbook_become_the_text_that_people_would_type(tmp_path: Path) -> None:
    path = book(
        tmp_path,
        [
            [None, None, None, None, None],
            ["day", "number", "share", "yes", "text"],
            [date(2026, 11, 23), 3.0, 12.5, True, "恒越"],
            [None, None, None, None, None],
            [datetime(2026, 11, 23, 9, 30), 10**12, None, False, "=cmd|' /C calc'!A0"],  # noqa: DTZ001  (workbooks know no zones)
        ],
    )
    rows = list(Files([path]).table("book.xlsx", "Data").rows())
    assert [row.number for row in rows] == [3, 5]
    assert rows[0].cells == {"day": "2026-11-23", "number": "3", "share": "12.5", "yes": "true", "text": "恒越"}
    assert rows[1].cells["day"] == "2026-11-23 09:30:00"
    assert rows[1].cells["number"] == "1000000000000"
    assert rows[1].cells["text"] == "=cmd|' /C calc'!A0"


def test_a_sheet_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no sheet “Other”"):
        Files([book(tmp_path, [["a"]])]).table("book.xlsx", "Other")


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = repacked(book(tmp_path, [["a"], ["1"]]), "xl/worksheets/sheet1.xml", b" " * 300_000_000)
    assert path.stat().st_size < 1_000_000
    with pytest.raises(TooLarge):
        Files([path]).table("book.xlsx")


def test_a_high_ratio_is_refused_even_below_100_mb(tmp_path: Path) -> None:
    path = repacked(book(tmp_path, [["a"], ["1"]]), "docProps/app.xml", b" " * 20_000_000)
    with pytest.raises(TooLarge):
        Files([path]).table("book.xlsx")


def test_a_zip_with_too_many_entries_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(workbooks.MOST_ENTRIES + 1):
            archive.writestr(f"{number}", b"")
    with pytest.raises(TooLarge):
        Files([path]).table("book.xlsx")


@pytest.mark.parametrize(
    "entity",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY e "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ],
)
def test_entities_are_refused(tmp_path: Path, entity: str) -> None:
    sheet = (
        f'<?xml version="1.0"?>{entity}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&e;</t></is></c></row></sheetData></worksheet>'
    )
    path = repacked(book(tmp_path, [["a"]]), "xl/worksheets/sheet1.xml", sheet.encode())
    with pytest.raises(Refused):
        list(Files([path]).table("book.xlsx").rows())


def test_a_cell_far_away_costs_nothing(tmp_path: Path) -> None:
    far = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c><c r="ZZZ2"><v>1</v></c></row>'
        '<row r="999999999999"><c r="A999999999999"><v>1</v></c></row></sheetData></worksheet>'
    )
    path = repacked(book(tmp_path, [["a"]]), "xl/worksheets/sheet1.xml", far.encode())
    assert cells(path, "Data") == [{"name": "x"}]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(DomainError):
        list(Files([written(tmp_path, content, "book.xlsx")]).table("book.xlsx").rows())
