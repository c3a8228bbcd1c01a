"""The public CRM data set, with its real dirt: everything that is in it, counted, comes in exactly once."""

import csv
import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.factories import UserFactory
from tests.support.asking import Asking
from tracker.accounts.models import Account, AccountMember
from tracker.imports.mapping import read_mapping
from tracker.imports.models import ExternalKey
from tracker.imports.report import Level, Report
from tracker.imports.services import import_files
from tracker.log.models import Event, Stream
from tracker.people.models import Team, User
from tracker.work.models import Project, Task, Workflow

pytestmark = [pytest.mark.crm, pytest.mark.slow, pytest.mark.django_db]
OPEN = ("Prospecting", "Engaging")


def folder() -> Path:
    return Path(os.environ["ACCORD_CRM_DATA"])


def table(name: str) -> list[dict[str, str]]:
    with (folder() / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def run(actor: User, **options: Any) -> Report:
    return import_files(actor=actor, mapping=read_mapping("crm"), files=[folder()], **options)


@pytest.fixture(scope="module")
def imported(django_db_setup: None, django_db_blocker: Any) -> Iterator[tuple[User, Report, Report]]:
    """The import, once for all tests of this module: who ran it, what the dry run foretold, what came of it."""
    from django.db import transaction

    class Undone(Exception):
        pass

    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        boss = UserFactory(email="boss@example.org", is_administrator=True)
        foretold = run(boss, is_dry=True)
        yield boss, foretold, run(boss)
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


def test_the_dry_run_foretold_every_row(imported: tuple[User, Report, Report]) -> None:
    _boss, foretold, report = imported
    assert foretold.lines == report.lines
    assert foretold.problems() == []


def test_accounts_have_their_parents_countries_and_industries(imported: tuple[User, Report, Report]) -> None:
    rows = table("accounts.csv")
    assert len(rows) == Account.objects.count() == 85
    parents = dict(Account.objects.values_list("name", "parent__name"))
    assert parents == {row["account"]: row["subsidiary_of"] or None for row in rows}
    assert sum(bool(parent) for parent in parents.values()) == 15
    assert Counter(Account.objects.values_list("country", flat=True))["US"] == 71
    assert Account.objects.filter(country="PH").count() == 1
    assert Account.objects.filter(industry="Technology", industry_zh="科技").count() == 12
    assert Account.objects.exclude(country="").count() == 85


def test_agents_and_managers_are_people_in_the_teams_of_their_offices(imported: tuple[User, Report, Report]) -> None:
    rows = table("sales_teams.csv")
    agents, managers = {row["sales_agent"] for row in rows}, {row["manager"] for row in rows}
    assert (len(agents), len(managers)) == (35, 6)
    assert set(User.objects.filter(function__code="sales").values_list("name", flat=True)) == agents
    assert set(User.objects.filter(is_overseer=True).values_list("name", flat=True)) == managers
    assert User.objects.get(name="Mei-Mei Johns").email == "mei-mei.johns@crm.example"
    for team in Team.objects.all():
        office = team.name.removeprefix("Sales ")
        members = {row[who] for row in rows if row["regional_office"] == office for who in ("sales_agent", "manager")}
        assert set(team.group.user_set.values_list("name", flat=True)) == members
    assert Team.objects.count() == 3


def test_open_opportunities_are_cards_on_the_boards_of_their_accounts(imported: tuple[User, Report, Report]) -> None:
    rows = {row["opportunity_id"]: row for row in table("sales_pipeline.csv") if row["deal_stage"] in OPEN}
    assert len(rows) == Task.objects.count() == 2089
    assert Project.objects.count() == 86
    keys = dict(ExternalKey.objects.filter(kind="tasks").values_list("object_id", "key"))
    for task in Task.objects.select_related("project__account", "owner", "status").prefetch_related("labels"):
        row = rows.pop(keys[task.pk])
        account = task.project.account
        assert (account.name if account else "") == row["account"]
        assert task.owner is not None
        assert task.owner.name == row["sales_agent"]
        assert task.status.name == row["deal_stage"]
        product = row["product"].replace("GTXPro", "GTX Pro")
        assert [label.name for label in task.labels.all()] == [product]
        assert task.title.startswith(product)
        assert keys[task.pk] in task.description
        assert (task.start.isoformat() if task.start else "") == row["engage_date"]
    assert rows == {}
    assert Project.objects.get(account=None).tasks.count() == 1425
    assert Counter(Task.objects.values_list("status__name", flat=True)) == {"Engaging": 1589, "Prospecting": 500}


def test_the_dirt_is_read_and_shown(imported: tuple[User, Report, Report]) -> None:
    report = imported[2]
    assert report.corrections == {
        ("accounts.csv", "sector", "technolgy", "technology"): 12,
        ("accounts.csv", "office_location", "Philipines", "Philippines"): 1,
        ("sales_pipeline.csv", "product", "GTXPro", "GTX Pro"): 333,
    }
    assert report.unknown == {}
    assert report.left_out["tasks", "sales_pipeline.csv"] == 8800 - 2089


def test_every_agent_sees_their_cards_and_nobody_elses_accounts(imported: tuple[User, Report, Report]) -> None:
    agent = User.objects.get(name="Moses Frase")
    asking = Asking(agent)
    for project in Project.objects.filter(tasks__owner=agent).distinct():
        board = asking.get(f"/projects/{project.pk}/board")
        assert board.status_code == 200
        columns, cards = board.json()["tasks"]["columns"], board.json()["tasks"]["rows"]
        assert agent.pk in {card[columns.index("owner")] for card in cards}
    strange = Project.objects.exclude(tasks__owner=agent).first()
    assert strange is not None
    assert asking.get(f"/projects/{strange.pk}/board").status_code == 404
    assert AccountMember.objects.filter(role="lead").count() == 85
    assert not AccountMember.objects.filter(role="member").exclude(function__code="sales").exists()


def test_every_stream_is_gapless_and_tells_of_every_card(imported: tuple[User, Report, Report]) -> None:
    heads = dict(Stream.objects.values_list("pk", "head"))
    told: dict[int, list[int]] = {}
    for stream, seq in Event.objects.order_by("seq").values_list("stream_id", "seq"):
        told.setdefault(stream, []).append(seq)
    for stream, seqs in told.items():
        assert seqs == list(range(1, heads[stream] + 1))
    assert Event.objects.filter(type="task.created").count() == 2089
    sizes = Counter(Event.objects.values_list("stream_id", "tx"))
    assert max(sizes.values()) <= 500


def test_again_changes_nothing(imported: tuple[User, Report, Report], state: Callable[[], Any]) -> None:
    before = state()
    report = run(imported[0])
    assert {line.level for line in report.lines} == {Level.UNCHANGED}
    assert state() == before


def test_the_workflow_is_the_imports_own(imported: tuple[User, Report, Report]) -> None:
    statuses = Workflow.objects.get(code="opportunities").statuses.values_list("name", "category")
    assert list(statuses) == [
        ("Prospecting", "ready"), ("Engaging", "active"), ("Won", "done"), ("Lost", "cancelled"),
    ]  # fmt: skip
