"""Changing one's password, and setting a new one when it is forgotten."""

import io
import logging
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as configured
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.core.mail import EmailMessage
from django.http import HttpResponse
from django.utils.timezone import now
from pytest_django import Settings

from notifications import mail as letters
from tests.factories import UserFactory
from tests.people.conftest import PASSWORD, Visitor, at_once, into_the_outbox
from tracker.config.logs import WithoutSecrets
from tracker.log.models import Event
from tracker.people.models import PasswordReset, User
from tracker.people.tokens import token_hash

pytestmark = pytest.mark.django_db

NEW = "another walk, uphill"


def change(visitor: Visitor, current: str = PASSWORD, new: str = NEW) -> Any:
    return visitor.post("/me/password", {"current_password": current, "new_password": new})


def asked(email: str, visitor: Visitor | None = None) -> Any:
    return (visitor or Visitor()).post("/password-reset", {"email": email})


def token_in(letter: EmailMessage) -> str:
    (line,) = [line for line in str(letter.body).splitlines() if "/reset/" in line]
    return line.rpartition("/")[2]


def redeemed(token: str, password: str = NEW, visitor: Visitor | None = None) -> Any:
    return (visitor or Visitor()).post(f"/password-reset/{token}", {"password": password})


# --- changing it -------------------------------------------------------------------------------------------------


def test_a_new_password_ends_the_other_sessions(person: User, signed_in: Visitor) -> None:
    phone = Visitor()
    phone.sign_in(person.email)
    before = signed_in.session_key
    assert change(signed_in).status_code == 204
    assert signed_in.session_key != before
    assert signed_in.get("/me").status_code == 200
    assert phone.get("/me").status_code == 401
    assert len(signed_in.get("/me/sessions").json()["items"]) == 1
    assert Event.objects.filter(type="session.ended", stream__ref=person.pk).count() == 1
    assert Visitor().sign_in(person.email, PASSWORD).status_code == 401
    assert Visitor().sign_in(person.email, NEW).status_code == 200


def test_the_current_password_is_asked_for(person: User, signed_in: Visitor) -> None:
    answer = change(signed_in, current="wrong")
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (
        422,
        "wrong_password",
        "current_password",
    )
    assert Visitor().sign_in(person.email).status_code == 200


@pytest.mark.parametrize("weak", ["short", "password123", "mei.chen@example.org"])
def test_a_password_that_is_easy_to_guess_is_refused(signed_in: Visitor, weak: str) -> None:
    answer = change(signed_in, new=weak)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, "weak_password", "new_password")


def test_trying_passwords_in_an_open_session_is_limited(signed_in: Visitor) -> None:
    assert [change(signed_in, current="wrong").status_code for _ in range(6)] == [422] * 5 + [429]
    assert change(signed_in).status_code == 429


def test_nothing_else_of_the_person_is_written(person: User, signed_in: Visitor) -> None:
    """What an administrator changes at the same moment must not come back."""
    User.objects.filter(pk=person.pk).update(is_administrator=True)
    change(signed_in)
    assert User.objects.get(pk=person.pk).is_administrator


def test_without_a_session_no_password_is_changed(person: User) -> None:
    assert change(Visitor()).status_code == 401


# --- forgotten ---------------------------------------------------------------------------------------------------


def test_the_mailed_link_sets_a_password_once(person: User, signed_in: Visitor, settings: Settings) -> None:
    assert asked(person.email).status_code == 204
    (letter,) = mail.outbox
    assert letter.to == [person.email]
    token = token_in(letter)
    assert f"{settings.BASE_URL}/reset/{token}" in letter.body
    assert token not in str(list(PasswordReset.objects.values()))
    assert redeemed(token).status_code == 204
    assert redeemed(token, "yet another walk").status_code == 404
    assert signed_in.get("/me").status_code == 401
    assert Event.objects.filter(type="session.ended", stream__ref=person.pk).exists()
    assert Visitor().sign_in(person.email, NEW).status_code == 200


def test_whoever_asks_cannot_tell_whether_an_address_is_known(person: User) -> None:
    gone = UserFactory(is_active=False)
    answers = [asked(email) for email in (person.email, "nobody@example.org", gone.email, "not an address")]
    assert {(answer.status_code, answer.content) for answer in answers} == {(204, b"")}
    assert [letter.to for letter in mail.outbox] == [[person.email]]


def test_asking_takes_the_same_work_for_every_address(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "send", into_the_outbox)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def work(email: str) -> list[str]:
        visitor = Visitor()
        with CaptureQueriesContext(connection) as captured:
            asked(email, visitor)
        return [query["sql"].split()[0] for query in captured.captured_queries]

    work("somebody@example.org")  # from now on the source is known to the limits
    assert work(person.email) == work("nobody@example.org")


@pytest.mark.parametrize("address", ["x" * 254, "ﷺ" * 254, "ß" * 200, "\u0130" * 254])
def test_strange_addresses_are_asked_for_like_any_other(address: str) -> None:
    assert asked(address).status_code == 204
    assert Visitor().sign_in(address).status_code == 401


def test_a_person_without_a_password_gets_one_this_way(db: None) -> None:
    imported = UserFactory()
    asked(imported.email)
    assert redeemed(token_in(mail.outbox[0])).status_code == 204
    assert Visitor().sign_in(imported.email, NEW).status_code == 200


def test_a_newer_link_voids_the_one_before(person: User) -> None:
    asked(person.email)
    asked(person.email.upper())
    first, second = map(token_in, mail.outbox)
    assert redeemed(first).status_code == 404
    assert redeemed(second).status_code == 204


def test_signing_in_voids_the_link(person: User) -> None:
    asked(person.email)
    Visitor().sign_in(person.email)
    assert redeemed(token_in(mail.outbox[0])).status_code == 404


def test_changing_the_password_voids_the_link(person: User, signed_in: Visitor) -> None:
    asked(person.email)
    change(signed_in)
    assert redeemed(token_in(mail.outbox[0])).status_code == 404


def test_a_link_for_an_address_that_has_changed_is_void(person: User) -> None:
    asked(person.email)
    User.objects.filter(pk=person.pk).update(email="mei.lin@example.org")
    assert redeemed(token_in(mail.outbox[0])).status_code == 404


def test_a_link_is_good_for_an_hour(person: User) -> None:
    asked(person.email)
    soon, token = now() + timedelta(minutes=60), token_in(mail.outbox[0])
    assert PasswordReset.objects.get().expires_at <= soon
    PasswordReset.objects.update(expires_at=now())
    assert redeemed(token).status_code == 404
    asked("nobody@example.org")
    assert [row.email for row in PasswordReset.objects.all()] == ["nobody@example.org"]


def test_a_deactivated_person_does_not_come_back_this_way(person: User) -> None:
    asked(person.email)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert redeemed(token_in(mail.outbox[0])).status_code == 404


def test_a_weak_password_is_refused_and_the_link_stays_good(person: User) -> None:
    asked(person.email)
    token = token_in(mail.outbox[0])
    assert redeemed(token, "short").json()["code"] == "weak_password"
    assert redeemed(token).status_code == 204


def test_asking_is_limited_per_address_and_per_source(person: User) -> None:
    codes = [asked(person.email, Visitor(source=f"198.51.100.{n}")).status_code for n in range(6)]
    assert codes == [204] * 5 + [429]
    codes = [asked(f"a{n}@example.org", Visitor(source="198.51.100.99")).status_code for n in range(21)]
    assert codes == [204] * 20 + [429]


def test_guessing_links_is_limited(db: None) -> None:
    assert [redeemed(f"guess{n}").status_code for n in range(21)] == [404] * 20 + [429]


def test_links_come_from_the_settings_and_not_from_the_request(person: User, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    visitor = Visitor()
    visitor.post(
        "/password-reset", {"email": person.email}, Host="evil.example", **{"X-Forwarded-Host": "evil.example"}
    )
    assert "evil.example" not in str(mail.outbox[0].message())


def test_who_proves_the_address_may_sign_in_at_once(person: User) -> None:
    for _ in range(11):
        Visitor().sign_in(person.email, "wrong")
    asked(person.email)
    redeemed(token_in(mail.outbox[0]))
    assert Visitor().sign_in(person.email, NEW).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_a_link_redeemed_twice_at_once_works_once(person: User) -> None:
    PasswordReset.objects.create(
        email=person.email, token_hash=token_hash("token"), expires_at=now() + timedelta(hours=1)
    )
    visitors = [Visitor(), Visitor()]
    passwords = ["a walk to the left", "a walk to the right"]
    answers = at_once(*[lambda n=n: redeemed("token", passwords[n], visitors[n]).status_code for n in range(2)])
    assert sorted(answers) == [204, 404]
    assert User.objects.get(pk=person.pk).check_password(passwords[answers.index(204)])


def test_a_stored_password_is_never_the_word_itself(person: User) -> None:
    assert make_password(NEW) != NEW
    asked(person.email)
    redeemed(token_in(mail.outbox[0]))
    assert NEW not in User.objects.get(pk=person.pk).password


def test_the_page_of_a_link_tells_nobody_where_one_came_from(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.config.urls.render", lambda _request, _template, _look: HttpResponse())
    for path in ("/reset/token", "/invite/token"):
        assert Visitor().client.get(path)["Referrer-Policy"] == "no-referrer"
    assert Visitor().client.get("/accounts")["Referrer-Policy"] == "same-origin"


def test_the_log_does_not_say_what_lets_somebody_in(person: User) -> None:
    """Django logs the address of every refusal; a weak password leaves the link good."""
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    for name in configured.LOGGING["handlers"]["terminal"]["filters"]:
        assert configured.LOGGING["filters"][name]["()"] == "tracker.config.logs.WithoutSecrets"
        handler.addFilter(WithoutSecrets())
    logging.getLogger("django.request").addHandler(handler)
    try:
        asked(person.email)
        token = token_in(mail.outbox[0])
        redeemed(token, "short")
        Visitor().post(f"/invitations/{token}", {})
    finally:
        logging.getLogger("django.request").removeHandler(handler)
    assert "/api/v1/password-reset/…" in said.getvalue()
    assert "/api/v1/invitations/…" in said.getvalue()
    assert token not in said.getvalue()
