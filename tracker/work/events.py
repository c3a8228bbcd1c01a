"""What can happen in a project, and to workflows and labels. The browser's reducer has one case for each type."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, BaseModel

from tracker.log.events import EventBody

WholeSecond = Annotated[datetime, AfterValidator(lambda at: at.replace(microsecond=0))]
"""A moment to the second: microseconds nobody reads would make a tenth of a large board's compressed snapshot."""


class WaitsFor(BaseModel):
    """The function that was asked to take a task up and has not answered, since when, and by when an answer is needed."""

    function: int
    since: WholeSecond
    by: WholeSecond | None


class TaskCard(BaseModel):
    """A task as a board shows it: the columns of a snapshot, by name.

    The id comes first. The others stand in the order that compresses best, found by trying on a board of 5,000 cards:
    what is alike in most of them makes one long repeat with its neighbours.
    """

    id: int
    start: date | None
    files: int
    title: str
    function: int | None
    due: date | None
    assignees: list[int]
    labels: list[int]
    parent: int | None
    blocked_by: list[int]
    version: int
    waits: WaitsFor | None
    number: int
    priority: str
    checklist_total: int
    status: int
    checklist_done: int
    comments: int
    estimate: Decimal | None
    rank: str
    owner: int | None
    entered_at: WholeSecond


class TaskEvent(EventBody):
    subject_kind: ClassVar[str] = "task"
    id: int


class TaskCreated(TaskEvent):
    type = "task.created"
    task: TaskCard


class TaskChanged(TaskEvent):
    """Only the fields that changed are there."""

    type = "task.changed"
    version: int
    title: str = ""
    description: str = ""
    function: int | None = None
    owner: int | None = None
    assignees: list[int] = []
    labels: list[int] = []
    priority: str = ""
    start: date | None = None
    due: date | None = None
    estimate: Decimal | None = None
    parent: int | None = None
    blocked_by: list[int] = []
    waits: WaitsFor | None = None


class TaskMoved(TaskEvent):
    """`entered_at` and `completed_at` are there when the status changed."""

    type = "task.moved"
    version: int
    status: int
    rank: str
    entered_at: WholeSecond | None = None
    completed_at: WholeSecond | None = None


class TaskArchived(TaskEvent):
    type = "task.archived"
    version: int


class TaskRestored(TaskEvent):
    type = "task.restored"
    task: TaskCard


class TaskDeleted(TaskEvent):
    type = "task.deleted"


class TaskLeft(TaskEvent):
    type = "task.left"


class TaskArrived(TaskEvent):
    type = "task.arrived"
    task: TaskCard
    from_key: str


class ColumnReranked(EventBody):
    """Ranks had grown long: the column's cards got fresh ones, in the same order."""

    type = "column.reranked"
    subject_kind: ClassVar[str] = "status"
    subject_field: ClassVar[str] = "status"
    status: int
    ranks: dict[int, str]


class OnTask(EventBody):
    subject_kind: ClassVar[str] = "task"
    subject_field: ClassVar[str] = "task"
    task: int


class ItemRow(BaseModel):
    id: int
    text: str
    done: bool
    position: str


class ChecklistChanged(OnTask):
    type = "checklist.changed"
    version: int
    item: ItemRow
    total: int
    done: int


class ChecklistRemoved(OnTask):
    """`card` is there when the line was turned into that card."""

    type = "checklist.removed"
    version: int
    item: int
    total: int
    done: int
    card: int | None = None


class CommentAdded(OnTask):
    type = "comment.added"
    id: int
    author: int
    body: str
    mentions: list[int]
    created_at: datetime
    comments: int


class CommentChanged(OnTask):
    type = "comment.changed"
    id: int
    body: str
    mentions: list[int]
    edited_at: datetime


class CommentRemoved(OnTask):
    type = "comment.removed"
    id: int
    comments: int


class ReactionAdded(OnTask):
    type = "reaction.added"
    comment: int
    person: int
    sign: str


class ReactionRemoved(OnTask):
    type = "reaction.removed"
    comment: int
    person: int
    sign: str


class RelationAdded(OnTask):
    """`other` is the related card where it is on the same board; one of another initiative is not named here, because
    who reads this board may not see that one."""

    type = "relation.added"
    other: int | None


class RelationRemoved(OnTask):
    type = "relation.removed"
    other: int | None


class WatcherAdded(OnTask):
    type = "watcher.added"
    person: int


class WatcherRemoved(OnTask):
    type = "watcher.removed"
    person: int


class HandOverEvent(OnTask):
    """What the board shows of it is told beside it, by `task.changed`."""

    id: int
    to_function: int


class HandOverAsked(HandOverEvent):
    type = "handover.asked"
    from_function: int | None
    note: str
    answer_by: WholeSecond | None
    asked_by: int
    asked_at: WholeSecond


class HandOverAnswered(HandOverEvent):
    """`asked_at` tells how long the task waited; `asked_by` hears of it."""

    asked_by: int
    asked_at: WholeSecond


class HandOverAccepted(HandOverAnswered):
    type = "handover.accepted"


class HandOverReturned(HandOverAnswered):
    type = "handover.returned"
    reason: str


class HandOverWithdrawn(HandOverAnswered):
    type = "handover.withdrawn"


class FileAdded(OnTask):
    type = "file.added"
    id: int
    name: str
    size: int
    media_type: str
    files: int


class FileRemoved(OnTask):
    type = "file.removed"
    id: int
    files: int


class ProjectEvent(EventBody):
    subject_kind: ClassVar[str] = "project"
    id: int


class ProjectCreated(ProjectEvent):
    type = "project.created"
    version: int


class ProjectChanged(ProjectEvent):
    """Only the fields that changed are there; with another account also what stands above the board of it."""

    type = "project.changed"
    version: int
    key: str = ""
    account: int | None = None
    account_code: str = ""
    account_name: str = ""
    account_name_zh: str = ""
    account_tier: str = ""
    name: str = ""
    name_zh: str = ""
    summary: str = ""
    lead: int | None = None
    functions: list[int] = []
    workflow: int = 0
    start: date | None = None
    due: date | None = None
    state: str = ""
    health: str = ""
    health_note: str = ""
    is_private: bool = False


class ProjectDeleted(ProjectEvent):
    type = "project.deleted"


class AnnouncementEvent(EventBody):
    """Told on the stream of the account or the project that it is about."""

    subject_kind: ClassVar[str] = "announcement"
    id: int


class AnnouncementPublished(AnnouncementEvent):
    type = "announcement.published"
    title: str
    body: str
    asks: bool


class AnnouncementRead(AnnouncementEvent):
    type = "announcement.read"
    person: int


class AnnouncementRemoved(AnnouncementEvent):
    type = "announcement.removed"


class WorkflowEvent(EventBody):
    subject_kind: ClassVar[str] = "workflow"
    id: int


class WorkflowAdded(WorkflowEvent):
    type = "workflow.added"
    workflow: dict[str, Any]


class WorkflowChanged(WorkflowEvent):
    type = "workflow.changed"
    workflow: dict[str, Any]


class WorkflowRemoved(WorkflowEvent):
    type = "workflow.removed"


class LabelRow(BaseModel):
    id: int
    name: str
    name_zh: str
    color: str
    version: int


class LabelEvent(EventBody):
    subject_kind: ClassVar[str] = "label"
    id: int


class LabelAdded(LabelEvent):
    type = "label.added"
    label: LabelRow


class LabelChanged(LabelEvent):
    type = "label.changed"
    label: LabelRow


class LabelRemoved(LabelEvent):
    type = "label.removed"
