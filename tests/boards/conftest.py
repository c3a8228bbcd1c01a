"""A server for sockets beside the tests, on their database."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support.live import LiveServer, Watcher, cookie_of
from tracker.log.models import Stream
from tracker.people.models import User
from tracker.work.models import Project


@pytest.fixture(scope="session")
def live(django_db_setup: None, django_db_blocker: Any) -> Iterator[LiveServer]:
    with django_db_blocker.unblock():
        server = LiveServer()
    with server:
        yield server


@pytest.fixture
def watch(live: LiveServer, transactional_db: None) -> Iterator[Callable[..., Watcher]]:
    """Open sockets for people; they are closed when the test ends, before the tables are emptied."""
    opened: list[Watcher] = []

    def open_one(person: User, cookie: str = "", **options: Any) -> Watcher:
        watcher = Watcher(live, cookie or cookie_of(person), **options)
        opened.append(watcher)
        return watcher

    yield open_one
    for watcher in opened:
        watcher.close()


class Place:
    """Where a project's stream stands."""

    def __init__(self, project: Project) -> None:
        stream = Stream.objects.get(kind="project", ref=project.pk)
        self.name, self.epoch, self.head = f"project:{project.pk}", stream.epoch, stream.head


@pytest.fixture
def place() -> type[Place]:
    return Place
