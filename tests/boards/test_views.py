"""Saved views: who may save, share, change and delete which, and what each person's look at a board keeps."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.models import Board, Look, View
from tests.factories import AccountFactory, ProjectFactory, UserFactory
from tests.support.asking import Asking
from tracker.people.models import User
from tracker.work.models import Project
from tracker.work.services.projects import delete_project, set_project_role

pytestmark = pytest.mark.django_db

SETTINGS = {"columns": "owner", "lanes": "due", "sort": "priority", "filter": "is:mine", "hidden": ["files"]}


@pytest.fixture
def mei() -> User:
    return UserFactory(name="Mei")


@pytest.fixture
def tom() -> User:
    return UserFactory(name="Tom")


@pytest.fixture
def board(mei: User, tom: User) -> Project:
    return ProjectFactory(people={mei: "member", tom: "viewer"})


def path(board: Project) -> str:
    return f"/boards/project:{board.pk}"


def save(person: User, where: str, name: str = "Mine", **more: Any) -> Any:
    return Asking(person).post(f"{where}/views", {"name": name, "settings": SETTINGS, **more})


def names(person: User, where: str) -> list[str]:
    return [view["name"] for view in Asking(person).get(f"{where}/views").json()["views"]]


def test_a_view_keeps_how_the_board_was_looked_at(mei: User, board: Project) -> None:
    answer = save(mei, path(board))
    assert answer.status_code == 201
    found = Asking(mei).get(f"{path(board)}/views").json()
    assert found["views"] == [answer.json()]
    assert found["views"][0]["settings"] == SETTINGS
    assert (found["default"], found["folded"], found["can"]) == (None, [], ["share"])


def test_one_s_own_view_is_hidden_from_others_and_a_shared_one_is_not(mei: User, tom: User, board: Project) -> None:
    own = save(mei, path(board)).json()["id"]
    save(mei, path(board), "Ours", is_shared=True)
    assert names(mei, path(board)) == ["Mine", "Ours"]
    assert names(tom, path(board)) == ["Ours"]
    for method, body in (("PATCH", {"name": "Taken"}), ("DELETE", None)):
        assert Asking(tom).send(method, f"/views/{own}", body).status_code == 404
    assert View.objects.get(pk=own).name == "Mine"


def test_who_only_reads_saves_for_themselves_and_shares_nothing(tom: User, board: Project) -> None:
    assert save(tom, path(board)).status_code == 201
    assert save(tom, path(board), "Ours", is_shared=True).status_code == 403
    view = View.objects.get()
    assert Asking(tom).patch(f"/views/{view.pk}", {"is_shared": True}).status_code == 403
    assert Asking(tom).get(f"{path(board)}/views").json()["can"] == []


def test_a_view_is_renamed_changed_and_deleted(mei: User, board: Project) -> None:
    view = save(mei, path(board)).json()["id"]
    changed = Asking(mei).patch(f"/views/{view}", {"name": "Better", "settings": {**SETTINGS, "filter": ""}}).json()
    assert (changed["name"], changed["settings"]["filter"], changed["version"]) == ("Better", "", 2)
    assert Asking(mei).patch(f"/views/{view}", {"name": "Better"}).json()["version"] == 2
    assert Asking(mei).delete(f"/views/{view}").status_code == 204
    assert names(mei, path(board)) == []
    assert Asking(mei).delete(f"/views/{view}").status_code == 404


def test_a_name_is_used_once_by_one_person(mei: User, tom: User, board: Project) -> None:
    save(mei, path(board))
    other = save(mei, path(board), "Other").json()["id"]
    assert save(mei, path(board)).json()["code"] == "name_taken"
    assert Asking(mei).patch(f"/views/{other}", {"name": "Mine"}).json()["field"] == "name"
    assert save(tom, path(board)).status_code == 201


@pytest.mark.parametrize(
    "wrong",
    [{"name": " "}, {"settings": {"columns": "colour", "sort": "due"}}, {"settings": {}}, {"more": 1},
     {"settings": {**SETTINGS, "filter": "x" * 501}}, {"settings": {**SETTINGS, "hidden": ["everything"]}}],
)  # fmt: skip
def test_what_makes_no_view_is_refused(mei: User, board: Project, wrong: dict[str, Any]) -> None:
    answer = Asking(mei).post(f"{path(board)}/views", {"name": "Mine", "settings": SETTINGS, **wrong})
    assert answer.status_code == 400
    assert not View.objects.exists()


def test_everybody_starts_where_they_like_and_folds_for_themselves(mei: User, tom: User, board: Project) -> None:
    ours = save(mei, path(board), "Ours", is_shared=True).json()["id"]
    look = Asking(tom).patch(f"{path(board)}/look", {"default": ours, "folded": ["column.status.3"]}).json()
    assert (look["default"], look["folded"]) == (ours, ["column.status.3"])
    assert Asking(tom).patch(f"{path(board)}/look", {"folded": []}).json()["default"] == ours
    assert Asking(mei).get(f"{path(board)}/views").json()["default"] is None
    assert Look.objects.count() == 1

    Asking(mei).patch(f"/views/{ours}", {"is_shared": False})
    assert Asking(tom).get(f"{path(board)}/views").json()["default"] is None
    Asking(mei).delete(f"/views/{ours}")
    assert Look.objects.get().default is None


def test_nobody_starts_with_a_view_they_do_not_see_or_of_another_board(mei: User, tom: User, board: Project) -> None:
    own = save(mei, path(board)).json()["id"]
    elsewhere = save(tom, path(ProjectFactory(people={tom: "member"})), is_shared=True).json()["id"]
    for view in (own, elsewhere, 2**40):
        answer = Asking(tom).patch(f"{path(board)}/look", {"default": view})
        assert (answer.status_code, answer.json()["field"]) == (422, "default")


def test_a_shared_view_is_kept_in_order_by_who_manages(mei: User, tom: User, board: Project) -> None:
    ours = save(mei, path(board), "Ours", is_shared=True).json()["id"]
    assert Asking(tom).patch(f"/views/{ours}", {"name": "X"}).status_code == 403
    set_project_role(actor=UserFactory(is_administrator=True), project_id=board.pk, person_id=tom.pk, role="manager")
    assert Asking(tom).patch(f"/views/{ours}", {"name": "Tidy"}).status_code == 200


def test_my_own_board_is_shared_with_nobody(mei: User, tom: User) -> None:
    assert save(mei, "/boards/mine").status_code == 201
    assert save(mei, "/boards/mine", "Ours", is_shared=True).json()["code"] == "own_board"
    assert names(tom, "/boards/mine") == []
    assert Asking(tom).patch(f"/views/{View.objects.get().pk}", {"name": "X"}).status_code == 404


def test_who_loses_the_board_loses_its_views(mei: User, tom: User, board: Project) -> None:
    ours = save(mei, path(board), "Ours", is_shared=True).json()["id"]
    board.members.filter(person=tom).delete()
    set_project_role(actor=UserFactory(is_administrator=True), project_id=board.pk, person_id=tom.pk, role="guest")
    assert Asking(tom).get(f"{path(board)}/views").status_code == 404
    assert Asking(tom).patch(f"/views/{ours}", {"name": "X"}).status_code == 404


def test_views_go_with_what_they_show(mei: User) -> None:
    account = AccountFactory(team={mei: "lead"})
    project = ProjectFactory(account=account, people={mei: "manager"})
    save(mei, path(project))
    save(mei, f"/boards/account:{account.pk}")
    Asking(mei).patch(f"{path(project)}/look", {"folded": ["column.status.1"]})
    delete_project(actor=mei, project_id=project.pk)
    assert [str(board) for board in Board.objects.all()] == [f"account:{account.pk}"]
    assert View.objects.count() == 1
    assert not Look.objects.exists()


def test_many_views_take_as_many_queries_as_one(mei: User, board: Project) -> None:
    asking = Asking(mei)

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            asking.get(f"{path(board)}/views")
        return len(captured)

    save(mei, path(board))
    count()  # what is asked once for all, is asked now
    few = count()
    for number in range(9):
        save(mei, path(board), f"View {number}")
    assert count() == few <= 8


def test_there_is_an_end_to_saving(mei: User, board: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("boards.services.MOST_VIEWS", 1)
    save(mei, path(board))
    assert save(mei, path(board), "Another").json()["code"] == "too_many_views"
