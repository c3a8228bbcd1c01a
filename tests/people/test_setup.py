"""The first use of an empty installation."""

from typing import Any

import pytest

from tests.people.conftest import PASSWORD, Visitor, at_once
from tracker.log.models import Event
from tracker.people.models import SetupCode, User
from tracker.people.setup import setup_code

pytestmark = pytest.mark.django_db


def first(code: str | None, visitor: Visitor | None = None, **other: str) -> Any:
    body = {
        "code": code,
        "email": "Ada@Example.org",
        "name": "Ada Lovelace",
        "password": PASSWORD,
        "language": "zh-Hans",
    }
    return (visitor or Visitor()).post("/setup", body | other)


def test_the_code_on_the_terminal_makes_the_first_administrator() -> None:
    visitor = Visitor()
    assert visitor.get("/status").json()["installed"] is False
    answer = first(setup_code(), visitor)
    assert answer.status_code == 200
    assert answer.json() | {"email": "ada@example.org", "can": ["administer"], "language": "zh-Hans"} == answer.json()
    assert visitor.get("/me").json()["is_administrator"] is True
    assert visitor.get("/status").json()["installed"] is True
    (event,) = Event.objects.filter(type="person.added")
    assert (event.stream.name, event.actor) == ("workspace", User.objects.get())


def test_afterwards_there_is_nothing_to_set_up() -> None:
    code = setup_code()
    first(code)
    again = first(code, email="eve@example.org")
    assert (again.status_code, again.json()["code"]) == (404, "not_found")
    assert setup_code() is None
    assert not SetupCode.objects.exists()
    assert User.objects.count() == 1


def test_a_code_may_be_typed_without_dashes_and_in_small_letters() -> None:
    code = setup_code()
    assert code is not None
    assert first(code.lower().replace("-", " ")).status_code == 200


@pytest.mark.parametrize("code", ["AAAA-AAAA-AAAA-AAAA", "-", "é"])
def test_a_wrong_code_is_refused(code: str) -> None:
    setup_code()
    answer = first(code)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, "wrong_code", "code")
    assert not User.objects.exists()


def test_a_newer_code_voids_the_one_before() -> None:
    old, new = setup_code(), setup_code()
    assert first(old).status_code == 422
    assert first(new).status_code == 200


def test_without_a_code_nobody_sets_up() -> None:
    assert first("").status_code == 400
    assert first("-").status_code == 422


def test_the_code_is_kept_only_as_a_hash() -> None:
    code = setup_code()
    assert code is not None
    assert code.replace("-", "") not in str(list(SetupCode.objects.values()))


def test_guessing_the_code_is_limited() -> None:
    code = setup_code()
    assert [first(f"AAAA-{n}").status_code for n in range(11)] == [422] * 10 + [429]
    assert first(code, Visitor(source="198.51.100.1")).status_code == 200


def test_a_weak_password_is_refused_and_the_code_stays_good() -> None:
    code = setup_code()
    assert first(code, password="short").json()["code"] == "weak_password"
    assert first(code, email="not an address").status_code == 400
    assert first(code).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins() -> None:
    code = setup_code()
    visitors = [Visitor(), Visitor()]
    answers = at_once(*[lambda n=n: first(code, visitors[n], email=f"a{n}@example.org").status_code for n in range(2)])
    assert sorted(answers) == [200, 404]
    assert User.objects.count() == 1
