"""Who and what the story's names stand for, once they are in the database; and the steps in which it is told."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tracker.demo.days import Days
from tracker.people.models import Function, User
from tracker.work.models import Status, Workflow


@dataclass
class Step:
    """What one person does at one moment of the story (None: the system)."""

    at: datetime
    by: str | None
    act: Callable[[Any], object]
    """Called with who does it."""


@dataclass
class Cast:
    """The ids behind the story's names; filled as its steps are taken."""

    days: Days
    people: dict[str, User] = field(default_factory=dict)
    functions: dict[str, int] = field(default_factory=dict)
    workflows: dict[str, int] = field(default_factory=dict)
    columns: dict[tuple[str, str], Status] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    labels: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, int] = field(default_factory=dict)
    projects: dict[str, int] = field(default_factory=dict)
    tasks: dict[tuple[str, str], int] = field(default_factory=dict)
    places: dict[str, dict[str, int]] = field(default_factory=dict)
    """Initiative → the title of a card → its place in the story, which decides who stands above whom."""

    @classmethod
    def of_database(cls, days: Days) -> "Cast":
        """A cast that knows what every installation has: functions and workflows."""
        columns = Status.objects.select_related("workflow").order_by("workflow", "position")
        return cls(
            days=days,
            functions=dict(Function.objects.values_list("code", "pk")),
            workflows=dict(Workflow.objects.values_list("code", "pk")),
            columns={(column.workflow.code, column.name): column for column in columns},
        )

    def ids(self, handles: list[str]) -> list[int]:
        return [self.people[handle].pk for handle in handles]

    def values(self, fields: dict[str, Any]) -> dict[str, Any]:
        """A change of the story in the terms of the services: people as ids, days as dates."""
        known: dict[str, Callable[[Any], Any]] = {
            "owner": lambda handle: self.people[handle].pk,
            "lead": lambda handle: self.people[handle].pk,
            "function": lambda code: self.functions[code],
            "start": self.days.date,
            "due": self.days.date,
        }
        return {name: known[name](value) if name in known else value for name, value in fields.items()}
