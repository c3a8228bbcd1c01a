"""Who loses access, or signs out, gets nothing more: on open sockets, in replays and in pages of events."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from tests.boards.conftest import Place
from tests.factories import AccountFactory, ProjectFactory, UserFactory
from tests.support.live import cookie_of
from tracker.accounts.services import remove_team_member
from tracker.log.models import Event
from tracker.people.models import User
from tracker.people.services import add_team, change_person, change_team, set_active
from tracker.people.sessions import end_sessions
from tracker.work.services.projects import change_project, set_project_role, set_project_team_role
from tracker.work.services.tasks import create_task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def boss() -> User:
    return UserFactory(name="Boss", is_administrator=True)


@pytest.fixture
def mei() -> User:
    return UserFactory(name="Mei")


def join(watcher: Any, at: Place) -> None:
    assert watcher.sub(at.name, at.epoch, at.head)["t"] == "sub_ok"


def lose_own_role(project: Any, boss: User, mei: User) -> None:
    set_project_role(actor=boss, project_id=project.pk, person_id=mei.pk, role=None)


def lose_by_becoming_a_guest(project: Any, boss: User, mei: User) -> None:
    set_project_role(actor=boss, project_id=project.pk, person_id=mei.pk, role="guest")


@pytest.mark.parametrize("lose", [lose_own_role, lose_by_becoming_a_guest])
def test_who_is_removed_gets_gone_and_nothing_above(watch: Any, place: Any, boss: User, mei: User, lose: Any) -> None:
    """S10: a role of one's own is lost."""
    project = ProjectFactory(people={mei: "member", boss: "manager"})
    at = place(project)
    theirs, mine = watch(mei), watch(boss)
    join(theirs, at)
    join(mine, at)
    create_task(actor=boss, project_id=project.pk, title="Before")
    lose(project, boss, mei)
    for number in range(5):
        create_task(actor=boss, project_id=project.pk, title=f"After {number}")
    theirs.told("gone", stream=at.name)
    mine.reach(at.name, at.head + 7)
    theirs.still(0.5)
    assert theirs.seqs(at.name) == [at.head + 1]
    assert theirs.sub(at.name, at.epoch, at.head) == {"t": "gone", "stream": at.name}


def test_losing_the_account_loses_its_projects_at_the_same_moment(
    watch: Any, place: Any, boss: User, mei: User
) -> None:
    """S10: the account team is left."""
    account = AccountFactory(team={boss: "lead", mei: "member"})
    project = ProjectFactory(account=account, people={boss: "manager"})
    at = place(project)
    theirs = watch(mei)
    join(theirs, at)
    remove_team_member(actor=boss, account_id=account.pk, person_id=mei.pk)
    create_task(actor=boss, project_id=project.pk, title="Not for them")
    theirs.told("gone", stream=at.name)
    theirs.still(0.5)
    assert theirs.seqs(at.name) == []


def test_a_board_made_private_closes_to_the_account_team(watch: Any, place: Any, boss: User, mei: User) -> None:
    """S10: the board becomes private."""
    account = AccountFactory(team={boss: "lead", mei: "member"})
    project = ProjectFactory(account=account, people={boss: "manager"})
    at = place(project)
    theirs, mine = watch(mei), watch(boss)
    join(theirs, at)
    join(mine, at)
    change_project(actor=boss, project_id=project.pk, fields={"is_private": True})
    theirs.told("gone", stream=at.name)
    assert theirs.seqs(at.name) == []
    head = place(project).head
    assert mine.reach(at.name, head) == list(range(at.head + 1, head + 1))


def test_leaving_a_team_loses_what_the_team_held(watch: Any, place: Any, boss: User, mei: User) -> None:
    """S10: a team is left."""
    project = ProjectFactory(people={boss: "manager"})
    team = add_team(actor=boss, name="Sales", members=[mei.pk])
    set_project_team_role(actor=boss, project_id=project.pk, team_id=team.pk, role="member")
    at = place(project)
    theirs = watch(mei)
    join(theirs, at)
    change_team(actor=boss, team_id=team.pk, fields={"members": []})
    theirs.told("gone", stream=at.name)
    assert theirs.seqs(at.name) == []


def test_who_reads_everything_no_more_loses_what_was_read_by_that(
    watch: Any, place: Any, boss: User, mei: User
) -> None:
    """S10: The flag is told in the workspace's stream; not one event of the project that was committed after it gets through."""
    change_person(actor=boss, person_id=mei.pk, fields={"is_overseer": True})
    project = ProjectFactory(people={boss: "manager"})
    at = place(project)
    theirs = watch(mei)
    join(theirs, at)
    create_task(actor=boss, project_id=project.pk, title="Before")
    theirs.reach(at.name, at.head + 1)
    change_person(actor=boss, person_id=mei.pk, fields={"is_overseer": False})
    create_task(actor=boss, project_id=project.pk, title="After")
    theirs.told("gone", stream=at.name)
    theirs.still(0.5)
    assert theirs.seqs(at.name) == [at.head + 1]


def test_who_is_let_in_again_starts_from_a_snapshot(watch: Any, place: Any, boss: User, mei: User) -> None:
    """S10: never replayed across the hole."""
    project = ProjectFactory(people={mei: "member", boss: "manager"})
    before = place(project)
    lose_own_role(project, boss, mei)
    create_task(actor=boss, project_id=project.pk, title="Not for them")
    set_project_role(actor=boss, project_id=project.pk, person_id=mei.pk, role="member")
    theirs = watch(mei)
    anew = {"t": "resync", "stream": before.name, "reason": "access"}
    assert theirs.sub(before.name, before.epoch, before.head) == anew
    client = Client(headers={"Cookie": cookie_of(mei)})
    page = client.get(f"/api/v1/projects/{project.pk}/events?after={before.head}").json()
    assert page["events"] == []
    assert page["floor"] == before.head + 1
    join(theirs, place(project))
    assert "Not for them" not in str(theirs.frames)


def be_no_overseer_for_a_while(boss: User, mei: User, meanwhile: Any) -> None:
    change_person(actor=boss, person_id=mei.pk, fields={"is_overseer": False})
    meanwhile()
    change_person(actor=boss, person_id=mei.pk, fields={"is_overseer": True})


def be_inactive_for_a_while(boss: User, mei: User, meanwhile: Any) -> None:
    set_active(actor=boss, person_id=mei.pk, active=False)
    meanwhile()
    set_active(actor=boss, person_id=mei.pk, active=True)


@pytest.mark.parametrize("lapse", [be_no_overseer_for_a_while, be_inactive_for_a_while])
def test_nor_is_who_read_nothing_for_a_while_by_a_flag_that_no_stream_tells(
    watch: Any, place: Any, boss: User, mei: User, lapse: Any
) -> None:
    change_person(actor=boss, person_id=mei.pk, fields={"is_overseer": True})
    project = ProjectFactory(people={boss: "manager"})
    for title in ("Known", "Known, too"):
        create_task(actor=boss, project_id=project.pk, title=title)
    before = place(project)
    Event.objects.update(at=now() - timedelta(hours=1))
    User.objects.update(access_changed_at=now() - timedelta(hours=2))
    assert watch(mei).sub(before.name, before.epoch, before.head - 1)["t"] == "sub_ok"
    lapse(boss, mei, lambda: create_task(actor=boss, project_id=project.pk, title="Not for them"))
    theirs = watch(mei)
    anew = {"t": "resync", "stream": before.name, "reason": "access"}
    assert theirs.sub(before.name, before.epoch, before.head) == anew
    client = Client(headers={"Cookie": cookie_of(mei)})
    page = client.get(f"/api/v1/projects/{project.pk}/events?after={before.head}").json()
    assert (page["events"], page["floor"]) == ([], before.head + 1)
    join(theirs, place(project))
    assert "Not for them" not in str(theirs.frames)


def test_a_member_for_life_is_not_disturbed_by_a_new_role(watch: Any, place: Any, boss: User, mei: User) -> None:
    project = ProjectFactory(people={mei: "member", boss: "manager"})
    at = place(project)
    theirs = watch(mei)
    join(theirs, at)
    set_project_role(actor=boss, project_id=project.pk, person_id=mei.pk, role="viewer")
    set_project_role(actor=boss, project_id=project.pk, person_id=mei.pk, role="commenter")
    assert theirs.reach(at.name, at.head + 2) == [at.head + 1, at.head + 2]
    assert watch(mei).sub(at.name, at.epoch, at.head)["t"] == "sub_ok"


@pytest.mark.parametrize(
    "end",
    [
        lambda boss, mei: end_sessions(actor=mei, person=mei),
        lambda boss, mei: set_active(actor=boss, person_id=mei.pk, active=False),
    ],
    ids=["signed out everywhere", "deactivated"],
)
def test_a_session_that_ends_closes_its_sockets(watch: Any, boss: User, mei: User, end: Any) -> None:
    """S11: signed out everywhere, or deactivated."""
    client = Client()
    client.force_login(mei, backend="tracker.people.backend.Backend")
    client.get("/api/v1/me")
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    sockets = [watch(mei, cookie) for _ in range(3)]
    for socket in sockets:
        socket.told("hb")
    end(boss, mei)
    assert [socket.closed() for socket in sockets] == [4401] * 3
    assert watch(mei, cookie).closed() == 4401


def test_a_session_that_silently_ended_is_found(watch: Any, mei: User) -> None:
    """S11: No event tells of it: the check of all sessions does."""
    from django.contrib.sessions.models import Session

    socket = watch(mei)
    socket.told("hb")
    Session.objects.all().delete()
    assert socket.closed() == 4401


def test_the_workspace_is_not_for_guests_and_ones_own_stream_for_nobody_else(watch: Any, boss: User, mei: User) -> None:
    guest = UserFactory(is_guest=True)
    assert watch(guest).sub("workspace", "", 0)["t"] == "gone"
    assert watch(mei).sub(f"user:{boss.pk}", "", 0) == {"t": "gone", "stream": f"user:{boss.pk}"}
    assert watch(mei).sub(f"user:{mei.pk}", "", 0)["reason"] == "epoch"


def test_hidden_deleted_and_missing_look_the_same(watch: Any, mei: User) -> None:
    hidden = ProjectFactory()
    watcher = watch(mei)
    for number in (hidden.pk, 987_654_321):
        name = f"project:{number}"
        assert watcher.sub(name, "x", 0) == {"t": "gone", "stream": name}
