"""The first use of an empty installation: a one-time code on the terminal makes the first administrator."""

from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tracker.errors import NotFound, Refused
from tracker.log.change import WORKSPACE, change
from tracker.people import limits
from tracker.people.events import PersonAdded
from tracker.people.models import SetupCode, User
from tracker.people.passwords import hashed
from tracker.people.selectors import person_row
from tracker.people.tokens import code_hash, new_code


def is_installed() -> bool:
    return User.objects.exists()


def setup_code() -> str | None:
    """A new one-time code for whoever reads the terminal; the one before is void. None once somebody has an account."""
    if is_installed():
        return None
    code = new_code()
    with transaction.atomic():
        SetupCode.objects.all().delete()
        SetupCode.objects.create(code_hash=code_hash(code))
    return code


def set_up(
    request: HttpRequest, *, code: str, email: str, name: str, name_zh: str, password: str, language: str
) -> User:
    """Make the first administrator. Of two at once, one does.

    Raises TooMany, NotFound (installed already), Refused (wrong code, weak password).
    """
    if is_installed():
        raise NotFound
    limits.count(request, "setup")
    person = User(email=email, name=name, name_zh=name_zh, language=language, is_administrator=True)
    person.password = hashed(password, person)
    with change(actor=None) as log:
        # Deleting the row decides between two at once: the second waits here, and then finds none.
        if not SetupCode.objects.filter(code_hash=code_hash(code)).delete()[0]:
            if is_installed():
                raise NotFound
            raise Refused(_("This is not the code on the terminal."), code="wrong_code", field="code")
        person.save(force_insert=True)
        log.actor_id = person.pk
        (stream,) = log.lock(WORKSPACE)
        log.record(stream, PersonAdded(id=person.pk, person=person_row(person)))
    return person
