"""A mapping is checked as a whole before any file is opened."""

from pathlib import Path

import pytest

from tests.imports.conftest import ACCOUNTS, Importer
from tracker.errors import Refused
from tracker.imports import texts
from tracker.imports.mapping import read_mapping, shipped
from tracker.imports.services import require_known_fields


@pytest.mark.parametrize("name", shipped())
def test_the_mappings_that_come_with_accord_fit(name: str) -> None:
    require_known_fields(read_mapping(name))


@pytest.mark.parametrize(
    ("was", "becomes", "why"),
    [
        ('source = "test"', 'source = "Te st"', "source"),
        ('source = "test"', "", "source"),
        ('makes = "accounts"', 'makes = "invoices"', "makes"),
        ('file = "accounts.csv"', "", "file"),
        ('name = "name"', "name = { column = 'a', text = 'b' }", "exactly one"),
        ('values = "country"', 'values = "land"', "values.land"),
        ('correct = "country"', 'correct = "land"', "corrections.land"),
        ('file = "accounts.csv"', 'file = "accounts.csv"\nencoding = "klingon"', "encoding"),
        ("[[sheets]]", "[[sheets]", "TOML"),
    ],
)
def test_a_mistake_in_a_mapping_is_said(importer: Importer, was: str, becomes: str, why: str) -> None:
    with pytest.raises(Refused, match=why):
        importer(ACCOUNTS.replace(was, becomes), {"accounts.csv": "code,name,country,parent\nA,A,,\n"})


def test_a_field_that_there_is_not_is_said(importer: Importer) -> None:
    with pytest.raises(Refused, match="no field “colour”"):
        importer(ACCOUNTS + 'colour = "name"\n', {"accounts.csv": "code,name,country,parent\n"})
    with pytest.raises(Refused, match="where the “name”"):
        importer(ACCOUNTS.replace('name = "name"\n', ""), {"accounts.csv": "code,name,country,parent\n"})


def test_nobody_becomes_administrator_by_a_mapping(importer: Importer) -> None:
    mapping = """
        source = "test"
        [[sheets]]
        makes = "people"
        rows = [{ email = "eve@example.org" }]
        key = "email"
        [sheets.fields]
        email = "email"
        name = "email"
        is_administrator = { value = true }
    """
    with pytest.raises(Refused, match="is_administrator"):
        importer(mapping)


def test_a_mapping_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="accord, crm"):
        read_mapping(str(tmp_path / "none.toml"))


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{name|address}@crm.example", "mei-mei.johns@crm.example"),
        ("{name|code}", "MEI-MEI-JOHNS"),
        ("{name|key:5}", "MEIME"),
        ("{ NAME } of {firm}", "Mei-Mei Johns of Gekko & Co"),
        ("{nothing}", ""),
        ("{firm.__class__}", ""),
    ],
)
def test_texts_are_filled_with_cells(text: str, filled: str) -> None:
    assert texts.fill(text, {"name": "Mei-Mei Johns", "firm": "Gekko & Co"}) == filled


def test_a_code_that_is_taken_gets_another_ending() -> None:
    assert texts.free("ACME", set(), 10) == "ACME"
    assert texts.free("ACME", {"ACME", "ACME2"}, 10) == "ACME3"
    assert texts.free("ABCDEFGHIJ", {"ABCDEFGHIJ"}, 10, "-") == "ABCDEFGH-2"
