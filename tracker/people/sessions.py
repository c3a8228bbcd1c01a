"""Where somebody is signed in: the list of their sessions, and how sessions end.

allauth keeps one row for each session. A session that ends is gone from the database in the transaction that tells of it
in the person's own stream; whoever holds a socket for it looks there (`living_sessions`) and closes it.
"""

import time
from collections.abc import Callable, Iterable
from typing import Any

from allauth.usersessions.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from tracker.errors import NotFound
from tracker.log.change import change, user_stream
from tracker.people.events import SessionEnded
from tracker.people.models import User

NOTED_EVERY = 5 * 60  # seconds between two notes of when a session was last used


class SessionUseMiddleware:
    """Notes now and then that a session is in use, and from where.

    allauth's own middleware writes on every request; a board that is read many times a second must not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/api/") and request.session.session_key and request.user.is_authenticated:
            at = int(time.time())
            if at - request.session.get("noted", 0) >= NOTED_EVERY:
                request.session["noted"] = at
                UserSession.objects.create_from_request(request)
        return self.get_response(request)


def living_sessions(keys: Iterable[str]) -> set[str]:
    """Which of these session keys still let somebody in."""
    living = Session.objects.filter(session_key__in=list(keys), expire_date__gt=now())
    return set(living.values_list("session_key", flat=True))


def sessions_of(*, viewer: User) -> QuerySet[UserSession]:
    """The viewer's own sessions that are still alive, the one used last first."""
    living = Session.objects.filter(expire_date__gt=now()).values("session_key")
    return UserSession.objects.filter(user_id=viewer.pk, session_key__in=living).order_by("-last_seen_at", "-id")


def end_session(*, actor: User, session_id: int) -> str:
    """End one of the actor's own sessions; returns its key. Raises NotFound for anybody else's."""
    session = sessions_of(viewer=actor).filter(pk=session_id).first()
    if session is None:
        raise NotFound
    end(actor=actor, person=actor, sessions=UserSession.objects.filter(pk=session.pk))
    return session.session_key


def end_sessions(*, actor: User | None, person: User, keep: str | None = None) -> None:
    """Sign somebody out everywhere, except in the session whose key is `keep`."""
    end(
        actor=actor,
        person=person,
        sessions=UserSession.objects.filter(user_id=person.pk).exclude(session_key=keep or ""),
    )


def end(*, actor: User | None, person: User, sessions: QuerySet[UserSession, Any]) -> None:
    with change(actor=actor) as log:
        (stream,) = log.lock(user_stream(person.pk))
        ended = {session.pk: session for session in sessions}
        if ended:
            get_adapter().end_sessions(ended.values())
            log.record(stream, SessionEnded(ids=sorted(ended)))
