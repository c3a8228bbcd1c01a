"""Board vectors without what differs from run to run: ids become small numbers, the rest of chance gets fixed names."""

import re
from typing import Any

# What the id under a name is the id of. A name that means something else in another place is told apart there.
CARD = {
    "id": "task", "status": "status", "function": "function", "owner": "person", "assignees": "person",
    "labels": "label", "parent": "task", "blocked_by": "task",
}  # fmt: skip
PROJECT = {"id": "project", "account": "account", "lead": "person", "functions": "function", "workflow": "workflow"}
STATUS = {"id": "status"}
TRANSITION = {"source": "status", "target": "status", "functions": "function"}
BODIES = {
    "task": CARD,
    "column": {"status": "status"},
    "checklist": {"task": "task", "card": "task"},
    "comment": {"id": "comment", "task": "task", "author": "person", "mentions": "person"},
    "reaction": {"task": "task", "comment": "comment", "person": "person"},
    "relation": {"task": "task", "other": "task"},
    "watcher": {"task": "task", "person": "person"},
    "handover": {
        "id": "handover", "task": "task", "from_function": "function", "to_function": "function", "asked_by": "person",
    },
    "announcement": {"id": "announcement", "person": "person"},
    "file": {"id": "file", "task": "task"},
    "project": PROJECT,
    "access": {"people": "person", "person": "person", "team": "team"},
}  # fmt: skip
# What all boards share, by the word for one of it.
SHARED = {
    "person": {"id": "person", "function": "function"},
    "function": {"id": "function"},
    "team": {"id": "team", "members": "person"},
    "label": {"id": "label"},
    "workflow": {"id": "workflow"},
}  # fmt: skip
BODIES |= {kind: {"id": kind} for kind in SHARED}
MENTION = re.compile(r"/people/(\d+)")


class Normal:
    """One vector's numbering: each kind of thing is numbered in the order in which it appears."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[str, Any], int] = {}

    def number(self, kind: str, value: Any) -> Any:
        if value is None or isinstance(value, bool):
            return value
        if isinstance(value, list):
            return [self.number(kind, item) for item in value]
        kinds = sum(1 for known, _value in self.numbers if known == kind)
        return self.numbers.setdefault((kind, value), kinds + 1)

    def row(self, row: dict[str, Any], kinds: dict[str, str]) -> dict[str, Any]:
        found = {name: self.number(kinds[name], value) if name in kinds else value for name, value in row.items()}
        if waits := found.get("waits"):
            found["waits"] = waits | {"function": self.number("function", waits["function"])}
        return found

    def snapshot(self, found: dict[str, Any]) -> dict[str, Any]:
        columns = found["tasks"]["columns"]
        cards = [self.row(dict(zip(columns, row, strict=True)), CARD) for row in found["tasks"]["rows"]]
        # What was changed lately depends on the hour of the run, and no event carries it: the client notes it by itself.
        found = {name: value for name, value in found.items() if name != "recent"}
        return {
            **found,
            "epoch": "e1",
            "workspace_seq": 1,
            "project": self.row(found["project"], PROJECT),
            "statuses": [self.row(status, STATUS) for status in found["statuses"]],
            "transitions": [self.row(way, TRANSITION) for way in found["transitions"]],
            "tasks": {"columns": columns, "rows": [list(card.values()) for card in cards]},
        }

    def workspace(self, found: dict[str, Any]) -> dict[str, Any]:
        names = {"person": "people"} | {kind: f"{kind}s" for kind in SHARED if kind != "person"}
        shared = {name: [self.shared(kind, row) for row in found[name]] for kind, name in names.items()}
        return {**found, "epoch": "e1", **shared}

    def shared(self, kind: str, row: dict[str, Any]) -> dict[str, Any]:
        found = self.row(row, SHARED[kind])
        if kind == "person":
            found["email"] = f"person{found['id']}@example.org"
        if kind == "workflow":
            found["statuses"] = [self.row(status, STATUS) for status in row["statuses"]]
            found["transitions"] = [self.row(way, TRANSITION) for way in row["transitions"]]
        return found

    def event(self, event: dict[str, Any]) -> dict[str, Any]:
        commands: dict[str, Any] = {
            name: f"00000000-0000-4000-8000-{self.number('command', event[name]):012}"
            for name in ("command_id", "undoes")
            if name in event
        }
        return {
            **event,
            "tx": f"tx{self.number('tx', event['tx'])}",
            **commands,
            "actor": self.number("person", event["actor"]),
            "body": self.body(event["body"]),
        }

    def body(self, body: dict[str, Any]) -> dict[str, Any]:
        family = body["type"].split(".")[0]
        found = self.row(body, BODIES[family])
        if family == "task" and "task" in body:
            found["task"] = self.row(body["task"], CARD)
        if family in SHARED and family in body:
            found[family] = self.shared(family, body[family])
        if family == "column":
            found["ranks"] = {str(self.number("task", int(task))): rank for task, rank in body["ranks"].items()}
        if family == "checklist":
            item = body["item"]
            found["item"] = self.row(item, {"id": "item"}) if isinstance(item, dict) else self.number("item", item)
        if isinstance(found.get("body"), str):
            found["body"] = MENTION.sub(lambda m: f"/people/{self.number('person', int(m[1]))}", found["body"])
        return found
