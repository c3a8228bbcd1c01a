"""One of everything, and one person of every role: what the permission table and the fuzz tests ask about."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from allauth.usersessions.models import UserSession
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import override_settings
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

from boards.services import add_view
from notifications.models import Delivery, Hook, Notification, Subscription
from tests.factories import AccountFactory, ProjectFactory, TaskFactory, UserFactory, function
from tests.support.asking import Asking
from tracker.accounts import services as accounts
from tracker.jobs.models import Schedule
from tracker.log.models import Event, Stream, Stumble
from tracker.outgoing.sealing import seal
from tracker.people import services as people
from tracker.people.models import Invitation, User
from tracker.people.tokens import token_hash
from tracker.work.models import Task
from tracker.work.services import announcements, checklist, comments, files, handovers
from tracker.work.services import projects as initiatives
from tracker.work.services.comments import set_watching
from tracker.work.services.tasks import archive_task
from tracker.work.services.workflows import add_label, add_workflow

ROLES = (
    "anonymous", "stranger", "guest", "viewer", "commenter", "member", "manager",
    "account viewer", "account sponsor", "account member", "account lead", "overseer", "administrator", "deactivated",
)  # fmt: skip
TOKEN = "an-invitation-that-somebody-got-by-mail"
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\nIDATx\x9cc\x00\x01\x00\x00\x05\x00\x01\r\n-\xb4\x00\x00\x00\x00IEND\xaeB`\x82"
)


@dataclass
class World:
    people: dict[str, User]
    ids: dict[str, Any]
    cookies: dict[str, Any] = field(default_factory=dict)

    def asking(self, role: str) -> Asking:
        """A fresh window in which this role is signed in, whatever happened in the one before."""
        if role == "anonymous":
            return Asking()
        return Asking(cookies=self.cookies[role].copy())

    def names_for(self, role: str) -> dict[str, Any]:
        """The ids to put into addresses and bodies, with what is the asker's own."""
        person = self.people.get(role)
        session = UserSession.objects.filter(user=person).order_by("pk").first() if person else None
        return self.ids | {"me": person.pk if person else 1, "my_session": session.pk if session else 1}


def build_world() -> World:
    staff = UserFactory(name="Staff", is_administrator=True)
    found = {role: make_person(role) for role in ROLES if role != "anonymous"}
    account = AccountFactory(code="LAN", name="Lanbridge", owner=staff, team={staff: "lead"})
    for role in ("viewer", "sponsor", "member", "lead"):
        accounts.set_team_member(actor=staff, account_id=account.pk, person_id=found[f"account {role}"].pk, role=role)
    project = ProjectFactory(key="HY", account=account, lead=staff, people={staff: "manager"})
    for role in ("viewer", "commenter", "member", "manager", "guest"):
        initiatives.set_project_role(actor=staff, project_id=project.pk, person_id=found[role].pk, role=role)
    initiatives.set_project_role(actor=staff, project_id=project.pk, person_id=found["deactivated"].pk, role="manager")
    world = World(found, {"account": account.pk, "project": project.pk, "staff": staff.pk})
    add_work(world, staff, project)
    tell_everybody(world)
    add_surroundings(world, staff, account)
    for role, person in found.items():
        asking = Asking(person)
        asking.get("/me")  # so that the session is known to allauth
        world.cookies[role] = asking.client.cookies
        Stream.objects.get_or_create(kind="user", ref=person.pk)
    User.objects.filter(pk=found["deactivated"].pk).update(is_active=False)
    return world


def make_person(role: str) -> User:
    flags = {
        "guest": {"is_guest": True},
        "overseer": {"is_overseer": True},
        "administrator": {"is_administrator": True},
    }
    return UserFactory(name=role.title(), email=f"{role.replace(' ', '.')}@example.org", **flags.get(role, {}))


def add_work(world: World, staff: User, project: Any) -> None:
    """A task that the guest was given and watches, with one of each thing on it; one archived; one the guest was not given."""
    people = world.people
    task = TaskFactory(project=project, title="Given", owner=people["guest"], description="As it is")
    task.assignees.add(people["guest"])
    archived, other = TaskFactory(project=project), TaskFactory(project=project, title="Not given")
    empty = ProjectFactory(
        key="EMPTY", account=project.account, workflow=project.workflow, lead=staff, people={staff: "manager"}
    )
    for role in ("viewer", "commenter", "member", "manager"):
        initiatives.set_project_role(actor=staff, project_id=empty.pk, person_id=people[role].pk, role=role)
    set_watching(actor=people["manager"], task_id=task.pk, person_id=people["viewer"].pk, watches=True)
    world.ids |= {
        "task": task.pk,
        "task_key": f"HY-{task.number}",
        "task_subject": f"task:{task.pk}",
        "project_key": "HY",
        "archived": archive_task(actor=staff, task_id=archived.pk).pk,
        "other_task": other.pk,
        "lot": [task.pk],
        "whole_lot": [other.pk, task.pk],
        "empty_project": empty.pk,
        "status": task.status_id,
        "next_status": project.workflow.statuses.get(name="Doing").pk,
        "version": task.version,
        "comment": comments.add_comment(actor=people["commenter"], task_id=task.pk, body="Well said").pk,
        "item": checklist.add_item(actor=staff, task_id=task.pk, text="One line").pk,
        "handover": handovers.ask(actor=staff, task_id=other.pk, to_function=function("support").pk).pk,
        "announcement": announcements.publish(actor=staff, kind="project", ref=project.pk, title="Moved").pk,
        "file": files.add_file(
            actor=people["commenter"], task_id=task.pk, upload=SimpleUploadedFile("drawing.png", PNG)
        ).pk,
    }


def tell_everybody(world: World) -> None:
    """Everybody has news of the task, as if it had been told while they saw it."""
    task = Task.objects.get(pk=world.ids["task"])
    Notification.objects.bulk_create(
        Notification(
            recipient=person, key="once", subject=world.ids["task_subject"], reason="watching", task=task,
            project=task.project, title=task.title,
        )
        for person in world.people.values()
    )  # fmt: skip


def add_surroundings(world: World, staff: User, account: Any) -> None:
    spare, other = UserFactory(name="Spare"), UserFactory(name="Other")
    gone = UserFactory(name="Gone", is_active=False)
    team = people.add_team(actor=staff, name="Crew", members=[spare.pk])
    accounts.set_team_member(actor=staff, account_id=account.pk, person_id=other.pk, role="viewer")
    for project in (world.ids["project"],):
        initiatives.set_project_role(actor=staff, project_id=project, person_id=other.pk, role="viewer")
        initiatives.set_project_team_role(actor=staff, project_id=project, team_id=team.pk, role="viewer")
    accounts.set_team_role(actor=staff, account_id=account.pk, team_id=team.pk, role="viewer")
    spare_flow = add_workflow(actor=staff, code="spare", name="Spare")
    Invitation.objects.create(
        email="invited@example.org",
        token_hash=token_hash(TOKEN),
        invited_by=staff,
        expires_at=now() + timedelta(days=1),
    )
    world.ids |= {
        "spare": spare.pk, "other_person": other.pk, "gone_person": gone.pk, "team": team.pk,
        "function": function("sales").pk,
        "spare_function": people.add_function(actor=staff, fields={"code": "spare", "name": "Spare"}).pk,
        "label": add_label(actor=staff, name="Urgent").pk, "other_label": add_label(actor=staff, name="Late").pk,
        "workflow": spare_flow.pk,
        "spare_status": spare_flow.statuses.order_by("position")[0].pk,
        "second_status": spare_flow.statuses.order_by("position")[1].pk,
        "shared_view": shared_view(world),
        **add_ways(world, staff),
        "invitation": Invitation.objects.get().pk, "token": TOKEN,
    }  # fmt: skip


def add_ways(world: World, staff: User) -> dict[str, Any]:
    """An initiative's hook with one failed delivery, failed work, a stumble, and somebody's browser."""
    hook = Hook.objects.create(
        kind="slack", name="Channel", owner=staff, scope=f"project:{world.ids['project']}", sealed_url=seal("https://x")
    )
    delivery = Delivery.objects.create(
        way="chat", target=f"hook:{hook.pk}", hook=hook, state="failed", due_at=now(), is_open=False
    )
    browser = Subscription.objects.create(person=staff, endpoint="https://push.example/1", p256dh="x", auth="y")
    failed = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="tracker.jobs.chores.tidy", run_after=now(), status="FAILED",
        backend_name="default",
    )  # fmt: skip
    event = Event.objects.latest("pk")
    stumble = Stumble.objects.create(follower="nobody", event=event, at=now(), error="Error: it fell")
    Schedule.objects.create(name="jobs.tidy", rule="daily", next_run=now())
    return {
        "hook": hook.pk, "delivery": str(delivery.pk), "browser": browser.pk, "failed_work": str(failed.pk),
        "stumble": stumble.pk, "project_scope": hook.scope,
    }  # fmt: skip


def shared_view(world: World) -> int:
    settings = {"columns": "owner", "lanes": "", "sort": "due", "filter": "", "hidden": []}
    board = f"project:{world.ids['project']}"
    view = add_view(actor=world.people["member"], board=board, name="Shared", settings=settings, is_shared=True)
    return int(view["id"])


def world_for_a_module(folder: Path) -> Iterator[World]:
    """For a fixture of a whole module: one world, and gone with it."""
    with (
        override_settings(MEDIA_ROOT=folder, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]),
        undone(),
    ):
        yield build_world()


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
