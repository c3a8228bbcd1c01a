"""What hangs on a task: the lines of its checklist, what people say, and who follows it."""

import pytest

from tests.factories import UserFactory
from tests.support.asking import Asking
from tests.support.looking import fingerprint, require_gapless, require_true_counters
from tests.work.conftest import Board
from tracker.errors import Conflict, Forbidden, NotFound, Refused
from tracker.log.models import Event
from tracker.people import access
from tracker.people.models import User
from tracker.work import ranks
from tracker.work.models import ChecklistItem, Comment, Task
from tracker.work.services.checklist import MOST_ITEMS, add_item, change_item, remove_item
from tracker.work.services.comments import add_comment, change_comment, remove_comment, set_watching
from tracker.work.services.tasks import archive_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def commenter(board: Board) -> User:
    person = UserFactory()
    access.grant(board.project, person, "commenter")
    return person


def lines(task: Task) -> list[str]:
    return list(task.checklist.values_list("text", flat=True))


# --- the checklist -------------------------------------------------------------------------------------------------


def test_lines_are_added_ticked_moved_and_removed(board) -> None:
    task, who = board.card(), board.member
    a, b, c = (add_item(actor=who, task_id=task.pk, text=text) for text in "abc")
    d = add_item(actor=who, task_id=task.pk, text="d", after=a.pk)
    assert lines(task) == ["a", "d", "b", "c"]
    change_item(actor=who, item_id=c.pk, fields={"after": None})
    change_item(actor=who, item_id=d.pk, fields={"after": b.pk, "done": True, "text": "D"})
    change_item(actor=who, item_id=a.pk, fields={"after": 2**40})  # gone: to the end
    assert lines(task) == ["c", "b", "D", "a"]
    remove_item(actor=who, item_id=b.pk)
    task.refresh_from_db()
    assert (lines(task), task.checklist_total, task.checklist_done) == (["c", "D", "a"], 3, 1)
    require_true_counters()
    require_gapless()


def test_a_line_that_is_so_already_writes_nothing(board) -> None:
    task = board.card()
    item = add_item(actor=board.member, task_id=task.pk, text="a")
    before = fingerprint()
    change_item(actor=board.member, item_id=item.pk, fields={"text": "a", "done": False})
    assert fingerprint() == before


def test_who_may_change_a_checklist(board, commenter, other_board) -> None:
    task = board.card()
    item = add_item(actor=board.member, task_id=task.pk, text="a")
    before = fingerprint()
    for person, refusal in ((commenter, Forbidden), (board.viewer, Forbidden), (other_board.manager, NotFound)):
        for attempt in (
            lambda: add_item(actor=person, task_id=task.pk, text="b"),  # noqa: B023
            lambda: change_item(actor=person, item_id=item.pk, fields={"done": True}),  # noqa: B023
            lambda: remove_item(actor=person, item_id=item.pk),  # noqa: B023
        ):
            with pytest.raises(refusal):
                attempt()
    with pytest.raises(NotFound):
        change_item(actor=board.member, item_id=2**40, fields={"done": True})
    assert fingerprint() == before


def test_a_checklist_is_not_endless(board) -> None:
    task = board.card()
    places = ranks.after(None, MOST_ITEMS)
    ChecklistItem.objects.bulk_create(ChecklistItem(task=task, text="a", position=place) for place in places)
    Task.objects.filter(pk=task.pk).update(checklist_total=MOST_ITEMS)
    with pytest.raises(Refused) as refusal:
        add_item(actor=board.member, task_id=task.pk, text="b")
    assert refusal.value.code == "too_many"


def test_lines_that_are_moved_for_ever_keep_short_ranks_and_their_order(board) -> None:
    task, who = board.card(), board.member
    first, one, two = (add_item(actor=who, task_id=task.pk, text=text) for text in ("first", "one", "two"))
    add_item(actor=who, task_id=task.pk, text="last")
    for turn in range(320):
        change_item(actor=who, item_id=(one, two)[turn % 2].pk, fields={"after": first.pk})
    assert lines(task) == ["first", "two", "one", "last"]
    assert max(len(place) for place in task.checklist.values_list("position", flat=True)) <= ranks.LONGEST
    require_true_counters()
    require_gapless()


# --- comments ------------------------------------------------------------------------------------------------------


def test_who_speaks_follows_and_is_counted(board, commenter) -> None:
    task = board.card()
    comment = add_comment(actor=commenter, task_id=task.pk, body="First")
    add_comment(actor=commenter, task_id=task.pk, body="Second")
    task.refresh_from_db()
    assert (task.comments_count, list(task.watchers.all())) == (2, [commenter])
    remove_comment(actor=commenter, comment_id=comment.pk)
    types = list(Event.objects.order_by("seq").values_list("type", flat=True))
    assert types == ["comment.added", "watcher.added", "comment.added", "comment.removed"]
    require_true_counters()
    require_gapless()


def test_only_those_who_see_the_initiative_are_mentioned(board, other_board) -> None:
    """c7, c66: no confirmation that somebody is there, and no more than fifty."""
    task = board.card()
    gone = UserFactory(is_active=False)
    access.grant(board.project, gone, "member")
    director = UserFactory(is_overseer=True)
    named = [board.viewer, board.viewer, other_board.member, gone, director]
    body = " ".join(f"[@{person.name}](/people/{person.pk})" for person in named) + " [@x](/people/99999999)"
    comment = add_comment(actor=board.member, task_id=task.pk, body=body)
    assert set(comment.mentions.all()) == {board.viewer, director}
    told = Event.objects.get(type="comment.added").body
    assert f'"mentions":{sorted([board.viewer.pk, director.pk])}'.replace(" ", "") in told

    many = " ".join(f"[@x](/people/{n})" for n in range(1, 60))
    with pytest.raises(Refused) as refusal:
        add_comment(actor=board.member, task_id=task.pk, body=many)
    assert refusal.value.code == "too_many"
    change_comment(actor=board.member, comment_id=comment.pk, body="Nobody")
    assert not comment.mentions.exists()


def test_the_author_is_who_is_signed_in(board) -> None:
    """c10: nobody writes in another's name."""
    task = board.card()
    answer = Asking(board.member).post(f"/tasks/{task.pk}/comments", {"body": "x", "author": board.manager.pk})
    assert answer.status_code == 400
    assert Asking(board.member).post(f"/tasks/{task.pk}/comments", {"body": "x"}).json()["author"] == board.member.pk


def test_who_may_change_and_remove_a_comment(board, commenter, other_board) -> None:
    task = board.card()
    comment = add_comment(actor=commenter, task_id=task.pk, body="Mine")
    before = fingerprint()
    for person, to_change, to_remove in (
        (board.viewer, Forbidden, Forbidden), (board.member, Forbidden, Forbidden), (board.manager, Forbidden, None),
        (other_board.manager, NotFound, NotFound),
    ):  # fmt: skip
        with pytest.raises(to_change):
            change_comment(actor=person, comment_id=comment.pk, body="Theirs")
        if to_remove:
            with pytest.raises(to_remove):
                remove_comment(actor=person, comment_id=comment.pk)
    change_comment(actor=commenter, comment_id=comment.pk, body="Mine")
    assert fingerprint() == before
    changed = change_comment(actor=commenter, comment_id=comment.pk, body="Better")
    assert changed.edited_at is not None
    remove_comment(actor=board.manager, comment_id=comment.pk)
    for attempt in (change_comment, remove_comment):
        with pytest.raises(NotFound):
            attempt(actor=commenter, comment_id=comment.pk, **({"body": "x"} if attempt is change_comment else {}))


def test_nothing_more_is_said_on_an_archived_task(board) -> None:
    task = board.card()
    comment = add_comment(actor=board.member, task_id=task.pk, body="Said")
    archive_task(actor=board.member, task_id=task.pk)
    for attempt in (
        lambda: add_comment(actor=board.member, task_id=task.pk, body="More"),
        lambda: change_comment(actor=board.member, comment_id=comment.pk, body="Other"),
        lambda: add_item(actor=board.member, task_id=task.pk, text="More"),
    ):
        with pytest.raises(Conflict):
            attempt()


def test_comments_are_listed_page_by_page_with_what_may_be_done(board, commenter) -> None:
    task = board.card()
    for n in range(3):
        add_comment(actor=commenter, task_id=task.pk, body=f"Said {n}")
    found, cursor = [], ""
    while cursor is not None:
        page = Asking(commenter).get(f"/tasks/{task.pk}/comments?limit=2&cursor={cursor}").json()
        found += page["items"]
        cursor = page["next"]
    assert [(row["body"], row["can"]) for row in found] == [(f"Said {n}", ["change", "delete"]) for n in range(3)]
    assert Asking(board.manager).get(f"/tasks/{task.pk}/comments").json()["items"][0]["can"] == ["delete"]
    assert Asking(board.viewer).get(f"/tasks/{task.pk}/comments").json()["items"][0]["can"] == []
    assert Comment.objects.count() == 3


# --- watchers ------------------------------------------------------------------------------------------------------


def test_following_and_no_longer(board, commenter) -> None:
    task = board.card()
    for _twice in range(2):
        set_watching(actor=commenter, task_id=task.pk, person_id=commenter.pk, watches=True)
    assert list(task.watchers.all()) == [commenter]
    for _twice in range(2):
        set_watching(actor=commenter, task_id=task.pk, person_id=commenter.pk, watches=False)
    assert not task.watchers.exists()
    assert list(Event.objects.order_by("seq").values_list("type", flat=True)) == ["watcher.added", "watcher.removed"]


def test_who_may_let_whom_follow(board, commenter, other_board) -> None:
    task = board.card()
    guest = UserFactory(is_guest=True)
    access.grant(board.project, guest, "guest")
    tries = [
        (commenter, board.viewer, True, Forbidden),  # not for somebody else
        (board.viewer, board.viewer, True, Forbidden),  # who only sees does not begin
        (board.manager, other_board.member, True, NotFound),  # they do not see it
        (board.manager, UserFactory(is_active=False), True, NotFound),
        (other_board.manager, other_board.manager, True, NotFound),
        (guest, guest, True, NotFound),  # was not given this task
    ]
    before = fingerprint()
    for actor, person, watches, refusal in tries:
        with pytest.raises(refusal):
            set_watching(actor=actor, task_id=task.pk, person_id=person.pk, watches=watches)
    assert fingerprint() == before

    for person in (board.viewer, guest):
        set_watching(actor=board.manager, task_id=task.pk, person_id=person.pk, watches=True)
    assert set(task.watchers.all()) == {board.viewer, guest}
    assert Asking(guest).get(f"/tasks/{task.pk}").status_code == 200
    set_watching(actor=board.viewer, task_id=task.pk, person_id=board.viewer.pk, watches=False)
    set_watching(actor=guest, task_id=task.pk, person_id=guest.pk, watches=False)
    assert Asking(guest).get(f"/tasks/{task.pk}").status_code == 404
