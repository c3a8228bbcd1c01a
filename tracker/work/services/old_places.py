"""Where a card stood when something happened, in the ranks of today."""

import json
from dataclasses import replace

from tracker.log.models import Event
from tracker.people.models import User
from tracker.work import ranks
from tracker.work.models import Project, Status, Task
from tracker.work.services.places import Place, find_place


def rank_now(event: Event, status: int, rank: str, task_id: int) -> str:
    """A rank of the time of the event, as the column's re-rankings since have made it: that of the card itself, if it
    was there, else one between those that it would have been between."""
    since = Event.objects.filter(stream_id=event.stream_id, id__gt=event.pk, subject=f"status:{status}")
    for body, before in since.order_by("id").values_list("body", "before"):
        old, new = json.loads(before or "{}").get("ranks", {}), json.loads(body)["ranks"]
        if old.get(str(task_id)) == rank:
            rank = new[str(task_id)]
            continue
        above = [new[card] for card, place in old.items() if place < rank]
        below = [new[card] for card, place in old.items() if place >= rank]
        rank = ranks.between(max(above, default=None), min(below, default=None))
    return rank


def place_near(
    event: Event, status: int, rank: str, *, task: Task | None, actor: User, held: frozenset[str], project: Project
) -> Place:
    """The place of that time if it is free, else the next one to it, for a task of this project or one that comes.

    Raises what `find_place` raises. Where the status is no more, the project's first takes what comes.
    """
    now = rank_now(event, status, rank, task.pk if task else 0)
    others = Task.objects.filter(project=project, status=status).exclude(pk=task.pk if task else 0)
    above = others.filter(rank__lt=now).order_by("-rank").values_list("pk", flat=True).first()
    below = others.filter(rank__gte=now).order_by("rank").values_list("pk", "rank").first()
    is_there = task is not None or Status.objects.filter(pk=status, workflow_id=project.workflow_id).exists()
    place = find_place(
        actor=actor, held=held, task=task, project_id=project.pk, workflow_id=project.workflow_id,
        status_id=status if is_there else None, after=above, before=below[0] if below and above is None else None,
    )  # fmt: skip
    is_free = is_there and (below is None or below[1] != now)
    return replace(place, rank=now) if is_free else place
