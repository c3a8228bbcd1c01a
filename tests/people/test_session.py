"""Signing in and out, one's sessions, and oneself."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.utils.timezone import now

from tests.factories import UserFactory
from tests.people.conftest import PASSWORD, Visitor
from tests.support.asking import Asking
from tracker.log.models import Event
from tracker.people.models import User
from tracker.people.services import set_active
from tracker.people.sessions import end_sessions, living_sessions

pytestmark = pytest.mark.django_db


def events_of(person: User) -> list[str]:
    return list(Event.objects.filter(stream__kind="user", stream__ref=person.pk).values_list("type", flat=True))


# --- signing in --------------------------------------------------------------------------------------------------


def test_the_right_password_opens_a_session(person: User) -> None:
    visitor = Visitor()
    answer = visitor.sign_in(person.email)
    assert answer.status_code == 200
    assert answer.json() == {
        "id": person.pk, "email": person.email, "name": "Mei Chen", "name_zh": "", "language": "en", "time_zone": "UTC",
        "theme": "system", "hours_per_day": "8.00", "function": None, "is_administrator": False, "is_overseer": False,
        "is_guest": False, "can": [], "version": 1,
    }  # fmt: skip
    assert answer["ETag"] == '"v1"'
    assert visitor.get("/me").json()["email"] == person.email
    assert not EmailAddress.objects.exists()  # an old address there would go on letting somebody in


@pytest.mark.parametrize(
    "spelling", ["MEI.CHEN@example.org", "  mei.chen@example.org ", "ｍｅｉ.chen＠example.org", "mei.chen@example.org."]
)
def test_every_spelling_of_an_address_is_the_same_person(person: User, spelling: str) -> None:
    assert Visitor().sign_in(spelling).status_code == 200


def test_wrong_password_unknown_address_and_deactivated_person_get_the_same_answer(person: User) -> None:
    gone = UserFactory(password=make_password(PASSWORD), is_active=False)
    UserFactory(email="no.password@example.org")
    answers = [
        Visitor().sign_in(person.email, "wrong"),
        Visitor().sign_in("nobody@example.org", "wrong"),
        Visitor().sign_in("no.password@example.org", "!"),
        Visitor().sign_in(gone.email),
        Visitor().sign_in("not an address"),
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["code"] == "wrong_credentials"
    assert not any("sessionid" in answer.cookies for answer in answers)


def test_as_much_is_hashed_for_an_unknown_address(person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed: list[str] = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *given: hashed.append("") or encode(self, *given))

    def work(email: str) -> int:
        hashed.clear()
        assert Visitor().sign_in(email, "wrong").status_code == 401
        return len(hashed)

    UserFactory(email="no.password@example.org")
    assert work(person.email) == work("nobody@example.org") == work("no.password@example.org") == 1


def test_the_session_gets_a_new_key_when_somebody_signs_in(person: User) -> None:
    visitor = Visitor()
    visitor.client.session.save()
    visitor.sign_in(person.email)
    first = visitor.session_key
    visitor.sign_in(person.email)
    assert visitor.session_key != first
    assert living_sessions([first, visitor.session_key]) == {visitor.session_key}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/session", {"email": "mei.chen@example.org", "password": PASSWORD}),
        ("POST", "/password-reset", {"email": "mei.chen@example.org"}),
        ("POST", "/password-reset/token", {"password": PASSWORD}),
        ("POST", "/setup", {"code": "X", "email": "a@example.org", "name": "A", "password": PASSWORD}),
        ("POST", "/invitations/token", {"name": "A", "password": PASSWORD}),
        ("DELETE", "/session", None),
    ],
)
def test_public_forms_need_the_csrf_token(person: User, method: str, path: str, body: object) -> None:
    answer = Visitor().send(method, path, body, **{"X-CSRFToken": "x" * 32})
    assert answer.status_code == 403
    assert answer.json()["code"] == "csrf"


def test_changes_with_a_session_need_the_csrf_token(signed_in: Visitor) -> None:
    for method, path in [
        ("PATCH", "/me"),
        ("POST", "/me/password"),
        ("DELETE", "/me/sessions/1"),
        ("POST", "/invitations"),
    ]:
        assert signed_in.send(method, path, {}, **{"X-CSRFToken": "x" * 32}).status_code == 403


def test_answers_are_in_the_readers_language(person: User) -> None:
    assert Visitor(language="zh-CN").get("/status").json()["language"] == "zh-Hans"
    assert Visitor(language="fr").get("/status").json()["language"] == "en"


# --- limits ------------------------------------------------------------------------------------------------------


def test_guessing_is_limited_however_the_name_is_written(person: User) -> None:
    spellings = [
        "mei.chen@example.org",
        "MEI.CHEN@EXAMPLE.ORG",
        " mei.chen@example.org",
        "ｍｅｉ.chen@example.org",
        "mei.chen@example.org.",
    ]
    codes = [Visitor().sign_in(spellings[n % 5], "wrong").status_code for n in range(12)]
    assert codes == [401] * 10 + [429] * 2
    assert Visitor().sign_in(person.email).status_code == 429  # the right password from there must wait, too


def test_unknown_names_are_limited_alike(db: None) -> None:
    codes = [Visitor().sign_in("nobody@example.org", "wrong").status_code for _ in range(11)]
    assert codes == [401] * 10 + [429]


def test_another_source_may_still_try(person: User) -> None:
    for _ in range(11):
        Visitor(source="198.51.100.9").sign_in(person.email, "wrong")
    assert Visitor().sign_in(person.email).status_code == 200


def test_a_forwarded_address_is_not_believed_without_a_proxy(person: User) -> None:
    visitor = Visitor()
    codes = [
        visitor.post(
            "/session", {"email": person.email, "password": "wrong"}, **{"X-Forwarded-For": f"192.0.2.{n}"}
        ).status_code
        for n in range(11)
    ]
    assert codes[-1] == 429


def test_addresses_of_one_ipv6_network_count_together(person: User) -> None:
    codes = [Visitor(source=f"2001:db8:1:2::{n:x}").sign_in(person.email, "wrong").status_code for n in range(1, 12)]
    assert codes[-1] == 429


def test_many_sources_together_are_limited(person: User) -> None:
    codes = [Visitor(source=f"198.51.100.{n // 5}").sign_in(person.email, "wrong").status_code for n in range(102)]
    assert codes == [401] * 100 + [429] * 2


def test_nobody_is_locked_out_of_their_own_device(person: User, signed_in: Visitor) -> None:
    signed_in.send("DELETE", "/session")
    for n in range(102):
        Visitor(source=f"198.51.100.{n // 5}").sign_in(person.email, "wrong")
    assert Visitor(source="198.51.100.200").sign_in(person.email).status_code == 429
    assert signed_in.sign_in(person.email).status_code == 200


def test_a_known_device_may_not_guess_without_end_either(person: User, signed_in: Visitor) -> None:
    codes = [signed_in.sign_in(person.email, "wrong").status_code for _ in range(11)]
    assert codes == [401] * 10 + [429]


def test_a_device_is_known_for_its_own_person_only(person: User, signed_in: Visitor) -> None:
    other = UserFactory(password=make_password(PASSWORD))
    for n in range(102):
        Visitor(source=f"198.51.100.{n // 5}").sign_in(other.email, "wrong")
    assert signed_in.sign_in(other.email).status_code == 429
    signed_in.client.cookies["known_device"] = signed_in.client.cookies["known_device"].value[:-2] + "xx"
    assert signed_in.sign_in(person.email).status_code == 200  # a forged cookie is no cookie


def test_signing_in_does_not_count(person: User) -> None:
    for _ in range(12):
        assert Visitor().sign_in(person.email).status_code == 200


# --- signing out -------------------------------------------------------------------------------------------------


def test_signing_out_ends_the_session_at_once(person: User, signed_in: Visitor) -> None:
    key = signed_in.session_key
    assert signed_in.send("DELETE", "/session").status_code == 204
    assert signed_in.send("DELETE", "/session").status_code == 204
    signed_in.client.cookies["sessionid"] = key
    assert signed_in.get("/me").status_code == 401
    assert not Session.objects.filter(pk=key).exists()
    assert events_of(person) == ["session.ended"]


def test_signing_in_as_somebody_else_ends_the_session_before(
    person: User, signed_in: Visitor, administrator: User
) -> None:
    key = signed_in.session_key
    assert signed_in.sign_in(administrator.email).json()["email"] == administrator.email
    assert living_sessions([key]) == set()
    assert events_of(person) == ["session.ended"]


# --- the list of sessions ----------------------------------------------------------------------------------------


def test_one_sees_where_one_is_signed_in(person: User, signed_in: Visitor) -> None:
    phone = Visitor(source="198.51.100.4")
    phone.sign_in(person.email)
    items = signed_in.get("/me/sessions").json()["items"]
    assert [(item["address"], item["agent"], item["current"]) for item in items] == [
        ("203.0.113.7", "Tests", True),
        ("198.51.100.4", "Tests", False),
    ]
    assert set(items[0]) == {"id", "created_at", "last_seen_at", "address", "agent", "current"}


def test_one_ends_another_of_ones_sessions(person: User, signed_in: Visitor) -> None:
    phone = Visitor(source="198.51.100.4")
    phone.sign_in(person.email)
    (other,) = [item for item in signed_in.get("/me/sessions").json()["items"] if not item["current"]]
    assert signed_in.send("DELETE", f"/me/sessions/{other['id']}").status_code == 204
    assert phone.get("/me").status_code == 401
    assert signed_in.get("/me").status_code == 200
    assert events_of(person) == ["session.ended"]
    assert signed_in.send("DELETE", f"/me/sessions/{other['id']}").status_code == 404


def test_one_ends_the_session_one_is_in(signed_in: Visitor) -> None:
    (current,) = signed_in.get("/me/sessions").json()["items"]
    assert signed_in.send("DELETE", f"/me/sessions/{current['id']}").status_code == 204
    assert signed_in.get("/me").status_code == 401


def test_a_change_that_ends_ones_own_session_is_answered_and_the_next_request_is_nobodys(administrator: User) -> None:
    """Also where the session was just to be written again, because its use is noted."""
    UserFactory(is_administrator=True)
    asking = Asking(administrator)
    answer = asking.post(f"/people/{administrator.pk}/deactivate", {})
    assert (answer.status_code, answer.json()["is_active"]) == (200, False)
    assert not Session.objects.exists()
    assert asking.get("/me").status_code == 401


def test_nobody_ends_or_sees_somebody_elses_session(signed_in: Visitor, boss: Visitor, administrator: User) -> None:
    theirs = UserSession.objects.get(user=administrator)
    answer = signed_in.send("DELETE", f"/me/sessions/{theirs.pk}")
    missing = signed_in.send("DELETE", "/me/sessions/999999")
    assert (answer.status_code, answer.content) == (404, missing.content)
    assert boss.get("/me").status_code == 200
    assert len(signed_in.get("/me/sessions").json()["items"]) == 1


def test_everybody_can_be_signed_out_at_once(person: User, signed_in: Visitor, administrator: User) -> None:
    phone = Visitor(source="198.51.100.4")
    phone.sign_in(person.email)
    end_sessions(actor=administrator, person=person)
    assert {signed_in.get("/me").status_code, phone.get("/me").status_code} == {401}
    (event,) = Event.objects.filter(type="session.ended")
    assert (event.stream.name, event.actor) == (f"user:{person.pk}", administrator)


def test_who_is_deactivated_is_signed_out(person: User, signed_in: Visitor, boss: Visitor, administrator: User) -> None:
    key = signed_in.session_key
    set_active(actor=administrator, person_id=person.pk, active=False)
    assert living_sessions([key]) == set()
    assert signed_in.get("/me").status_code == 401
    assert "session.ended" in events_of(person)


def test_use_is_noted_now_and_then_only(person: User, signed_in: Visitor) -> None:
    long_ago = now() - timedelta(days=1)
    UserSession.objects.update(last_seen_at=long_ago)
    signed_in.get("/me")
    assert UserSession.objects.get().last_seen_at > long_ago
    UserSession.objects.update(last_seen_at=long_ago)
    signed_in.get("/me")
    assert UserSession.objects.get().last_seen_at == long_ago


def test_reading_oneself_costs_a_session_and_a_user(signed_in: Visitor, django_assert_num_queries) -> None:
    signed_in.get("/me")
    with django_assert_num_queries(2):
        signed_in.get("/me")


def test_an_expired_session_is_not_listed(person: User, signed_in: Visitor) -> None:
    phone = Visitor()
    phone.sign_in(person.email)
    Session.objects.filter(pk=phone.session_key).update(expire_date=now() - timedelta(seconds=1))
    assert len(signed_in.get("/me/sessions").json()["items"]) == 1
