"""The digest: what was not worth an interruption, once, by each person's own clock."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils.timezone import now

from notifications.digests import send_digests
from notifications.models import Attention, Delivery
from tests.notifications.telling import always_there, say, tell
from tests.support.asking import Asking
from tests.support.mail_server import MailServer
from tests.work.conftest import Board
from tracker.jobs.lanes import drain
from tracker.people.models import User
from tracker.work.models import Task

pytestmark = pytest.mark.django_db


def watched(board: Board, title: str) -> Task:
    task = board.card(title=title)
    task.watchers.add(board.viewer)
    return task


def digest_time(board: Board) -> None:
    """The time of the viewer's digest comes, a day after the last."""
    due = (now() - timedelta(minutes=1)).replace(microsecond=0)
    always_there(board.viewer, digest_at=due.time(), next_digest=due)
    Attention.objects.filter(person=board.viewer).update(last_digest=F("last_digest") - timedelta(days=1))
    send_digests.func()
    drain("mail")


def test_what_one_watches_comes_once_in_the_digest(board: Board, post: MailServer) -> None:
    always_there(board.viewer, board.manager)
    task, read = watched(board, "Quarterly review"), watched(board, "Seen already")
    say(board, task)
    say(board, read)
    tell()
    Asking(board.viewer).patch("/inbox", {"subjects": [f"task:{read.pk}"], "read": True})
    assert post.letters == []
    digest_time(board)
    (letter,) = post.to(board.viewer.email)
    assert letter["Subject"] == "Your digest: one card"
    text = letter.get_body(("plain",)).get_content()
    assert ("Quarterly review" in text, "Seen already" in text) == (True, False)
    digest_time(board)
    assert len(post.letters) == 1
    say(board, watched(board, "Newer"))
    tell()
    digest_time(board)
    assert "Quarterly review" not in post.letters[-1].get_body(("plain",)).get_content()
    assert len(post.letters) == 2


def test_a_digest_speaks_chinese_and_ends_with_one_click(board: Board, post: MailServer, client: object) -> None:
    always_there(board.viewer)
    User.objects.filter(pk=board.viewer.pk).update(language="zh-Hans")
    say(board, watched(board, "季度回顾"))
    tell()
    digest_time(board)
    (letter,) = post.to(board.viewer.email)
    assert letter["Subject"] == "你的摘要：1项任务"
    address = "/" + letter["List-Unsubscribe"].replace("\n", "").replace(" ", "").strip("<>").split("/", 3)[3]
    assert client.post(address).status_code == 200  # type: ignore[attr-defined]
    assert Attention.objects.get(person=board.viewer).digest == "off"
    send_digests.func()
    assert Attention.objects.get(person=board.viewer).next_digest is None


def test_nobody_gets_an_empty_digest_and_everybody_has_a_time_for_theirs(board: Board, post: MailServer) -> None:
    send_digests.func()
    assert Attention.objects.filter(next_digest__gt=now()).count() == User.objects.filter(is_active=True).count()
    digest_time(board)
    assert (post.letters, Delivery.objects.count()) == ([], 0)
