"""Who may follow a stream is asked for many at once: each has the answer that they would have had alone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from boards.live.questions import Wish, look_up
from tests.factories import ProjectFactory, UserFactory
from tracker.log.change import project_stream
from tracker.log.models import Stream
from tracker.people.models import User
from tracker.work.models import Project
from tracker.work.services.projects import set_project_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei() -> User:
    return UserFactory(name="Mei")


@pytest.fixture
def board(mei: User) -> Project:
    return ProjectFactory(people={mei: "manager"})


def head_of(board: Project) -> int:
    return Stream.objects.get(kind="project", ref=board.pk).head


def test_some_may_and_some_may_not(mei: User, board: Project) -> None:
    stranger, gone = UserFactory(), UserFactory(is_active=False, is_administrator=True)
    found = look_up(project_stream(board.pk), [Wish(person.pk, 0) for person in (stranger, mei, gone, mei)])
    assert [standing is not None for standing in found] == [False, True, False, True]


def test_who_lost_it_and_had_it_again_is_told_apart_from_who_kept_it(mei: User, board: Project) -> None:
    zhou, name = UserFactory(), project_stream(board.pk)
    set_project_role(actor=mei, project_id=board.pk, person_id=zhou.pk, role="member")
    before = head_of(board)
    set_project_role(actor=mei, project_id=board.pk, person_id=zhou.pk, role=None)
    set_project_role(actor=mei, project_id=board.pk, person_id=zhou.pk, role="member")
    after = head_of(board)

    found = look_up(name, [Wish(zhou.pk, before), Wish(zhou.pk, after), Wish(mei.pk, before)])
    assert [standing and standing.was_interrupted for standing in found] == [True, False, False]


def test_what_nobody_may_read_is_not_made(mei: User) -> None:
    name = project_stream(10**9)
    assert look_up(name, [Wish(mei.pk, 0)]) == [None]
    assert not Stream.objects.filter(kind="project", ref=10**9).exists()


def test_many_take_as_many_questions_as_one(board: Project, django_assert_num_queries: Callable[..., Any]) -> None:
    name, crowd = project_stream(board.pk), UserFactory.create_batch(30)
    with CaptureQueriesContext(connection) as alone:
        look_up(name, [Wish(crowd[0].pk, 0)])
    with django_assert_num_queries(len(alone)):
        look_up(name, [Wish(person.pk, 0) for person in crowd])
