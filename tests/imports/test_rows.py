"""What becomes of rows: good ones come in whole, bad ones are named and cost no other, nothing is guessed."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.factories import AccountFactory, UserFactory
from tests.imports.conftest import ACCOUNTS, BOARD, Importer, levels, message
from tracker.accounts.models import Account
from tracker.errors import DomainError, Forbidden, Refused, TooLarge
from tracker.imports import services
from tracker.imports.report import Level
from tracker.log.models import Event, Stream
from tracker.people.models import User
from tracker.work.models import Project, Task

State = Callable[[], dict[str, Any]]


def test_a_dry_run_foretells_everything_and_changes_nothing(importer: Importer, state: State) -> None:
    files = {"accounts.csv": "code,name,country,parent\nA,Alpha,China,B\nB,Beta,Philipines,\nC,Gamma,Atlantis,\n"}
    before = state()
    foretold = importer(ACCOUNTS, files, is_dry=True)
    assert state() == before
    assert importer(ACCOUNTS, files).lines == foretold.lines
    assert levels(foretold, "accounts") == {2: Level.CREATED, 3: Level.CREATED, 4: Level.NEEDS_MAPPING}


def test_a_known_misspelling_is_read_and_shown(importer: Importer) -> None:
    report = importer(ACCOUNTS, {"accounts.csv": "code,name,country,parent\nA,Alpha,Philipines,\n"})
    assert Account.objects.get(code="A").country == "PH"
    assert message(report, "accounts", 2) == "country: “Philipines” read as “Philippines”"
    assert report.corrections == {("accounts.csv", "country", "Philipines", "Philippines"): 1}


def test_an_unknown_value_costs_its_row_and_is_named(importer: Importer) -> None:
    report = importer(ACCOUNTS, {"accounts.csv": "code,name,country,parent\nA,Alpha,Phillipines,\nB,Beta,China,\n"})
    assert levels(report, "accounts") == {2: Level.NEEDS_MAPPING, 3: Level.CREATED}
    assert report.unknown == {("accounts.csv", "country", "Phillipines", "values.country"): 1}
    assert [account.code for account in Account.objects.all()] == ["B"]


def test_or_leaves_the_field_empty_where_the_mapping_says_so(importer: Importer) -> None:
    mapping = ACCOUNTS.replace('values = "country" }', 'values = "country", unknown = "empty" }')
    report = importer(mapping, {"accounts.csv": "code,name,country,parent\nA,Alpha,Atlantis,\n"})
    assert levels(report, "accounts") == {2: Level.CREATED}
    assert "left empty" in message(report, "accounts", 2)
    assert Account.objects.get(code="A").country == ""


BAD_ROWS = {
    3: "b c,Blank in the code,,",
    4: "C,,,",
    5: "D," + "x" * 161 + ",,",
    6: "E,Echo,,NOBODY",
    7: "A,Alpha again,,",
    8: ",No key,,",
    9: "F,One cell too many,,,x",
    10: 'G,"Quotes"broken,,',
    11: "H,\u200b\u202e,,",
}


def test_a_bad_row_is_reported_and_costs_no_other(importer: Importer) -> None:
    lines = ["code,name,country,parent", "A,Alpha,,", *BAD_ROWS.values(), "Z,Zulu,,A"]
    report = importer(ACCOUNTS, {"accounts.csv": "\n".join(lines)})
    found = levels(report, "accounts")
    assert {row for row, level in found.items() if level is Level.REFUSED} == set(BAD_ROWS)
    assert all(message(report, "accounts", row) for row in BAD_ROWS)
    assert message(report, "accounts", 4) == "name is missing."
    assert sorted(Account.objects.values_list("code", flat=True)) == ["A", "Z"]


def test_parents_come_in_any_order_and_circles_are_refused(importer: Importer) -> None:
    rows = [
        "A,Alpha,,B",
        "B,Beta,,C",
        "C,Gamma,,",
        "D,Delta,,E",
        "E,Echo,,D",
        "F,Foxtrot,,D",
        "G,Golf,,G",
        "H,Hotel,,A",
    ]
    report = importer(ACCOUNTS, {"accounts.csv": "code,name,country,parent\n" + "\n".join(rows)})
    parents = dict(Account.objects.values_list("code", "parent__code"))
    assert parents == {"A": "B", "B": "C", "C": None, "H": "A"}
    refused = {row for row, level in levels(report, "accounts").items() if level is Level.REFUSED}
    assert refused == {5, 6, 7, 8}
    assert "circle" in message(report, "accounts", 5)
    assert "circle" not in message(report, "accounts", 7)


def test_a_later_circle_through_what_is_here_is_refused_too(importer: Importer, state: State) -> None:
    header = "code,name,country,parent\n"
    importer(ACCOUNTS, {"accounts.csv": f"{header}A,Alpha,,B\nB,Beta,,C\nC,Gamma,,\n"})
    before = state()
    for is_dry in (True, False):
        report = importer(ACCOUNTS, {"accounts.csv": f"{header}C,Gamma,,A\n"}, is_dry=is_dry)
        assert levels(report, "accounts") == {2: Level.REFUSED}
    assert state() == before


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-2", "@SUM(A1)", "＝1+1", '=HYPERLINK("x")'])
def test_formulas_stay_plain_text(importer: Importer, text: str) -> None:
    quoted = text.replace('"', '""')
    importer(BOARD, {"tasks.csv": f'id,title,status,due,hours\n1,"{quoted}",Ready,,\n'})
    assert Task.objects.get().title == text


def test_dates_and_numbers_are_read_as_the_mapping_says(importer: Importer) -> None:
    rows = [
        '1,One,Ready,31.12.2026,"1.234,5"',
        "2,Two,就绪,2026-11-23,2",
        "3,Three,Ready,30.02.2026,",
        "4,Four,Ready,,many",
    ]
    report = importer(BOARD, {"tasks.csv": "id,title,status,due,hours\n" + "\n".join(rows)})
    assert list(Task.objects.order_by("number").values_list("title", "due", "estimate")) == [
        ("One", date(2026, 12, 31), Decimal("1234.50")),
        ("Two", date(2026, 11, 23), Decimal("2.00")),
    ]
    assert message(report, "tasks", 4) == "due: “30.02.2026” is not a date."
    assert message(report, "tasks", 5) == "estimate: “many” is not a number."


def test_a_status_of_another_workflow_needs_mapping(importer: Importer) -> None:
    for is_dry in (True, False):
        report = importer(BOARD, {"tasks.csv": "id,title,status,due,hours\n1,One,Someday,,\n"}, is_dry=is_dry)
        assert levels(report, "tasks") == {2: Level.NEEDS_MAPPING}
        assert report.unknown == {("tasks.csv", "status", "Someday", "the statuses of the workflow"): 1}


def test_cards_stand_in_the_order_of_their_rows_and_the_log_tells_each(importer: Importer) -> None:
    count = 450
    rows = "".join(f"{n},Task {n},Ready,,\n" for n in range(1, count + 1))
    importer(BOARD, {"tasks.csv": f"id,title,status,due,hours\n{rows}"})
    project = Project.objects.get()
    assert project.next_number == count + 1
    assert [task.title for task in project.tasks.order_by("rank")] == [f"Task {n}" for n in range(1, count + 1)]
    stream = Stream.objects.get(kind="project", ref=project.pk)
    told = list(Event.objects.filter(stream=stream).order_by("seq").values_list("seq", "type", "tx"))
    assert [seq for seq, _type, _tx in told] == list(range(1, stream.head + 1))
    assert sum(what == "task.created" for _seq, what, _tx in told) == count
    sizes = [sum(other == tx for _seq, _type, other in told) for tx in {tx for _seq, _type, tx in told}]
    assert len(sizes) > 2
    assert max(sizes) <= 500


def test_what_is_here_by_another_way_is_adopted_and_stays_as_it_is(importer: Importer, boss: User) -> None:
    mei = UserFactory(email="mei@example.org", name="Mei Chen", title="Director")
    mapping = """
        source = "test"
        [[sheets]]
        makes = "people"
        file = "people.csv"
        key = "name"
        [sheets.fields]
        email = "{name|address}@example.org"
        name = "name"
    """
    for is_dry in (True, False):
        report = importer(mapping, {"people.csv": "name\nMEI\nMei!\nBo Tang\n"}, is_dry=is_dry)
        assert levels(report, "people") == {2: Level.UNCHANGED, 3: Level.REFUSED, 4: Level.CREATED}
    mei.refresh_from_db()
    assert (mei.name, mei.title, User.objects.count()) == ("Mei Chen", "Director", 3)
    assert not User.objects.get(email="bo.tang@example.org").has_usable_password()


def test_a_code_that_somebody_else_took_is_refused(importer: Importer) -> None:
    AccountFactory(code="A", name="Another")
    for is_dry in (True, False):
        report = importer(ACCOUNTS, {"accounts.csv": "code,name,country,parent\nA,Alpha,,\n"}, is_dry=is_dry)
        assert levels(report, "accounts") == {2: Level.REFUSED}
    assert Account.objects.get().name == "Another"


@pytest.mark.parametrize(
    "who", [{}, {"is_overseer": True}, {"is_administrator": True, "is_active": False}, {"is_guest": True}]
)
def test_only_administrators_import(importer: Importer, state: State, who: dict[str, bool]) -> None:
    importer.actor = UserFactory(**who)
    before = state()
    with pytest.raises(DomainError) as refusal:
        importer(ACCOUNTS, {"accounts.csv": "code,name,country,parent\nA,Alpha,,\n"})
    assert refusal.value.status in (403, 404)
    assert isinstance(refusal.value, Forbidden) or who != {}
    assert state() == before


def test_too_many_rows_are_refused_before_anything_changes(
    importer: Importer, state: State, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_ROWS", 3)
    before = state()
    with pytest.raises(TooLarge, match="3 rows"):
        importer(ACCOUNTS, {"accounts.csv": "code,name,country,parent\n" + "A,A,,\n" * 4})
    assert state() == before


def test_a_file_that_lacks_a_column_is_refused_before_anything_changes(importer: Importer, state: State) -> None:
    before = state()
    with pytest.raises(Refused, match="no column “parent”"):
        importer(ACCOUNTS, {"accounts.csv": "code,name,country\nA,Alpha,China\n"})
    assert state() == before


def test_latin_1_is_said_in_the_report(importer: Importer) -> None:
    report = importer(ACCOUNTS, {"accounts.csv": "code,name,country,parent\nA,Caf\xe9 Z\xfcri,,\n".encode("latin-1")})
    assert Account.objects.get().name == "Café Züri"
    assert "Latin-1" in report.warnings[0]
