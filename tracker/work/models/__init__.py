from .announcements import Announcement, Reading
from .handovers import HandOver
from .projects import (
    Project,
    ProjectGroupObjectPermission,
    ProjectMember,
    ProjectTeamRole,
    ProjectUserObjectPermission,
)
from .tasks import Attachment, ChecklistItem, Comment, FormerKey, Label, Reaction, Task
from .workflows import Status, Transition, Workflow

__all__ = [
    "Announcement",
    "Attachment",
    "ChecklistItem",
    "Comment",
    "FormerKey",
    "HandOver",
    "Label",
    "Project",
    "ProjectGroupObjectPermission",
    "ProjectMember",
    "ProjectTeamRole",
    "ProjectUserObjectPermission",
    "Reaction",
    "Reading",
    "Status",
    "Task",
    "Transition",
    "Workflow",
]
