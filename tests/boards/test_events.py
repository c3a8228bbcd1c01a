"""Pages of events: in order, whole transactions only, each as the API's schema describes it."""

import json
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from pydantic import TypeAdapter

from boards.schemas import Body, Event, EventPage
from tests.factories import AccountFactory, ProjectFactory, UserFactory
from tests.support.described import openapi
from tracker.log.change import change, project_stream
from tracker.log.events import EventBody
from tracker.log.models import Stream
from tracker.log.selectors import PAGE
from tracker.people.models import User
from tracker.work.events import TaskDeleted
from tracker.work.models import Project
from tracker.work.services.tasks import create_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def mei() -> User:
    return UserFactory()


@pytest.fixture
def board(mei: User) -> Project:
    return ProjectFactory(people={mei: "manager"})


@pytest.fixture
def client(mei: User) -> Client:
    client = Client()
    client.force_login(mei, backend="tracker.people.backend.Backend")
    return client


def tell(board: Project, count: int) -> None:
    """One transaction with so many events."""
    with change(actor=None) as log:
        (stream,) = log.lock(project_stream(board.pk))
        for number in range(count):
            log.record(stream, TaskDeleted(id=number + 1))


def page(client: Client, board: Project, after: int) -> dict[str, Any]:
    answer = client.get(f"/api/v1/projects/{board.pk}/events?after={after}")
    assert answer.status_code == 200
    EventPage.model_validate_json(answer.content)
    found: dict[str, Any] = answer.json()
    return found


def test_a_page_ends_with_a_transaction(client: Client, board: Project) -> None:
    tell(board, 300)
    tell(board, 400)
    tell(board, 5)
    first = page(client, board, 0)
    assert [event["seq"] for event in first["events"]] == list(range(1, 701))
    rest = page(client, board, 700)
    assert [event["seq"] for event in rest["events"]] == [701, 702, 703, 704, 705]
    assert (first["head"], first["floor"]) == (705, 0)
    assert PAGE == 500


def test_above_the_head_there_is_nothing_and_below_the_floor_it_is_not_told(client: Client, board: Project) -> None:
    tell(board, 5)
    assert page(client, board, 5)["events"] == []
    assert page(client, board, 2**62)["events"] == []
    Stream.objects.filter(kind="project", ref=board.pk).update(floor=3)
    below = page(client, board, 2)
    assert (below["events"], below["floor"]) == ([], 3)
    assert [event["seq"] for event in page(client, board, 3)["events"]] == [4, 5]


@pytest.mark.parametrize("after", ["-1", "x", "1.5", str(2**63), "NaN"])
def test_what_is_no_position_is_refused(client: Client, board: Project, after: str) -> None:
    assert client.get(f"/api/v1/projects/{board.pk}/events?after={after}").status_code == 400


def test_every_stream_has_its_page(client: Client, mei: User) -> None:
    account = AccountFactory(team={mei: "member"})
    for address in (f"accounts/{account.pk}", "workspace", "me"):
        answer = client.get(f"/api/v1/{address}/events")
        assert answer.status_code == 200
        assert answer.json()["epoch"]
    assert client.get(f"/api/v1/accounts/{AccountFactory().pk}/events").status_code == 404


def test_events_are_as_the_schema_says(client: Client, board: Project, mei: User) -> None:
    create_task(actor=mei, project_id=board.pk, title="Call them", fields={"estimate": Decimal("2.5")})
    (event,) = page(client, board, 0)["events"]
    read = Event.model_validate_json(json.dumps(event))
    assert read.body.type == "task.created"
    assert event["body"]["task"]["estimate"] == "2.50"


def test_the_schema_tells_every_event_apart_by_its_type() -> None:
    schema: Any = openapi()["components"]["schemas"]
    told = schema["Event"]["properties"]["body"]
    assert set(told["discriminator"]["mapping"]) == set(EventBody.registered)
    for kind, body in EventBody.registered.items():
        described = schema[f"{body.__name__}Body"]
        assert described["properties"]["type"]["const"] == kind
        required = {name for name, field in body.model_fields.items() if field.is_required()}
        assert set(described["required"]) == {"type", *required}
        assert not any("default" in field for field in described["properties"].values())


def test_a_body_with_a_field_too_many_is_none_of_ours() -> None:
    with pytest.raises(ValueError, match="extra"):
        TypeAdapter(Body).validate_python({"type": "task.deleted", "id": 1, "why": "x"})
