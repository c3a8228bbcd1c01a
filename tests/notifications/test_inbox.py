"""The inbox as its owner finds it: grouped, put away, put off, brought back, and never showing what is hidden by now."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from notifications.models import Notification
from notifications.notifier import NOTIFIER
from tests.factories import UserFactory
from tests.support.asking import Asking
from tests.support.looking import fingerprint
from tests.work.conftest import Board
from tracker.log.followers import catch_up
from tracker.log.models import Event
from tracker.people import access
from tracker.work.models import Task
from tracker.work.services.comments import add_comment
from tracker.work.services.tasks import archive_task, delete_task

pytestmark = pytest.mark.django_db


def say(board: Board, task: Task, body: str = "Look") -> None:
    add_comment(actor=board.manager, task_id=task.pk, body=body)
    catch_up([NOTIFIER])


def inbox(board: Board, shelf: str = "open", more: str = "") -> dict[str, Any]:
    return Asking(board.member).get(f"/inbox?shelf={shelf}{more}").json()


def triage(board: Board, *tasks: Task, **what: Any) -> Any:
    subjects = [f"task:{task.pk}" for task in tasks]
    return Asking(board.member).patch("/inbox", {"subjects": subjects, **what})


def test_news_of_one_card_stands_together_with_the_most_pressing_reason(board: Board) -> None:
    task, other = board.card(owner=board.member), board.card(owner=board.member)
    say(board, task, f"[@You](/people/{board.member.pk})")
    say(board, other)
    say(board, task, "And another thing")
    found = inbox(board)
    assert [(row["task"], row["reason"], row["unread"], row["total"]) for row in found["items"]] == [
        (task.pk, "mentioned", 2, 2),
        (other.pk, "owner", 1, 1),
    ]
    assert found["unread"] == 2
    (latest, first) = found["items"][0]["items"]
    assert (latest["body"]["body"], latest["actor"], first["reason"]) == (
        "And another thing",
        board.manager.pk,
        "mentioned",
    )


def test_what_is_read_stays_and_what_is_done_goes_until_there_is_more(board: Board) -> None:
    task = board.card(owner=board.member)
    say(board, task)
    assert triage(board, task, read=True).json() == {"unread": 0}
    assert [row["unread"] for row in inbox(board)["items"]] == [0]
    triage(board, task, read=False)
    assert inbox(board)["unread"] == 1
    triage(board, task, done=True)
    assert (inbox(board)["items"], len(inbox(board, "done")["items"])) == ([], 1)
    say(board, task, "More")
    assert [row["total"] for row in inbox(board)["items"]] == [1]
    triage(board, task, done=False)
    assert [(row["total"], row["unread"]) for row in inbox(board)["items"]] == [(2, 1)]


def test_what_came_after_the_person_looked_is_not_put_away(board: Board) -> None:
    task = board.card(owner=board.member)
    say(board, task)
    seen = inbox(board)["items"][0]["items"][0]["id"]
    say(board, task, "Just now")
    triage(board, task, done=True, up_to=seen)
    assert [row["items"][0]["body"]["body"] for row in inbox(board)["items"]] == ["Just now"]


def test_what_is_put_off_comes_back_at_its_time(board: Board) -> None:
    task = board.card(owner=board.member)
    say(board, task)
    later = now() + timedelta(hours=3)
    assert triage(board, task, snoozed_until=later.isoformat()).json() == {"unread": 0}
    assert (inbox(board)["items"], len(inbox(board, "snoozed")["items"])) == ([], 1)
    Notification.objects.update(snoozed_until=now() - timedelta(seconds=1))
    assert (inbox(board)["unread"], inbox(board, "snoozed")["items"]) == (1, [])


def test_the_past_is_no_time_to_put_something_off_to(board: Board) -> None:
    task = board.card(owner=board.member)
    say(board, task)
    before = fingerprint()
    refused = triage(board, task, snoozed_until=(now() - timedelta(minutes=1)).isoformat())
    assert (refused.status_code, refused.json()["code"]) == (422, "past")
    assert triage(board, task, snoozed_until="2026-01-01T10:00:00").status_code == 400
    assert fingerprint() == before


def test_nobody_puts_away_what_is_not_theirs(board: Board) -> None:
    task, other = board.card(owner=board.member), board.card(owner=board.viewer)
    say(board, task)
    say(board, other)
    before = fingerprint()
    assert triage(board, task, other, done=True).status_code == 404
    assert triage(board, done=True).status_code == 400
    assert fingerprint() == before


def test_whoever_lost_access_finds_nothing_of_it_any_more(board: Board) -> None:
    task = board.card(owner=board.member)
    say(board, task)
    access.grant(board.project, board.member, None)
    assert (inbox(board)["items"], inbox(board)["unread"]) == ([], 0)
    assert triage(board, task, done=True).status_code == 404
    access.grant(board.project, board.member, "viewer")
    assert inbox(board)["unread"] == 1


def test_a_card_that_is_gone_leaves_its_news(board: Board) -> None:
    task = board.card(owner=board.member, title="Gone tomorrow")
    say(board, task)
    delete_task(actor=board.manager, task_id=task.pk)
    assert [(row["title"], row["task"]) for row in inbox(board)["items"]] == [("Gone tomorrow", None)]


def test_a_page_of_the_inbox_goes_on_where_the_last_ended(board: Board) -> None:
    cards = [board.card(owner=board.member) for _ in range(5)]
    for task in cards:
        archive_task(actor=board.manager, task_id=task.pk)
    catch_up([NOTIFIER])
    Notification.objects.update(at=datetime.fromisoformat("2026-11-20T10:00:00+00:00"))  # all at once
    first = inbox(board, more="&limit=3")
    second = inbox(board, more=f"&limit=3&cursor={first['next']}")
    assert {row["task"] for row in first["items"] + second["items"]} == {task.pk for task in cards}
    assert (len(first["items"]), len(second["items"]), second["next"]) == (3, 2, None)
    assert Asking(board.member).get("/inbox?cursor=forged").status_code == 400


def test_an_inbox_of_any_size_takes_the_same_queries(board: Board, django_assert_max_num_queries: Any) -> None:
    asking = Asking(board.member)
    asking.get("/me")  # so that the session is known
    for cards in (1, 10):
        for _ in range(cards):
            say(board, board.card(owner=board.member))
        with django_assert_max_num_queries(7):
            asking.get("/inbox")


def test_every_change_of_an_inbox_is_heard_in_the_other_tab_once(board: Board) -> None:
    task = board.card(owner=board.member)
    say(board, task)

    def heard() -> int:
        return Event.objects.filter(type="inbox.changed", stream__ref=board.member.pk).count()

    before = heard()
    triage(board, task, read=True)
    triage(board, task, read=True)
    assert heard() == before + 1


def test_a_choice_is_kept_changed_and_taken_back(board: Board) -> None:
    asking = Asking(board.member)
    scope = f"project:{board.project.pk}"
    asking.put("/me/preferences", {"reason": "watching", "is_on": False})
    asking.put("/me/preferences", {"reason": "watching", "is_on": True, "scope": scope})
    asking.put("/me/preferences", {"reason": "watching", "is_on": False, "scope": scope})
    found = asking.get("/me/preferences").json()
    assert [(row["scope"], row["is_on"]) for row in found["choices"]] == [("", False), (scope, False)]
    asking.put("/me/preferences", {"reason": "watching", "is_on": None})
    assert [row["scope"] for row in asking.get("/me/preferences").json()["choices"]] == [scope]


def test_a_choice_about_something_hidden_is_refused_as_if_it_did_not_exist(board: Board, other_board: Board) -> None:
    asking = Asking(UserFactory())
    for scope in (f"project:{board.project.pk}", "account:999999"):
        assert asking.put("/me/preferences", {"reason": "owner", "is_on": False, "scope": scope}).status_code == 404
    assert asking.put("/me/preferences", {"reason": "gossip", "is_on": False}).status_code == 400
    assert asking.put("/me/preferences", {"reason": "owner", "is_on": False, "scope": "team:1"}).status_code == 400
