"""The door and the limits: who is let in, and what a client can send without harm."""

import json
from contextlib import suppress
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.factories import ProjectFactory, UserFactory
from tests.support.live import LiveServer, Watcher, cookie_of
from tracker.people.models import User
from tracker.work.services.tasks import create_task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mei() -> User:
    return UserFactory(name="Mei")


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "https://evil.example",
        "http://127.0.0.1:1",
        "http://127.0.0.1.evil.example",
        "file://",
        "http://[",
    ],
)
def test_only_our_own_pages_may_open_a_socket(live: LiveServer, mei: User, origin: str | None) -> None:
    with pytest.raises(InvalidStatus) as refused:
        Watcher(live, cookie_of(mei), origin=origin)
    assert refused.value.response.status_code in {400, 403}


def test_any_other_address_is_refused(live: LiveServer, mei: User) -> None:
    from websockets.sync.client import connect

    with pytest.raises(InvalidStatus), connect(live.socket_url + "more/", origin=live.url):
        pass


@pytest.mark.parametrize("cookie", ["", "sessionid=", "sessionid=nosuchsession", "sessionid=é;;=; a=b"])
def test_who_is_not_signed_in_is_told_so(live: LiveServer, transactional_db: None, cookie: str) -> None:
    with Watcher(live, cookie) as watcher:
        assert watcher.closed() == 4401


def test_another_protocol_is_not_spoken(live: LiveServer, mei: User) -> None:
    with Watcher(live, cookie_of(mei), subprotocols=["accord.v9"]) as watcher:
        assert watcher.closed() == 4400


@pytest.mark.parametrize(
    "text",
    [
        "", "no json", "[]", "7", "null", '{"t":7}', '{"a":1}', '{"t":"websocket.disconnect"}', '{"t":"ev"}', '{"t":"__init__"}',
        '{"type":"websocket.disconnect"}', '{"t":"closed"}', '{"t":"sub","after":NaN}', "[" * 50_000, '{"t":"sub_ok"}',
        '{"t":"sub","id":' + "9" * 5000 + "}",
    ],
)  # fmt: skip
def test_what_is_not_of_the_protocol_closes_the_socket(watch: Any, mei: User, text: str) -> None:
    watcher = watch(mei)
    watcher.socket.send(text)
    assert watcher.closed() == 4400


def test_a_field_that_does_not_fit_is_answered(watch: Any, place: Any, mei: User) -> None:
    """And the socket goes on."""
    board = ProjectFactory(people={mei: "member"})
    at = place(board)
    good = {"t": "sub", "id": 5, "stream": at.name, "epoch": at.epoch, "after": at.head}
    bad: list[dict[str, Any]] = [
        *({**good, "after": after} for after in (-1, "1", 1.5, None, True, [1], {})),
        *(
            {**good, "stream": s}
            for s in ("project:0", "project:-1", "project:x", "project:", "board:1", "", 7, None, ["a"])
        ),
        *(
            {**good, "stream": s}
            for s in ("project:" + "9" * 30, "project:1\n", "project:٣", "workspace:0", "x" * 60_000)
        ),
        {**good, "epoch": 7},
        {"t": "unsub"},
        {"t": "here", "stream": at.name, "task": "9"},
        {"t": "here", "stream": at.name, "task": 9, "field": "<b>"},
    ]
    watcher = watch(mei)
    for number, message in enumerate(bad, start=1):
        watcher.socket.send(json.dumps(message))
        watcher.until(
            lambda n=number: len([f for f in watcher.frames if f["t"] == "error"]) == n, f"an error for {message}"
        )
    assert {f["code"] for f in watcher.frames if f["t"] == "error"} == {"bad_request"}
    assert watcher.frames[0]["id"] == 5
    assert watcher.sub(at.name, at.epoch, at.head)["t"] == "sub_ok"


def test_a_binary_frame_and_a_huge_one_are_refused(watch: Any, mei: User) -> None:
    one, other = watch(mei), watch(mei)
    one.socket.send(b"\x00\x01")
    assert one.closed() == 1003
    with suppress(ConnectionClosed):
        other.socket.send(json.dumps({"t": "pong", "x": "y" * 70_000}))
    assert other.closed() in {1009, 1006}


def test_too_many_messages_close_the_socket(watch: Any, mei: User) -> None:
    watcher = watch(mei)
    with suppress(ConnectionClosed):
        for _ in range(400):
            watcher.send(t="pong")
    assert watcher.closed() == 4429


def test_a_person_has_only_so_many_sockets(watch: Any, mei: User) -> None:
    cookie = cookie_of(mei)
    sockets = [watch(mei, cookie) for _ in range(20)]
    for socket in sockets:
        socket.told("hb")
    assert watch(mei, cookie).closed() == 4429
    assert watch(UserFactory()).told("hb")


def test_a_socket_follows_only_so_many_streams(transactional_db: None, place: Any, mei: User) -> None:
    with LiveServer(LIVE_STREAMS_PER_SOCKET="2") as server, Watcher(server, cookie_of(mei)) as watcher:
        first, second, third = (place(ProjectFactory(people={mei: "member"})) for _ in range(3))
        for at in (first, second, first):  # the same one again counts once
            assert watcher.sub(at.name, at.epoch, at.head)["t"] == "sub_ok"
        assert watcher.sub(third.name, third.epoch, third.head) == {"t": "error", "id": 4, "code": "too_many"}
        watcher.send(t="unsub", stream=first.name)
        assert watcher.sub(third.name, third.epoch, third.head)["t"] == "sub_ok"


def test_replaying_again_and_again_has_an_end(transactional_db: None, place: Any, mei: User) -> None:
    """The budget is the person's, whichever socket asks."""
    board = ProjectFactory(people={mei: "member"})
    before = place(board)
    for number in range(4):
        create_task(actor=mei, project_id=board.pk, title=f"Task {number}")
    cookie = cookie_of(mei)
    with LiveServer(LIVE_REPLAY_BUDGET="10") as server, Watcher(server, cookie) as one, Watcher(server, cookie) as two:
        assert one.sub(before.name, before.epoch, before.head)["t"] == "sub_ok"
        assert two.sub(before.name, before.epoch, before.head)["t"] == "sub_ok"
        two.send(t="sub", id=9, stream=before.name, epoch=before.epoch, after=before.head)
        assert two.closed() == 4429
        assert one.reach(before.name, before.head + 4) == [before.head + n for n in range(1, 5)]


def test_too_much_to_replay_means_a_fresh_start(transactional_db: None, place: Any, mei: User) -> None:
    board = ProjectFactory(people={mei: "member"})
    before = place(board)
    for number in range(4):
        create_task(actor=mei, project_id=board.pk, title=f"Task {number}")
    with LiveServer(LIVE_REPLAY_EVENTS="3") as server, Watcher(server, cookie_of(mei)) as watcher:
        assert watcher.sub(before.name, before.epoch, before.head)["reason"] == "too_old"
        assert watcher.sub(before.name, before.epoch, before.head + 1)["t"] == "sub_ok"
