"""Nobody finds what they may not see: X3 for search. Neither rows, nor excerpts, nor that there are more."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings

from tests.factories import ProjectFactory, TaskFactory, UserFactory
from tests.people.test_access_graphs import Made, Plan, plans
from tests.search.conftest import Find
from tests.support.asking import Asking
from tests.support.world import ROLES, World, build_world, undone
from tracker.people import access
from tracker.people.models import User
from tracker.search.models import Entry
from tracker.search.selectors import search
from tracker.search.services import rebuild
from tracker.work.models import Comment, Task
from tracker.work.selectors.tasks import held_on, seen_by, tasks_for
from tracker.work.services.comments import add_comment
from tracker.work.services.projects import change_project
from tracker.work.services.tasks import change_task, create_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(tmp_path, settings) -> World:
    settings.MEDIA_ROOT = tmp_path
    return build_world()


# Who finds the task that the guest was given, and the one that was not given.
SEES_BOTH = {
    "viewer", "commenter", "member", "manager", "account viewer", "account sponsor", "account member", "account lead",
    "overseer", "administrator",
}  # fmt: skip


def test_every_role_finds_what_it_sees(world: World) -> None:
    rebuild()
    Comment.objects.all().delete()
    for role in ROLES:
        if role in ("anonymous", "deactivated"):
            assert world.asking(role).get("/search?q=given").status_code == 401
            continue
        groups = world.asking(role).get("/search?q=given").json()["groups"]
        titles = {"".join(part["text"] for part in item["title"]) for group in groups for item in group["items"]}
        expected = {"Given", "Not given"} if role in SEES_BOTH else {"Given"} if role == "guest" else set()
        assert titles == expected, role
        people = world.asking(role).get("/search?q=staff&kinds=person").json()["groups"]
        assert bool(people) is (role != "guest"), role
        accounts = world.asking(role).get("/search?q=lanbridge&kinds=account").json()["groups"]
        assert bool(accounts) is (role.startswith("account") or role in ("overseer", "administrator")), role
        initiatives = world.asking(role).get("/search?q=hy&kinds=initiative").json()["groups"]
        assert bool(initiatives) is (role in SEES_BOTH), role
        key = world.asking(role).get(f"/search?q={world.ids['task_key']}").json()["groups"]
        assert bool(key) is (role in SEES_BOTH | {"guest"}), role


def test_private_shuts_out_at_once(mei: User, find: Find) -> None:
    reader = UserFactory(is_overseer=False)
    project = ProjectFactory(key="JL", people={mei: "manager", reader: "viewer"})
    task = create_task(actor=mei, project_id=project.pk, title="Secret plan")
    add_comment(actor=mei, task_id=task.pk, body="secret words")
    assert len(find(reader, "secret")) == 2
    access.grant(project, reader, None)
    assert find(reader, "secret") == find(reader, "JL-1") == find(reader, "jl") == []
    change_project(actor=mei, project_id=project.pk, fields={"is_private": True})
    assert find(reader, "secret") == []


def test_that_there_are_more_says_nothing_about_what_is_hidden(mei: User) -> None:
    reader = UserFactory()
    open_one = ProjectFactory(people={mei: "manager", reader: "viewer"})
    hidden = ProjectFactory(people={mei: "manager"})
    for number in range(9):
        create_task(actor=mei, project_id=hidden.pk, title=f"Export {number}")
    create_task(actor=mei, project_id=open_one.pk, title="Export")
    for number in range(9):
        create_task(actor=mei, project_id=hidden.pk, title=f"Export {number}")
    (group,) = search(viewer=reader, typed="export", kinds=Entry.Kind.values, limit=1)
    assert (len(group["items"]), group["more"]) == (1, False)


def test_a_guest_finds_by_the_text_of_what_they_were_given_only(mei: User, find: Find) -> None:
    guest = UserFactory(is_guest=True)
    project = ProjectFactory(people={mei: "manager", guest: "guest"})
    given = create_task(actor=mei, project_id=project.pk, title="Given", fields={"description": "alpha"})
    create_task(actor=mei, project_id=project.pk, title="Not given", fields={"description": "alpha"})
    assert find(guest, "alpha") == []
    change_task(actor=mei, task_id=given.pk, fields={"assignees": [guest.pk]})
    assert find(guest, "alpha") == ["Given"]
    assert find(guest, "alpha", show="excerpt") == ["[alpha]"]
    change_task(actor=mei, task_id=given.pk, fields={"assignees": []})
    assert find(guest, "alpha") == []


def test_every_way_of_asking_agrees() -> None:
    """Random people, teams, roles, accounts and initiatives: found is what opens, and what opens is found."""

    @settings(max_examples=25, deadline=None, database=None, print_blob=True, suppress_health_check=list(HealthCheck))
    @given(plan=plans())
    def agree(plan: Plan) -> None:
        with undone():
            made = Made(plan)
            made.tasks += [TaskFactory(project=project, owner=made.people[0]) for project in made.projects]
            made.tasks[0].watchers.add(made.people[1])
            made.tasks[1].assignees.add(made.people[2])
            rebuild()
            for person in made.people:
                require_agreement(person, made)

    check: Callable[[], None] = agree
    check()


def require_agreement(person: User, made: Made) -> None:
    ids = [task.pk for task in made.tasks]
    opens = {task.pk for task in tasks_for(person).filter(pk__in=ids) if "see" in held_on(task, person)}
    assert set(Task.objects.filter(seen_by(person), pk__in=ids).values_list("pk", flat=True)) == opens
    if not person.is_active:
        return
    found = search(viewer=person, typed="task", kinds=["card"], limit=100)
    assert {item["id"] for group in found for item in group["items"]} & set(ids) == opens
    for kind, path, things in (("account", "accounts", made.accounts), ("initiative", "projects", made.projects)):
        word = "account" if kind == "account" else "project"
        groups = search(viewer=person, typed=word, kinds=[kind], limit=100)
        listed = {row["id"] for row in Asking(person).get(f"/{path}?limit=200").json()["items"]}
        having = {thing.pk for thing in things}
        assert {item["id"] for group in groups for item in group["items"]} & having == listed & having
