"""Boards over several initiatives: what is on them, for whom, and what they cost."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from boards import many
from boards.snapshots import COLUMNS
from tests.factories import AccountFactory, ProjectFactory, TaskFactory, UserFactory, function
from tests.support.asking import Asking
from tracker.people.models import Team, User
from tracker.people.services import add_team
from tracker.work.models import Project, Task
from tracker.work.services.moves import move_task
from tracker.work.services.tasks import archive_task, change_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei() -> User:
    return UserFactory(name="Mei")


@pytest.fixture
def here(mei: User) -> Project:
    return ProjectFactory(people={mei: "member"})


@pytest.fixture
def there(mei: User) -> Project:
    return ProjectFactory(people={mei: "viewer"})


@pytest.fixture
def hidden() -> Project:
    return ProjectFactory()


def read(viewer: User, board: str, **headers: str) -> Any:
    answer = Asking(viewer).get(f"/boards/{board}", **headers)
    assert answer.status_code == 200, answer.content
    return answer.json()


def titles(found: Any) -> set[str]:
    columns = found["tasks"]["columns"]
    return {row[columns.index("title")] for row in found["tasks"]["rows"]}


def projects(found: Any) -> list[int]:
    return [part["project"]["id"] for part in found["projects"]]


def test_my_work_holds_what_i_own_or_help_with_where_i_may_see_it(
    mei: User, here: Project, there: Project, hidden: Project
) -> None:
    TaskFactory(project=here, owner=mei, title="Owned")
    TaskFactory(project=there, title="Helped").assignees.add(mei)
    TaskFactory(project=here, title="Of somebody else")
    TaskFactory(project=hidden, owner=mei, title="Hidden")
    archive_task(
        actor=UserFactory(is_administrator=True), task_id=TaskFactory(project=here, owner=mei, title="Archived").pk
    )
    found = read(mei, "mine")
    assert titles(found) == {"Owned", "Helped"}
    assert projects(found) == [here.pk, there.pk]
    assert [part["project"]["can"] for part in found["projects"]] == [["see", "comment", "work"], ["see"]]
    assert found["tasks"]["columns"] == [*COLUMNS, "project"]


def test_each_part_says_where_its_stream_stands(mei: User, here: Project, there: Project) -> None:
    task = TaskFactory(project=here, owner=mei)
    TaskFactory(project=there, owner=mei)
    change_task(actor=mei, task_id=task.pk, fields={"title": "Other"})
    heads = {part["project"]["id"]: (part["epoch"], part["seq"]) for part in read(mei, "mine")["projects"]}
    for project in (here, there):
        board = Asking(mei).get(f"/projects/{project.pk}/board").json()
        assert heads[project.pk] == (board["epoch"], board["seq"])


def test_a_card_reads_the_same_as_on_its_own_board(mei: User, here: Project) -> None:
    task = TaskFactory(project=here, owner=mei)
    task.assignees.add(mei, UserFactory())
    (row,) = read(mei, "mine")["tasks"]["rows"]
    assert row == [*Asking(mei).get(f"/projects/{here.pk}/board").json()["tasks"]["rows"][0], here.pk]


def test_an_account_shows_all_its_initiatives_also_empty_ones(mei: User) -> None:
    account = AccountFactory(team={mei: "member"})
    busy, empty = ProjectFactory.create_batch(2, account=account)
    over = ProjectFactory(account=account, state="done")
    shut = ProjectFactory(account=account, is_private=True)
    TaskFactory(project=busy, title="Busy")
    TaskFactory(project=shut, title="Private")
    found = read(mei, f"account:{account.pk}")
    assert titles(found) == {"Busy"}
    assert projects(found) == [busy.pk, empty.pk]
    TaskFactory(project=over, title="Left over")
    assert titles(read(mei, f"account:{account.pk}")) == {"Busy", "Left over"}


def test_a_queue_and_a_team_hold_their_cards_wherever_they_are_seen(
    mei: User, here: Project, there: Project, hidden: Project
) -> None:
    for project in (here, hidden):
        TaskFactory(project=project, function=function("support"), title=f"Support in {project.key}")
    TaskFactory(project=there, function=function("sales"), title="Sales")
    assert titles(read(mei, f"function:{function('support').pk}")) == {f"Support in {here.key}"}

    member, staff = UserFactory(), UserFactory(is_administrator=True)
    team = add_team(actor=staff, name="Crew", members=[member.pk])
    TaskFactory(project=there, owner=member, title="Owned by the crew")
    TaskFactory(project=here, title="Helped by the crew").assignees.add(member)
    assert titles(read(mei, f"team:{team.pk}")) == {"Owned by the crew", "Helped by the crew"}
    nobody = add_team(actor=staff, name="Nobody", members=[])
    assert read(mei, f"team:{nobody.pk}")["tasks"]["rows"] == []
    assert Team.objects.count() == 2


def test_what_was_finished_long_ago_is_left_out(mei: User, here: Project) -> None:
    old, fresh = (TaskFactory(project=here, owner=mei, title=title) for title in ("Old", "Fresh"))
    done = here.workflow.statuses.get(name="Done")
    for task in (old, fresh):
        move_task(actor=mei, task_id=task.pk, status=done.pk)
    Task.objects.filter(pk=old.pk).update(completed_at=now() - timedelta(days=many.CLOSED_DAYS + 2))
    assert titles(read(mei, "mine")) == {"Fresh"}


def test_open_cards_that_others_wait_for_come_along(mei: User, here: Project) -> None:
    first, finished = (
        TaskFactory(project=here, title="First"),
        TaskFactory(project=here, in_status="Done", title="Over"),
    )
    task = TaskFactory(project=here, owner=mei, title="Waits")
    task.blocked_by.add(first, finished)
    assert titles(read(mei, "mine")) == {"Waits", "First"}


def test_one_initiative_can_be_asked_for_with_or_without_cards(mei: User, here: Project, hidden: Project) -> None:
    TaskFactory(project=here, title="Of somebody else")
    assert projects(read(mei, "mine")) == []
    assert projects(read(mei, f"mine?project={here.pk}")) == [here.pk]
    assert projects(read(mei, f"mine?project={hidden.pk}")) == []
    account = AccountFactory(team={mei: "member"})
    assert projects(read(mei, f"account:{account.pk}?project={here.pk}")) == []


@pytest.mark.parametrize("name", ["account:{0}", "project:{1}", "function:{2}", "team:{2}", "x", "mine:1", "account:0"])
def test_hidden_missing_and_nonsense_look_the_same(mei: User, here: Project, name: str) -> None:
    address = name.format(AccountFactory().pk, here.pk, 2**40)
    answer = Asking(mei).get(f"/boards/{address}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_guest_finds_nothing_there(here: Project) -> None:
    guest = UserFactory(is_guest=True)
    TaskFactory(project=here, owner=guest)
    assert read(guest, "mine")["projects"] == []
    assert Asking(guest).get(f"/boards/function:{function('sales').pk}").status_code == 404


def test_an_unchanged_board_is_not_sent_again(mei: User, here: Project) -> None:
    task = TaskFactory(project=here, owner=mei)
    asking = Asking(mei)
    tag = asking.get("/boards/mine")["ETag"]
    assert asking.get("/boards/mine", **{"If-None-Match": tag}).status_code == 304
    change_task(actor=mei, task_id=task.pk, fields={"title": "Other"})
    assert asking.get("/boards/mine", **{"If-None-Match": tag}).status_code == 200
    tag = asking.get("/boards/mine")["ETag"]
    TaskFactory(project=ProjectFactory(people={mei: "viewer"}), owner=mei)
    assert asking.get("/boards/mine", **{"If-None-Match": tag}).status_code == 200


def count(viewer: User, board: str) -> int:
    asking = Asking(viewer)
    asking.get(f"/boards/{board}")
    with CaptureQueriesContext(connection) as captured:
        asking.get(f"/boards/{board}")
    return len(captured)


@pytest.mark.parametrize("board", ["mine", "account:{account}", "function:{function}", "team:{team}"])
def test_many_initiatives_take_as_many_queries_as_one(mei: User, board: str) -> None:
    account = AccountFactory(team={mei: "member"})
    team = add_team(actor=UserFactory(is_administrator=True), name="Crew", members=[mei.pk])
    address = board.format(account=account.pk, function=function("support").pk, team=team.pk)

    def more(number: int) -> None:
        for project in ProjectFactory.create_batch(number, account=account):
            project.functions.add(function("support"))
            task, other = TaskFactory.create_batch(2, project=project, owner=mei, function=function("support"))
            task.blocked_by.add(other)
            task.assignees.add(mei)

    more(1)
    few = count(mei, address)
    more(14)
    assert count(mei, address) == few <= 13
    assert len(read(mei, address)["projects"]) == 15


def test_too_many_cards_are_refused_in_words(mei: User, here: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "MOST_CARDS", 2)
    TaskFactory.create_batch(3, project=here, owner=mei)
    answer = Asking(mei).get("/boards/mine")
    assert (answer.status_code, answer.json()["code"]) == (422, "too_many_cards")
