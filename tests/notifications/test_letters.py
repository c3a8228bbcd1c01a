"""Letters on their way: what lets somebody in leaves once its change is committed, whatever happens to server and process."""

import io
import logging
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import RequestFactory
from django.utils.timezone import now
from django_tasks_db.models import DBTaskResult

from notifications.mail import send
from notifications.models import Delivery
from notifications.sending import forget_deliveries, take
from tests.factories import UserFactory
from tests.notifications.telling import say, time_passes
from tests.support.asking import Asking
from tests.support.mail_server import MailServer, mail_server
from tests.work.conftest import Board
from tracker.jobs.lanes import drain
from tracker.people.invitations import invite, withdraw
from tracker.people.models import Invitation, PasswordReset, User
from tracker.people.passwords import request_reset

pytestmark = pytest.mark.django_db

TITLES = {"en": "Set a new password", "zh-Hans": "密码"}


def asked(person: User) -> None:
    request_reset(RequestFactory().post("/", REMOTE_ADDR="203.0.113.9"), email=person.email)


def invited(language: str = "en", email: str = "new@example.org") -> Invitation:
    boss = User.objects.filter(is_administrator=True).first() or UserFactory(is_administrator=True)
    return invite(actor=boss, email=email, function=None, is_guest=False, language=language)[0]


def text_of(letter: EmailMessage) -> str:
    part = letter.get_body(("plain",))
    return str(part.get_content()) if part else ""


def token_in(letter: EmailMessage) -> str:
    (line,) = [line for line in text_of(letter).splitlines() if "/reset/" in line or "/invite/" in line]
    return line.strip().rpartition("/")[2]


def dumped() -> str:
    out = io.StringIO()
    call_command("dumpdata", stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_a_letter_waits_until_the_server_is_there_again(settings: Any, language: str) -> None:
    person = UserFactory(language=language)
    with mail_server() as server:
        port = server.controller.port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    asked(person)
    invited(language)
    drain("mail")
    assert set(Delivery.objects.values_list("state", "attempts")) == {("waiting", 1)}
    with mail_server() as server:
        settings.EMAIL_PORT = server.controller.port
        time_passes()
        (reset,), (invitation,) = server.to(person.email), server.to("new@example.org")
    is_chinese = any("\u4e00" <= sign <= "\u9fff" for sign in reset["Subject"] + invitation["Subject"])
    assert is_chinese == (language == "zh-Hans")
    assert PasswordReset.objects.get().token_hash
    ids = {str(pk) for pk in Delivery.objects.values_list("pk", flat=True)}
    assert {reset["X-Accord-Delivery"], invitation["X-Accord-Delivery"]} == ids
    assert set(Delivery.objects.values_list("state", "sealed")) == {("sent", "")}


def test_no_copy_of_the_database_lets_anybody_in(post: MailServer, caplog: pytest.LogCaptureFixture) -> None:
    person = UserFactory()
    asked(person)
    invited()
    before = dumped()
    with caplog.at_level(logging.DEBUG):
        drain("mail")
    tokens = [token_in(letter) for letter in post.letters]
    assert len(tokens) == 2
    for token in tokens:
        assert token not in before
        assert token not in dumped()
        assert token not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_there_with_its_change_and_not_without_it(post: MailServer) -> None:
    with transaction.atomic():
        invited()
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()
    assert not DBTaskResult.objects.exists()
    invited()
    assert Delivery.objects.get().state == "waiting"


def test_who_died_over_it_costs_a_while_and_no_letter(post: MailServer) -> None:
    asked(UserFactory())
    row = Delivery.objects.get()
    assert take(row.pk, now()) is not None  # and dies
    drain("mail")
    assert not post.letters
    time_passes(2)
    (letter,) = post.letters
    assert letter["X-Accord-Delivery"] == str(row.pk)


def test_a_letter_whose_link_no_longer_holds_is_not_sent(post: MailServer) -> None:
    person, gone, late = UserFactory(), UserFactory(), UserFactory()
    asked(person)
    asked(person)  # the first is void
    asked(gone)
    asked(late)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    PasswordReset.objects.filter(email=late.email).update(expires_at=now() - timedelta(seconds=1))
    boss = UserFactory(is_administrator=True)
    one, other = invited(email="one@example.org"), invited(email="other@example.org")
    withdraw(actor=boss, invitation_id=one.pk)
    Invitation.objects.filter(pk=other.pk).update(expires_at=now() - timedelta(seconds=1))
    drain("mail")
    assert [letter["To"] for letter in post.letters] == [person.email]
    assert PasswordReset.objects.filter(email=person.email).exists()
    assert sorted(Delivery.objects.values_list("state", "sealed")) == [("dropped", "")] * 5 + [("sent", "")]


def test_what_is_refused_for_good_is_not_sent_again_and_forgotten_with_its_link(post: MailServer) -> None:
    person = UserFactory()
    post.answer = "550 no such mailbox"
    asked(person)
    drain("mail")
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.error) == ("failed", 1, "refused: 550")
    assert row.sealed  # an administrator may send it again while its link holds
    post.answer = ""
    time_passes(120)
    assert not post.letters
    Delivery.objects.update(created_at=now() - timedelta(days=8))
    forget_deliveries.call()
    assert Delivery.objects.get().sealed == ""


def test_nobody_gets_a_letter_for_an_address_that_nobody_has(post: MailServer) -> None:
    request_reset(RequestFactory().post("/", REMOTE_ADDR="203.0.113.9"), email="nobody@example.org")
    drain("mail")
    assert not post.letters
    assert Delivery.objects.get().state == "dropped"


def test_a_letter_sealed_under_another_key_is_dropped(post: MailServer, settings: Any) -> None:
    asked(UserFactory())
    settings.SECRET_KEY = "another-key-" * 5
    drain("mail")
    assert (post.letters, Delivery.objects.get().state) == ([], "dropped")


def test_an_address_adds_no_header(post: MailServer) -> None:
    send("mei@example.org\nBcc: all@example.org", template="invitation", language="en", context={"link": "/invite/x"})
    Delivery.objects.update(sealed=Delivery.objects.get().sealed)
    drain("mail")
    assert not post.letters


def test_a_letter_waits_behind_no_news_and_behind_no_breaker(post: MailServer, board: Board) -> None:
    from notifications.models import Breaker
    from tests.notifications.telling import always_there, mention
    from tracker.log.followers import catch_up

    always_there(board.member, bundle_minutes=0)
    say(board, board.card(owner=board.member), mention(board.member))
    catch_up()
    asked(board.member)
    drain("mail")
    assert ["/reset/" in text_of(letter) for letter in post.to(board.member.email)] == [True, False]
    Breaker.objects.filter(target="mail").update(open_until=now() + timedelta(hours=1), failures=9)
    asked(board.member)
    drain("mail")
    assert len(post.letters) == 3
    assert Breaker.objects.get(target="mail").open_until is None


def test_an_administrator_cannot_send_a_letter_again_that_has_left(post: MailServer) -> None:
    asked(UserFactory())
    drain("mail")
    administrator = Asking(UserFactory(is_administrator=True, language="zh-Hans"))
    (row,) = administrator.get("/deliveries").json()["items"]
    assert (row["kind"], row["state"], row["recipient"], row["can"]) == ("letter", "sent", None, [])
    refused = administrator.post(f"/deliveries/{row['id']}/replay")
    assert (refused.status_code, refused.json()["code"]) == (422, "nothing_left")
    assert refused.json()["message"].startswith("没有可重新发送的内容")
    assert Delivery.objects.get().state == "sent"
