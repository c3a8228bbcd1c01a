"""The browser's reducer, once more in Python: an older snapshot brought forward by events.

Its twin is frontend/src/live (`reduce-task.ts`, `reduce-project.ts`, `workspace.ts`); both pass tests/vectors.
"""

from typing import Any

Body = dict[str, Any]
Card = dict[str, Any]
Snapshot = dict[str, Any]


def cards_of(snapshot: Snapshot) -> dict[int, Card]:
    columns = snapshot["tasks"]["columns"]
    return {row[0]: dict(zip(columns, row, strict=True)) for row in snapshot["tasks"]["rows"]}


def advance(before: Snapshot, events: list[dict[str, Any]]) -> Snapshot:
    """What a fresh snapshot would say, with its cards under `cards`, by id."""
    cards, project, seq = cards_of(before), before["project"], before["seq"]
    for event in events:
        assert event["seq"] == seq + 1, f"{event['seq']} after {seq}"
        project = reduce_project(project, event["body"])
        for task in tasks_in(event["body"]):
            card = reduce_task(cards.get(task), task, event["body"])
            if card is None:
                cards.pop(task, None)
            else:
                cards[task] = card
        seq = event["seq"]
    return {**before, "seq": seq, "project": project, "cards": cards}


def tasks_in(body: Body) -> list[int]:
    """The cards that an event is about."""
    kind = body["type"]
    if kind == "column.reranked":
        return [int(task) for task in body["ranks"]]
    if kind.startswith("task."):
        return [body["id"]]
    return [body["task"]] if "task" in body else []


# Of each type, the fields that go by another name on the card. What a card does not have is not shown on it.
NAMES: dict[str, dict[str, str]] = {
    "task.changed": {},
    "task.moved": {},
    "checklist.changed": {"total": "checklist_total", "done": "checklist_done"},
    "checklist.removed": {"total": "checklist_total", "done": "checklist_done"},
    "comment.added": {},
    "comment.changed": {},
    "comment.removed": {},
    "reaction.added": {},
    "reaction.removed": {},
    "relation.added": {},
    "relation.removed": {},
    "watcher.added": {},
    "watcher.removed": {},
    "handover.asked": {},
    "handover.accepted": {},
    "handover.returned": {},
    "handover.withdrawn": {},
    "file.added": {},
    "file.removed": {},
}


def reduce_task(card: Card | None, task: int, body: Body) -> Card | None:
    """The card after the event; None is a card that the board does not show. Harmless when applied twice."""
    kind = body["type"]
    if kind in {"task.created", "task.restored", "task.arrived"}:
        return dict(body["task"])
    if kind in {"task.archived", "task.deleted", "task.left"} or card is None:
        return None
    if kind == "column.reranked":
        return {**card, "rank": body["ranks"][str(task)]}
    names = NAMES[kind]
    shown = {names.get(name, name): value for name, value in body.items()}
    return {**card, **{name: value for name, value in shown.items() if name in card and name != "id"}}


def reduce_project(project: dict[str, Any], body: Body) -> dict[str, Any]:
    if body["type"] not in {"project.changed", "project.created"}:
        return project
    return {**project, **{name: value for name, value in body.items() if name != "type"}}


ROWS = {"person": "people", "function": "functions", "team": "teams", "label": "labels", "workflow": "workflows"}


def advance_workspace(before: Snapshot, events: list[dict[str, Any]]) -> Snapshot:
    """The workspace after the events, its rows by id."""
    found = {name: {row["id"]: row for row in before[name]} for name in ROWS.values()}
    seq = before["seq"]
    for event in events:
        body = event["body"]
        kind, what = body["type"].split(".")
        if kind in ROWS and what == "removed":
            found[ROWS[kind]].pop(body["id"], None)
        elif kind in ROWS:
            found[ROWS[kind]][body["id"]] = body[kind]
        seq = event["seq"]
    return {**before, **found, "seq": seq}
