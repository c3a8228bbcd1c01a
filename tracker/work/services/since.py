"""Who has changed a thing since an event: the reason why that event is not taken back."""

import json
from collections.abc import Iterable

from django.utils.translation import gettext as _

from tracker.errors import Conflict
from tracker.log.models import Event
from tracker.people.language import name_of

FAR_ENOUGH = 200  # events of one card that are looked through
GONE = {"task.archived", "task.restored", "task.deleted", "task.left", "task.arrived", "task.moved"}


def changed_since(event: Event, fields: Iterable[str] = ()) -> Conflict:
    """The refusal that says who: somebody else if there is anybody, else the person themselves."""
    since = Event.objects.filter(subject=event.subject, id__gt=event.pk).exclude(command_id=event.command_id)
    names = set(fields)
    found = [
        other for other in since.select_related("actor").order_by("-id")[:FAR_ENOUGH] if concerns(other, event, names)
    ]
    person = next((other.actor for other in found if other.actor and other.actor != event.actor), None)
    if person is not None:
        words = _("%(name)s has changed this since.") % {"name": name_of(person)}
        return Conflict(words, code="changed_since", people=[person.pk])
    if found:
        words = _("You have changed this since. Undo that first.")
        return Conflict(words, code="changed_since", people=[event.actor_id])
    return Conflict(_("This has changed since."), code="changed_since", people=[])


def concerns(other: Event, event: Event, names: set[str]) -> bool:
    if event.type == "task.created":
        return True
    if names and other.type == event.type:
        return not names.isdisjoint(json.loads(other.body))
    return (
        other.type == event.type or other.type in GONE or other.type.split(".")[0] == event.type.split(".")[0] != "task"
    )
