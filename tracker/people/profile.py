"""Oneself: how a person wants to be named, and how the product shows itself to them."""

from tracker.log.change import WORKSPACE, change
from tracker.people.events import PersonChanged
from tracker.people.models import User
from tracker.people.selectors import person_row
from tracker.people.services import Fields, save_changes

OWN_FIELDS = frozenset({"name", "name_zh", "language", "time_zone", "theme", "hours_per_day"})


def change_self(*, actor: User, fields: Fields) -> User:
    """Change what is given of oneself. Privileges, function and address are not among it, whatever was sent."""
    with change(actor=actor) as log:
        (stream,) = log.lock(WORKSPACE)
        person = User.objects.get(pk=actor.pk)
        if save_changes(person, {name: value for name, value in fields.items() if name in OWN_FIELDS}):
            log.record(stream, PersonChanged(id=person.pk, person=person_row(person)))
        return person
