"""Signing in and out. allauth checks, counts and opens the session; Django gives it a new key."""

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.usersessions.models import UserSession
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.utils import check_csrf

from tracker.errors import Forbidden, NotSignedIn
from tracker.log.change import change
from tracker.people import limits, sessions
from tracker.people.models import User
from tracker.people.passwords import forget_reset


def public_form(request: HttpRequest) -> bool:
    """Lets everybody in who sends the page's CSRF token: for changes that need no session. Raises Forbidden."""
    if check_csrf(request):
        raise Forbidden(_("The page has expired. Load it again."), code="csrf")
    return True


def sign_in(request: HttpRequest, *, email: str, password: str) -> User:
    """Open a session. Raises TooMany, and NotSignedIn with the same words whatever was wrong."""
    adapter = get_adapter(request)
    try:
        person = adapter.authenticate(request, email=email, password=password)
    except ValidationError:
        raise limits.too_many() from None
    if not isinstance(person, User) or not person.is_active:
        raise NotSignedIn(_("The e-mail address or the password is wrong."), code="wrong_credentials")
    enter(request, person)
    return person


def enter(request: HttpRequest, person: User) -> None:
    """Open a session for somebody who has proved who they are. The one that this browser had before ends."""
    with transaction.atomic():
        sign_out(request)
        perform_login(request, person, email=person.email)
        forget_reset(person)


def sign_out(request: HttpRequest) -> None:
    """End this session, where there is one."""
    person = request.user
    if not isinstance(person, User):
        return
    with change(actor=person):
        key = request.session.session_key
        sessions.end(actor=person, person=person, sessions=UserSession.objects.filter(session_key=key))
        get_adapter(request).logout(request)
