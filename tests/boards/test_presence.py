"""Who is looking at what: told to those who follow the same stream, forgotten by itself, never told to guests."""

from collections.abc import Iterator
from typing import Any

import pytest

from boards.live.presence import Claim, Room
from tests.factories import ProjectFactory, UserFactory
from tests.support.live import LiveServer, Watcher, cookie_of
from tracker.people.models import User
from tracker.work.models import Project

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mei() -> User:
    return UserFactory(name="Mei")


@pytest.fixture
def kai() -> User:
    return UserFactory(name="Kai")


@pytest.fixture
def board(mei: User, kai: User) -> Project:
    return ProjectFactory(people={mei: "member", kai: "viewer"})


@pytest.fixture
def two(transactional_db: None) -> Iterator[tuple[LiveServer, LiveServer]]:
    """Two processes; in the layout with Redis they hear of each other."""
    quick = {"LIVE_PRESENCE": "1", "LIVE_PRESENCE_EVERY": "0.1"}
    with LiveServer(**quick) as one, LiveServer(**quick) as other:
        yield one, other


def here(person: User, task: int | None = None, field: str | None = None) -> dict[str, Any]:
    return {"person": person.pk, "task": task, "field": field}


def check(place: Any, board: Project, mei: User, kai: User, servers: tuple[LiveServer, LiveServer]) -> None:
    at = place(board)
    with Watcher(servers[0], cookie_of(mei)) as hers, Watcher(servers[1], cookie_of(kai)) as his:
        for watcher in (hers, his):
            assert watcher.sub(at.name, at.epoch, at.head)["t"] == "sub_ok"
        hers.send(t="here", stream=at.name, task=9, field="title")
        his.told("presence", stream=at.name, people=[here(mei, 9, "title")])
        his.told("presence", stream=at.name, people=[])  # the claim has expired
        hers.send(t="here", stream=at.name, task=None)
        his.until(lambda: his.frames[-1].get("people") == [here(mei)], "the new claim")
        with Watcher(servers[1], cookie_of(kai)) as late:
            late.sub(at.name, at.epoch, at.head)
            late.told("presence", people=[here(mei)])
        hers.close()
        his.until(lambda: his.frames[-1].get("people") == [], "her leaving to be told")


def test_it_is_told_and_forgotten(place: Any, board: Project, mei: User, kai: User, two: Any) -> None:
    check(place, board, mei, kai, (two[0], two[0]))


@pytest.mark.redis
def test_it_is_told_across_processes(place: Any, board: Project, mei: User, kai: User, two: Any) -> None:
    check(place, board, mei, kai, two)


def test_who_does_not_follow_the_stream_says_and_hears_nothing(
    watch: Any, place: Any, board: Project, mei: User
) -> None:
    at = place(board)
    watcher, outsider = watch(mei), watch(UserFactory())
    watcher.sub(at.name, at.epoch, at.head)
    outsider.send(t="here", stream=at.name, task=9)
    watcher.send(t="here", stream=at.name, task=1)
    assert watcher.told("presence")["people"] == [here(mei, 1)]
    outsider.still(0.3)
    assert [f for f in outsider.frames if f["t"] != "hb"] == []


def test_each_person_is_told_once_for_each_place() -> None:
    room = Room()
    room.claim("a", Claim(5, 9, None), now=0)
    room.claim("b", Claim(5, 9, None), now=0)
    room.claim("c", Claim(5, None, None), now=10)
    assert room.people() == [Claim(5, None, None).shown(), Claim(5, 9, None).shown()]
    room.expire(now=30)
    assert room.people() == [Claim(5, None, None).shown()]
    assert room.news() == room.people()
    assert room.news() is None
