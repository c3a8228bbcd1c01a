"""Tasks: cards on the boards of initiatives."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from tracker.errors import Refused
from tracker.imports.identities import Ref
from tracker.imports.kinds.kind import Draft, Kind, Shape
from tracker.imports.mapping import SheetRule
from tracker.imports.run import Missing, Values
from tracker.imports.values import Unknown
from tracker.log.change import Name, project_stream
from tracker.log.http import Text
from tracker.work.api.tasks import Hours, Priority, Title
from tracker.work.models import Task
from tracker.work.services import moves
from tracker.work.services import tasks as services
from tracker.work.services.checks import require_sensible_date

OWN = ("project", "title", "status")


class TaskShape(Shape):
    title: Title
    status: str = ""
    description: Text = ""
    priority: Priority = ""
    start: date | None = None
    due: date | None = None
    estimate: Hours | None = None


class Tasks(Kind):
    """New tasks go to the bottom of their column, in the order of the rows."""

    name = "tasks"
    shape = TaskShape
    references = {"project": "projects", "owner": "people", "function": "functions"}
    lists = {"assignees": "people", "labels": "labels"}
    dates = frozenset({"start", "due"})
    numbers = frozenset({"estimate"})
    needed = ("project", "title")
    together = "project"

    def prepare(self, draft: Draft, sheet: SheetRule) -> None:
        values = draft.values
        if "status" in values:
            values["status"] = self.status(values["project"], values["status"], sheet) if values["status"] else None
        start, due = values.get("start"), values.get("due")
        for name in ("start", "due"):
            require_sensible_date(values.get(name), name)
        if start and due and due < start:
            raise Refused(_("A task cannot be due before it starts."), code="due_before_start", field="due")
        self.require_sight(values)

    def status(self, project: Ref, name: str, sheet: SheetRule) -> int | str:
        """The status of this name in the initiative's workflow. Raises Missing."""
        known = self.run.statuses_of(project)
        found = known.get(name.casefold())
        if found is None:
            column = sheet.fields["status"].column or "status"
            raise Missing(
                _("There is no status “%(name)s” in the initiative's workflow.") % {"name": name},
                Unknown(column, name, _("the statuses of the workflow")),
            )
        return found

    def require_sight(self, values: Values) -> None:
        """Whoever is given a card must see its board."""
        for person in filter(None, [values.get("owner"), *values.get("assignees", [])]):
            if not self.run.sight.sees(person, values["project"]):
                raise Refused(_("Its people cannot see this initiative."), code="no_access", field="owner")

    def streams(self, drafts: Iterable[Draft]) -> list[Name]:
        drafts = list(drafts)
        here = [draft.object_id for draft in drafts if draft.object_id]
        projects = {draft.values["project"] for draft in drafts}
        projects |= set(Task.objects.filter(pk__in=here).values_list("project_id", flat=True))
        return [project_stream(pk) for pk in projects]

    def create(self, values: Values) -> int:
        return self.make(values["project"], [values])[0]

    def create_all(self, drafts: list[Draft]) -> list[int]:
        by_project: dict[int, list[Draft]] = {}
        for draft in drafts:
            by_project.setdefault(draft.values["project"], []).append(draft)
        found: dict[str, int] = {}
        for project, group in by_project.items():
            made = self.make(project, [draft.values for draft in group])
            found |= dict(zip((draft.key for draft in group), made, strict=True))
        return [found[draft.key] for draft in drafts]

    def make(self, project: int, rows: list[Values]) -> list[int]:
        drafts = [
            services.Draft(
                title=values["title"],
                status=values.get("status"),
                fields={name: value for name, value in values.items() if name not in OWN},
            )
            for values in rows
        ]
        made = services.create_tasks(actor=self.run.actor, project_id=project, drafts=drafts)
        return [task.pk for task in made]

    def update(self, object_id: int, changes: Values) -> None:
        fields = {name: value for name, value in changes.items() if name not in ("project", "status")}
        if fields:
            services.change_task(actor=self.run.actor, task_id=object_id, fields=fields)
        project, status = changes.get("project"), changes.get("status")
        task = Task.objects.get(pk=object_id)
        if project not in (None, task.project_id) or status not in (None, task.status_id):
            moves.move_task(actor=self.run.actor, task_id=object_id, status=status, project=project)
