"""What people do with their inbox, and what they choose to be told."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from notifications.models import Mute, Notification, Preference
from notifications.notifier import announce
from notifications.selectors import notifications_for
from tracker.errors import NotFound, Refused
from tracker.log.change import change
from tracker.people import access
from tracker.people.models import User
from tracker.work.selectors.tasks import find_task


@dataclass(frozen=True)
class Triage:
    """What is to become of some news; None leaves that side of it as it is."""

    read: bool | None = None
    done: bool | None = None
    snoozed_until: datetime | None = None


def triage(
    *, actor: User, subjects: list[str], what: Triage, up_to: int | None = None, command_id: UUID | None = None
) -> None:
    """Read, put away or bring back the news on these cards; with `up_to`, only as far as the person has seen it.

    What is put away counts as read. Raises NotFound where the person has no news on one of the subjects, Refused for a
    moment that has passed.
    """
    with change(actor=actor, command_id=command_id) as log:
        rows = notifications_for(actor).filter(subject__in=subjects)
        if up_to is not None:
            rows = rows.filter(pk__lte=up_to)
        if set(rows.values_list("subject", flat=True)) != set(subjects):
            raise NotFound
        if what.snoozed_until is not None and what.snoozed_until <= log.at:
            raise Refused(_("Choose a moment that is still to come."), code="past", field="snoozed_until")
        changed = 0
        for field, value, wanted in values(what, log.at):
            stale = rows.exclude(**{field: None}) if value is None else rows.filter(**wanted)
            changed += Notification.objects.filter(pk__in=stale.values("pk")).update(**{field: value})
        if changed:
            announce(log, [actor.pk])


def values(what: Triage, at: datetime) -> list[tuple[str, datetime | None, dict[str, Any]]]:
    """The columns to set, to what, and which rows do not have it yet."""
    found: list[tuple[str, datetime | None, dict[str, Any]]] = []
    if what.read is not None or what.done:
        found.append(("read_at", at if what.read is not False else None, {"read_at": None}))
    if what.done is not None:
        found.append(("done_at", at if what.done else None, {"done_at": None}))
    if what.snoozed_until is not None:
        found.append(("snoozed_until", what.snoozed_until, {"done_at": None}))
    return found


def set_muted(*, actor: User, task_id: int, muted: bool, command_id: UUID | None = None) -> None:
    """Hear no more of a card, or hear of it again. Doing it twice changes nothing. Raises NotFound."""
    with change(actor=actor, command_id=command_id):
        task = find_task(viewer=actor, task_id=task_id)
        if muted:
            Mute.objects.get_or_create(person=actor, task=task)
        else:
            Mute.objects.filter(person=actor, task=task).delete()


def choose(
    *, actor: User, reason: str, way: str, is_on: bool | None, scope: str = "", command_id: UUID | None = None
) -> None:
    """Choose for one reason and one way of being told, everywhere or in `scope`; None takes the choice back.

    Raises NotFound for a scope that the person does not see.
    """
    with change(actor=actor, command_id=command_id):
        require_seen(actor, scope)
        mine = Preference.objects.filter(person=actor, reason=reason, way=way, scope=scope)
        if is_on is None:
            mine.delete()
            return
        Preference.objects.update_or_create(
            person=actor, reason=reason, way=way, scope=scope, defaults={"is_on": is_on}
        )


def require_seen(actor: User, scope: str) -> None:
    if not scope:
        return
    kind, _colon, ref = scope.partition(":")
    if not access.visible(actor, access.guarded[kind].model).filter(pk=int(ref)).exists():
        raise NotFound
