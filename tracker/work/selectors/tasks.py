"""Tasks as people may see them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, JSONField, OuterRef, Q, QuerySet
from django.db.models.expressions import Subquery

from tracker.errors import NotFound
from tracker.log.statements import Numbers, compiled
from tracker.people import access
from tracker.people.models import User
from tracker.work.events import TaskCard, WaitsFor
from tracker.work.models import HandOver, Project, Task


class IdList(Subquery):
    """The ids that a query selects, as one JSON list per row, so that a task comes with its people in one statement."""

    output_field = JSONField()

    def __init__(self, rows: QuerySet[Any], column: str) -> None:
        super().__init__(rows.annotate(listed=F(column)).values("listed"))

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(compiler, connection, template="to_jsonb(ARRAY(%(subquery)s))", **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return super().as_sql(
            compiler, connection, template="(SELECT json_group_array(listed) FROM (%(subquery)s))", **extra
        )


LISTS = {
    "assignee_ids": (Task.assignees.through, "task_id", "user_id"),
    "label_ids": (Task.labels.through, "task_id", "label_id"),
    "blocker_ids": (Task.blocked_by.through, "from_task_id", "to_task_id"),
    "watcher_ids": (Task.watchers.through, "task_id", "user_id"),
}


def with_lists(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks with the ids of their assignees, labels, blockers and watchers."""
    return tasks.annotate(
        **{
            name: IdList(through._default_manager.filter(**{own: OuterRef("pk")}), other)
            for name, (through, own, other) in LISTS.items()
        }
    )


def tasks_for(viewer: User) -> QuerySet[Task]:
    """Every task, with what the viewer may do with its project: for `held_on`, which decides."""
    return access.with_abilities(
        with_lists(Task.objects.select_related("project", "status")), viewer, "project", "project"
    )


def task_for(viewer: User, task_id: int) -> Task | None:
    """The task as `tasks_for` gives it, if there is one."""
    return next(iter(task_and_held(task_id=task_id, viewer_id=viewer.pk)), None)


def tasks_by_id(viewer: User, ids: Iterable[int]) -> dict[int, Task]:
    """Those of these tasks that there are, by id, as `tasks_for` gives them."""
    return {task.pk: task for task in tasks_and_held(ids=Numbers(ids), viewer_id=viewer.pk)}


@compiled
def task_and_held(*, task_id: int, viewer_id: int) -> QuerySet[Task]:
    return held_by(viewer_id, with_lists(Task.objects.filter(pk=task_id)))


@compiled
def tasks_and_held(*, ids: Numbers, viewer_id: int) -> QuerySet[Task]:
    return held_by(viewer_id, with_lists(Task.objects.filter(pk__in=ids)))


def held_by(viewer_id: int, tasks: QuerySet[Task]) -> QuerySet[Task]:
    return access.with_held(tasks.select_related("project", "status"), viewer_id, "project", "project")


def held_on(task: Any, viewer: User) -> frozenset[str]:
    """What the viewer may do with a task from `tasks_for`. A guest sees and comments what they were given, no more."""
    held = access.abilities_in(task, viewer)
    if "see" in held:
        return held
    given = {task.owner_id, *task.assignee_ids, *task.watcher_ids}
    return frozenset({"see", "comment"}) if "visit" in held and viewer.pk in given else frozenset()


def seen_by(viewer: User, path: str = "") -> Q:
    """The tasks that somebody sees, as a condition on rows that have one at `path`: `held_on` in the form of a query."""
    at = f"{path}__" if path else ""
    given = Q(**{f"{at}owner": viewer})
    for through in (Task.assignees.through, Task.watchers.through):
        given |= Q(**{f"{at}pk__in": through._default_manager.filter(user=viewer).values("task")})
    visited = Q(**{f"{at}project__in": access.visible(viewer, Project, "visit")})
    return Q(**{f"{at}project__in": access.visible(viewer, Project)}) | (visited & given)


def find_task(*, viewer: User, task_id: int, ability: str = "see") -> Task:
    """One task. Raises NotFound where it is hidden or missing, Forbidden where the ability is missing."""
    task = task_for(viewer, task_id)
    if task is None:
        raise NotFound
    access.require(held_on(task, viewer), ability)
    return task


def find_by_key(*, viewer: User, key: str) -> Task:
    """The task with this key, or that had it before it moved. Raises NotFound."""
    project_key, _dash, number = key.upper().rpartition("-")
    tasks = tasks_for(viewer)
    task = None
    if number.isdecimal() and len(number) <= 9:
        task = tasks.filter(project__key=project_key, number=int(number)).first()
    task = task or tasks.filter(former_keys__key=key.upper()).first()
    if task is None or "see" not in held_on(task, viewer):
        raise NotFound
    return task


def given_tasks(viewer: User) -> QuerySet[Task]:
    """The open tasks that a person owns or is assigned to, in projects that they still see or visit."""
    mine = Task.objects.filter(Q(owner=viewer) | Q(assignees=viewer), archived_at=None)
    reachable = Q(project__in=access.visible(viewer, Project)) | Q(project__in=access.visible(viewer, Project, "visit"))
    return mine.filter(reachable).distinct()


def key_of(task: Task) -> str:
    return f"{task.project.key}-{task.number}"


def card_of(task: Any) -> TaskCard:
    """The task as a board shows it. The task must come from `with_lists`."""
    return TaskCard(
        id=task.pk,
        number=task.number,
        title=task.title,
        status=task.status_id,
        rank=task.rank,
        version=task.version,
        function=task.function_id,
        owner=task.owner_id,
        assignees=sorted(task.assignee_ids),
        labels=sorted(task.label_ids),
        priority=task.priority,
        start=task.start,
        due=task.due,
        estimate=task.estimate,
        parent=task.parent_id,
        blocked_by=sorted(task.blocker_ids),
        checklist_total=task.checklist_total,
        checklist_done=task.checklist_done,
        comments=task.comments_count,
        files=task.files_count,
        entered_at=task.entered_at,
        waits=waits_of(task),
    )


def waits_of(task: Task) -> WaitsFor | None:
    if task.waits_for_id is None:
        return None
    return WaitsFor(function=task.waits_for_id, since=task.waits_since, by=task.answer_by)


def show(task: Any, viewer: User) -> dict[str, Any]:
    """The whole task as the API gives it, without its comments and files."""
    return {
        **card_of(task).model_dump(mode="json"),
        "project": task.project_id,
        "key": key_of(task),
        "description": task.description,
        "watchers": sorted(task.watcher_ids),
        "archived_at": task.archived_at,
        "created_at": task.created_at,
        "created_by": task.created_by_id,
        "completed_at": task.completed_at,
        "updated_at": task.updated_at,
        "checklist": [item_row(item) for item in task.checklist.all()] if task.checklist_total else [],
        "handover": open_handover(task) if task.waits_for_id else None,
        "can": access.shown(held_on(task, viewer)),
    }


def open_handover(task: Any) -> dict[str, Any] | None:
    return next((handover_row(one) for one in task.handovers.filter(state=HandOver.State.ASKED)), None)


def handover_row(one: HandOver) -> dict[str, Any]:
    return {
        "id": one.pk,
        "task": one.task_id,
        "state": one.state,
        "from_function": one.from_function_id,
        "to_function": one.to_function_id,
        "note": one.note,
        "answer_by": one.answer_by,
        "asked_by": one.asked_by_id,
        "asked_at": one.asked_at,
        "reason": one.reason,
        "answered_by": one.answered_by_id,
        "answered_at": one.answered_at,
    }


def item_row(item: Any) -> dict[str, Any]:
    return {"id": item.pk, "text": item.text, "done": item.done, "position": item.position}
