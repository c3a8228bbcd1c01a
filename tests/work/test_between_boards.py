"""Taking a card to another initiative: a new number, an old key that still leads to it, and what cannot come along."""

import pytest

from tests.factories import LabelFactory, UserFactory
from tests.support.asking import Asking
from tests.support.looking import fingerprint, require_gapless, require_order
from tests.work.conftest import Board
from tracker.errors import Forbidden, NotFound, Refused
from tracker.log.models import Event
from tracker.people import access
from tracker.work.models import FormerKey, Task
from tracker.work.services.moves import Moved, move_task
from tracker.work.services.tasks import change_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def boards(board, other_board) -> tuple[Board, Board]:
    access.grant(other_board.project, board.member, "member")
    return board, other_board


def carry(board: Board, task: Task, to: Board, **where: int) -> Moved:
    return move_task(actor=board.member, task_id=task.pk, project=to.project.pk, **where)


def key(board: Board, number: int) -> str:
    return f"{board.project.key}-{number}"


def test_it_gets_the_next_number_there_and_its_old_key_leads_to_it(boards) -> None:
    here, there = boards
    there.cards(2)
    task, asking = here.card(), Asking(here.member)
    old = key(here, task.number)

    moved = carry(here, task, there).task

    assert (moved.project_id, moved.number) == (there.project.pk, 3)
    assert there.order()[-1] == task.pk
    for name in (old, old.lower(), key(there, 3)):
        assert asking.get(f"/tasks/by-key/{name}").json()["key"] == key(there, 3)
    assert Asking(there.viewer).get(f"/tasks/by-key/{old}").status_code == 200
    assert Asking(here.viewer).get(f"/tasks/by-key/{old}").status_code == 404  # who sees only the old board
    assert Asking(here.viewer).get(f"/tasks/{task.pk}").status_code == 404


def test_there_and_back_again_it_has_a_new_number_and_all_its_keys(boards) -> None:
    here, there = boards
    task = here.card()
    first = key(here, task.number)
    second = key(there, carry(here, task, there).task.number)
    back = carry(here, task, here).task
    assert back.number == task.number + 1
    assert set(FormerKey.objects.values_list("key", flat=True)) == {first, second}
    for name in (first, second, key(here, back.number)):
        assert Asking(here.member).get(f"/tasks/by-key/{name}").json()["id"] == task.pk
    assert here.card().number == back.number + 1


def test_both_boards_are_told_in_one_transaction(boards) -> None:
    here, there = boards
    task = here.card()
    carry(here, task, there)
    left, arrived = Event.objects.get(type="task.left"), Event.objects.get(type="task.arrived")
    assert (left.stream.ref, arrived.stream.ref) == (here.project.pk, there.project.pk)
    assert left.tx == arrived.tx
    assert left.span == arrived.span == 2
    assert f'"from_key":"{key(here, task.number)}"' in arrived.body
    require_gapless()


@pytest.mark.parametrize("named", ["status", "after", "before", "foreign after"])
def test_it_goes_where_it_was_asked_to(boards, named) -> None:
    here, there = boards
    one, two = there.cards(2)
    stays, task = here.cards(2)
    where = {
        "status": {"status": there.status("Done").pk},
        "after": {"after": one.pk},
        "before": {"before": one.pk},
        "foreign after": {"after": stays.pk},
    }[named]
    moved = carry(here, task, there, **where)
    assert (
        there.order("Done" if named == "status" else "To do")
        == {
            "status": [task.pk],
            "after": [one.pk, task.pk, two.pk],
            "before": [task.pk, one.pk, two.pk],
            "foreign after": [one.pk, two.pk, task.pk],
        }[named]
    )
    assert moved.exact is (named != "foreign after")
    assert (moved.task.completed_at is not None) is (named == "status")
    require_order()


def test_a_status_of_the_old_workflow_is_refused(boards) -> None:
    here, there = boards
    with pytest.raises(Refused) as refusal:
        carry(here, here.card(), there, status=here.status("Done").pk)
    assert refusal.value.code == "unknown_status"


def test_what_is_unknown_there_is_dropped_and_named(boards) -> None:
    here, there = boards
    blocker, waiting, child, parent, task = here.cards(5)
    guest_there = UserFactory(is_guest=True)
    access.grant(there.project, guest_there, "guest")
    label = LabelFactory()
    task.labels.add(label)
    task.owner = here.viewer
    task.save()
    task.assignees.set([here.viewer, here.member, guest_there])
    task.watchers.set([here.manager, here.member])
    for changed, fields in (
        (task, {"blocked_by": [blocker.pk], "parent": parent.pk}), (waiting, {"blocked_by": [task.pk]}), (child, {"parent": task.pk}),
    ):  # fmt: skip
        change_task(actor=here.member, task_id=changed.pk, fields=fields)

    answer = Asking(here.member).put(f"/tasks/{task.pk}/position", {"project": there.project.pk}).json()

    assert answer["dropped"] == {
        "people": sorted([here.viewer.pk, here.manager.pk]),
        "tasks": sorted([blocker.pk, waiting.pk, child.pk, parent.pk]),
    }
    asking = Asking(here.member)
    shown = asking.get(f"/tasks/{task.pk}").json()
    assert (shown["owner"], shown["parent"], shown["blocked_by"], shown["labels"]) == (None, None, [], [label.pk])
    assert shown["assignees"] == sorted([here.member.pk, guest_there.pk])
    assert shown["watchers"] == [here.member.pk]
    assert asking.get(f"/tasks/{waiting.pk}").json()["blocked_by"] == []
    assert asking.get(f"/tasks/{child.pk}").json()["parent"] is None
    require_gapless()


def test_who_may_not(board, other_board) -> None:
    """c1, c2: neither into a board nor out of one that one may not work on."""
    mine, theirs = board.card(), other_board.card()
    access.grant(other_board.project, board.viewer, "member")
    access.grant(other_board.project, board.manager, "viewer")
    tries = [
        (board.member, mine, other_board, NotFound),  # does not see the other board
        (board.member, theirs, board, NotFound),
        (board.manager, mine, other_board, Forbidden),  # only sees the other board
        (board.manager, theirs, board, Forbidden),
        (board.viewer, mine, other_board, Forbidden),  # only sees this one
    ]
    before = fingerprint()
    for person, task, to, refusal in tries:
        with pytest.raises(refusal):
            move_task(actor=person, task_id=task.pk, project=to.project.pk)
    with pytest.raises(NotFound):
        move_task(actor=board.member, task_id=mine.pk, project=2**40)
    assert fingerprint() == before


def test_hidden_and_missing_boards_are_the_same(board, other_board) -> None:
    asking, task = Asking(board.member), board.card()
    answers = [asking.put(f"/tasks/{task.pk}/position", {"project": pk}) for pk in (other_board.project.pk, 2**40)]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[0].content)}


def test_the_story_before_is_told_to_those_who_see_where_it_happened(boards) -> None:
    here, there = boards
    task = here.card()
    change_task(actor=here.member, task_id=task.pk, fields={"title": "Told only here"})
    carry(here, task, there)
    both = Asking(here.member).get(f"/tasks/{task.pk}/history").json()["items"]
    assert [event["body"]["type"] for event in both] == ["task.arrived", "task.left", "task.changed"]
    only_there = Asking(there.viewer).get(f"/tasks/{task.pk}/history").json()["items"]
    assert [event["body"]["type"] for event in only_there] == ["task.arrived"]
