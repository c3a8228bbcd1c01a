"""People who come in without an invitation: those of the demo, and those whom an import names."""

from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password

from tracker.log.change import WORKSPACE, change
from tracker.people import access
from tracker.people.addresses import normal_address
from tracker.people.events import PersonAdded
from tracker.people.invitations import require_free_address
from tracker.people.models import User
from tracker.people.selectors import person_row


def add_person(
    *,
    actor: User | None,
    email: str,
    name: str,
    fields: dict[str, Any] | None = None,
    password: str = "",
    command_id: UUID | None = None,
) -> User:
    """A new person, added by an administrator or by the system (None).

    `fields` are columns of the person; `password` is one already hashed, and without it they cannot sign in until they
    set one. Raises Forbidden, Conflict (somebody has this address).
    """
    if actor is not None:
        access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        (stream,) = log.lock(WORKSPACE)
        address = normal_address(email)
        require_free_address(address)
        person = User(email=address, name=name, joined_at=log.at, password=password or make_password(None))
        for field, value in (fields or {}).items():
            setattr(person, field, value)
        person.save(force_insert=True)
        log.record(stream, PersonAdded(id=person.pk, person=person_row(person)))
        return person
