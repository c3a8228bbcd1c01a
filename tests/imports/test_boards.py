"""An import and the boards that people have open: what was seen, and what is told, together are what is there."""

import pytest

from tests.factories import UserFactory
from tests.imports.conftest import BOARD, Importer
from tests.support.asking import Asking
from tracker.work.models import Project

CARDS = "id,title,status,due,hours\n"


def rows(board: dict) -> dict[int, dict]:
    tasks = board["tasks"]
    return {row[0]: dict(zip(tasks["columns"], row, strict=True)) for row in tasks["rows"]}


@pytest.mark.django_db
def test_the_board_as_it_was_and_the_events_since_make_the_board_as_it_is(importer: Importer) -> None:
    importer(BOARD, {"tasks.csv": f"{CARDS}1,One,Ready,1.2.2027,5\n2,Two,Ready,,\n"})
    project = Project.objects.get()
    viewer = Asking(UserFactory(is_overseer=True))
    before = viewer.get(f"/projects/{project.pk}/board").json()
    more = "".join(f"{n},Task {n},Backlog,,\n" for n in range(4, 300))
    importer(BOARD, {"tasks.csv": f"{CARDS}1,One,Doing,,5\n2,Two,Ready,,\n3,Three,Ready,1.3.2027,2\n{more}"})
    after = viewer.get(f"/projects/{project.pk}/board").json()
    cards, at = rows(before), before["seq"]
    while at < after["seq"]:
        page = viewer.get(f"/projects/{project.pk}/events?after={at}").json()
        for event in page["events"]:
            assert event["seq"] == at + 1
            at, body = event["seq"], dict(event["body"])
            kind, card = body.pop("type"), body.pop("task", None)
            if kind == "task.created":
                cards[body["id"]] = card
            elif kind in ("task.changed", "task.moved"):
                body.pop("completed_at", None)
                cards[body["id"]] |= body
    assert cards == rows(after)
