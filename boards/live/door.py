"""Who may open a socket: pages of our own, for somebody who is signed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.http.request import split_domain_port, validate_host
from django.utils.http import is_same_domain

SUBPROTOCOL = "accord.v1"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is signed in, in which session."""

    person: int
    is_guest: bool
    session: str


def headers_of(scope: Mapping[str, Any]) -> dict[bytes, str]:
    return {name: value.decode("latin-1") for name, value in scope.get("headers", [])}


def is_our_page(scope: Mapping[str, Any]) -> bool:
    """Whether the Origin is this server's own, or one that is trusted with changes. Without one, or `null`: no."""
    headers = headers_of(scope)
    try:
        origin = urlsplit(headers.get(b"origin", ""))
        own = is_own_host(headers.get(b"host", "")) and origin.netloc == headers.get(b"host")
    except ValueError:
        return False
    if origin.scheme not in {"http", "https"} or not origin.netloc:
        return False
    return own or any(
        is_trusted(origin.scheme, origin.netloc, urlsplit(entry)) for entry in settings.CSRF_TRUSTED_ORIGINS
    )


def is_own_host(host: str) -> bool:
    """A host that we go by: another name that leads here (DNS rebinding) is not ours."""
    domain, _port = split_domain_port(host)
    return bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS or ["localhost", "127.0.0.1", "[::1]"])


def is_trusted(scheme: str, netloc: str, entry: Any) -> bool:
    return bool(scheme == entry.scheme and is_same_domain(netloc, entry.netloc.removeprefix("*")))


def visitor(scope: Mapping[str, Any]) -> Visitor | None:
    """Who the session cookie belongs to, if they are signed in and active. Asks the database."""
    key = session_cookie(headers_of(scope).get(b"cookie", ""))
    if not key:
        return None
    session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = get_user(SimpleNamespace(session=session))  # type: ignore[arg-type]
    if not user.is_authenticated or not user.is_active or session.session_key is None:
        return None
    return Visitor(user.pk, bool(getattr(user, "is_guest", False)), session.session_key)


def session_cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return found.value if found else ""


async def no_such_socket(_scope: Any, receive: Any, send: Any) -> None:
    """Any other address: refused before it is accepted."""
    if (await receive())["type"] == "websocket.connect":
        await send({"type": "websocket.close"})
