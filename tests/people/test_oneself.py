"""What one may read and change of oneself, and what the product tells everybody about itself."""

import pytest
from django.contrib.auth.hashers import make_password
from pytest_django import Settings

from tests.factories import UserFactory, function
from tests.people.conftest import PASSWORD, Visitor
from tracker.log.models import Event
from tracker.people.models import User

pytestmark = pytest.mark.django_db


def events_of(person: User) -> list[str]:
    return list(Event.objects.filter(stream__kind="user", stream__ref=person.pk).values_list("type", flat=True))


# --- oneself -----------------------------------------------------------------------------------------------------


def test_one_changes_ones_name_and_how_things_look(person: User, signed_in: Visitor) -> None:
    change = {
        "name": "Mei Lin",
        "name_zh": "林梅",
        "language": "zh-Hans",
        "time_zone": "Asia/Shanghai",
        "theme": "dark",
        "hours_per_day": "7.5",
    }
    answer = signed_in.send("PATCH", "/me", change)
    assert answer.status_code == 200
    assert answer.json() | change == answer.json() | {"hours_per_day": "7.5"}
    assert answer.json()["version"] == 2
    (event,) = Event.objects.filter(type="person.changed")
    assert event.stream.name == "workspace"
    assert '"name":"Mei Lin"' in event.body
    assert answer["Stream-Position"].startswith("workspace=")


def test_changing_nothing_tells_nothing(signed_in: Visitor) -> None:
    assert signed_in.send("PATCH", "/me", {"name": "Mei Chen"}).json()["version"] == 1
    assert signed_in.send("PATCH", "/me", {}).status_code == 200
    assert not Event.objects.filter(type="person.changed").exists()


@pytest.mark.parametrize(
    "field",
    ["is_administrator", "is_overseer", "is_guest", "is_active", "email", "function", "password", "version", "id"],
)
def test_one_cannot_raise_oneself(person: User, signed_in: Visitor, field: str) -> None:
    before = User.objects.filter(pk=person.pk).values().get()
    answer = signed_in.send("PATCH", "/me", {field: True})
    assert (answer.status_code, answer.json()["field"]) == (400, field)
    assert User.objects.filter(pk=person.pk).values().get() == before


@pytest.mark.parametrize(
    "change",
    [
        {"name": "  "}, {"name": "\u200b\u202e"}, {"name": "x" * 121}, {"time_zone": "../../etc/passwd"}, {"time_zone": "Mars/Base"},
        {"language": "fr"}, {"theme": "pink"}, {"hours_per_day": "25"}, {"hours_per_day": "-1"}, {"hours_per_day": "1.234"}, {"hours_per_day": "NaN"},
        {"name": None},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(signed_in: Visitor, change: dict[str, object]) -> None:
    assert signed_in.send("PATCH", "/me", change).status_code == 400


def test_a_repeated_change_is_made_once(signed_in: Visitor) -> None:
    key = {"Idempotency-Key": "0b9f3c0e-6f43-4a54-9c19-0f5d8a6a9d11"}
    first = signed_in.send("PATCH", "/me", {"name": "Mei Lin"}, **key)
    again = signed_in.send("PATCH", "/me", {"name": "Mei Lin"}, **key)
    assert first.json() == again.json()
    assert Event.objects.filter(type="person.changed").count() == 1


@pytest.mark.parametrize("path", ["/me", "/me/sessions"])
def test_without_a_session_there_is_no_oneself(db: None, path: str) -> None:
    assert Visitor().get(path).status_code == 401


def test_a_guest_reads_and_changes_oneself(db: None) -> None:
    guest = UserFactory(password=make_password(PASSWORD), is_guest=True)
    visitor = Visitor()
    visitor.sign_in(guest.email)
    assert visitor.get("/me").json()["is_guest"] is True
    assert visitor.send("PATCH", "/me", {"theme": "dark"}).status_code == 200


# --- the installation --------------------------------------------------------------------------------------------


def test_status_tells_everybody_what_this_is(person: User) -> None:
    visitor = Visitor()
    assert visitor.get("/status").json() == {
        "installed": True, "demo": False, "version": "0.1.0", "signed_in": False,
        "language": "en", "languages": ["en", "zh-Hans"], "demo_people": [],
    }  # fmt: skip
    visitor.sign_in(person.email)
    assert visitor.get("/status").json()["signed_in"] is True


def test_the_demo_offers_its_own_people_while_it_is_on(person: User, settings: Settings) -> None:
    lin = UserFactory(
        email="ruoxi.lin@lanbridge.example", name="Lin Ruoxi", name_zh="林若曦", function=function("sales")
    )
    UserFactory(email="gone@lanbridge.example", is_active=False)
    assert Visitor().get("/status").json()["demo_people"] == []
    settings.DEMO = True
    assert Visitor().get("/status").json()["demo_people"] == [
        {
            "id": lin.pk, "email": "ruoxi.lin@lanbridge.example",
            "name": "Lin Ruoxi", "name_zh": "林若曦", "title": "", "title_zh": "",
            "function": {"name": "Sales", "name_zh": "销售", "color": "sales", "icon": "tag"},
        }
    ]  # fmt: skip
