"""Related cards: for both at once, on one board and across two, and nothing of what somebody may not see."""

import json

import pytest

from tests.factories import ProjectFactory, TaskFactory, UserFactory
from tests.support.asking import at_once
from tracker.errors import Conflict, Forbidden, NotFound, Refused
from tracker.log.models import Event
from tracker.people import access
from tracker.work.selectors.relations import related_to
from tracker.work.selectors.tasks import find_task
from tracker.work.services.relations import MOST, set_related
from tracker.work.services.tasks import archive_task, delete_task

pytestmark = pytest.mark.django_db


def relate(actor, task, other, *, related: bool = True) -> None:
    set_related(actor=actor, task_id=task.pk, other_id=other.pk, related=related)


def seen(task, viewer) -> list[int]:
    return [row["id"] for row in related_to(find_task(viewer=viewer, task_id=task.pk), viewer)]


def told() -> list[tuple[str, dict]]:
    return [
        (event.type, json.loads(event.body))
        for event in Event.objects.filter(type__startswith="relation.").order_by("id")
    ]


def test_both_cards_show_it_and_both_are_told(board) -> None:
    one, two = board.cards(2)
    relate(board.member, one, two)
    assert (seen(one, board.viewer), seen(two, board.viewer)) == ([two.pk], [one.pk])
    assert [(body["task"], body["other"]) for _type, body in told()] == [(one.pk, two.pk), (two.pk, one.pk)]


def test_twice_is_once_and_it_can_be_taken_back_from_either_side(board) -> None:
    one, two = board.cards(2)
    for task, other in ((one, two), (one, two), (two, one)):
        relate(board.member, task, other)
    assert len(told()) == 2
    relate(board.member, two, one, related=False)
    relate(board.member, one, two, related=False)
    assert seen(one, board.member) == []
    assert [name for name, _body in told()] == ["relation.added"] * 2 + ["relation.removed"] * 2


def test_a_card_elsewhere_is_shown_only_to_who_sees_it_and_is_named_in_no_stream(board, other_board) -> None:
    here, there = board.card(), other_board.card(title="Secret plan")
    access.grant(other_board.project, board.member, "viewer")
    relate(board.member, here, there)
    assert seen(here, board.member) == [there.pk]
    assert seen(here, board.viewer) == []
    assert seen(there, other_board.manager) == []
    assert [(event.stream.ref, json.loads(event.body)["other"]) for event in Event.objects.filter(type="relation.added")] == [
        (board.project.pk, None), (other_board.project.pk, None),
    ]  # fmt: skip


def test_an_unseen_card_looks_like_a_missing_one(board, other_board) -> None:
    """c7: no relation, no event, and no hint that it exists."""
    here, there = board.card(), other_board.card()
    for other_id in (there.pk, 2**40):
        for related in (True, False):
            with pytest.raises(NotFound):
                set_related(actor=board.member, task_id=here.pk, other_id=other_id, related=related)
    assert told() == []


def test_who_only_sees_may_not_relate(board) -> None:
    one, two = board.cards(2)
    with pytest.raises(Forbidden):
        relate(board.viewer, one, two)


def test_a_card_is_not_related_to_itself_and_not_while_archived(board) -> None:
    one, two = board.cards(2)
    with pytest.raises(Refused) as refused:
        relate(board.member, one, one)
    assert refused.value.code == "itself"
    archive_task(actor=board.member, task_id=one.pk)
    with pytest.raises(Conflict):
        relate(board.member, one, two)
    relate(board.member, two, one)
    assert seen(two, board.member) == [one.pk]


def test_there_is_a_most(board) -> None:
    """c66: a relation bomb is refused, on whichever side it would burst."""
    one, two = board.cards(2)
    one.related.add(*[TaskFactory(project=board.project) for _ in range(MOST)])
    for task, other in ((one, two), (two, one)):
        with pytest.raises(Refused) as refused:
            relate(board.member, task, other)
        assert refused.value.code == "too_many"


def test_a_relation_ends_with_the_card(board) -> None:
    one, two = board.cards(2)
    relate(board.member, one, two)
    delete_task(actor=board.manager, task_id=two.pk)
    assert seen(one, board.member) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_relate_the_same_cards_from_both_sides_at_once(board) -> None:
    far = ProjectFactory(people={board.member: "member"})
    here, there, people = board.card(), TaskFactory(project=far), [board.member, UserFactory(is_administrator=True)]
    results = at_once([lambda: relate(people[0], here, there), lambda: relate(people[1], there, here)])
    assert [result for result in results if isinstance(result, BaseException)] == []
    assert len(told()) == 2
    assert seen(here, board.member) == [there.pk]
