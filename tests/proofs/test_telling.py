"""P8: whoever tells people may die at any moment: nobody is told twice in the inbox, and every message leaves."""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Any

import pytest

from notifications.hooks import add_hook
from notifications.models import Delivery, Notification
from notifications.outbox import MOST_ITEMS
from tests.notifications.telling import always_there, mention
from tests.support.live import REPOSITORY, database_url
from tests.support.mail_server import MailServer, mail_server
from tests.support.receiver import Receiver, receiver
from tests.support.waiting import wait_until
from tests.work.conftest import Board, board
from tracker.log.models import Cursor, Stream
from tracker.people.models import User
from tracker.work.services.comments import add_comment

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
__all__ = ["board"]

SECRET = "s" * 32


@contextmanager
def teller(post: MailServer) -> Iterator[subprocess.Popen[bytes]]:
    """It ends by SIGKILL, whatever it is at."""
    own = {
        "DATABASE_URL": database_url(),
        "EMAIL_URL": post.url,
        "OUTGOING_ALLOWED_HOSTS": "127.0.0.1",
        "JOBS_LEASE": "3",
        "LOG_LEVEL": "ERROR",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.proofs.teller"],
        env=os.environ | own | {"DJANGO_SETTINGS_MODULE": "tracker.config.settings"},
        cwd=REPOSITORY,
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def test_a_worker_that_is_killed_again_and_again_loses_nothing_and_tells_nothing_twice(
    board: Board, settings: Any, size: Callable[..., int]
) -> None:
    """P8: kill -9 while events are told. Every notification exactly once; every mail and every call of a hook at least
    once, under an id that stays; each receiver gets at most one more for each kill."""
    settings.OUTGOING_ALLOWED_HOSTS = ["127.0.0.1"]
    kills, events = size(c=5, r=50), size(c=100, r=1000)
    people = [board.member, board.viewer]
    always_there(*people, bundle_minutes=0)
    task = board.card()
    with mail_server() as post, receiver() as program:
        add_hook(
            actor=board.manager, kind="webhook", name="ERP", url=program.url, secret=SECRET, language="en",
            scope=f"project:{board.project.pk}",
        )  # fmt: skip
        body = " ".join(mention(person) for person in people)
        for _kill in range(kills):
            for _event in range(events // kills):
                add_comment(actor=board.manager, task_id=task.pk, body=body)
            before = len(post.letters) + len(program.heard)
            with teller(post):
                wait_until(lambda: len(post.letters) + len(program.heard) > before, "something to leave")  # noqa: B023
        with teller(post):
            wait_until(is_all_told, "everything to be told")
    require_told_once(people, events)
    require_arrived(post, program, kills)


def is_all_told() -> bool:
    heads = dict(Stream.objects.filter(kind="project").values_list("pk", "head"))
    read = dict(Cursor.objects.filter(follower="notifications").values_list("stream", "seq"))
    return heads == read and not Delivery.objects.filter(state="waiting").exists()


def require_told_once(people: list[User], events: int) -> None:
    for person in people:
        rows = Notification.objects.filter(recipient=person, reason="mentioned")
        assert rows.count() == len(set(rows.values_list("event", flat=True))) == events
        sent = Delivery.objects.filter(recipient=person, way="mail", state="sent")
        bundles = list(sent.values_list("items", flat=True))
        told = Counter(chain.from_iterable(bundles))
        wanted = set(rows.values_list("pk", flat=True))
        assert set(told.values()) == {1}
        assert set(told) <= wanted
        # What does not fit into one mail stands in the inbox.
        assert set(told) == wanted or max(map(len, bundles)) == MOST_ITEMS
    called = Counter(chain.from_iterable(Delivery.objects.filter(way="webhook").values_list("items", flat=True)))
    assert (len(called), set(called.values())) == (events, {1})
    assert set(Delivery.objects.values_list("state", flat=True)) == {"sent"}


def require_arrived(post: MailServer, program: Receiver, kills: int) -> None:
    mailed = [letter["X-Accord-Delivery"] for letter in post.letters]
    called = [heard.headers["webhook-id"] for heard in program.heard]
    for way, came in (("mail", mailed), ("webhook", called)):
        wanted = {str(pk) for pk in Delivery.objects.filter(way=way).values_list("pk", flat=True)}
        assert set(came) == wanted
        assert len(came) - len(wanted) <= kills, f"{way}: {len(came)} came of {len(wanted)}"
