"""Sockets that are open while nobody knows yet whose they are: what they send is bounded, and a server that stops finds them."""

import signal
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from tests.factories import ProjectFactory, UserFactory
from tests.support.live import LiveServer, Watcher, cookie_of
from tests.support.waiting import PATIENCE, wait_until
from tracker.people.models import User

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mei() -> User:
    return UserFactory(name="Mei")


class Doorway:
    """A folder that sessions are asked through."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def shut(self) -> None:
        (self.folder / "shut").touch()

    def open(self) -> None:
        (self.folder / "shut").unlink()

    def has_somebody(self) -> bool:
        return any(self.folder.glob("asked-*"))


@pytest.fixture
def doorway(tmp_path: Path) -> Doorway:
    return Doorway(tmp_path)


@pytest.fixture
def serving(transactional_db: None, doorway: Doorway) -> Callable[..., LiveServer]:
    settings = {"DJANGO_SETTINGS_MODULE": "tests.support.doorway_settings", "DOORWAY": str(doorway.folder)}
    return lambda **more: LiveServer(**settings, **more)


@pytest.mark.parametrize(("text", "times"), [('{"t":"pong"}', 400), ('{"t":"pong","x":"' + "y" * 60_000 + '"}', 8)])
def test_what_is_sent_meanwhile_is_bounded(serving: Any, doorway: Doorway, mei: User, text: str, times: int) -> None:
    """By the number of messages, and by their length."""
    doorway.shut()
    with serving() as server, Watcher(server, cookie_of(mei)) as watcher:
        with suppress(ConnectionClosed):
            for _ in range(times):
                watcher.socket.send(text)
        assert watcher.closed() == 4429
        doorway.open()


def test_what_is_sent_meanwhile_is_answered_then(serving: Any, place: Any, doorway: Doorway, mei: User) -> None:
    at = place(ProjectFactory(people={mei: "member"}))
    doorway.shut()
    with serving() as server, Watcher(server, cookie_of(mei)) as watcher:
        for number in range(20):
            watcher.send(t="sub", id=number, stream=at.name, epoch=at.epoch, after=at.head)
        wait_until(doorway.has_somebody, "the session to be asked for")
        doorway.open()
        watcher.told("sub_ok", id=19)
        assert [f["id"] for f in watcher.frames if f["t"] == "sub_ok"] == list(range(20))


def test_a_server_that_stops_sends_those_in_the_doorway_elsewhere_too(
    serving: Any, doorway: Doorway, mei: User
) -> None:
    with (
        serving(LIVE_NOTICE="0.1", LIVE_FAREWELL="20") as server,
        Watcher(server, cookie_of(mei)) as inside,
    ):
        inside.told("hb")
        doorway.shut()
        with Watcher(server, cookie_of(mei)) as waiting:
            wait_until(doorway.has_somebody, "the session to be asked for")
            server.process.send_signal(signal.SIGTERM)
            assert inside.closed() == 1012
            doorway.open()
            assert waiting.closed() == 1012
        assert server.process.wait(timeout=PATIENCE) == 0
