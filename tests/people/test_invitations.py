"""Invitations: how a colleague or a guest comes in."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.core import mail
from django.utils.timezone import now
from pytest_django import Settings

from tests.factories import UserFactory
from tests.people.conftest import PASSWORD, Visitor, at_once
from tracker.log.models import Command, Event
from tracker.people.models import Function, Invitation, User

pytestmark = pytest.mark.django_db

WHO = "lin.ruoxi@example.org"


@pytest.fixture
def sales(db: None) -> Function:
    return Function.objects.get_or_create(code="sales", defaults={"name": "Sales"})[0]


def invite(boss: Visitor, email: str = WHO, **other: Any) -> Any:
    return boss.post("/invitations", {"email": email, "language": "en"} | other)


def token_of(boss: Visitor, **other: Any) -> str:
    return str(invite(boss, **other).json()["link"].rpartition("/")[2])


def accept(token: str, visitor: Visitor | None = None, **other: str) -> Any:
    body = {"name": "Lin Ruoxi", "name_zh": "林若曦", "password": PASSWORD, "language": "zh-Hans"}
    return (visitor or Visitor()).post(f"/invitations/{token}", body | other)


# --- inviting ----------------------------------------------------------------------------------------------------


def test_an_administrator_invites_by_mail_and_by_link(
    boss: Visitor, administrator: User, sales: Function, settings: Settings
) -> None:
    answer = invite(boss, " Lin.Ruoxi@Example.org", function=sales.pk, is_guest=True, language="zh-Hans")
    assert answer.status_code == 201
    body = answer.json()
    link = body.pop("link")
    assert body | {"email": WHO, "function": sales.pk, "is_guest": True, "accepted_at": None} == body
    assert link.startswith(f"{settings.BASE_URL}/invite/")
    (letter,) = mail.outbox
    assert letter.to == [WHO]
    assert link in letter.body
    assert "邀请" in letter.subject
    (listed,) = boss.get("/invitations").json()["items"]
    assert listed == body


def test_the_token_is_kept_only_as_a_hash(boss: Visitor) -> None:
    token = token_of(boss)
    stored = json.dumps([list(model.objects.values()) for model in (Invitation, Event, Command)], default=str)
    assert token not in stored
    assert len(token) >= 43


def test_a_newer_invitation_of_an_address_voids_the_one_before(boss: Visitor) -> None:
    first, second = token_of(boss), token_of(boss)
    assert accept(first).status_code == 404
    assert accept(second).status_code == 200
    assert len(boss.get("/invitations").json()["items"]) == 1


@pytest.mark.parametrize("active", [True, False])
def test_who_is_here_already_is_not_invited(boss: Visitor, active: bool) -> None:
    UserFactory(email=WHO, is_active=active)
    answer = invite(boss)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (409, "taken", "email")
    assert not mail.outbox


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "nobody"},
        {"email": "ﷺ" * 40 + "@example.org"},
        {"email": "a@b.org\r\nBcc: all@example.org"},
        {"language": "fr"},
        {"is_administrator": True},
    ],
)
def test_what_cannot_be_is_not_invited(boss: Visitor, wrong: dict[str, Any]) -> None:
    assert invite(boss, **wrong).status_code == 400
    assert not mail.outbox


def test_an_unknown_function_is_refused(boss: Visitor) -> None:
    answer = invite(boss, function=987654)
    assert (answer.status_code, answer.json()["field"]) == (422, "function")


def test_only_administrators_invite(person: User, signed_in: Visitor) -> None:
    guest = UserFactory(password=make_password(PASSWORD), is_guest=True)
    visitor = Visitor()
    visitor.sign_in(guest.email)
    for who, code in [(signed_in, 403), (visitor, 404), (Visitor(), 401)]:
        assert invite(who).status_code == code
        assert who.get("/invitations").status_code == code
        assert who.send("DELETE", "/invitations/1").status_code == code
    assert not Invitation.objects.exists()


def test_the_list_comes_in_pages(boss: Visitor) -> None:
    for n in range(3):
        invite(boss, f"a{n}@example.org")
    page = boss.get("/invitations?limit=2").json()
    assert [item["email"] for item in page["items"]] == ["a2@example.org", "a1@example.org"]
    rest = boss.get(f"/invitations?limit=2&cursor={page['next']}").json()
    assert ([item["email"] for item in rest["items"]], rest["next"]) == (["a0@example.org"], None)


# --- accepting ---------------------------------------------------------------------------------------------------


def test_the_invited_person_sees_by_whom_and_comes_in(boss: Visitor, sales: Function) -> None:
    token = token_of(boss, function=sales.pk, is_guest=True, language="zh-Hans")
    visitor = Visitor()
    seen = visitor.get(f"/invitations/{token}")
    assert seen.json() == {"email": WHO, "invited_by": "Ada Lovelace", "language": "zh-Hans"}
    answer = accept(token, visitor)
    assert answer.status_code == 200
    assert (
        answer.json() | {"email": WHO, "name_zh": "林若曦", "is_guest": True, "function": sales.pk, "can": []}
        == answer.json()
    )
    assert visitor.get("/me").json()["email"] == WHO
    event = Event.objects.get(type="person.added")
    assert (event.stream.name, event.actor.email) == ("workspace", WHO)  # type: ignore[union-attr]
    assert Visitor().sign_in(WHO).status_code == 200
    assert boss.get("/invitations").json()["items"][0]["accepted_at"]


def test_an_invitation_works_once(boss: Visitor) -> None:
    token = token_of(boss)
    accept(token)
    assert accept(token).status_code == 404
    assert Visitor().get(f"/invitations/{token}").status_code == 404
    assert User.objects.filter(email=WHO).count() == 1


def test_it_is_bound_to_the_address(boss: Visitor) -> None:
    token = token_of(boss)
    assert accept(token, email="eve@example.org").status_code == 400
    assert accept(token, is_administrator="1").status_code == 400
    assert accept(token).json()["email"] == WHO


def test_withdrawn_expired_unknown_and_accepted_look_the_same(boss: Visitor, administrator: User) -> None:
    withdrawn = invite(boss).json()
    assert boss.send("DELETE", f"/invitations/{withdrawn['id']}").status_code == 204
    assert boss.send("DELETE", f"/invitations/{withdrawn['id']}").status_code == 404
    expired = token_of(boss, email="late@example.org")
    Invitation.objects.filter(email="late@example.org").update(expires_at=now() - timedelta(seconds=1))
    used = token_of(boss, email="used@example.org")
    accept(used)
    tokens = [withdrawn["link"].rpartition("/")[2], expired, used, "unknown"]
    answers = [Visitor().get(f"/invitations/{token}") for token in tokens]
    assert {(answer.status_code, answer.content) for answer in answers} == {(404, answers[-1].content)}
    assert {accept(token).status_code for token in tokens} == {404}
    assert boss.get("/invitations").json()["items"][0]["email"] == "used@example.org"


def test_an_accepted_invitation_cannot_be_withdrawn(boss: Visitor) -> None:
    made = invite(boss).json()
    accept(made["link"].rpartition("/")[2])
    assert boss.send("DELETE", f"/invitations/{made['id']}").status_code == 404


def test_nobody_comes_in_on_the_word_of_somebody_deactivated(boss: Visitor, administrator: User) -> None:
    token = token_of(boss)
    User.objects.filter(pk=administrator.pk).update(is_active=False)
    assert accept(token).status_code == 404


def test_an_address_that_was_taken_meanwhile_is_a_conflict(boss: Visitor) -> None:
    token = token_of(boss)
    UserFactory(email=WHO)
    assert accept(token).status_code == 409


def test_a_weak_password_is_refused_and_the_invitation_stays_good(boss: Visitor) -> None:
    token = token_of(boss)
    assert accept(token, password="lin.ruoxi@example").json()["code"] == "weak_password"
    assert accept(token, name=" ").status_code == 400
    assert accept(token).status_code == 200


def test_guessing_is_limited(db: None) -> None:
    assert [accept(f"guess{n}").status_code for n in range(21)] == [404] * 20 + [429]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_accept_at_once_one_wins(boss: Visitor) -> None:
    token = token_of(boss)
    visitors = [Visitor(), Visitor()]
    answers = at_once(*[lambda n=n: accept(token, visitors[n], name=f"Lin {n}").status_code for n in range(2)])
    assert sorted(answers) == [200, 404]
    assert User.objects.filter(email=WHO).count() == 1
    assert Event.objects.filter(type="person.added").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_invitations_of_one_address_at_once_one_stays_good(boss: Visitor, administrator: User) -> None:
    other = Visitor()
    other.sign_in(administrator.email)
    tokens = at_once(*[lambda who=who: token_of(who) for who in (boss, other)])
    assert sorted(Visitor().get(f"/invitations/{token}").status_code for token in tokens) == [200, 404]


def test_an_administrator_who_tries_the_link_becomes_the_invited_person(boss: Visitor, administrator: User) -> None:
    token = token_of(boss)
    assert accept(token, boss).json()["email"] == WHO
    assert boss.get("/me").json()["email"] == WHO


def test_nobody_signs_up_without_an_invitation(db: None) -> None:
    for path in ("/accounts/signup/", "/signup", "/api/v1/people", "/api/v1/users"):
        assert Visitor().client.post(path).status_code in {403, 404, 405}
    assert not User.objects.exists()
