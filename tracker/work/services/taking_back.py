"""The opposite of each event that can be taken back. Each looks first whether what the event brought about still stands."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from tracker.log.change import Change
from tracker.log.models import Event, Stream
from tracker.people import access
from tracker.people.models import User
from tracker.work.events import TaskArchived, TaskChanged, TaskRestored
from tracker.work.models import Attachment, FormerKey, HandOver, Project, Task
from tracker.work.selectors.tasks import card_of, held_on, key_of, task_for, tasks_by_id
from tracker.work.services import checklist, comments, files, handovers, reactions, relations
from tracker.work.services.keeping import Row, write_rows
from tracker.work.services.locks import lock_project, require_open
from tracker.work.services.moves import put, take_over
from tracker.work.services.old_places import place_near, rank_now
from tracker.work.services.since import changed_since
from tracker.work.services.tasks import current, fetch_back, put_away, set_fields, take_out


@dataclass(frozen=True)
class Step:
    """One event to take back: what it told, and what was before."""

    log: Change
    actor: User
    stream: Stream
    event: Event
    body: dict[str, Any]
    before: dict[str, Any]

    @classmethod
    def of(cls, log: Change, actor: User, stream: Stream, event: Event) -> "Step":
        return cls(log, actor, stream, event, json.loads(event.body), json.loads(event.before or "{}"))

    @property
    def task_id(self) -> int:
        return int(self.event.subject.partition(":")[2])

    def task(self, ability: str = "work") -> tuple[Any, frozenset[str]]:
        """The task, where it still is on this board, and what the actor may do with it.

        Raises Conflict where somebody has taken it away, NotFound where the actor sees it no more, Forbidden.
        """
        task = task_for(self.actor, self.task_id)
        if task is None or task.project_id != self.stream.ref:
            lock_project(self.log, actor=self.actor, project_id=self.stream.ref, ability="see")
            raise changed_since(self.event)
        held = held_on(task, self.actor)
        access.require(held, ability)
        return task, held

    def require(self, still_stands: bool, *fields: str) -> None:
        """Raises Conflict, naming who has changed it, unless it still is as the event left it."""
        if not still_stands:
            raise changed_since(self.event, fields)


# --- cards -------------------------------------------------------------------------------------------------------


def set_back(step: Step) -> None:
    task, _held = step.task()
    require_open(task)
    told = TaskChanged(**{name: value for name, value in step.body.items() if name != "type"})
    for name in step.before:
        step.require(current(task, name) == getattr(told, name), name)
    former = TaskChanged(id=task.pk, version=task.version, **step.before)
    set_fields(step.log, step.stream, task, {name: getattr(former, name) for name in step.before})


def move_back(step: Step) -> None:
    task, held = step.task()
    require_open(task)
    told = rank_now(step.event, step.body["status"], step.body["rank"], task.pk)
    step.require(task.status_id == step.body["status"] and (task.rank == told or is_last_mover(step)))
    place = place_near(
        step.event, step.before["status"], step.before["rank"], task=task, actor=step.actor, held=held,
        project=task.project,
    )  # fmt: skip
    if (place.status.pk, place.rank) != (task.status_id, task.rank):
        put(step.log, step.stream, task, place, since=times(step.before))


def is_last_mover(step: Step) -> bool:
    """Whether it was the actor who placed the card last, as when an earlier undo found its old place taken."""
    moves = Event.objects.filter(subject=step.event.subject, type="task.moved").order_by("-id")
    return moves.values_list("actor_id", flat=True).first() == step.actor.pk


def times(before: dict[str, Any]) -> dict[str, Any]:
    return {
        name: before[name] and datetime.fromisoformat(before[name])
        for name in ("entered_at", "completed_at")
        if name in before
    }


def take_back_creation(step: Step) -> None:
    task, _held = step.task()
    others = Event.objects.filter(subject=step.event.subject, id__gt=step.event.pk).exclude(actor=step.actor)
    step.require(not others.exists())
    take_out(step.log, step.stream, task)


def bring_from_archive(step: Step) -> None:
    task, held = step.task()
    step.require(task.archived_at is not None)
    fetch_back(step.log, step.stream, task, actor=step.actor, held=held)


def send_away_again(step: Step) -> None:
    """A card that came back from the archive goes there; one that came back from nowhere is deleted again."""
    task, held = step.task()
    step.require(task.archived_at is None)
    if "archived" in step.before:
        return put_away(step.log, step.stream, task)
    if task.created_by_id != step.actor.pk:
        access.require(held, "manage")
    return take_back_creation(step)


def bring_back(step: Step) -> None:
    """Write a deleted card again as it was, with all that belonged to it, at its old place or near it."""
    _stream, project, held = lock_project(step.log, actor=step.actor, project_id=step.stream.ref, ability="work")
    step.require(not Task.objects.filter(pk=step.task_id).exists())
    rows: list[Row] = step.before["rows"]
    fields = rows[0]["fields"]
    place = place_near(
        step.event, fields["status"], fields["rank"], task=None, actor=step.actor, held=held, project=project
    )
    here = project.tasks.filter(pk__in=[*fields["blocked_by"], fields["parent"] or 0]).values_list("pk", flat=True)
    kept = [row for row in rows if not is_lost(row)]
    fields |= {
        "status": place.status.pk, "rank": place.rank, "version": fields["version"] + 1,
        "blocked_by": [pk for pk in fields["blocked_by"] if pk in here],
        "parent": fields["parent"] if fields["parent"] in here else None,
        "files_count": sum(row["model"] == "work.attachment" for row in kept),
    }  # fmt: skip
    write_rows(kept)
    task = tasks_by_id(step.actor, [step.task_id])[step.task_id]
    step.log.record(step.stream, TaskRestored(id=task.pk, task=card_of(task)), before={"gone": True})
    if task.archived_at is not None:
        step.log.record(step.stream, TaskArchived(id=task.pk, version=task.version), before={})


def is_lost(row: Row) -> bool:
    """A file whose bytes are no more."""
    return row["model"] == "work.attachment" and not files.place_of(row["fields"]["stored_as"]).exists()


def bring_home(step: Step) -> None:
    """Take a card back to the project that it left, under its old number, with who and what could not come along."""
    arrival = Event.objects.get(command_id=step.event.command_id, subject=step.event.subject, type="task.arrived")
    source, _project, _held = lock_project(step.log, actor=step.actor, project_id=arrival.stream.ref, ability="see")
    task: Any = task_for(step.actor, step.task_id)
    is_there = task is not None and task.project_id == arrival.stream.ref
    step.require(is_there and task.status_id == json.loads(arrival.body)["task"]["status"])
    access.require(held_on(task, step.actor), "work")
    require_open(task)
    target, project, held = lock_project(step.log, actor=step.actor, project_id=step.stream.ref, ability="work")
    before = step.before
    place = place_near(
        step.event, before["status"], before["rank"], task=None, actor=step.actor, held=held, project=project
    )
    is_free = not project.tasks.filter(number=before["number"]).exists()
    home = take_over(
        step.log, source, target, task, actor=step.actor, project=project, place=place,
        number=before["number"] if is_free else None, since=times(before),
    ).task  # fmt: skip
    FormerKey.objects.filter(key=key_of(home), task=home).delete()
    give_back(step, target, home, project)


def give_back(step: Step, stream: Stream, task: Any, project: Project) -> None:
    """What the card had here before it left, where that is still there and nothing else has taken its place."""
    before = step.before
    seers = access.people_who("project", project.pk) | access.people_who("project", project.pk, "visit")
    people = [before["owner"] or 0, *before["assignees"], *before["watchers"]]
    here = set(seers.filter(pk__in=people).values_list("pk", flat=True))
    cards = project.tasks.filter(Q(pk__in=before["blocked_by"]) | Q(pk=before["parent"])).values_list("pk", flat=True)
    set_fields(step.log, stream, task, {
        "owner": task.owner_id or (before["owner"] if before["owner"] in here else None),
        "assignees": sorted({*task.assignee_ids, *(here & set(before["assignees"]))}),
        "blocked_by": sorted({*task.blocker_ids, *(set(cards) & set(before["blocked_by"]))}),
        "parent": task.parent_id or (before["parent"] if before["parent"] in cards else None),
    })  # fmt: skip
    for person in User.objects.filter(pk__in=here & set(before["watchers"])):
        comments.follow(step.log, stream, task, person)


def nothing(step: Step) -> None:
    """What goes back with something else: a card's arrival with its leaving; and the order of a column is the same."""


# --- what belongs to a card --------------------------------------------------------------------------------------


def line_as_before(step: Step) -> None:
    task, _held = step.task()
    told, before = step.body["item"], step.before["item"]
    item = task.checklist.filter(pk=told["id"]).first()
    step.require(item is not None)
    changed = [name for name in ("text", "done") if before is None or told[name] != before[name]]
    step.require(all(getattr(item, name) == told[name] for name in changed))
    if before is None:
        return checklist.remove_item(actor=step.actor, item_id=item.pk)
    fields = {name: before[name] for name in changed}
    if told["position"] != before["position"]:
        above = task.checklist.exclude(pk=item.pk).filter(position__lt=before["position"]).last()
        fields["after"] = above.pk if above else None
    checklist.change_item(actor=step.actor, item_id=item.pk, fields=fields)
    return None


def bring_line_back(step: Step) -> None:
    task, _held = step.task()
    require_open(task)
    step.require(not task.checklist.filter(pk=step.before["item"]["id"]).exists())
    checklist.bring_back(step.log, step.stream, task, step.before["item"])


def comment_of(step: Step) -> Any:
    """The comment, if it still says what the event told. Raises Conflict."""
    task, _held = step.task("comment")
    comment = task.comments.filter(pk=step.body["id"]).first()
    step.require(comment is not None and comment.body == step.body["body"])
    return comment


def take_comment_back(step: Step) -> None:
    comments.remove_comment(actor=step.actor, comment_id=comment_of(step).pk)


def comment_as_before(step: Step) -> None:
    comments.change_comment(actor=step.actor, comment_id=comment_of(step).pk, body=step.before["body"])


def bring_comment_back(step: Step) -> None:
    task, _held = step.task("comment")
    require_open(task)
    step.require(not task.comments.filter(pk=step.body["id"]).exists())
    write_rows(step.before["rows"])
    comments.count_and_tell(step.log, step.stream, task, task.comments.get(pk=step.body["id"]))


def watching(watches: bool) -> Callable[[Step], None]:
    def set_it(step: Step) -> None:
        step.task("see")
        comments.set_watching(
            actor=step.actor, task_id=step.task_id, person_id=step.body["person"], watches=watches
        )  # fmt: skip

    return set_it


def reacting(given: bool) -> Callable[[Step], None]:
    def set_it(step: Step) -> None:
        task, _held = step.task("comment")
        step.require(task.comments.filter(pk=step.body["comment"]).exists())
        reactions.set_reaction(
            actor=step.actor, comment_id=step.body["comment"], sign=step.body["sign"], given=given
        )  # fmt: skip

    return set_it


def relating(related: bool) -> Callable[[Step], None]:
    """Told on both cards; what is set for the one is set for the other."""

    def set_it(step: Step) -> None:
        step.task()
        relations.set_related(
            actor=step.actor, task_id=step.task_id, other_id=step.before["other"], related=related
        )  # fmt: skip

    return set_it


def take_file_back(step: Step) -> None:
    task, _held = step.task("comment")
    step.require(task.files.filter(pk=step.body["id"]).exists())
    files.remove_file(actor=step.actor, file_id=step.body["id"])


def bring_file_back(step: Step) -> None:
    task, _held = step.task("comment")
    require_open(task)
    rows: list[Row] = step.before["rows"]
    step.require(not Attachment.objects.filter(pk=step.body["id"]).exists() and not is_lost(rows[0]))
    write_rows(rows)
    files.count_and_tell(step.log, step.stream, task, task.files.get(pk=step.body["id"]))


def take_asking_back(step: Step) -> None:
    asked = handover_of(step, HandOver.State.ASKED)
    handovers.withdraw(actor=step.actor, handover_id=asked.pk)


def asking_again(answered: HandOver.State) -> Callable[[Step], None]:
    def set_it(step: Step) -> None:
        asked = handover_of(step, answered)
        step.require(not asked.task.handovers.filter(state=HandOver.State.ASKED).exists())
        handovers.ask_again(step.log, step.stream, asked)

    return set_it


def handover_of(step: Step, state: HandOver.State) -> HandOver:
    """The hand-over, if it still stands as the event left it. What the card shows of it goes back beside it."""
    task, _held = step.task()
    require_open(task)
    found = task.handovers.filter(pk=step.body["id"], state=state).first()
    if found is None:
        raise changed_since(step.event)
    return found


OPPOSITES: dict[str, Callable[[Step], None]] = {
    "task.created": take_back_creation,
    "task.changed": set_back,
    "task.moved": move_back,
    "task.archived": bring_from_archive,
    "task.restored": send_away_again,
    "task.deleted": bring_back,
    "task.left": bring_home,
    "task.arrived": nothing,
    "column.reranked": nothing,
    "checklist.changed": line_as_before,
    "checklist.removed": bring_line_back,
    "comment.added": take_comment_back,
    "comment.changed": comment_as_before,
    "comment.removed": bring_comment_back,
    "watcher.added": watching(False),
    "watcher.removed": watching(True),
    "reaction.added": reacting(False),
    "reaction.removed": reacting(True),
    "relation.added": relating(False),
    "relation.removed": relating(True),
    "handover.asked": take_asking_back,
    "handover.accepted": asking_again(HandOver.State.ACCEPTED),
    "handover.returned": asking_again(HandOver.State.RETURNED),
    "handover.withdrawn": asking_again(HandOver.State.WITHDRAWN),
    "file.added": take_file_back,
    "file.removed": bring_file_back,
}


def takes_no_memory(event: Event) -> bool:
    """What is taken back without knowing what was before."""
    return event.type in {"task.created", "file.added", "column.reranked"}
