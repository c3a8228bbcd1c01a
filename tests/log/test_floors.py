"""How far back a stream is replayed."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import now

from tests.factories import ProjectFactory, UserFactory
from tests.support.asking import Asking
from tracker.log import floors
from tracker.log.models import Event, Stream
from tracker.work.services.tasks import create_task
from tracker.work.services.tidying import tidy

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("events", "old", "floor"),
    [(3, 5, 3), (3, 2, 2), (9, 5, 0), (3, 0, 0)],
    ids=["old and many", "not so old", "not so many", "new"],
)
def test_what_is_old_and_far_behind_is_replayed_no_more_and_stays_in_the_log(
    monkeypatch: pytest.MonkeyPatch, events: int, old: int, floor: int
) -> None:
    monkeypatch.setattr(floors, "LEAST_EVENTS", events)
    person = UserFactory()
    project = ProjectFactory(people={person: "manager"})
    for number in range(6):
        create_task(actor=person, project_id=project.pk, title=f"Card {number}")
    stream = Stream.objects.get(kind="project", ref=project.pk)
    Event.objects.filter(stream=stream, seq__lte=old).update(at=now() - timedelta(days=8))
    tidy()

    def told(after: int) -> Any:
        page = Asking(person).get(f"/projects/{project.pk}/events?after={after}").json()
        return page["floor"], [event["seq"] for event in page["events"]]

    assert Event.objects.filter(stream=stream).count() == stream.head == 6
    assert told(floor) == (floor, list(range(floor + 1, 7)))
    if floor:
        assert told(floor - 1) == (floor, [])
