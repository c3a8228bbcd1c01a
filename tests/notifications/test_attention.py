"""What people decide about being interrupted, and what they are shown of it afterwards."""

from datetime import time
from typing import Any

import pytest
from django.utils import translation

from notifications.models import Attention, Reason
from notifications.transports.mail import reason_words
from notifications.urgency import POINTS
from tests.notifications.telling import always_there, mention, say, tell, time_passes
from tests.support.asking import Asking
from tests.support.looking import fingerprint
from tests.support.mail_server import MailServer
from tests.work.conftest import Board

pytestmark = pytest.mark.django_db


def test_who_chose_nothing_is_left_in_peace_at_night_and_at_weekends(board: Board) -> None:
    found = Asking(board.member).get("/me/attention").json()
    assert (found["quiet_from"], found["quiet_until"], found["working_days"]) == (
        "20:00",
        "08:00",
        [1, 2, 3, 4, 5],
    )
    assert (found["bundle_minutes"], found["digest"], found["urgent_in_quiet"]) == (5, "daily", True)
    assert not Attention.objects.exists()


def test_hours_can_be_changed_one_by_one(board: Board) -> None:
    asking = Asking(board.member)
    found = asking.patch("/me/attention", {"working_days": [7, 1, 1], "digest_at": "07:15"}).json()
    assert (found["working_days"], found["digest_at"], found["bundle_minutes"]) == ([1, 7], "07:15", 5)
    assert found["next_digest"]
    found = asking.patch("/me/attention", {"digest": "off", "quiet_from": None, "quiet_until": None}).json()
    assert (found["digest"], found["next_digest"], found["quiet_from"]) == ("off", None, None)
    assert Attention.objects.get().digest_at == time(7, 15)


@pytest.mark.parametrize(
    "fields",
    [
        {"bundle_minutes": 241},
        {"bundle_minutes": -1},
        {"working_days": [8]},
        {"quiet_from": "25:00"},
        {"quiet_from": None},
        {"digest": "hourly"},
        {"digest_day": 0},
        {"person": 1},
    ],
)
def test_what_is_no_hour_changes_nothing(board: Board, fields: dict[str, Any]) -> None:
    before = fingerprint()
    assert Asking(board.member).patch("/me/attention", fields).status_code in (400, 422)
    assert fingerprint() == before


def test_the_last_month_is_counted_by_reason_and_way(board: Board, post: MailServer) -> None:
    always_there(board.member)
    for body in (mention(board.member), "Hello", "Again"):
        say(board, board.card(owner=board.member), body)
    tell()
    time_passes()
    found = Asking(board.member).get("/me/told").json()
    assert {(row["reason"], row["way"]): row["count"] for row in found["news"]} == {
        ("mentioned", "inbox"): 1,
        ("mentioned", "mail"): 1,
        ("owner", "inbox"): 2,
        ("owner", "mail"): 2,
    }
    assert found["messages"] == [{"way": "mail", "kind": "news", "count": 1}]
    assert Asking(board.viewer).get("/me/told").json() == {"news": [], "messages": []}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_reason_has_its_points_and_its_words(language: str) -> None:
    assert set(POINTS) == set(Reason)
    with translation.override(language):
        assert len({reason_words(reason) for reason in Reason}) == len(Reason)
