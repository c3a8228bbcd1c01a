"""Handing a task over from one function to another: asked with a note, then accepted, returned or taken back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tracker.errors import Conflict, Forbidden, NotFound, Refused
from tracker.log.change import Change, change
from tracker.log.models import Stream
from tracker.people.models import Function, User
from tracker.work import events
from tracker.work.models import HandOver, Task
from tracker.work.services.checks import require_sensible_date
from tracker.work.services.comments import follow
from tracker.work.services.locks import lock_task, require_open
from tracker.work.services.tasks import set_fields


def ask(
    *, actor: User, task_id: int, to_function: int, note: str = "", answer_by: datetime | None = None,
    command_id: UUID | None = None,
) -> HandOver:  # fmt: skip
    """Ask another function to take a task up; who asks follows it from then on.

    Raises NotFound, Forbidden, Refused (no such function, its own function, a moment that has passed), Conflict (it is
    asked for already).
    """
    with change(actor=actor, command_id=command_id) as log:
        stream, task, _held = lock_task(log, actor=actor, task_id=task_id, ability="work")
        require_open(task)
        if not Function.objects.filter(pk=to_function).exists():
            raise Refused(_("There is no such function."), code="unknown", field="to_function")
        if to_function == task.function_id:
            raise Refused(_("The task is with this function already."), code="same_function", field="to_function")
        answer_by = a_moment_to_come(answer_by, log.at)
        if task.handovers.filter(state=HandOver.State.ASKED).exists():
            raise Conflict(_("Another function has been asked already. Take that back first."), code="already_asked")
        at = log.at.replace(microsecond=0)  # as the board tells it
        asked = HandOver.objects.create(
            task=task, from_function_id=task.function_id, to_function_id=to_function, note=note, answer_by=answer_by,
            asked_by=actor, asked_at=at,
        )  # fmt: skip
        tell_asked(log, stream, asked)
        set_fields(log, stream, task, {"waits": events.WaitsFor(function=to_function, since=at, by=answer_by)})
        follow(log, stream, task, actor)
        return asked


def a_moment_to_come(value: datetime | None, at: datetime) -> datetime | None:
    if value is None:
        return None
    require_sensible_date(value, "answer_by")
    if value <= at:
        raise Refused(_("Choose a moment that is still to come."), code="past", field="answer_by")
    return value.replace(microsecond=0)


def tell_asked(log: Change, stream: Stream, asked: HandOver) -> None:
    """A request is there, or there again."""
    told = events.HandOverAsked(
        from_function=asked.from_function_id, note=asked.note, answer_by=asked.answer_by, **about(asked)
    )
    log.record(stream, told, before={})


def accept(*, actor: User, handover_id: int, command_id: UUID | None = None) -> HandOver:
    """Take the task up: it is with the asked function from now on, and the actor owns it.

    For people of that function, and managers. Raises NotFound, Forbidden, Conflict (answered already), Refused.
    """
    with change(actor=actor, command_id=command_id) as log:
        stream, task, asked, held = lock_asked(log, actor, handover_id)
        require_asked_of(actor, asked, held)
        answer(asked, HandOver.State.ACCEPTED, log, actor)
        log.record(stream, events.HandOverAccepted(**about(asked)), before={})
        set_fields(log, stream, task, {"function": asked.to_function_id, "owner": actor.pk, "waits": None})
        return asked


def hand_back(*, actor: User, handover_id: int, reason: str, command_id: UUID | None = None) -> HandOver:
    """Return the task to who asked, saying why. Otherwise as `accept`."""
    with change(actor=actor, command_id=command_id) as log:
        stream, task, asked, held = lock_asked(log, actor, handover_id)
        require_asked_of(actor, asked, held)
        asked.reason = reason
        answer(asked, HandOver.State.RETURNED, log, actor)
        log.record(stream, events.HandOverReturned(reason=reason, **about(asked)), before={})
        set_fields(log, stream, task, {"waits": None})
        return asked


def withdraw(*, actor: User, handover_id: int, command_id: UUID | None = None) -> HandOver:
    """Ask no more: for who asked, and managers. Raises NotFound, Forbidden, Conflict (answered already)."""
    with change(actor=actor, command_id=command_id) as log:
        stream, task, asked, held = lock_asked(log, actor, handover_id)
        if asked.asked_by_id != actor.pk and "manage" not in held:
            raise Forbidden
        answer(asked, HandOver.State.WITHDRAWN, log, actor)
        log.record(stream, events.HandOverWithdrawn(**about(asked)), before={})
        set_fields(log, stream, task, {"waits": None})
        return asked


def ask_again(log: Change, stream: Stream, asked: HandOver) -> None:
    """An answer is taken back: the request is open again, as it was."""
    asked.state, asked.answered_by, asked.answered_at, asked.reason = HandOver.State.ASKED, None, None, ""
    asked.save(update_fields=["state", "answered_by", "answered_at", "reason"])
    tell_asked(log, stream, asked)


def lock_asked(log: Change, actor: User, handover_id: int) -> tuple[Stream, Task, HandOver, frozenset[str]]:
    """An open hand-over with its task, under the lock. Raises NotFound, Forbidden, Conflict where it has been answered."""
    task_id = HandOver.objects.filter(pk=handover_id).values_list("task_id", flat=True).first()
    if task_id is None:
        raise NotFound
    stream, task, held = lock_task(log, actor=actor, task_id=task_id, ability="work")
    require_open(task)
    asked = task.handovers.filter(pk=handover_id).first()
    if asked is None:
        raise NotFound
    if asked.state != HandOver.State.ASKED:
        raise Conflict(_("This has been answered already."), code="answered", state=asked.state)
    return stream, task, asked, held


def require_asked_of(actor: User, asked: HandOver, held: frozenset[str]) -> None:
    if actor.function_id != asked.to_function_id and "manage" not in held:
        raise Forbidden(_("Only people of the function that was asked can answer."), code="not_asked")


def answer(asked: HandOver, state: HandOver.State, log: Change, actor: User) -> None:
    asked.state, asked.answered_by, asked.answered_at = state, actor, log.at
    asked.save(update_fields=["state", "answered_by", "answered_at", "reason"])


def about(asked: HandOver) -> dict[str, Any]:
    return {
        "task": asked.task_id, "id": asked.pk, "to_function": asked.to_function_id, "asked_by": asked.asked_by_id,
        "asked_at": asked.asked_at,
    }  # fmt: skip
