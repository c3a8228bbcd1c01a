"""Undo and redo: what one's own command did is taken back, as one new change, made from what the log knows.

An event keeps what was before it (`Event.before`). To take a command back is to do the opposite of its events, the last
first, through the checks of any other change. What somebody else has changed since is never overwritten: the whole is
refused, and they are named. Redo is the undo of the undo.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tracker.errors import Conflict, DomainError, NotFound
from tracker.log.change import Change, change
from tracker.log.models import UNDO_DAYS, Command, Event, Stream
from tracker.people.models import User
from tracker.work.models import Task
from tracker.work.selectors.tasks import held_on, key_of, task_for
from tracker.work.services.locks import lock_project
from tracker.work.services.naming import naming
from tracker.work.services.taking_back import OPPOSITES, Step, takes_no_memory

RECENT = timedelta(hours=1)
"""What somebody did longer ago is not their “last” any more: it is taken back only where it is pointed at."""
FAR_ENOUGH = 2000  # own events of one stream that are looked through for the last command
MOST_NAMED = 20  # cards in an answer


@dataclass(frozen=True)
class Undone:
    """`command_id` took back `undoes`, which had told events of these `types` about `count` cards; some of them, by name."""

    command_id: UUID
    undoes: UUID
    is_redo: bool
    types: list[str]
    count: int
    tasks: list[dict[str, Any]] = field(default_factory=list)


def undo(*, actor: User, target: UUID, command_id: UUID | None = None) -> Undone:
    """Take back what the actor's command `target` did, all of it or nothing.

    Raises NotFound (no such command of theirs, or out of their sight by now), Forbidden, Refused, and Conflict with the
    code `changed_since` (`detail.people` have), `already_undone`, `too_late`, `cannot_undo`, or `nothing_to_undo` where it
    had changed nothing.
    """
    with change(actor=actor, command_id=command_id) as log:
        told = Event.objects.filter(actor=actor, command_id=target).select_related("stream")
        events = list(told.order_by("id"))
        if not events:
            require_known(actor, target)
            raise nothing_to("undo")
        log.lock(*{(event.stream.kind, event.stream.ref): None for event in events})
        require_undoable(log, events)
        log.undoes = target
        for event in reversed(events):
            with saying_which(actor, event):
                stream = log.locked[event.stream.kind, event.stream.ref]
                OPPOSITES[event.type](Step.of(log, actor, stream, event))
        return described(log, actor, events)


def undo_last(*, actor: User, project_id: int, redo: bool = False, command_id: UUID | None = None) -> Undone:
    """Take back the last thing that the actor did on this board within the last hour, or with `redo` the last undo.

    Raises Conflict `nothing_to_undo` where there is none, and what `undo` raises.
    """
    with change(actor=actor, command_id=command_id) as log:
        stream, _project, _held = lock_project(log, actor=actor, project_id=project_id, ability="see")
        target = last_command(log, actor, stream, redo=redo)
        if target is None:
            raise nothing_to("redo" if redo else "undo")
        return undo(actor=actor, target=target)


def last_command(log: Change, actor: User, stream: Stream, *, redo: bool) -> UUID | None:
    """The newest command that stands. An undo stands for what it took back no more; a redo stands for it again."""
    told = Event.objects.filter(stream=stream, actor=actor, at__gte=log.at - RECENT, type__in=OPPOSITES)
    rows = told.order_by("-seq").values_list("command_id", "undoes")[:FAR_ENOUGH]
    undoes: dict[UUID, UUID | None] = dict(rows)
    taken_back = {target for target in undoes.values() if target}

    def is_undo(command: UUID) -> bool:
        target = undoes.get(command)
        return target is not None and not is_undo(target)

    for command, target in undoes.items():
        if redo and target is None:
            return None  # something was done since: what had been taken back before it stays so
        if command not in taken_back and is_undo(command) == redo:
            return command
    return None


def require_known(actor: User, target: UUID) -> None:
    """Raises NotFound unless this was a command of theirs: one that told nothing, as all was so already, is still known."""
    if not Command.objects.filter(actor=actor, key=target).exists():
        raise NotFound


def nothing_to(what: str) -> Conflict:
    words = _("There is nothing to redo.") if what == "redo" else _("There is nothing to undo.")
    return Conflict(words, code="nothing_to_undo")


def require_undoable(log: Change, events: list[Event]) -> None:
    target = events[0].command_id
    if Event.objects.filter(undoes=target, actor_id=events[0].actor_id).exists():
        raise Conflict(_("This has been undone already."), code="already_undone")
    if events[0].at < log.at - timedelta(days=UNDO_DAYS):
        raise Conflict(_("This is too long ago to be undone."), code="too_late")
    if not all(event.type in OPPOSITES and (event.before or takes_no_memory(event)) for event in events):
        raise Conflict(_("This cannot be undone."), code="cannot_undo")


@contextmanager
def saying_which(actor: User, event: Event) -> Iterator[None]:
    """A refusal inside names the card that the event is about, where the actor sees it."""
    try:
        yield
    except DomainError:
        kind, _colon, pk = event.subject.partition(":")
        task = task_for(actor, int(pk)) if kind == "task" else None
        if task is None or "see" not in held_on(task, actor):
            raise
        with naming(task):
            raise


def described(log: Change, actor: User, events: list[Event]) -> Undone:
    ids = list(dict.fromkeys(int(e.subject[5:]) for e in events if e.subject.startswith("task:")))
    rows = Task.objects.filter(pk__in=ids[:MOST_NAMED]).select_related("project")
    return Undone(
        command_id=log.command_id,
        undoes=events[0].command_id,
        is_redo=events[0].undoes is not None,
        types=sorted({event.type for event in events}),
        count=len(ids),
        tasks=[{"id": task.pk, "key": key_of(task), "title": task.title} for task in rows],
    )
