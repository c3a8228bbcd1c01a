"""How often somebody may try. allauth counts (`ACCOUNT_RATE_LIMITS`), in the database; here is what is counted.

A sign-in is counted per name and source, per source, and per name overall. A browser in which this person has signed in
before is counted by itself, so that nobody can lock them out of their own device by guessing at their name.
"""

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage, get_ip
from allauth.core.internal.ratelimit import consume as count_up
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tracker.errors import TooMany
from tracker.people.addresses import normal_address
from tracker.people.tokens import token_hash

DEVICE_COOKIE = "known_device"
DEVICE_SALT = "people.known-device"
DEVICE_SECONDS = 365 * 24 * 60 * 60
DEVICE_NAMES = 5  # that one browser remembers


class LimitedAccountAdapter(DefaultAccountAdapter):
    """What allauth asks about signing in. Nobody signs up by themselves, and there are no pages to write messages on."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Our pages say what happened by themselves."""

    def set_password(self, user: Any, password: str) -> None:
        """Writes nothing but the password: what else changed meanwhile stays."""
        user.set_password(password)
        user.save(update_fields=["password"])

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the try before it is made; allauth takes it back when it succeeds. Raises ValidationError over a limit."""
        counted = []
        for action, key in counters(request, normal_address(credentials.get("email", ""))):
            usage = count_up(request, app="allauth.account", action=action, key=key)
            if usage is None:
                raise self.validation_error("too_many_login_attempts")
            counted += usage.usage
        self._login_failed_rl_usage = RateLimitUsage(usage=counted)


def counters(request: HttpRequest, name: str) -> list[tuple[str, str]]:
    """The limits that a try to sign in under this name counts towards, and the key of each."""
    if device := known_device(request, name):
        return [("login_failed_on_known_device", f"{name} {device}")]
    return [("login_failed", f"{name} {get_ip(request)}"), ("login_failed_anywhere", name)]


def forgive(request: HttpRequest, name: str) -> None:
    """Whoever has proved that the address is theirs may try again at once."""
    for action, key in counters(request, name):
        ratelimit.clear(request, action=action, key=key)


def known_device(request: HttpRequest, name: str) -> str:
    """The id of this browser, if this person has signed in here before; else nothing."""
    device, names = remembered(request)
    return device if token_hash(name) in names else ""


def remember_device(request: HttpRequest, response: HttpResponse, name: str) -> None:
    """Note in the browser that this person has signed in here."""
    device, names = remembered(request)
    digest = token_hash(normal_address(name))
    kept = [digest, *(other for other in names if other != digest)][:DEVICE_NAMES]
    response.set_cookie(
        DEVICE_COOKIE,
        signing.dumps([device or secrets.token_hex(8), kept], salt=DEVICE_SALT),
        max_age=DEVICE_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
        path="/api/v1/",
    )


def remembered(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        device, names = signing.loads(request.COOKIES.get(DEVICE_COOKIE, ""), salt=DEVICE_SALT, max_age=DEVICE_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return device, names


def count(request: HttpRequest, action: str, *, key: str = "", user: Any = None) -> None:
    """One more try at `action`. Raises TooMany over its limit."""
    if not ratelimit.consume(request, action=action, key=key, user=user):
        raise too_many()


def too_many() -> TooMany:
    return TooMany(_("Too many tries. Please wait a few minutes."))
