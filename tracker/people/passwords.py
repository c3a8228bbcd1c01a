"""Passwords: what one must be like, changing it, and setting a new one when it is forgotten."""

from datetime import timedelta
from typing import Annotated

from allauth.account.adapter import get_adapter
from allauth.account.signals import password_changed
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext as _
from pydantic import StringConstraints

from tracker.errors import NotFound, Refused
from tracker.log.change import change, user_stream
from tracker.log.turns import turn
from tracker.people import limits, sessions
from tracker.people.models import PasswordReset, User
from tracker.people.tokens import new_token, token_hash

RESET_LASTS = timedelta(hours=1)

Password = Annotated[str, StringConstraints(min_length=1, max_length=1024)]


def hashed(password: str, person: User, *, field: str = "password") -> str:
    """The password as it is stored. Raises Refused where it is too easy to guess for this person.

    Slow on purpose, so it is called before anything is locked.
    """
    try:
        return make_password(get_adapter().clean_password(password, person))
    except ValidationError as error:
        raise Refused(" ".join(error.messages), code="weak_password", field=field) from None


def change_password(request: HttpRequest, *, actor: User, current_password: str, new_password: str) -> None:
    """Set another password; every session but this one ends. Raises TooMany, Refused (wrong or weak password)."""
    limits.count(request, "change_password", user=actor)
    if not actor.check_password(current_password):
        raise Refused(_("This is not your current password."), code="wrong_password", field="current_password")
    stored = hashed(new_password, actor, field="new_password")
    with change(actor=actor) as log:
        log.lock(user_stream(actor.pk))
        store(actor, stored)
        update_session_auth_hash(request, actor)
        password_changed.send(sender=User, request=request, user=actor)
        sessions.end_sessions(actor=actor, person=actor, keep=request.session.session_key)


def store(person: User, password: str) -> None:
    person.password = password
    person.save(update_fields=["password"])
    forget_reset(person)


def forget_reset(person: User) -> None:
    """Whoever knows the password needs no way back in."""
    PasswordReset.objects.filter(email=person.email).delete()


def request_reset(request: HttpRequest, *, email: str) -> None:
    """Mail a way back in, valid for an hour and once, to whoever this address belongs to; the one before is void.

    Says nothing about whether it belongs to anybody, and does the same work for every address. Raises TooMany.
    """
    limits.count(request, "reset_password", key=email)
    token = new_token()
    person = User.objects.filter(email=email, is_active=True).first() or User(name="")
    with turn(), transaction.atomic():
        PasswordReset.objects.filter(expires_at__lte=now()).delete()
        row = PasswordReset(email=email, token_hash=token_hash(token), expires_at=now() + RESET_LASTS)
        PasswordReset.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["email"], update_fields=["token_hash", "expires_at"]
        )
        context = {
            "language": person.language,
            "name": person.shown_name(),
            "link": f"{settings.BASE_URL}/reset/{token}",
            "minutes": int(RESET_LASTS.total_seconds() // 60),
        }
        get_adapter().send_mail("password_reset", person.email, context)  # which is none where nobody has this one


def ways_back(token: str) -> QuerySet[PasswordReset]:
    return PasswordReset.objects.filter(token_hash=token_hash(token), expires_at__gt=now())


def whom(good: QuerySet[PasswordReset]) -> User | None:
    return User.objects.filter(email__in=good.values("email"), is_active=True).first()


def lets_back_in(token: str) -> bool:
    """Whether it is still good for somebody."""
    return whom(ways_back(token)) is not None


def reset_password(request: HttpRequest, *, token: str, password: str) -> None:
    """Redeem a way back in: the password is set and every session of the person ends.

    Raises TooMany, NotFound (unknown, used, void or too old), Refused (weak password; the token stays good).
    """
    limits.count(request, "reset_password_from_key")
    good = ways_back(token)
    person = whom(good)
    if person is None:
        raise NotFound
    stored = hashed(password, person)
    with change(actor=person) as log:
        log.lock(user_stream(person.pk))
        if not good.delete()[0]:
            raise NotFound
        store(person, stored)
        sessions.end_sessions(actor=person, person=person)
    limits.forgive(request, person.email)
