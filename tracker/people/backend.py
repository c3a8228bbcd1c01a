"""Who a session belongs to, asked in every request: allauth's way in, and the rows found by compiled statements."""

from contextlib import suppress
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils.timezone import now

from tracker.log.statements import compiled
from tracker.people.models import User


class Backend(AuthenticationBackend):
    def get_user(self, user_id: Any) -> User | None:
        person = next(iter(person_with(pk=int(user_id))), None)
        return person if person is not None and self.user_can_authenticate(person) else None


class SessionStore(db.SessionStore):
    """Django's sessions in the database: one that ends is gone at once, everywhere."""

    def _get_session_from_db(self) -> Session | None:
        found = next(iter(session_with(key=self.session_key)), None) if self.session_key else None
        if found is not None and found.expire_date > now():
            return found
        self._session_key = None
        return None

    def save(self, must_create: bool = False) -> None:
        """Where the session has ended meanwhile, nothing is kept; the request that was under way is answered all the same.

        Django would answer 400, also to a change that has been made: by somebody who signs out elsewhere just then.
        """
        with suppress(UpdateError):
            super().save(must_create)


@compiled
def person_with(*, pk: int) -> QuerySet[User]:
    return User.objects.filter(pk=pk)


@compiled
def session_with(*, key: str) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key)
