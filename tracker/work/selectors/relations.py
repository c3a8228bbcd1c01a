"""The cards that one card is related to, as far as somebody may see them."""

from typing import Any

from tracker.people.models import User
from tracker.work.models import Task
from tracker.work.selectors.tasks import held_on, key_of, tasks_for


def related_to(task: Task, viewer: User) -> list[dict[str, Any]]:
    """The related cards that the viewer sees, by key. There is no trace of the others: no count, no gap."""
    seen = [one for one in tasks_for(viewer).filter(related=task) if "see" in held_on(one, viewer)]
    return [row(one) for one in sorted(seen, key=lambda one: (one.project.key, one.number))]


def row(task: Any) -> dict[str, Any]:
    return {
        "id": task.pk,
        "key": key_of(task),
        "project": task.project_id,
        "title": task.title,
        "status": {
            "name": task.status.name,
            "name_zh": task.status.name_zh,
            "category": task.status.category,
            "color": task.status.color,
        },
        "owner": task.owner_id,
        "archived_at": task.archived_at,
    }
