"""A request that is repeated is answered again and not done again; one that loses a tie is tried again."""

import threading
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils.timezone import now

from tests.factories import ProjectFactory, TaskFactory, UserFactory
from tests.support.asking import Asking, at_once
from tests.support.looking import fingerprint, require_gapless
from tracker.log.change import project_stream, under_way
from tracker.log.commands import KEPT_HOURS, CommandMiddleware, database_failed, forget_old_commands
from tracker.log.models import Command, Event
from tracker.people import access
from tracker.people.models import User
from tracker.work.models import Attachment, Comment, Project, ProjectMember, Task
from tracker.work.services.moves import move_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def member() -> User:
    return UserFactory()


@pytest.fixture
def task(member: User) -> Task:
    return TaskFactory(project=ProjectFactory(people={member: "member", UserFactory(): "manager"}))


def test_a_repeated_request_gets_the_same_answer_and_has_one_effect(member: User, task: Task) -> None:
    asking, key = Asking(member), uuid4()
    first = asking.post(f"/tasks/{task.pk}/comments", {"body": "Once"}, key=key)
    before = fingerprint()
    again = asking.post(f"/tasks/{task.pk}/comments", {"body": "Once"}, key=key)

    assert (again.status_code, again.content) == (first.status_code, first.content) == (201, first.content)
    assert again["Stream-Position"] == first["Stream-Position"]
    assert fingerprint() == before
    assert {event.command_id for event in Event.objects.filter(subject=f"task:{task.pk}")} == {key}


def test_the_version_comes_with_the_repeated_answer(member: User, task: Task) -> None:
    asking, key = Asking(member), uuid4()
    first = asking.patch(f"/tasks/{task.pk}", {"title": "New"}, key=key)
    asking.patch(f"/tasks/{task.pk}", {"title": "Newer"})
    again = asking.patch(f"/tasks/{task.pk}", {"title": "New"}, key=key)
    assert again["ETag"] == first["ETag"] == '"v2"'
    task.refresh_from_db()
    assert task.title == "Newer"


@pytest.mark.parametrize("other", ["body", "path", "verb"])
def test_a_key_used_for_another_request_is_refused(member: User, task: Task, other: str) -> None:
    asking, key = Asking(member), uuid4()
    asking.post(f"/tasks/{task.pk}/comments", {"body": "Once"}, key=key)
    before = fingerprint()
    answer = {
        "body": lambda: asking.post(f"/tasks/{task.pk}/comments", {"body": "Twice"}, key=key),
        "path": lambda: asking.post(f"/tasks/{task.pk}/comments?again=1", {"body": "Once"}, key=key),
        "verb": lambda: asking.delete(f"/tasks/{task.pk}/watchers/{member.pk}", key=key),
    }[other]()
    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")
    assert fingerprint() == before


def test_a_file_is_part_of_the_request(member: User, task: Task, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    client, key = Asking(member).client, str(uuid4())

    def send(content: bytes) -> Any:
        file = {"file": SimpleUploadedFile("a.txt", content)}
        return client.post(f"/api/v1/tasks/{task.pk}/files", file, headers={"Idempotency-Key": key})

    assert [send(b"one").status_code, send(b"one").status_code, send(b"two").status_code] == [201, 201, 422]
    assert Attachment.objects.count() == 1


def test_the_same_key_of_somebody_else_is_another_command(member: User, task: Task) -> None:
    other, key = UserFactory(), uuid4()
    access.grant(task.project, other, "member")
    for person in (member, other):
        assert Asking(person).post(f"/tasks/{task.pk}/comments", {"body": "Mine"}, key=key).status_code == 201
    assert Counter(Comment.objects.values_list("author_id", flat=True)) == {member.pk: 1, other.pk: 1}


def test_a_refused_command_leaves_no_key(member: User, task: Task) -> None:
    asking, key = Asking(member), uuid4()
    project = f"/projects/{task.project_id}"
    assert asking.patch(project, {"name": "New"}, key=key).status_code == 403
    assert not Command.objects.exists()
    access.grant(task.project, member, "manager")
    assert asking.patch(project, {"name": "New"}, key=key).status_code == 200
    assert Command.objects.get().key == key


def test_who_lost_sight_of_it_is_not_told_again(member: User, task: Task) -> None:
    asking, key = Asking(member), uuid4()
    asking.post(f"/tasks/{task.pk}/comments", {"body": "A secret"}, key=key)
    access.grant(task.project, member, None)
    before = fingerprint()
    again = asking.post(f"/tasks/{task.pk}/comments", {"body": "A secret"}, key=key)
    never = asking.post("/tasks/99999999/comments", {"body": "A secret"})
    assert (again.status_code, again.content) == (404, never.content)
    assert fingerprint() == before


def test_a_card_that_was_taken_out_of_sight_is_not_shown_again(member: User, task: Task) -> None:
    """Its answer was about a project that they still see."""
    manager = ProjectMember.objects.get(role="manager").person
    elsewhere = ProjectFactory(people={manager: "manager"}, is_private=True)
    asking = Asking(member)
    keys = {name: uuid4() for name in ("changed", "made")}
    requests = {
        "changed": lambda key: asking.patch(f"/tasks/{task.pk}", {"title": "A secret"}, key=key),
        "made": lambda key: asking.post(f"/projects/{task.project_id}/tasks", {"title": "Another"}, key=key),
    }
    made = {name: send(keys[name]) for name, send in requests.items()}
    for pk in (task.pk, made["made"].json()["id"]):
        move_task(actor=manager, task_id=pk, project=elsewhere.pk)
    before = fingerprint()
    for name, send in requests.items():
        assert send(keys[name]).status_code == 404
    assert fingerprint() == before


def test_a_guest_who_was_taken_off_a_card_is_not_shown_it_again(task: Task) -> None:
    guest = UserFactory(is_guest=True)
    access.grant(task.project, guest, "guest")
    task.watchers.add(guest)
    asking, key = Asking(guest), uuid4()
    assert asking.post(f"/tasks/{task.pk}/comments", {"body": "Once"}, key=key).status_code == 201
    task.watchers.remove(guest)
    assert asking.post(f"/tasks/{task.pk}/comments", {"body": "Once"}, key=key).status_code == 404


def test_a_view_of_a_board_that_is_lost_is_not_shown_again(member: User, task: Task) -> None:
    asking, key = Asking(member), uuid4()
    settings = {"columns": "owner", "lanes": "", "sort": "due", "filter": "", "hidden": []}
    body = {"name": "Mine", "settings": settings}
    path = f"/boards/project:{task.project_id}/views"
    assert asking.post(path, body, key=key).status_code == 201
    access.grant(task.project, member, None)
    assert asking.post(path, body, key=key).status_code == 404


def test_who_left_or_deleted_something_is_told_again_that_it_is_done(task: Task) -> None:
    manager = ProjectMember.objects.get(role="manager").person
    leaver = UserFactory()
    ProjectMember.objects.create(project=task.project, person=leaver, role="manager")
    access.grant(task.project, leaver, "manager")
    empty = ProjectFactory(people={manager: "manager"})
    for person, path in (
        (leaver, f"/projects/{task.project_id}/people/{leaver.pk}"),
        (manager, f"/projects/{empty.pk}"),
    ):
        asking, key = Asking(person), uuid4()
        assert asking.delete(path, key=key).status_code == 204
        assert asking.delete(path, key=key).status_code == 204
        assert asking.delete(path).status_code == 404
    assert not Project.objects.filter(pk=empty.pk).exists()


def test_without_a_key_every_request_is_a_command_of_its_own(member: User, task: Task) -> None:
    asking = Asking(member)
    for _ in range(2):
        assert asking.post(f"/tasks/{task.pk}/comments", {"body": "Again"}).status_code == 201
    assert Comment.objects.count() == Command.objects.count() == 2


def test_what_changes_nothing_has_no_position(member: User, task: Task) -> None:
    answer = Asking(member).patch(f"/tasks/{task.pk}", {"title": task.title}, key=uuid4())
    assert answer.status_code == 200
    assert "Stream-Position" not in answer
    assert not Event.objects.exists()


def test_secrets_are_never_stored(member: User) -> None:
    member.set_password("a long walk by the river")
    member.save()
    Asking(member).post("/me/password", {"current_password": "x", "new_password": "y"}, key=uuid4())
    Asking(member).delete("/session", key=uuid4())
    assert not Command.objects.exists()


def test_answers_are_kept_for_a_day_and_then_forgotten(member: User, task: Task) -> None:
    asking, keys = Asking(member), [uuid4(), uuid4()]
    for key in keys:
        asking.post(f"/tasks/{task.pk}/comments", {"body": "Once"}, key=key)
    Command.objects.filter(key=keys[0]).update(at=now() - timedelta(hours=KEPT_HOURS, seconds=1))
    Command.objects.filter(key=keys[1]).update(at=now() - timedelta(hours=KEPT_HOURS, seconds=-60))
    assert forget_old_commands() == 1
    assert Command.objects.get().key == keys[1]
    asking.post(f"/tasks/{task.pk}/comments", {"body": "Once"}, key=keys[1])
    assert Comment.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_are_one(member: User, task: Task) -> None:
    asking, key = Asking(member), uuid4()

    def send():
        twin = asking.twin()
        return lambda: twin.post(f"/tasks/{task.pk}/comments", {"body": "Once"}, key=key)

    answers = at_once([send() for _ in range(10)])

    assert {(answer.status_code, answer.content) for answer in answers} == {(201, answers[0].content)}
    assert Comment.objects.count() == 1
    require_gapless()


# --- ties ----------------------------------------------------------------------------------------------------------


def request_of(person: User) -> HttpRequest:
    request = RequestFactory().post("/api/v1/anything", b"{}", content_type="application/json")
    request.user = person
    return request


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_deadlock_is_tried_again() -> None:
    """Two who lock in opposite orders: the database stops one of them, and its second try goes through."""
    people, tries = [UserFactory(), UserFactory()], Counter[int]()
    met = threading.Barrier(2)
    names = [project_stream(1), project_stream(2)]

    def answer(place: int):
        def get_response(request: HttpRequest) -> HttpResponse:
            tries[place] += 1
            log = under_way()
            assert log is not None
            try:
                for name in names if place else reversed(names):
                    log.lock(name)
                    if tries[place] == 1 and len(log.locked) == 1:
                        met.wait(timeout=30)
            except OperationalError as error:
                return database_failed(request, error)
            return HttpResponse(b"{}")

        return get_response

    def send(place: int):
        return lambda: CommandMiddleware(answer(place))(request_of(people[place])).status_code

    for ref in (1, 2):
        with_stream(ref)
    assert at_once([send(0), send(1)]) == [200, 200]
    assert sorted(tries.values()) == [1, 2]


def with_stream(ref: int) -> None:
    from tracker.log.models import Stream

    Stream.objects.create(kind="project", ref=ref)


@pytest.mark.django_db(transaction=True)
def test_what_fails_at_the_commit_is_tried_again_and_then_refused(member: User, task: Task) -> None:
    tries = []

    def get_response(request: HttpRequest) -> HttpResponse:
        tries.append(request)
        Task.objects.filter(pk=task.pk).update(owner_id=2**40)  # nobody: found out at the commit
        return HttpResponse(b"{}")

    answer = CommandMiddleware(get_response)(request_of(member))

    assert (answer.status_code, len(tries)) == (409, 3)
    assert b"overtaken" in answer.content
    assert not Command.objects.exists()
    task.refresh_from_db()
    assert task.owner_id is None


def test_a_database_that_is_busy_is_said_to_be(member: User) -> None:
    answer = CommandMiddleware(lambda request: database_failed(request, OperationalError("locked")))(request_of(member))
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    assert not Command.objects.exists()
