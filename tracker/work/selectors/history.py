"""The history of one task, read from the log."""

import json
from typing import Any

from django.db.models import Q

from tracker.log.http import PageIn, page
from tracker.log.models import Event
from tracker.log.selectors import instant
from tracker.people import access
from tracker.people.models import User
from tracker.work.models import Project
from tracker.work.selectors.tasks import find_task


def of_task(*, viewer: User, task_id: int, wanted: PageIn) -> dict[str, Any]:
    """A page of what happened to a task, newest first. Raises NotFound.

    What happened in a project that the viewer may not see is left out; a guest sees what happened where the task is now.
    """
    task = find_task(viewer=viewer, task_id=task_id)
    seen = Q(stream__ref=task.project_id) | Q(stream__ref__in=access.visible(viewer, Project).values("pk"))
    events = Event.objects.filter(seen, subject=f"task:{task.pk}", stream__kind="project").select_related("stream")
    return page(events, wanted, row, newest_first=True)


def row(event: Event) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "stream": event.stream.name,
        "tx": event.tx,
        "span": event.span,
        "command_id": str(event.command_id),
        "actor": event.actor_id,
        "at": instant(event.at),
        "undoes": str(event.undoes) if event.undoes else None,
        "body": json.loads(event.body),
    }
