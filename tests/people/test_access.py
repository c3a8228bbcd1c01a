"""Who may see and do what: roles of people and teams, through the account or not, and the flags on a person."""

from typing import Any

import pytest

from boards.streams import may_read
from tests.factories import AccountFactory, ProjectFactory, TaskFactory, UserFactory
from tests.support.asking import Asking
from tracker.accounts.models import Account
from tracker.accounts.services import set_team_member, set_team_role
from tracker.errors import Forbidden, NotFound
from tracker.people import access
from tracker.people.models import User
from tracker.people.services import add_team, change_team, remove_team
from tracker.work.models import Project
from tracker.work.selectors.tasks import find_task

pytestmark = pytest.mark.django_db

SEE, COMMENT, WORK = {"see"}, {"see", "comment"}, {"see", "comment", "work"}
MANAGE = {*WORK, "manage"}


def held(person: User, thing: Any) -> set[str]:
    return set(access.abilities(person, thing))


@pytest.fixture
def administrator() -> User:
    return UserFactory(is_administrator=True)


@pytest.mark.parametrize(
    ("role", "abilities"),
    [("manager", MANAGE), ("member", WORK), ("commenter", COMMENT), ("viewer", SEE), ("guest", {"visit"})],
)
def test_what_a_role_on_an_initiative_gives(role: str, abilities: set[str]) -> None:
    person = UserFactory()
    project = ProjectFactory(people={person: role}, account=AccountFactory())
    assert held(person, project) == abilities
    assert held(person, project.account) == set()
    assert held(person, ProjectFactory()) == set()


@pytest.mark.parametrize(
    ("role", "on_account", "on_project"),
    [
        ("lead", {*MANAGE, "see_revenue", "see_contacts"}, MANAGE),
        ("member", {*WORK, "see_contacts"}, WORK),
        ("sponsor", {*COMMENT, "see_revenue"}, COMMENT),
        ("viewer", SEE, SEE),
    ],
)
def test_what_a_role_on_an_account_gives_there_and_on_its_initiatives(role, on_account, on_project) -> None:
    person = UserFactory()
    account = AccountFactory(team={person: role})
    assert held(person, account) == on_account
    assert held(person, ProjectFactory(account=account)) == on_project
    assert held(person, ProjectFactory(account=account, is_private=True)) == set()
    assert held(person, ProjectFactory()) == set()
    assert held(person, AccountFactory(parent=account)) == set()  # a subsidiary is an account of its own


def test_roles_add_up(administrator: User) -> None:
    """One's own role, that of a team and that on the account: whatever one of them gives."""
    person = UserFactory()
    account = AccountFactory(team={person: "viewer"})
    project = ProjectFactory(account=account)
    assert held(person, project) == SEE
    team = add_team(actor=administrator, name="Crew", members=[person.pk])
    access.grant(project, team.group, "commenter")
    assert held(person, project) == COMMENT
    access.grant(project, person, "manager")
    assert held(person, project) == MANAGE
    access.grant(project, person, None)
    assert held(person, project) == COMMENT
    access.grant(project, team.group, None)
    assert held(person, project) == SEE
    set_team_role(actor=administrator, account_id=account.pk, team_id=team.pk, role="member")
    assert held(person, project) == WORK


def test_a_role_is_changed_and_not_added_to() -> None:
    person, project = UserFactory(), ProjectFactory()
    for role, abilities in [
        ("manager", MANAGE),
        ("viewer", SEE),
        ("guest", {"visit"}),
        ("member", WORK),
        (None, set()),
    ]:
        access.grant(project, person, role)
        access.grant(project, person, role)  # twice is as once
        assert held(person, project) == abilities


def test_who_joins_or_leaves_a_team_gains_or_loses_its_roles(administrator: User) -> None:
    one, two = UserFactory(), UserFactory()
    team = add_team(actor=administrator, name="Crew", members=[one.pk])
    project = ProjectFactory()
    access.grant(project, team.group, "member")
    assert (held(one, project), held(two, project)) == (WORK, set())
    change_team(actor=administrator, team_id=team.pk, fields={"members": [two.pk]})
    assert (held(one, project), held(two, project)) == (set(), WORK)
    remove_team(actor=administrator, team_id=team.pk)
    assert held(two, project) == set()


def test_the_inactive_have_nothing_whatever_they_were_given() -> None:
    for flags in ({}, {"is_administrator": True}, {"is_overseer": True}):
        person = UserFactory(is_active=False, **flags)
        account = AccountFactory(team={person: "lead"})
        project = ProjectFactory(account=account, people={person: "manager"})
        assert held(person, project) == held(person, account) == set()
        assert not access.visible(person, Project).exists()
        assert not access.visible(person, Account).exists()
        assert person not in access.people_who("project", project.pk)
        assert not may_read(person, ("project", project.pk))
        assert not may_read(person, ("workspace", 0))
        assert not may_read(person, ("user", person.pk))
        assert Asking(person).get("/me").status_code == 401


def test_an_overseer_sees_everything_and_changes_nothing() -> None:
    director = UserFactory(is_overseer=True)
    account = AccountFactory()
    project = ProjectFactory(account=account, is_private=True)
    assert held(director, project) == SEE
    assert held(director, account) == {"see", "see_revenue"}
    access.grant(project, director, "member")
    assert held(director, project) == WORK


def test_an_administrator_may_everything() -> None:
    administrator = UserFactory(is_administrator=True)
    assert held(administrator, ProjectFactory(is_private=True)) >= MANAGE
    assert held(administrator, AccountFactory()) >= {*MANAGE, "see_revenue", "see_contacts"}


def test_functions_grant_nothing() -> None:
    person = UserFactory()
    project = ProjectFactory(account=AccountFactory())
    project.functions.set([person.function_id] if person.function_id else [])
    assert held(person, project) == set()


@pytest.mark.parametrize("given", ["owner", "assignees", "watchers", "nothing"])
def test_a_guest_sees_only_what_they_were_given(given: str) -> None:
    guest = UserFactory(is_guest=True)
    project = ProjectFactory(people={guest: "guest"})
    task, other = TaskFactory(project=project), TaskFactory(project=project)
    if given == "owner":
        task.owner = guest
        task.save()
    elif given != "nothing":
        getattr(task, given).add(guest)
    asking, sees = Asking(guest), given != "nothing"

    assert asking.get(f"/tasks/{task.pk}").status_code == (200 if sees else 404)
    assert asking.post(f"/tasks/{task.pk}/comments", {"body": "Hello"}).status_code == (201 if sees else 404)
    assert asking.patch(f"/tasks/{task.pk}", {"title": "No"}).status_code == (403 if sees else 404)
    for path in (
        f"/tasks/{other.pk}", f"/projects/{project.pk}", f"/projects/{project.pk}/board",
        f"/projects/{project.pk}/events", "/workspace", "/workspace/events",
    ):  # fmt: skip
        assert asking.get(path).status_code == 404, path
    assert asking.get("/projects").json()["items"] == []
    assert asking.get("/accounts").json()["items"] == []
    assert asking.get("/me/events").status_code == 200


def test_being_given_a_task_without_being_a_guest_there_shows_nothing() -> None:
    person = UserFactory()
    task = TaskFactory(owner=person)
    task.assignees.add(person)
    with pytest.raises(NotFound):
        find_task(viewer=person, task_id=task.pk)


def test_a_guest_of_the_workspace_is_nobody_else(administrator: User) -> None:
    guest = UserFactory(is_guest=True)
    account = AccountFactory(team={administrator: "lead"})
    project = ProjectFactory(people={administrator: "manager"})
    asking = Asking(administrator)
    team = asking.post("/teams", {"name": "Crew", "members": []}).json()
    refused = [
        asking.put(f"/projects/{project.pk}/people/{guest.pk}", {"role": "viewer"}),
        asking.put(f"/accounts/{account.pk}/team/{guest.pk}", {"role": "viewer"}),
        asking.patch(f"/teams/{team['id']}", {"members": [guest.pk]}),
        asking.post("/teams", {"name": "Other", "members": [guest.pk]}),
        asking.patch(f"/people/{guest.pk}", {"is_overseer": True}),
        asking.patch(f"/people/{guest.pk}", {"is_administrator": True}),
        asking.patch(f"/accounts/{account.pk}", {"owner": guest.pk}),
        asking.patch(f"/projects/{project.pk}", {"lead": guest.pk}),
    ]
    assert [answer.status_code for answer in refused] == [422] * len(refused)
    assert asking.put(f"/projects/{project.pk}/people/{guest.pk}", {"role": "guest"}).status_code == 200


def test_a_new_thing_with_an_old_id_inherits_nothing() -> None:
    person = UserFactory()
    for factory in (ProjectFactory, AccountFactory):
        thing = factory()
        access.grant(thing, person, "viewer")
        assert held(person, thing) == SEE
        pk = thing.pk
        thing.delete()
        assert held(person, factory(pk=pk)) == set()


def test_a_new_person_with_an_old_id_inherits_nothing() -> None:
    person, project = UserFactory(), ProjectFactory()
    access.grant(project, person, "manager")
    pk = person.pk
    User.objects.filter(pk=pk).delete()
    assert held(UserFactory(pk=pk), project) == set()


def test_sensitive_facts_follow_the_role_on_the_account(administrator: User) -> None:
    person = UserFactory()
    account = AccountFactory(team={administrator: "lead"})
    for role, facts in [
        ("lead", {"see_revenue", "see_contacts"}), ("member", {"see_contacts"}), ("sponsor", {"see_revenue"}), ("viewer", set()),
    ]:  # fmt: skip
        set_team_member(actor=administrator, account_id=account.pk, person_id=person.pk, role=role)
        assert held(person, account) & {"see_revenue", "see_contacts"} == facts
        can = Asking(person).get(f"/accounts/{account.pk}").json()["can"]
        assert set(can) & {"see_revenue", "see_contacts"} == facts
        for fact in ("see_revenue", "see_contacts"):
            assert access.visible(person, Account, fact).filter(pk=account.pk).exists() is (fact in facts)


def test_require() -> None:
    with pytest.raises(NotFound):
        access.require(frozenset(), "see")
    with pytest.raises(NotFound):
        access.require(frozenset({"visit"}), "manage")
    with pytest.raises(Forbidden):
        access.require(frozenset({"see"}), "work")
    access.require(frozenset({"see", "work"}), "work")
