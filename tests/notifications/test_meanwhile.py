"""What may change between an event and the message about it: whoever is not to hear it any more does not."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from notifications.digests import send_digests
from notifications.models import Attention, Delivery, Preference, Subscription
from notifications.unsubscribing import link_for
from tests.factories import UserFactory
from tests.notifications.telling import always_there, mention, say, states, tell, time_passes
from tests.notifications.test_hooks import own_chat, webhook
from tests.notifications.test_push import Browser
from tests.people.conftest import at_once
from tests.support.asking import Asking
from tests.support.mail_server import MailServer
from tests.support.receiver import Receiver, receiver
from tests.work.conftest import Board
from tracker.jobs.lanes import drain
from tracker.log.followers import catch_up
from tracker.people import access
from tracker.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(settings: Any) -> Iterator[Receiver]:
    settings.OUTGOING_ALLOWED_HOSTS = ["127.0.0.1"]
    with receiver() as one:
        yield one


def deactivated(person: User) -> None:
    User.objects.filter(pk=person.pk).update(is_active=False)


# --- a bundle ------------------------------------------------------------------------------------------------------


def test_what_was_put_off_meanwhile_is_not_mailed_then_nor_later(board: Board, post: MailServer) -> None:
    always_there(board.member, bundle_minutes=5)
    task = board.card(owner=board.member)
    say(board, task)
    tell()
    until = (now() + timedelta(hours=1)).isoformat()
    assert (
        Asking(board.member).patch("/inbox", {"subjects": [f"task:{task.pk}"], "snoozed_until": until}).status_code
        < 300
    )
    time_passes()
    assert (post.letters, states()) == ([], [("mail", "dropped")])


def test_a_bundle_that_waits_for_the_morning_is_asked_again_then(board: Board, post: MailServer) -> None:
    """Who leaves at night gets nothing in the morning."""
    always_there(board.member, bundle_minutes=5)
    say(board, board.card(owner=board.member))
    tell()
    hour = now().astimezone().replace(tzinfo=None)
    always_there(
        board.member, quiet_from=(hour - timedelta(hours=1)).time(), quiet_until=(hour + timedelta(hours=1)).time()
    )
    User.objects.filter(pk=board.member.pk).update(time_zone="UTC")
    time_passes()
    assert states() == [("mail", "waiting")]
    deactivated(board.member)
    always_there(board.member)
    time_passes(130)
    assert (post.letters, states()) == ([], [("mail", "dropped")])


# --- a digest ------------------------------------------------------------------------------------------------------


def a_digest(board: Board) -> None:
    """Put together and not sent yet."""
    always_there(board.viewer)
    task = board.card(title="Quarterly review")
    task.watchers.add(board.viewer)
    say(board, task)
    tell()
    due = (now() - timedelta(minutes=1)).replace(microsecond=0)
    always_there(board.viewer, digest_at=due.time(), next_digest=due)
    send_digests.func()
    assert Delivery.objects.get(kind="digest").state == "waiting"


def test_a_digest_of_which_nothing_may_be_seen_any_more_is_dropped(board: Board, post: MailServer) -> None:
    a_digest(board)
    access.grant(board.project, board.viewer, None)
    drain("mail")
    assert (post.letters, Delivery.objects.get(kind="digest").state) == ([], "dropped")


def test_who_was_deactivated_gets_no_digest(board: Board, post: MailServer) -> None:
    a_digest(board)
    deactivated(board.viewer)
    drain("mail")
    assert (post.letters, Delivery.objects.get(kind="digest").state) == ([], "dropped")
    due = now() - timedelta(minutes=1)
    Attention.objects.filter(person=board.viewer).update(next_digest=due, last_digest=None)
    send_digests.func()
    assert Delivery.objects.filter(kind="digest").count() == 1


# --- a browser, a chat, a hook -------------------------------------------------------------------------------------


def test_a_browser_that_somebody_else_uses_now_shows_nothing_of_who_used_it_before(
    board: Board, away: Receiver
) -> None:
    browser = Browser()
    body = {"endpoint": f"{away.url}/push/1", "keys": browser.keys}
    always_there(board.member, board.viewer, bundle_minutes=5)
    Preference.objects.create(person=board.member, reason="owner", way="push", is_on=True)
    assert Asking(board.member).post("/me/browsers", body).status_code < 300
    say(board, board.card(owner=board.member, title="Only for the member"))
    tell()
    assert Delivery.objects.get(way="push").state == "waiting"
    assert Asking(board.viewer).post("/me/browsers", body).status_code < 300
    say(board, board.card(title="For the viewer"), mention(board.viewer))
    tell()
    time_passes()
    shown = [str(browser.open(heard.body)) for heard in away.heard]
    assert len(shown) == 1
    assert "For the viewer" in shown[0]
    assert "Only for the member" not in shown[0]
    Delivery.objects.filter(way="push", recipient=board.member).update(
        state="waiting", due_at=now(), subscription=Subscription.objects.get(), locked_until=None
    )
    (old,) = Delivery.objects.filter(way="push", recipient=board.member)
    administrator = Asking(UserFactory(is_administrator=True))
    assert administrator.post(f"/deliveries/{old.pk}/replay").status_code == 200
    tell()
    assert len(away.heard) == 1


def test_a_chat_that_was_switched_off_meanwhile_hears_nothing(board: Board, away: Receiver) -> None:
    always_there(board.member, bundle_minutes=5)
    hook = own_chat(board, away, "slack")
    Preference.objects.create(person=board.member, reason="owner", way="chat", is_on=True)
    say(board, board.card(owner=board.member))
    tell()
    assert Delivery.objects.get(way="chat").state == "waiting"
    assert Asking(hook.owner).patch(f"/hooks/{hook.pk}", {"is_on": False}).status_code < 300
    time_passes()
    assert away.heard == []
    assert Delivery.objects.get(way="chat").state == "dropped"


def test_a_hook_whose_owner_was_deactivated_hears_nothing(board: Board, away: Receiver) -> None:
    hook = webhook(board, away)
    say(board, board.card())
    deactivated(hook.owner)
    tell()
    assert (away.heard, Delivery.objects.get(way="webhook").state) == ([], "dropped")


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_send_it_again_at_once_send_it_once(board: Board, away: Receiver) -> None:
    hook = webhook(board, away)
    away.answer = (404, b"")
    say(board, board.card())
    tell()
    row = Delivery.objects.get(way="webhook")
    away.answer = (200, b"")
    heard = len(away.heard)
    people = [UserFactory(is_administrator=True) for _two in range(2)]
    answers = at_once(*(lambda who=who: Asking(who).post(f"/deliveries/{row.pk}/replay").status_code for who in people))
    assert answers == [200, 200]
    tell()
    assert (len(away.heard) - heard, Delivery.objects.get(pk=row.pk).state) == (1, "sent")
    assert hook.is_on


def test_what_is_being_sent_is_not_sent_again_and_why_is_said(board: Board, away: Receiver) -> None:
    webhook(board, away)
    say(board, board.card())
    catch_up()
    row = Delivery.objects.get(way="webhook")
    Delivery.objects.filter(pk=row.pk).update(locked_until=now() + timedelta(minutes=1))
    refused = Asking(UserFactory(is_administrator=True)).post(f"/deliveries/{row.pk}/replay")
    assert (refused.status_code, refused.json()["code"]) == (422, "being_sent")
    assert refused.json()["message"] == "This is being sent just now. Look again in a moment."
    assert away.heard == []


# --- hearing no more -----------------------------------------------------------------------------------------------


def test_the_link_of_somebody_who_has_left_still_works_and_tells_nothing_about_them(board: Board) -> None:
    path = "/" + link_for(board.member, ["owner"]).split("/", 3)[3]
    deactivated(board.member)
    assert Client().get(path).status_code == 200
    answer = Client().post(path)
    assert answer.status_code == 200
    assert board.member.email not in answer.content.decode()
    assert board.member.name not in answer.content.decode()
    assert not Preference.objects.get(person=board.member, reason="owner", way="mail").is_on
