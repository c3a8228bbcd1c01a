"""Reactions: each sign once from each person, and only one's own taken back."""

import pytest

from tests.support.asking import at_once
from tracker.errors import Conflict, Forbidden, NotFound
from tracker.log.models import Event
from tracker.work.models import Comment, Reaction
from tracker.work.services.comments import add_comment, remove_comment
from tracker.work.services.reactions import set_reaction
from tracker.work.services.tasks import archive_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def comment(board) -> Comment:
    return add_comment(actor=board.manager, task_id=board.card().pk, body="Done")


def react(actor, comment, sign: str = "like", *, given: bool = True) -> None:
    set_reaction(actor=actor, comment_id=comment.pk, sign=sign, given=given)


def signs(comment) -> list[tuple[int, str]]:
    return list(comment.reactions.values_list("person_id", "sign"))


def told() -> list[str]:
    return list(Event.objects.filter(type__startswith="reaction.").order_by("id").values_list("type", flat=True))


def test_a_sign_is_given_once_and_taken_back_once(board, comment) -> None:
    for given in (True, True, False, False):
        react(board.member, comment, given=given)
    assert signs(comment) == []
    assert told() == ["reaction.added", "reaction.removed"]


def test_several_people_and_several_signs(board, comment) -> None:
    react(board.member, comment)
    react(board.manager, comment)
    react(board.member, comment, "eyes")
    assert signs(comment) == [(board.member.pk, "like"), (board.manager.pk, "like"), (board.member.pk, "eyes")]


def test_nobody_takes_back_what_somebody_else_gave(board, comment) -> None:
    react(board.member, comment)
    react(board.manager, comment, given=False)
    assert signs(comment) == [(board.member.pk, "like")]


def test_who_only_sees_does_not_react_and_a_stranger_finds_nothing(board, other_board, comment) -> None:
    with pytest.raises(Forbidden):
        react(board.viewer, comment)
    with pytest.raises(NotFound):
        react(other_board.manager, comment)
    with pytest.raises(NotFound):
        set_reaction(actor=board.member, comment_id=2**40, sign="like", given=True)
    assert (signs(comment), told()) == ([], [])


def test_an_archived_card_takes_no_more(board, comment) -> None:
    archive_task(actor=board.manager, task_id=comment.task_id)
    with pytest.raises(Conflict):
        react(board.member, comment)


def test_reactions_go_with_their_comment(board, comment) -> None:
    react(board.member, comment)
    remove_comment(actor=board.manager, comment_id=comment.pk)
    assert not Reaction.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_one_person_who_reacts_in_two_tabs_at_once(board, comment) -> None:
    results = at_once([lambda: react(board.member, comment)] * 2)
    assert results == [None, None]
    assert (signs(comment), told()) == ([(board.member.pk, "like")], ["reaction.added"])
