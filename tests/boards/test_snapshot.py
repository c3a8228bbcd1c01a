"""A whole board in one answer: what is in it, how many queries it takes, and when it is not sent at all."""

import gzip
import json
import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from boards.answers import takes_gzip
from boards.snapshots import COLUMNS
from tests.factories import AccountFactory, LabelFactory, ProjectFactory, TaskFactory, UserFactory
from tracker.accounts.services import change_account
from tracker.log.models import Stream
from tracker.people.models import Function, User
from tracker.work.models import Project, Task
from tracker.work.selectors.tasks import card_of, with_lists
from tracker.work.services.projects import change_project
from tracker.work.services.tasks import archive_task, create_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei() -> User:
    return UserFactory(name="Mei")


@pytest.fixture
def board(mei: User) -> Project:
    return ProjectFactory(people={mei: "manager"}, name="Launch", name_zh="上市")


@pytest.fixture
def client(mei: User) -> Client:
    client = Client()
    client.force_login(mei, backend="tracker.people.backend.Backend")
    return client


def address(board: Project) -> str:
    return f"/api/v1/projects/{board.pk}/board"


def test_it_holds_what_the_contract_says(client: Client, board: Project, mei: User) -> None:
    task = create_task(
        actor=mei, project_id=board.pk, title="Call 恒越", fields={"estimate": Decimal(2), "owner": mei.pk}
    )
    answer = client.get(address(board))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    found = answer.json()
    stream = Stream.objects.get(kind="project", ref=board.pk)
    assert (found["epoch"], found["seq"]) == (stream.epoch, stream.head)
    assert found["workspace_seq"] == Stream.objects.get(kind="workspace").head
    assert found["project"]["name_zh"] == "上市"
    assert found["project"]["can"] == ["see", "comment", "work", "manage"]
    assert [status["name"] for status in found["statuses"]] == ["To do", "Doing", "Done"]
    assert len(found["transitions"]) == 6
    assert found["tasks"]["columns"] == list(COLUMNS)
    (row,) = found["tasks"]["rows"]
    shown = dict(zip(COLUMNS, row, strict=True))
    assert (shown["id"], shown["title"], shown["owner"], shown["assignees"]) == (task.pk, "Call 恒越", mei.pk, [])


def scatter(board: Project, count: int, dice: random.Random) -> None:
    """Cards with every kind of value a card can have."""
    people, labels = UserFactory.create_batch(4), LabelFactory.create_batch(4)
    functions = [*Function.objects.all(), None]
    for _ in range(count):
        day = date(2026, 1, 1) + timedelta(days=dice.randrange(800))
        total = dice.randrange(6)
        task = TaskFactory(
            project=board, in_status=dice.choice(["To do", "Doing", "Done"]),
            title="".join(dice.choices('ab Z"\\\n\t/<>&é中😀\u2028', k=dice.randrange(1, 40))).strip() or "x",
            function=dice.choice(functions), owner=dice.choice([*people, None]), version=dice.randrange(1, 99),
            priority=dice.choice(Task.Priority.values), start=dice.choice([None, day]), due=dice.choice([None, day]),
            estimate=dice.choice([None, Decimal(0), Decimal("0.25"), Decimal(dice.randrange(10_000_000)) / 100, Decimal(24)]),
            checklist_total=total, checklist_done=dice.randrange(total + 1), comments_count=dice.randrange(9),
            files_count=dice.randrange(3), parent=dice.choice([None, board.tasks.first()]),
            entered_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(microseconds=dice.randrange(10**15)) * dice.choice([0, 1]),
        )  # fmt: skip
        task.assignees.set(dice.sample(people, dice.randrange(4)))
        task.labels.set(dice.sample(labels, dice.randrange(4)))
        others = list(board.tasks.exclude(pk=task.pk))
        task.blocked_by.set(dice.sample(others, min(len(others), dice.randrange(3))))


def test_a_card_reads_the_same_in_a_snapshot_and_in_an_event(client: Client, board: Project) -> None:
    seed = random.randrange(10**6)
    scatter(board, 60, random.Random(seed))
    rows = client.get(address(board)).json()["tasks"]["rows"]
    shown = {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in rows}
    for task in with_lists(Task.objects.filter(project=board)):
        assert shown[task.pk] == card_of(task).model_dump(mode="json"), f"seed {seed}"
    assert len(shown) == 60


def test_archived_cards_are_left_out(client: Client, board: Project, mei: User) -> None:
    kept, gone = TaskFactory.create_batch(2, project=board)
    archive_task(actor=mei, task_id=gone.pk)
    assert [row[0] for row in client.get(address(board)).json()["tasks"]["rows"]] == [kept.pk]


def queries(client: Client, url: str, **headers: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        client.get(url, headers=headers)
    return [query["sql"] for query in captured.captured_queries]


def test_five_hundred_cards_take_as_many_queries_as_ten(client: Client, board: Project) -> None:
    client.get(address(board))
    scatter(board, 10, random.Random(1))
    few = queries(client, address(board))
    template = board.tasks.first()
    Task.objects.bulk_create(
        Task(project=board, number=1000 + n, title="More", status=template.status, rank=f"z{n:04}") for n in range(490)
    )
    many = queries(client, address(board))
    assert len(many) == len(few) <= 14  # one for each list of a card, and one for whom cards wait for
    assert len(client.get(address(board)).json()["tasks"]["rows"]) == 500


def test_an_unchanged_board_is_not_sent_again(client: Client, board: Project, mei: User) -> None:
    first = client.get(address(board))
    again = client.get(address(board), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (
        len(queries(client, address(board), **{"If-None-Match": first["ETag"]})) <= 4
    )  # session, person, access, places
    create_task(actor=mei, project_id=board.pk, title="New")
    changed = client.get(address(board), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    other = Client()
    other.force_login(UserFactory(is_administrator=True), backend="tracker.people.backend.Backend")
    assert other.get(address(board), headers={"If-None-Match": changed["ETag"]}).status_code == 200


def test_a_change_of_the_project_itself_changes_the_tag(client: Client, board: Project, mei: User) -> None:
    first = client.get(address(board))["ETag"]
    change_project(actor=mei, project_id=board.pk, fields={"name": "Launch it"})
    assert client.get(address(board))["ETag"] != first


def test_a_new_name_of_the_account_changes_the_tag(client: Client, mei: User) -> None:
    account = AccountFactory(team={mei: "lead"})
    project = ProjectFactory(account=account)
    first = client.get(address(project))["ETag"]
    change_account(actor=mei, account_id=account.pk, fields={"name": "Renamed"})
    again = client.get(address(project), headers={"If-None-Match": first})
    assert (again.status_code, again.json()["project"]["account_name"]) == (200, "Renamed")


def test_it_is_compressed_for_who_takes_it(client: Client, board: Project) -> None:
    scatter(board, 20, random.Random(2))
    plain = client.get(address(board))
    assert "Content-Encoding" not in plain
    zipped = client.get(address(board), headers={"Accept-Encoding": "br;q=1.0, gzip;q=0.8"})
    assert zipped["Content-Encoding"] == "gzip"
    assert json.loads(gzip.decompress(zipped.content)) == plain.json()
    assert "Accept-Encoding" in zipped["Vary"]
    assert "Cookie" in zipped["Vary"]
    assert zipped["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("*", True), ("GZIP", True), ("", False), ("br", False), ("gzip;q=0", False),
     ("gzip;q=0.0, br", False), ("x-gzip", False), ("identity", False)],
)  # fmt: skip
def test_who_takes_gzip(accepted: str, takes: bool) -> None:
    assert takes_gzip(accepted) is takes


def test_hidden_and_missing_look_the_same(client: Client) -> None:
    hidden, missing = client.get(address(ProjectFactory())), client.get("/api/v1/projects/987654321/board")
    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content) == (404, missing.content)
    assert client.get("/api/v1/projects/99999999999999999999999/board").status_code == 404


def test_without_a_session_there_is_nothing(board: Project) -> None:
    assert Client().get(address(board)).status_code == 401


@pytest.mark.parametrize("role", ["manager", "member", "commenter", "viewer"])
def test_every_role_reads_the_same_cards(board: Project, role: str) -> None:
    person = UserFactory()
    project = ProjectFactory(people={person: role})
    TaskFactory(project=project)
    client = Client()
    client.force_login(person, backend="tracker.people.backend.Backend")
    found = client.get(address(project)).json()
    assert len(found["tasks"]["rows"]) == 1
    assert found["project"]["can"][0] == "see"


def test_the_workspace_holds_what_every_member_needs(client: Client, mei: User, board: Project) -> None:
    label = LabelFactory(name="Urgent")
    found = client.get("/api/v1/workspace").json()
    assert {person["id"] for person in found["people"]} >= {mei.pk}
    assert [row["id"] for row in found["labels"]] == [label.pk]
    (flow,) = [row for row in found["workflows"] if row["id"] == board.workflow_id]
    assert len(flow["statuses"]) == 3
    assert flow["transitions"][0]["functions"] == []
    assert found["can"] == []
    etag = client.get("/api/v1/workspace")["ETag"]
    assert client.get("/api/v1/workspace", headers={"If-None-Match": etag}).status_code == 304


def test_guests_see_no_workspace_and_no_board(mei: User) -> None:
    guest = UserFactory(is_guest=True)
    project = ProjectFactory(people={guest: "guest", mei: "manager"})
    client = Client()
    client.force_login(guest, backend="tracker.people.backend.Backend")
    assert client.get("/api/v1/workspace").status_code == 404
    assert client.get("/api/v1/workspace/events").status_code == 404
    assert client.get(address(project)).status_code == 404
    assert client.get(f"/api/v1/projects/{project.pk}/events").status_code == 404
    assert client.get("/api/v1/me/events").status_code == 200
