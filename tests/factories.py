"""Rows for tests that say only what matters. What a test is about goes through the services."""

from typing import Any

import factory

from tracker.accounts.models import Account, AccountMember
from tracker.log.models import Stream
from tracker.people import access
from tracker.people.models import Function, User
from tracker.work import ranks
from tracker.work.models import Label, Project, ProjectMember, Status, Task, Transition, Workflow


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence("person{}@example.org".format)
    name = factory.Sequence("Person {}".format)
    password = "!"


class AccountFactory(factory.django.DjangoModelFactory):
    """`AccountFactory(team={mei: "lead"})`: mei leads the account team."""

    class Meta:
        model = Account
        skip_postgeneration_save = True

    code = factory.Sequence("ACC{}".format)
    name = factory.Sequence("Account {}".format)

    @factory.post_generation
    def stream(self, create: bool, value: Any, **kwargs: Any) -> None:
        Stream.objects.get_or_create(kind="account", ref=self.pk)

    @factory.post_generation
    def team(self, create: bool, roles: dict[User, str] | None, **kwargs: Any) -> None:
        for person, role in (roles or {}).items():
            AccountMember.objects.create(account=self, person=person, role=role, function=person.function)
            access.grant(self, person, role)


class WorkflowFactory(factory.django.DjangoModelFactory):
    """To do → Doing → Done, every way open."""

    class Meta:
        model = Workflow
        skip_postgeneration_save = True

    code = factory.Sequence("flow_{}".format)
    name = "Flow"

    @factory.post_generation
    def columns(self, create: bool, names: list[tuple[str, str]] | None, **kwargs: Any) -> None:
        plan = names or [("To do", "ready"), ("Doing", "active"), ("Done", "done")]
        made = [
            Status.objects.create(workflow=self, name=name, category=category, position=position)
            for position, (name, category) in enumerate(plan)
        ]
        Transition.objects.bulk_create(Transition(source=a, target=b) for a in made for b in made if a != b)


class ProjectFactory(factory.django.DjangoModelFactory):
    """`ProjectFactory(people={mei: "member"})`: mei works on it."""

    class Meta:
        model = Project
        skip_postgeneration_save = True

    key = factory.Sequence("P{}".format)
    name = factory.Sequence("Project {}".format)
    workflow = factory.SubFactory(WorkflowFactory)

    @factory.post_generation
    def stream(self, create: bool, value: Any, **kwargs: Any) -> None:
        Stream.objects.get_or_create(kind="project", ref=self.pk)

    @factory.post_generation
    def people(self, create: bool, roles: dict[User, str] | None, **kwargs: Any) -> None:
        for person, role in (roles or {}).items():
            ProjectMember.objects.create(project=self, person=person, role=role)
            access.grant(self, person, role)


class LabelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Label

    name = factory.Sequence("Label {}".format)


class TaskFactory(factory.django.DjangoModelFactory):
    """`TaskFactory(project=project, in_status="Doing")`: at the bottom of that column."""

    class Meta:
        model = Task

    project = factory.SubFactory(ProjectFactory)
    title = factory.Sequence("Task {}".format)
    number = factory.LazyAttribute(lambda task: next_number(task.project))
    status = factory.LazyAttribute(lambda task: task.project.workflow.statuses.get(name=task.in_status))
    rank = factory.LazyAttribute(lambda task: bottom(task.project, task.status))

    class Params:
        in_status = "To do"


def next_number(project: Project) -> int:
    project.refresh_from_db(fields=["next_number"])
    Project.objects.filter(pk=project.pk).update(next_number=project.next_number + 1)
    return project.next_number


def bottom(project: Project, status: Status) -> str:
    last = Task.objects.filter(project=project, status=status).order_by("-rank").values_list("rank", flat=True).first()
    return ranks.between(last, None)


def function(code: str) -> Function:
    return Function.objects.get(code=code)
