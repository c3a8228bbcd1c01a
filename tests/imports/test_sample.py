"""The sample that comes with Accord: what docs/importing.md promises of it, from the command line as people type it."""

import csv
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import UserFactory
from tests.support.asking import Asking
from tracker.accounts.models import Account
from tracker.imports.report import Level, Line, Report, write_csv
from tracker.people.models import User
from tracker.work.models import Project, Task

SAMPLES = Path(__file__).parents[2] / "samples"

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    said = StringIO()
    call_command("import", "accord", str(SAMPLES), *arguments, stdout=said)
    return said.getvalue()


@pytest.fixture
def boss() -> User:
    return UserFactory(email="boss@example.org", is_administrator=True)


def test_the_sample_comes_in(boss: User) -> None:
    said = run()
    assert "refused" not in said
    assert "needs mapping" not in said
    assert "“Signapore” read as “Singapore” (1 rows)" in said
    parents = dict(Account.objects.values_list("code", "parent__code"))
    assert parents == {"QL": None, "QL-SZ": "QL", "MERID": None, "MER-DE": "MERID", "TANBARK": None}
    assert dict(Project.objects.values_list("key", "state")) == {"QLX": "active", "QLC": "active", "MER": "active"}
    assert Task.objects.count() == 12
    task = Task.objects.get(title="盘点四个港口的传感器")
    assert task.owner is not None
    assert (task.owner.name_zh, task.status.name, str(task.due), task.priority) == (
        "唐博",
        "Doing",
        "2026-10-09",
        "high",
    )
    assert [label.name for label in task.labels.all()] == ["On site"]


def test_its_people_see_their_cards(boss: User) -> None:
    run()
    bo = Asking(User.objects.get(email="bo.tang@northwharf.example"))
    board = bo.get(f"/projects/{Project.objects.get(key='QLX').pk}/board")
    assert board.status_code == 200
    assert len(board.json()["tasks"]["rows"]) == 5
    assert bo.get(f"/projects/{Project.objects.get(key='MER').pk}/board").status_code == 404


def test_a_dry_run_says_so_in_the_language_of_whoever_imports(boss: User) -> None:
    assert "nothing has been changed" in run("--dry-run")
    User.objects.update(language="zh-Hans")
    assert "没有修改任何内容" in run("--dry-run")
    assert Task.objects.count() == 0


def test_every_row_is_written_to_the_report(boss: User, tmp_path: Path) -> None:
    run("--report", str(tmp_path / "report.csv"))
    with (tmp_path / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.DictReader(file))
    assert len(lines) == 3 + 5 + 5 + 7 + 3 + 12
    assert {line["level"] for line in lines} == {"created"}


def test_the_report_holds_nothing_that_a_spreadsheet_would_run() -> None:
    file = StringIO()
    write_csv(Report(is_dry=False, lines=[Line("a.csv", 2, "tasks", "=cmd|x", Level.REFUSED, "＝1+1")]), file)
    assert "'=cmd|x" in file.getvalue()
    assert "'＝1+1" in file.getvalue()


def test_who_imports_must_be_clear(boss: User) -> None:
    with pytest.raises(CommandError, match="no such administrator"):
        run("--actor", "nobody@example.org")
    UserFactory(is_administrator=True)
    with pytest.raises(CommandError, match="--actor"):
        run()
    assert "created" in run("--actor", "Boss@example.org")


@pytest.mark.parametrize("arguments", [("none.toml", "."), ("accord", "/nowhere")])
def test_a_mistake_on_the_command_line_is_said_and_nothing_else(boss: User, arguments: Any) -> None:
    with pytest.raises(CommandError):
        call_command("import", *arguments)


def test_the_worked_example_answers_as_the_documentation_says(boss: User) -> None:
    said = StringIO()
    folder = SAMPLES / "partners"
    call_command("import", str(folder / "partners.toml"), str(folder), "--dry-run", stdout=said)
    guide = (SAMPLES.parent / "docs" / "importing.md").read_text(encoding="utf-8")
    assert said.getvalue().strip() in guide
    for name in ("partners.csv", "partners.toml"):
        assert (folder / name).read_text(encoding="utf-8").strip() in guide
