"""Initiatives, and who works on them."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import StringConstraints

from tracker.errors import Refused
from tracker.imports.identities import Ref
from tracker.imports.kinds.kind import Draft, Kind, Shape
from tracker.imports.mapping import SheetRule
from tracker.imports.run import Run, Values
from tracker.imports.texts import free
from tracker.log.change import Name, account_stream, project_stream
from tracker.log.http import Name as Title
from tracker.log.http import OtherName, Text
from tracker.work.api.projects import Health, Key, Role, State
from tracker.work.models import Project, ProjectMember
from tracker.work.services import projects as services

LONGEST_KEY = 10


class ProjectShape(Shape):
    key: Key
    name: Title
    name_zh: OtherName = ""
    summary: Text = ""
    start: date | None = None
    due: date | None = None
    state: State = "planned"
    health: Health = ""
    health_note: Annotated[str, StringConstraints(max_length=500)] = ""
    is_private: bool = False


class Projects(Kind):
    """An initiative without a lead is led by whoever imports it."""

    name = "projects"
    shape = ProjectShape
    references = {"account": "accounts", "lead": "people", "workflow": "workflows"}
    lists = {"functions": "functions"}
    dates = frozenset({"start", "due"})
    needed = ("key", "name")
    kept = frozenset({"workflow"})

    @cached_property
    def keys(self) -> dict[str, int]:
        """Key → initiative; 0 for one that a row of this import takes."""
        return dict(Project.objects.values_list("key", "pk"))

    def prepare(self, draft: Draft, sheet: SheetRule) -> None:
        key = draft.values["key"]
        if draft.object_id is None or "key" in draft.changed:
            if sheet.fields["key"].free:
                key = draft.values["key"] = free(key, self.keys, LONGEST_KEY)
            if self.keys.get(key, draft.object_id) != draft.object_id:
                raise Refused(_("This key is taken."), code="taken", field="key")
            self.keys[key] = draft.object_id or 0
        services.require_dates(draft.values.get("start"), draft.values.get("due"))

    def streams(self, drafts: Iterable[Draft]) -> list[Name]:
        drafts = list(drafts)
        projects = [draft.object_id for draft in drafts if draft.object_id]
        accounts = {draft.values.get("account") for draft in drafts}
        accounts |= set(Project.objects.filter(pk__in=projects).values_list("account_id", flat=True))
        return [project_stream(pk) for pk in projects] + [account_stream(pk) for pk in accounts if pk]

    def create(self, values: Values) -> int:
        fields = {name: value for name, value in values.items() if name not in ("key", "name")}
        project = services.create_project(actor=self.run.actor, key=values["key"], name=values["name"], fields=fields)
        return project.pk

    def update(self, object_id: int, changes: Values) -> None:
        services.change_project(actor=self.run.actor, project_id=object_id, fields=changes)


class ProjectTeamShape(Shape):
    role: Role = "member"


class ProjectTeam(Kind):
    """People with a role of their own on an initiative. Who has one already keeps it."""

    name = "project_team"
    shape = ProjectTeamShape
    references = {"project": "projects", "person": "people"}
    needed = ("project", "person")
    kept = frozenset({"project", "person"})

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.places: set[tuple[Ref, Ref]] = set()

    def prepare(self, draft: Draft, sheet: SheetRule) -> None:
        """A person is named once for each initiative."""
        place = (draft.values["project"], draft.values["person"])
        if place in self.places:
            raise Refused(_("Another row stands for the same thing."), code="repeated", field="person")
        self.places.add(place)

    def existing(self, values: Values) -> int | None:
        if not (isinstance(values["project"], int) and isinstance(values["person"], int)):
            return None
        rows = ProjectMember.objects.filter(project=values["project"], person=values["person"])
        return rows.values_list("pk", flat=True).first()

    def existing_in_plan(self, values: Values) -> bool:
        return self.run.planned(values["project"]).get("lead") == values["person"]

    def streams(self, drafts: Iterable[Draft]) -> list[Name]:
        projects = {draft.values["project"] for draft in drafts}
        accounts = Project.objects.filter(pk__in=projects).values_list("account_id", flat=True)
        return [project_stream(pk) for pk in projects] + [account_stream(pk) for pk in set(accounts) if pk]

    def create(self, values: Values) -> int:
        return self.put(values["project"], values["person"], values.get("role", "member"))

    def put(self, project_id: int, person_id: int, role: str) -> int:
        member = services.set_project_role(actor=self.run.actor, project_id=project_id, person_id=person_id, role=role)
        return member.pk if member else 0

    def update(self, object_id: int, changes: Values) -> None:
        member = ProjectMember.objects.get(pk=object_id)
        self.put(member.project_id, member.person_id, changes.get("role", member.role))
