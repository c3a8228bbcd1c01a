"""A card made from another one: its copy, or one line of its checklist."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F

from tracker.log.change import Change, change
from tracker.log.models import Stream
from tracker.people import access
from tracker.people.models import User
from tracker.work.events import TaskChanged
from tracker.work.models import Attachment, ChecklistItem, Task
from tracker.work.selectors.tasks import tasks_by_id
from tracker.work.services import checklist, files
from tracker.work.services.locks import lock_task
from tracker.work.services.tasks import create_task, write

TITLE = 300  # characters that a title may have
ALWAYS = ("function", "priority", "estimate", "description")
PARTS = {
    "people": ("owner", "assignees"),
    "dates": ("start", "due"),
    "labels": ("labels",),
    "links": ("parent", "blocked_by"),
    "checklist": (),
    "files": (),
}
"""What may come along into a copy, and the fields that it is made of."""


def duplicate_task(
    *, actor: User, task_id: int, title: str | None = None, parts: Iterable[str] = (), command_id: UUID | None = None
) -> Task:
    """A new card like another one, right below it in the same column; `parts` (of PARTS) says what comes along.

    Its text always does. Comments, watchers and history stay with the original; ticks are taken off; people who no
    longer see the board stay behind. Raises NotFound, Forbidden, Conflict (WIP limit).
    """
    with change(actor=actor, command_id=command_id) as log:
        stream, task, _held = lock_task(log, actor=actor, task_id=task_id, ability="work")
        wanted = set(parts)
        copy = create_task(
            actor=actor, project_id=task.project_id, title=title or task.title, status=task.status_id, after=task.pk,
            checklist=lines_of(task) if "checklist" in wanted else [], fields=fields_of(task, wanted),
        )  # fmt: skip
        if "files" in wanted:
            copy_files(log, stream, task, copy, actor)
        return tasks_by_id(actor, [copy.pk])[copy.pk]


def lines_of(task: Task) -> list[str]:
    return list(task.checklist.values_list("text", flat=True))


def fields_of(task: Any, parts: set[str]) -> dict[str, Any]:
    """The fields of the copy, as `create_task` takes them."""
    values = {
        "function": task.function_id, "priority": task.priority, "estimate": task.estimate,
        "description": task.description, "owner": task.owner_id, "assignees": sorted(task.assignee_ids),
        "start": task.start, "due": task.due, "labels": sorted(task.label_ids), "parent": task.parent_id,
        "blocked_by": sorted(task.blocker_ids),
    }  # fmt: skip
    if "people" in parts:
        knows = {pk for way in ("see", "visit") for pk in access.ids_of_people_who("project", task.project_id, way)}
        values["owner"] = task.owner_id if task.owner_id in knows else None
        values["assignees"] = [pk for pk in values["assignees"] if pk in knows]
    names = [*ALWAYS, *(name for part in parts for name in PARTS[part])]
    return {name: values[name] for name in names}


def copy_files(log: Change, stream: Stream, source: Task, copy: Task, actor: User) -> None:
    """The same files under names of their own, so that each card may lose its own. Pictures in the text follow."""
    text = copy.description
    for number, file in enumerate(source.files.all(), start=1):
        twin = Attachment.objects.create(
            task=copy, name=file.name, size=file.size, media_type=file.media_type, stored_as=files.twin_of(file),
            uploaded_by=actor, created_at=log.at,
        )  # fmt: skip
        log.record(stream, files.file_added(twin, number))
        text = files.with_address(text, file, twin)
        Task.objects.filter(pk=copy.pk).update(files_count=F("files_count") + 1)
    if text != copy.description:
        write(copy, {"description": text}, at=log.at)
        log.record(stream, TaskChanged(id=copy.pk, version=copy.version, description=text))


def card_from_line(*, actor: User, item_id: int, command_id: UUID | None = None) -> Task:
    """Turn a line of a checklist into a card of its own, a part of the card that it stood on.

    It begins in the workflow's first column, for the same function. A line too long for a title is cut there and stands
    whole in the text. Raises NotFound, Forbidden, Conflict (WIP limit, archived).
    """
    with change(actor=actor, command_id=command_id) as log:
        _stream, task, item = checklist.lock_item(log, actor=actor, item_id=item_id)
        card = create_task(
            actor=actor, project_id=task.project_id, title=title_of(item), fields={
                "parent": task.pk, "function": task.function_id,
                "description": item.text if len(item.text) > TITLE else "",
            },
        )  # fmt: skip
        checklist.remove_item(actor=actor, item_id=item.pk, card=card)
        return card


def title_of(item: ChecklistItem) -> str:
    return item.text if len(item.text) <= TITLE else f"{item.text[: TITLE - 1]}…"
