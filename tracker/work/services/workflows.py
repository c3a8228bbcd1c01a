"""What administrators change about the way work flows: workflows, their statuses and transitions, and labels."""

from typing import Any
from uuid import UUID

from django.db.models import F, Max
from django.utils.translation import gettext as _

from tracker.errors import Conflict, Refused
from tracker.log.change import WORKSPACE, Change, change, project_stream
from tracker.log.models import Stream
from tracker.people import access
from tracker.people.models import Function, User
from tracker.people.services import find, save_changes
from tracker.work import ranks
from tracker.work.events import (
    LabelAdded,
    LabelChanged,
    LabelRemoved,
    TaskMoved,
    WorkflowAdded,
    WorkflowChanged,
    WorkflowRemoved,
)
from tracker.work.models import Label, Project, Status, Task, Transition, Workflow
from tracker.work.selectors.workflows import label_row, workflow_row

Fields = dict[str, Any]
MOST_STATUSES = 30
CHUNK = 200


def add_workflow(
    *, actor: User, code: str, name: str, name_zh: str = "", copy_of: int | None = None,
    statuses: list[Fields] | None = None, command_id: UUID | None = None,
) -> Workflow:  # fmt: skip
    """A new workflow: a copy of another one, with these statuses, or with the three that every work goes through."""
    access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        (stream,) = log.lock(WORKSPACE)
        if Workflow.objects.filter(code=code).exists():
            raise Conflict(_("This code is taken."), code="taken", field="code")
        workflow = Workflow.objects.create(code=code, name=name, name_zh=name_zh)
        if copy_of is not None:
            copy_statuses(find(Workflow.objects, copy_of), workflow)
        else:
            make_statuses(workflow, statuses or PLAIN)
        log.record(stream, WorkflowAdded(id=workflow.pk, workflow=workflow_row(workflow.pk)))
        return workflow


PLAIN: list[Fields] = [
    {"name": "Ready", "name_zh": "就绪", "category": "ready", "color": "grey"},
    {"name": "Doing", "name_zh": "进行中", "category": "active", "color": "blue"},
    {"name": "Done", "name_zh": "完成", "category": "done", "color": "green"},
]


def make_statuses(workflow: Workflow, statuses: list[Fields]) -> None:
    """The statuses in this order, with every way between them open."""
    made = [Status.objects.create(workflow=workflow, position=place, **fields) for place, fields in enumerate(statuses)]
    Transition.objects.bulk_create(Transition(source=a, target=b) for a in made for b in made if a != b)


def copy_statuses(source: Workflow, target: Workflow) -> None:
    twins: dict[int, Status] = {}
    for status in source.statuses.all():
        old, status.pk, status.workflow = status.pk, None, target
        status.save(force_insert=True)
        twins[old] = status
    for way in Transition.objects.filter(source__workflow=source).prefetch_related("functions"):
        copy = Transition.objects.create(source=twins[way.source_id], target=twins[way.target_id], role=way.role)
        copy.functions.set(way.functions.all())


def change_workflow(*, actor: User, workflow_id: int, fields: Fields, command_id: UUID | None = None) -> Workflow:
    access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        stream, workflow = lock_workflow(log, workflow_id)
        if save_changes(workflow, fields):
            log.record(stream, WorkflowChanged(id=workflow.pk, workflow=workflow_row(workflow.pk)))
        return workflow


def remove_workflow(*, actor: User, workflow_id: int, command_id: UUID | None = None) -> None:
    """Remove a workflow that no initiative uses. Raises Conflict otherwise."""
    access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        stream, workflow = lock_workflow(log, workflow_id)
        if workflow.projects.exists() or Workflow.objects.count() == 1:
            raise Conflict(_("This workflow is in use."), code="in_use")
        workflow.delete()
        log.record(stream, WorkflowRemoved(id=workflow_id))


def set_transitions(
    *, actor: User, workflow_id: int, transitions: list[Fields], command_id: UUID | None = None
) -> Workflow:
    """Replace all ways between the statuses. Each: source, target, functions, role. Raises Refused for what is not there."""
    access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        stream, workflow = lock_workflow(log, workflow_id)
        known = set(workflow.statuses.values_list("pk", flat=True))
        functions = set(Function.objects.values_list("pk", flat=True))
        pairs = [(way["source"], way["target"]) for way in transitions]
        for way in transitions:
            if way["source"] == way["target"] or not {way["source"], way["target"]} <= known:
                raise Refused(
                    _("A transition leads from one status of the workflow to another."), code="unknown_status"
                )
            if not set(way["functions"]) <= functions:
                raise Refused(_("There is no such function."), code="unknown", field="functions")
        if len(set(pairs)) != len(pairs):
            raise Refused(_("A transition is named twice."), code="repeated")
        before = workflow_row(workflow.pk)["transitions"]
        Transition.objects.filter(source__workflow=workflow).delete()
        for way in transitions:
            row = Transition.objects.create(source_id=way["source"], target_id=way["target"], role=way["role"])
            row.functions.set(way["functions"])
        if workflow_row(workflow.pk)["transitions"] != before:
            touch(log, stream, workflow)
        return workflow


def add_status(*, actor: User, workflow_id: int, fields: Fields, command_id: UUID | None = None) -> Workflow:
    """A new status at the end, reachable from and leading to every other one."""
    access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        stream, workflow = lock_workflow(log, workflow_id)
        require_free_status_name(workflow, fields["name"], None)
        others = list(workflow.statuses.all())
        if len(others) >= MOST_STATUSES:
            raise Refused(_("A workflow holds %(limit)s statuses at most.") % {"limit": MOST_STATUSES}, code="too_many")
        last = max((status.position for status in others), default=-1)
        status = Status.objects.create(workflow=workflow, **{"position": last + 1, **fields})
        Transition.objects.bulk_create(
            Transition(source=a, target=b) for other in others for a, b in ((other, status), (status, other))
        )
        touch(log, stream, workflow)
        return workflow


def change_status(*, actor: User, status_id: int, fields: Fields, command_id: UUID | None = None) -> Workflow:
    """Change a status' name, category, colour, place or limit. Cards in it keep the times they have."""
    access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        stream, workflow = lock_workflow(log, find(Status.objects, status_id).workflow_id)
        status = workflow.statuses.get(pk=status_id)
        if "name" in fields:
            require_free_status_name(workflow, fields["name"], status.pk)
        changed = {name: value for name, value in fields.items() if getattr(status, name) != value}
        if changed:
            for name, value in changed.items():
                setattr(status, name, value)
            status.save(update_fields=list(changed))
            touch(log, stream, workflow)
        return workflow


def remove_status(
    *, actor: User, status_id: int, move_to: int | None = None, command_id: UUID | None = None
) -> Workflow:
    """Remove a status; its cards go to the bottom of `move_to`. Raises Conflict when there are cards and no place for them."""
    access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        workflow_id = find(Status.objects, status_id).workflow_id
        projects = Project.objects.filter(workflow=workflow_id, tasks__status=status_id).distinct()
        log.lock(WORKSPACE, *(project_stream(pk) for pk in projects.values_list("pk", flat=True)))
        stream, workflow = lock_workflow(log, workflow_id)
        status = workflow.statuses.get(pk=status_id)
        if workflow.statuses.count() == 1:
            raise Conflict(_("A workflow needs a status."), code="last_status")
        if status.tasks.exists():
            target = workflow.statuses.filter(pk=move_to or 0).exclude(pk=status.pk).first()
            if target is None:
                raise Conflict(_("There are cards in this status. Say where they go."), code="in_use", field="move_to")
            for project_id in projects.values_list("pk", flat=True):
                move_column(log, project_id, status, target)
        status.delete()
        touch(log, stream, workflow)
        return workflow


def move_column(log: Change, project_id: int, source: Status, target: Status) -> None:
    (stream,) = log.lock(project_stream(project_id))
    tasks = list(Task.objects.filter(project_id=project_id, status=source).order_by("rank"))
    if len(tasks) > 450:
        raise Conflict(_("There are too many cards to move at once. Move some of them first."), code="too_many")
    last = Task.objects.filter(project_id=project_id, status=target).aggregate(last=Max("rank"))["last"]
    at = log.at
    for task, rank in zip(tasks, ranks.after(last, len(tasks)), strict=True):
        task.status, task.rank, task.version, task.entered_at = target, rank, task.version + 1, at
        task.completed_at = (task.completed_at or at) if target.is_closed else None
        task.save(update_fields=["status", "rank", "version", "entered_at", "completed_at"])
        log.record(
            stream,
            TaskMoved(
                id=task.pk,
                version=task.version,
                status=target.pk,
                rank=rank,
                entered_at=at,
                completed_at=task.completed_at,
            ),
        )


def lock_workflow(log: Change, workflow_id: int) -> tuple[Stream, Workflow]:
    (stream,) = log.lock(WORKSPACE)
    return stream, find(Workflow.objects, workflow_id)


def touch(log: Change, stream: Stream, workflow: Workflow) -> None:
    Workflow.objects.filter(pk=workflow.pk).update(version=F("version") + 1)
    log.record(stream, WorkflowChanged(id=workflow.pk, workflow=workflow_row(workflow.pk)))


def require_free_status_name(workflow: Workflow, name: str, own: int | None) -> None:
    if workflow.statuses.filter(name=name).exclude(pk=own or 0).exists():
        raise Conflict(_("This name is taken."), code="taken", field="name")


# --- labels ------------------------------------------------------------------------------------------------------


def add_label(
    *, actor: User, name: str, name_zh: str = "", color: str = "grey", command_id: UUID | None = None
) -> Label:
    """A new label: every member may make one. Raises Forbidden (guests), Conflict (name taken)."""
    if not access.may_see_workspace(actor):
        access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        (stream,) = log.lock(WORKSPACE)
        require_free_label_name(name, None)
        label = Label.objects.create(name=name, name_zh=name_zh, color=color)
        log.record(stream, LabelAdded(id=label.pk, label=label_row(label)))
        return label


def change_label(*, actor: User, label_id: int, fields: Fields, command_id: UUID | None = None) -> Label:
    access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        (stream,) = log.lock(WORKSPACE)
        label = find(Label.objects, label_id)
        if "name" in fields:
            require_free_label_name(fields["name"], label.pk)
        if save_changes(label, fields):
            log.record(stream, LabelChanged(id=label.pk, label=label_row(label)))
        return label


def remove_label(*, actor: User, label_id: int, command_id: UUID | None = None) -> None:
    """Remove a label that no task carries. Raises Conflict otherwise, with how many do."""
    access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        (stream,) = log.lock(WORKSPACE)
        label = find(Label.objects, label_id)
        if number := label.tasks.count():
            raise Conflict(_("%(number)s tasks carry this label.") % {"number": number}, code="in_use", tasks=number)
        label.delete()
        log.record(stream, LabelRemoved(id=label_id))


def require_free_label_name(name: str, own: int | None) -> None:
    if Label.objects.filter(name=name).exclude(pk=own or 0).exists():
        raise Conflict(_("This name is taken."), code="taken", field="name")
