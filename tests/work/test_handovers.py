"""Handing a task over: asked with a note, then accepted, returned or taken back; the task says for whom it waits."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import now

from tests.factories import UserFactory, function
from tests.support.asking import Asking, at_once
from tests.support.looking import fingerprint, require_gapless
from tests.work.conftest import Board
from tracker.errors import Conflict, Forbidden, NotFound, Refused
from tracker.log.models import Event
from tracker.people import access
from tracker.people.models import User
from tracker.people.services import remove_function
from tracker.work.models import HandOver, Task
from tracker.work.services.handovers import accept, ask, hand_back, withdraw
from tracker.work.services.tasks import archive_task, delete_task
from tracker.work.services.undo import undo
from tracker.work.services.verifying import waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def supporter(board: Board) -> User:
    person = UserFactory(function=function("support"))
    access.grant(board.project, person, "member")
    return person


@pytest.fixture
def task(board: Board) -> Task:
    return board.card(function=function("sales"), owner=board.member)


def asked(board: Board, task: Task, **more: object) -> HandOver:
    return ask(actor=board.member, task_id=task.pk, to_function=function("support").pk, **more)  # type: ignore[arg-type]


def standing(task: Task) -> tuple[str | None, int | None, str | None]:
    """The function it is with, whose it is, and the function it waits for."""
    task.refresh_from_db()
    assert not list(waiting())
    return (
        task.function.code if task.function else None,
        task.owner_id,
        task.waits_for.code if task.waits_for else None,
    )


def told(task: Task) -> list[str]:
    return list(Event.objects.filter(subject=f"task:{task.pk}").order_by("seq").values_list("type", flat=True))


def test_a_task_waits_until_somebody_of_the_function_takes_it_up(board, task, supporter) -> None:
    by = now() + timedelta(days=1)
    one = asked(board, task, note="The drawings are attached", answer_by=by)
    assert standing(task) == ("sales", board.member.pk, "support")
    assert (task.waits_since, task.answer_by) == (one.asked_at, by.replace(microsecond=0))
    assert board.member in task.watchers.all()

    accept(actor=supporter, handover_id=one.pk)
    assert standing(task) == ("support", supporter.pk, None)
    one.refresh_from_db()
    assert (one.state, one.answered_by, one.from_function) == ("accepted", supporter, function("sales"))
    assert one.answered_at is not None
    assert one.answered_at >= one.asked_at
    assert told(task)[-2:] == ["handover.accepted", "task.changed"]
    require_gapless()


def test_it_is_returned_with_a_reason_and_asked_for_again(board, task, supporter) -> None:
    hand_back(actor=supporter, handover_id=asked(board, task).pk, reason="The contract is missing")
    assert standing(task) == ("sales", board.member.pk, None)
    again = asked(board, task, note="Now with the contract")
    assert standing(task) == ("sales", board.member.pk, "support")
    accept(actor=supporter, handover_id=again.pk)
    assert standing(task) == ("support", supporter.pk, None)
    assert [one.state for one in task.handovers.all()] == ["returned", "accepted"]
    assert task.handovers.first().reason == "The contract is missing"


def test_who_asked_takes_it_back(board, task, supporter) -> None:
    one = asked(board, task)
    with pytest.raises(Forbidden):
        withdraw(actor=supporter, handover_id=one.pk)
    withdraw(actor=board.member, handover_id=one.pk)
    assert standing(task) == ("sales", board.member.pk, None)
    withdraw(actor=board.manager, handover_id=asked(board, task).pk)


def test_only_the_function_that_was_asked_answers_or_a_manager(board, task) -> None:
    colleague = UserFactory(function=function("marketing"))
    access.grant(board.project, colleague, "member")
    outsider = UserFactory(function=function("support"))
    one = asked(board, task)
    before = fingerprint()
    with pytest.raises(Forbidden):
        accept(actor=colleague, handover_id=one.pk)
    with pytest.raises(Forbidden):
        hand_back(actor=colleague, handover_id=one.pk, reason="Not ours")
    with pytest.raises(NotFound):
        accept(actor=outsider, handover_id=one.pk)
    assert fingerprint() == before
    accept(actor=board.manager, handover_id=one.pk)
    assert standing(task) == ("support", board.manager.pk, None)


def test_what_cannot_be_asked_changes_nothing(board, task, supporter) -> None:
    def refused(problem: type[Exception], code: str, **fields: object) -> None:
        before = fingerprint()
        with pytest.raises(problem) as found:
            asked(board, task, **fields) if "to_function" not in fields else ask(
                actor=board.member, task_id=task.pk, **fields
            )
        assert found.value.code == code  # type: ignore[attr-defined]
        assert fingerprint() == before

    refused(Refused, "unknown", to_function=2**40)
    refused(Refused, "same_function", to_function=function("sales").pk)
    refused(Refused, "past", answer_by=now() - timedelta(seconds=1))
    refused(Refused, "unlikely_date", answer_by=now().replace(year=9999))
    one = asked(board, task)
    refused(Conflict, "already_asked", to_function=function("marketing").pk)
    accept(actor=supporter, handover_id=one.pk)
    for again in (accept, withdraw):
        with pytest.raises(Conflict):
            again(actor=board.manager, handover_id=one.pk)
    archive_task(actor=board.member, task_id=task.pk)
    refused(Conflict, "archived", to_function=function("marketing").pk)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_up_at_once_one_has_it(board, task, supporter) -> None:
    other = UserFactory(function=function("support"))
    access.grant(board.project, other, "member")
    one = asked(board, task)
    found = at_once([lambda who=who: accept(actor=who, handover_id=one.pk) for who in (supporter, other)])
    assert sorted(type(answer).__name__ for answer in found) == ["Conflict", "HandOver"]
    one.refresh_from_db()
    assert standing(task) == ("support", one.answered_by_id, None)
    require_gapless()


def test_each_step_can_be_taken_back_while_it_stands(board, task, supporter) -> None:
    command, answer = uuid4(), uuid4()
    one = asked(board, task, command_id=command, answer_by=now() + timedelta(days=1))
    undo(actor=board.member, target=command)
    assert standing(task) == ("sales", board.member.pk, None)

    one = asked(board, task, note="Again", answer_by=now() + timedelta(days=1))
    accept(actor=supporter, handover_id=one.pk, command_id=answer)
    undo(actor=supporter, target=answer)
    assert standing(task) == ("sales", board.member.pk, "support")
    one.refresh_from_db()
    assert (one.state, one.answered_by) == ("asked", None)

    second = uuid4()
    hand_back(actor=supporter, handover_id=one.pk, reason="No", command_id=second)
    asked(board, task)
    with pytest.raises(Conflict):
        undo(actor=supporter, target=second)


def test_a_deleted_task_comes_back_with_what_was_asked(board, task) -> None:
    command = uuid4()
    asked(board, task, note="Kept")
    delete_task(actor=board.manager, task_id=task.pk, command_id=command)
    assert not HandOver.objects.exists()
    undo(actor=board.manager, target=command)
    assert standing(Task.objects.get(pk=task.pk)) == ("sales", board.member.pk, "support")
    assert HandOver.objects.get().note == "Kept"


def test_a_function_that_is_waited_for_stays(board, task) -> None:
    administrator = UserFactory(is_administrator=True)
    asked(board, task)
    with pytest.raises(Conflict):
        remove_function(actor=administrator, function_id=function("support").pk)


def test_over_http_the_task_and_the_functions_queue_say_so(board, task, supporter) -> None:
    asking, answering = Asking(board.member), Asking(supporter)
    to = function("support").pk
    made = asking.post(f"/tasks/{task.pk}/handovers", {"to_function": to, "note": " With care "})
    assert (made.status_code, made.json()["note"], made.json()["state"]) == (201, "With care", "asked")
    assert asking.get(f"/tasks/{task.pk}").json()["waits"]["function"] == to
    queue = answering.get(f"/boards/function:{to}").json()["tasks"]
    assert [row[queue["columns"].index("waits")]["function"] for row in queue["rows"]] == [to]

    one = made.json()["id"]
    assert answering.post(f"/handovers/{one}/return", {"reason": "  "}).status_code == 400
    assert answering.post(f"/handovers/{one}/return", {"reason": "No contract"}).json()["reason"] == "No contract"
    assert answering.get(f"/boards/function:{to}").json()["tasks"]["rows"] == []
    assert [row["state"] for row in asking.get(f"/tasks/{task.pk}/handovers").json()["items"]] == ["returned"]
