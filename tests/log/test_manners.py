"""People go first: what is done in the background lets their changes pass."""

import threading

import pytest
from django.db import connection

from tests.support.waiting import wait_until
from tracker.log import manners
from tracker.log.manners import a_piece, before_others, behind_people, give_way, people
from tracker.log.turns import Queue


def test_of_those_who_wait_people_come_first() -> None:
    queue, order = Queue(), list[str]()
    queue.enter()
    background = waiting(queue, order, "background", is_behind=True)
    wait_until(lambda: len(queue.behind) == 1, "it to wait")
    somebody = waiting(queue, order, "somebody")
    wait_until(lambda: len(queue.waiting) == 1, "somebody to wait")
    queue.leave()
    background.join()
    somebody.join()
    assert order == ["somebody", "background"]


def test_who_has_let_others_pass_for_long_enough_is_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.log.turns.LET_PASS", -1.0)
    queue, order = Queue(), list[str]()
    queue.enter()
    somebody = waiting(queue, order, "somebody")
    wait_until(lambda: len(queue.waiting) == 1, "somebody to wait")
    background = waiting(queue, order, "background", is_behind=True)
    wait_until(lambda: len(queue.behind) == 1, "it to wait")
    queue.leave()
    background.join()
    somebody.join()
    assert order == ["background", "somebody"]


def waiting(queue: Queue, order: list[str], name: str, *, is_behind: bool = False) -> threading.Thread:
    def wait() -> None:
        queue.enter(is_behind=is_behind)
        order.append(name)
        queue.leave()

    thread = threading.Thread(target=wait)
    thread.start()
    return thread


def test_background_work_waits_while_somebody_changes_something(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manners, "PATIENCE", 60)
    passed = threading.Event()

    def background() -> None:
        with behind_people():
            give_way()
            passed.set()
        connection.close()

    with before_others():
        thread = threading.Thread(target=background)
        thread.start()
        wait_until(lambda: bool(people.is_free._waiters), "it to wait")  # type: ignore[attr-defined]
        assert not passed.is_set()
    thread.join()
    assert passed.is_set()


def test_it_rests_longer_than_it_worked_while_people_are_at_work(monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[float] = []
    monkeypatch.setattr(manners, "sleep", rests.append)
    with a_piece():
        pass
    with behind_people():
        monkeypatch.setattr(people, "left_at", float("-inf"))
        with a_piece():
            pass
        assert rests == []
        monkeypatch.setattr(people, "left_at", float("inf"))
        with a_piece():
            pass
    assert len(rests) == 1


@pytest.mark.django_db(transaction=True)
def test_what_background_work_writes_takes_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.factories import UserFactory
    from tracker.log.turns import writers
    from tracker.people.models import User

    if connection.vendor != "sqlite":
        return
    mei = UserFactory(name="Mei")
    entered: list[bool] = []
    enter = writers.enter
    monkeypatch.setattr(writers, "enter", lambda *, is_behind=False: (entered.append(is_behind), enter())[1])
    User.objects.filter(pk=mei.pk).update(name="One")
    assert entered == []
    with behind_people():
        User.objects.filter(pk=mei.pk).update(name="Two")
        assert User.objects.get(pk=mei.pk).name == "Two"
    assert entered == [True]
