"""HTTP: many tasks at once, and several new ones."""

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Router, Schema, Status
from pydantic import AfterValidator, Field

from tracker.log.http import CHANGE, Id, Ids, In, answers
from tracker.people.requests import SignedInRequest
from tracker.work.api.tasks import Hours, Priority, TaskNew
from tracker.work.models import Status as WorkStatus
from tracker.work.services import many as services
from tracker.work.services import tasks

router = Router(tags=["tasks"])

Cards = Annotated[
    list[Id], Field(min_length=1, max_length=services.MOST_CARDS), AfterValidator(lambda ids: list(dict.fromkeys(ids)))
]
LISTS = ("labels", "assignees")


class Leaving(In):
    """Who or what leaves the lists of these tasks."""

    id: Id
    tasks: Annotated[list[Id], Field(max_length=services.MOST_CARDS)]


class ListChange(In):
    """Who or what joins a list, and who or what leaves it; the rest of each task's list stays.

    `leaving` is what leaves only some of the tasks, as when each goes away from a label of its own.
    """

    add: Ids = []
    remove: Ids = []
    leaving: Annotated[list[Leaving], Field(max_length=200)] = []


class ManyFacts(In):
    """What is given becomes so for each of the tasks."""

    function: Id | None = None
    owner: Id | None = None
    priority: Priority = ""
    start: date | None = None
    due: date | None = None
    estimate: Hours | None = None
    labels: ListChange = ListChange()
    assignees: ListChange = ListChange()


class ManyChange(ManyFacts):
    """`status` and `category` put the tasks at the bottom of that column."""

    status: Id | None = None
    category: Literal[tuple(WorkStatus.Category.values)] | None = None  # type: ignore[valid-type]
    archived: bool | None = None


class ManyIn(In):
    tasks: Cards
    change: ManyChange


class BlockIn(In):
    """These tasks next to each other, in this order, right after `after` or before `before`; both missing: at the bottom.

    `change`: what else becomes so for each of them in the same step.
    """

    tasks: Cards
    status: Id
    after: Id | None = None
    before: Id | None = None
    change: ManyFacts = ManyFacts()


class NewTasksIn(In):
    tasks: Annotated[list[TaskNew], Field(min_length=1, max_length=services.MOST_CARDS)]
    at: Literal["top", "bottom"] = "bottom"


class TaskMark(Schema):
    """One of many tasks, as it is now; its other facts come with the board."""

    id: int
    project: int
    number: int
    version: int
    status: int
    rank: str
    is_archived: bool


class ManyOut(Schema):
    """`placed`: whether all stand just where they were asked for."""

    tasks: list[TaskMark]
    placed: Literal["exact", "fallback"] = "exact"


def marks(found: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "id": task.pk,
            "project": task.project_id,
            "number": task.number,
            "version": task.version,
            "status": task.status_id,
            "rank": task.rank,
            "is_archived": task.archived_at is not None,
        }
        for task in found
    ]


def show(lot: services.Lot) -> dict[str, Any]:
    return {"tasks": marks(lot.tasks), "placed": "exact" if lot.exact else "fallback"}


def wish_of(given: ManyFacts) -> services.Wish:
    fields = given.dict(exclude_unset=True)
    lists = {name: fields.pop(name, {}) for name in LISTS}
    return services.Wish(
        status=fields.pop("status", None),
        category=fields.pop("category", None),
        archived=fields.pop("archived", None),
        add={name: change["add"] for name, change in lists.items() if change.get("add")},
        remove={name: change["remove"] for name, change in lists.items() if change.get("remove")},
        leaving={name: by_task(change["leaving"]) for name, change in lists.items() if change.get("leaving")},
        fields=fields,
    )


def by_task(leaving: list[dict[str, Any]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for one in leaving:
        for task in one["tasks"]:
            found.setdefault(task, set()).add(one["id"])
    return found


@router.patch("/tasks", response=answers(ManyOut, refusals=CHANGE), operation_id="change_tasks")
def change_tasks(request: SignedInRequest, body: ManyIn):
    """The same change to each of many tasks, also of several initiatives: all of them or none.

    A refusal says which: `detail.task` and `detail.key`, or `detail.index` of one that is hidden.
    """
    return show(services.change_tasks(actor=request.user, task_ids=body.tasks, wish=wish_of(body.change)))


@router.put("/tasks/position", response=answers(ManyOut, refusals=CHANGE), operation_id="move_tasks")
def move_tasks(request: SignedInRequest, body: BlockIn):
    """Put many tasks next to each other in a column: all of them or none. A refusal says which, as in `change_tasks`."""
    place = body.dict(include={"status", "after", "before"})
    wish = wish_of(body.change)
    return show(services.move_tasks(actor=request.user, task_ids=body.tasks, wish=wish, **place))


@router.post(
    "/projects/{project_id}/tasks/many",
    response=answers(ManyOut, status=201, refusals=CHANGE),
    operation_id="create_tasks",
)
def create_tasks(request: SignedInRequest, project_id: Id, body: NewTasksIn):
    """Several new tasks, in this order, at the bottom or at the top of their columns: all of them or none."""
    drafts = []
    for given in body.tasks:
        fields = given.dict(exclude_unset=True)
        draft = tasks.Draft(fields.pop("title"), fields.pop("status", None), fields.pop("checklist", []), fields)
        drafts.append(draft)
    made = tasks.create_tasks(actor=request.user, project_id=project_id, drafts=drafts, top=body.at == "top")
    return Status(201, {"tasks": marks(made)})
