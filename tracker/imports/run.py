"""One import under way: who imports, by which mapping, what is known by now, and what a dry run has planned."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tracker.imports.identities import Identities, Planned, Ref
from tracker.imports.mapping import Mapping
from tracker.imports.values import Unknown
from tracker.people import access
from tracker.people.models import User
from tracker.work.models import Project, Status
from tracker.work.services.projects import default_workflow

Values = dict[str, Any]


class Missing(Exception):
    """A reference to nothing; `unknown` is set where the mapping could help."""

    def __init__(self, message: str, unknown: Unknown | None = None) -> None:
        super().__init__(message)
        self.unknown = unknown


@dataclass
class Run:
    actor: User
    mapping: Mapping
    is_dry: bool
    plans: dict[tuple[str, str], Values] = field(default_factory=dict)
    claimed: dict[tuple[str, str], str] = field(default_factory=dict)  # what each key stood for first: file and row

    @cached_property
    def identities(self) -> Identities:
        return Identities(self.mapping.source)

    @cached_property
    def sight(self) -> "Sight":
        return Sight(self)

    def plan(self, kind: str, key: str, values: Values) -> None:
        """Note what would have been made: for the rows that refer to it."""
        self.plans[kind, key] = values
        self.identities.plan(kind, key, values)
        self.sight.plan(kind, values, Planned(kind, key))

    def planned(self, ref: object) -> Values:
        """What a dry run would have given the thing; empty for one that is here."""
        return self.plans.get((ref.kind, ref.key), {}) if isinstance(ref, Planned) else {}

    # --- statuses ---

    @cached_property
    def _statuses(self) -> dict[Ref, dict[str, int | str]]:
        return {}

    def statuses_of(self, project: Ref) -> dict[str, int | str]:
        """The initiative's statuses by name in either language; their names only where they are planned."""
        workflow = self.workflow_of(project)
        if workflow not in self._statuses:
            self._statuses[workflow] = self.statuses_in(workflow)
        return self._statuses[workflow]

    def workflow_of(self, project: Ref) -> Ref:
        if isinstance(project, int):
            return Project.objects.values_list("workflow_id", flat=True).get(pk=project)
        planned: Ref | None = self.planned(project).get("workflow")
        return planned or default_workflow()

    def statuses_in(self, workflow: Ref) -> dict[str, int | str]:
        if isinstance(workflow, int):
            rows = Status.objects.filter(workflow=workflow).values_list("pk", "name", "name_zh")
            return {name.casefold(): pk for pk, *names in rows for name in reversed(names) if name}
        rule = next(rule for rule in self.mapping.workflows if rule.code == workflow.key)
        return {name.casefold(): status.name for status in rule.statuses for name in (status.name_zh, status.name)}


class Sight:
    """Who sees which board, for a dry run: what stands, and what the rows before would have given.

    In a real import the services decide, under the locks.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self.given: set[tuple[Ref, Ref]] = set()  # an account or an initiative, and a person on it
        self.seers: dict[int, set[int]] = {}

    def plan(self, kind: str, values: Values, ref: Ref) -> None:
        actor = self.run.actor.pk
        match kind:
            case "accounts":
                self.given.add((ref, values.get("owner") or actor))
            case "projects":
                self.given.add((ref, values.get("lead") or actor))
            case "account_team":
                self.given.add((values["account"], values["person"]))
            case "project_team":
                self.given.add((values["project"], values["person"]))

    def sees(self, person: Ref, project: Ref) -> bool:
        if not self.run.is_dry or (project, person) in self.given or self.run.planned(person).get("is_overseer"):
            return True
        if isinstance(project, int) and isinstance(person, int) and person in self.seers_of(project):
            return True
        return (self.account_of(project), person) in self.given

    def seers_of(self, project: int) -> set[int]:
        if project not in self.seers:
            self.seers[project] = access.ids_of_people_who("project", project)
        return self.seers[project]

    def account_of(self, project: Ref) -> Ref:
        if isinstance(project, int):
            return Project.objects.values_list("account_id", flat=True).get(pk=project) or 0
        return self.run.planned(project).get("account") or 0
