"""Statements that are put together once: what they find is what their queryset finds, each time anew."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from tests.factories import ProjectFactory, TaskFactory, UserFactory
from tracker.log import statements
from tracker.log.models import Command
from tracker.log.statements import Numbers, Texts, compiled
from tracker.people.models import User
from tracker.work.models import Project, Task

pytestmark = pytest.mark.django_db


@compiled
def task_of(newest: bool, *, project_id: int, owner_id: int) -> QuerySet[Task]:
    rows = Task.objects.filter(project_id=project_id, owner_id=owner_id).select_related("project", "status")
    mine = Project.objects.filter(pk=OuterRef("project_id"), lead_id=owner_id)
    return rows.annotate(is_led=Exists(mine)).order_by("-pk" if newest else "pk")


@compiled
def people_called(*, name: str) -> QuerySet[User]:
    return User.objects.filter(name=name)


@compiled
def looked_at(*, number: int) -> QuerySet[User]:
    return User.objects.filter(pk=1 if number > 5 else 2)


@compiled
def numbers_in(*, project_id: int) -> QuerySet[Task, Any]:
    return Task.objects.filter(project_id=project_id).order_by("-number").values_list("number", "owner__name")


@compiled
def numbers_by_name(*, project_id: int) -> QuerySet[Task, Any]:
    return Task.objects.filter(project_id=project_id).values("number")


@compiled
def titled(*, titles: Texts, owners: Numbers) -> QuerySet[Task]:
    return Task.objects.filter(title__in=titles, owner__in=owners).order_by("pk")


@compiled
def commands_since(*, key: UUID, since: datetime) -> QuerySet[Command]:
    return Command.objects.filter(key=key, at__gte=since)


def test_lists_may_be_of_any_length() -> None:
    mei, lin = UserFactory(), UserFactory()
    first, second = TaskFactory(owner=mei, title="报价 “a”"), TaskFactory(owner=lin, title="b")
    many = Texts([first.title, second.title, *(f"no {number}" for number in range(2000))])
    assert titled(titles=many, owners=Numbers([mei.pk, lin.pk])) == [first, second]
    assert titled(titles=many, owners=Numbers({lin.pk})) == [second]
    assert titled(titles=Texts([first.title]), owners=Numbers([mei.pk])) == [first]
    assert titled(titles=Texts(), owners=Numbers()) == []


def test_moments_and_uuids_are_values_too() -> None:
    at, key = datetime(2026, 3, 1, 12, tzinfo=UTC), uuid4()
    made = Command(actor=UserFactory(), key=key, at=at)
    statements.insert_numbered([made])
    assert commands_since(key=key, since=at) == [made] == list(Command.objects.filter(key=key))
    assert commands_since(key=key, since=at + timedelta(microseconds=1)) == []
    assert commands_since(key=uuid4(), since=at) == []


def test_rows_get_the_ids_that_the_database_gave_them() -> None:
    person, at = UserFactory(), datetime(2026, 3, 1, tzinfo=UTC)
    made = [Command(actor=person, key=uuid4(), at=at) for _ in range(3)]
    statements.insert_numbered(made)
    assert {row.pk: row.key for row in made} == dict(Command.objects.values_list("pk", "key"))


def test_values_come_as_rows() -> None:
    project = ProjectFactory()
    assert numbers_in(project_id=project.pk) == []
    first, second = TaskFactory(project=project, owner=UserFactory(name="Mei")), TaskFactory(project=project)
    TaskFactory()
    assert list(map(tuple, numbers_in(project_id=project.pk))) == [(second.number, None), (first.number, "Mei")]
    with pytest.raises(TypeError, match="can be compiled"):
        numbers_by_name(project_id=project.pk)


def test_each_call_has_its_own_values_and_sees_what_is_there_now() -> None:
    person = UserFactory()
    project, other = ProjectFactory(lead=person), ProjectFactory()
    first, second, elsewhere = (
        TaskFactory(project=project, owner=person),
        TaskFactory(project=project),
        TaskFactory(project=other),
    )
    assert [task.pk for task in task_of(False, project_id=project.pk, owner_id=person.pk)] == [first.pk]
    Task.objects.filter(pk__in=[second.pk, elsewhere.pk]).update(owner=person, title="新标题 100 %")
    assert [task.pk for task in task_of(False, project_id=project.pk, owner_id=person.pk)] == [first.pk, second.pk]
    assert [task.pk for task in task_of(True, project_id=project.pk, owner_id=person.pk)] == [second.pk, first.pk]
    (there,) = task_of(True, project_id=other.pk, owner_id=person.pk)
    assert (there.title, there.project, there.is_led) == ("新标题 100 %", other, False)
    assert task_of(True, project_id=project.pk, owner_id=person.pk)[0].is_led is True


def test_instances_are_whole_and_come_with_what_was_selected(django_assert_num_queries) -> None:
    task = TaskFactory(owner=UserFactory(), estimate="2.50")
    (found,) = task_of(False, project_id=task.project_id, owner_id=task.owner_id)
    fresh = Task.objects.get(pk=task.pk)
    with django_assert_num_queries(0):
        assert found.project.pk == fresh.project_id
        assert found.status.pk == fresh.status_id
    fields = [field.attname for field in Task._meta.concrete_fields]
    assert [getattr(found, name) for name in fields] == [getattr(fresh, name) for name in fields]
    assert found._state.adding is False


def test_texts_are_values_whatever_they_hold() -> None:
    names = ["O'Brien %s", "“林” ?", "a%%b"]
    for name in names:
        UserFactory(name=name)
    for name in names:
        assert [person.name for person in people_called(name=name)] == [name]
    assert people_called(name="' OR 1=1 --") == []


def test_a_value_that_the_function_looks_at_is_noticed() -> None:
    with pytest.raises(TypeError, match="no place for number"):
        looked_at(number=1)


def test_fields_are_saved_as_django_saves_them() -> None:
    task = TaskFactory(estimate="1.00")
    task.title, task.estimate, task.due = "Renamed 改名", None, None
    statements.save_fields(task, "title", "estimate", "due")
    task.refresh_from_db()
    assert (task.title, task.estimate, task.due) == ("Renamed 改名", None, None)


@pytest.mark.postgres
def test_postgresql_keeps_the_plan_for_the_life_of_the_connection() -> None:
    for name in ("A", "B"):
        people_called(name=name)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", ['%"people_user"."name" = $1%']
        )
        assert cursor.fetchone() == (1,)
