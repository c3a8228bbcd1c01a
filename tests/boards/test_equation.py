"""Old snapshot + events = fresh snapshot, for everything that can happen and everybody who can read it.

The triples are kept in tests/vectors, where the browser's reducers are held to them too.
"""

import itertools
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from boards import snapshots
from boards.streams import WORKSPACE
from tests.boards.mutations import MUTATIONS, WITHOUT_A_BOARD, World
from tests.factories import LabelFactory
from tests.support.normal import Normal
from tests.support.reducer import advance, advance_workspace, cards_of
from tracker.log.change import Name, project_stream
from tracker.log.events import EventBody
from tracker.log.selectors import events_after
from tracker.people import services as people_services
from tracker.people.models import User
from tracker.people.newcomers import add_person
from tracker.work.services import workflows as workflow_services

pytestmark = pytest.mark.django_db

VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "board.json"
SHARED = VECTORS.with_name("workspace.json")
RENEW = "ACCORD_WRITE_VECTORS=1 python -m pytest tests/boards/test_equation.py"


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every change happens a minute after the one before, on the same day in every run."""
    minutes = itertools.count()
    start = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    monkeypatch.setattr("tracker.log.change.now", lambda: start + timedelta(minutes=next(minutes)))


def read_board(viewer: User, project_id: int) -> dict[str, Any]:
    project, can = snapshots.find_board(viewer=viewer, project_id=project_id)
    at, workspace = snapshots.places(project_stream(project_id), WORKSPACE)
    found: dict[str, Any] = json.loads(snapshots.board(project, can, at, workspace))
    return found


def events_of(name: Name, after: int) -> list[dict[str, Any]]:
    (at,) = snapshots.places(name)
    return [json.loads(line.text) for line in events_after(at.id, after)]


@pytest.mark.parametrize("name", MUTATIONS)
def test_the_equation(name: str) -> None:
    """S3: for every mutation and every role that reads the stream."""
    mutation, world = MUTATIONS[name], World()
    project = world.board.pk
    given = mutation.prepare(world)
    before = {role: read_board(viewer, project) for role, viewer in world.viewers.items()}
    mutation.do(world, given)
    after = {role: read_board(viewer, project) for role, viewer in world.viewers.items()}
    events = events_of(project_stream(project), before["manager"]["seq"])
    assert {event["body"]["type"] for event in events} == mutation.tells
    for role in world.viewers:
        advanced = advance(before[role], events)
        assert advanced["cards"] == cards_of(after[role]), role
        assert advanced["project"] == after[role]["project"], role
        assert advanced["seq"] == after[role]["seq"], role
    twice = advance({**before["manager"], "tasks": rows_of(advanced)}, events)
    assert twice["cards"] == advanced["cards"], "applying twice is harmless"
    keep(name, before["manager"], events, after["manager"])


def rows_of(advanced: dict[str, Any]) -> dict[str, Any]:
    columns = advanced["tasks"]["columns"]
    return {"columns": columns, "rows": [[card[column] for column in columns] for card in advanced["cards"].values()]}


def keep(name: str, before: dict[str, Any], events: list[dict[str, Any]], after: dict[str, Any]) -> None:
    """Compare with the kept triple; on request, write it."""
    normal = Normal()
    vector = {
        "name": name,
        "before": normal.snapshot(before),
        "events": [normal.event(event) for event in events],
        "after": normal.snapshot(after),
    }
    kept = {entry["name"]: entry for entry in json.loads(VECTORS.read_text())} if VECTORS.exists() else {}
    if os.environ.get("ACCORD_WRITE_VECTORS"):
        kept[name] = vector
        lines = ",\n".join(json.dumps(kept[known], ensure_ascii=False) for known in MUTATIONS if known in kept)
        VECTORS.write_text(f"[\n{lines}\n]\n")
    else:
        assert kept.get(name) == vector, f"{VECTORS.name} is stale. Renew it: {RENEW}"


def test_no_vector_is_left_over() -> None:
    kept = [entry["name"] for entry in json.loads(VECTORS.read_text())]
    assert kept == list(MUTATIONS), f"Renew it: {RENEW}"


def test_everything_that_can_happen_on_a_board_is_tried() -> None:
    """S3: A new kind of event fails here until it has its case."""
    tried = set().union(*(mutation.tells for mutation in MUTATIONS.values())) | WITHOUT_A_BOARD
    families = {
        "task",
        "column",
        "checklist",
        "comment",
        "reaction",
        "relation",
        "watcher",
        "handover",
        "announcement",
        "file",
        "project",
        "access",
    }
    elsewhere = {"project.listed"}
    assert {kind for kind in EventBody.registered if kind.split(".")[0] in families} - elsewhere == tried


def read_workspace(viewer: User) -> dict[str, Any]:
    (at,) = snapshots.places(WORKSPACE)
    found: dict[str, Any] = json.loads(snapshots.workspace(viewer, at))
    return found


def test_the_equation_of_the_workspace() -> None:
    world = World()
    boss, team = world.boss, people_services.add_team(actor=world.boss, name="Old", members=[world.kai.pk])
    spare = workflow_services.add_workflow(actor=boss, code="spare", name="Spare")
    label = LabelFactory(name="Old label")
    old = people_services.add_function(actor=boss, fields={"code": "old", "name": "Old"})
    before = read_workspace(boss)
    add_person(actor=boss, email="new@example.org", name="New")
    people_services.change_person(actor=boss, person_id=world.lin.pk, fields={"name_zh": "林", "is_overseer": True})
    people_services.set_active(actor=boss, person_id=world.kai.pk, active=False)
    made = people_services.add_function(actor=boss, fields={"code": "legal", "name": "Legal"})
    people_services.change_function(actor=boss, function_id=made.pk, fields={"name_zh": "法务"})
    people_services.remove_function(actor=boss, function_id=old.pk)
    people_services.add_team(actor=boss, name="New", members=[world.lin.pk])
    people_services.change_team(actor=boss, team_id=team.pk, fields={"name": "Newer", "members": []})
    people_services.remove_team(actor=boss, team_id=people_services.add_team(actor=boss, name="Brief", members=[]).pk)
    workflow_services.add_label(actor=boss, name="New label", color="red")
    workflow_services.change_label(actor=boss, label_id=label.pk, fields={"color": "blue"})
    workflow_services.remove_label(actor=boss, label_id=world.late.pk)
    workflow_services.change_workflow(actor=boss, workflow_id=world.board.workflow_id, fields={"name": "Flowing"})
    workflow_services.add_status(actor=boss, workflow_id=spare.pk, fields={"name": "Later", "category": "waiting"})
    workflow_services.remove_workflow(actor=boss, workflow_id=spare.pk)
    workflow_services.add_workflow(actor=boss, code="another", name="Another", copy_of=world.board.workflow_id)
    events = events_of(WORKSPACE, before["seq"])
    after, advanced = read_workspace(boss), advance_workspace(before, events)
    for name in ("people", "functions", "teams", "labels", "workflows"):
        assert advanced[name] == {row["id"]: row for row in after[name]}, name
    assert advanced["seq"] == after["seq"]
    keep_shared(before, events, after)
    families = {"person", "function", "team", "label", "workflow"}
    told = {event["body"]["type"] for event in events}
    assert told == {kind for kind in EventBody.registered if kind.split(".")[0] in families}


def keep_shared(before: dict[str, Any], events: list[dict[str, Any]], after: dict[str, Any]) -> None:
    normal = Normal()
    vector = {
        "before": normal.workspace(before),
        "events": [normal.event(event) for event in events],
        "after": normal.workspace(after),
    }
    if os.environ.get("ACCORD_WRITE_VECTORS"):
        SHARED.write_text(json.dumps(vector, ensure_ascii=False) + "\n")
    else:
        assert json.loads(SHARED.read_text()) == vector, f"{SHARED.name} is stale. Renew it: {RENEW}"
