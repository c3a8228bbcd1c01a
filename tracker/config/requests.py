"""Every request has an id, that its log lines and its answer carry, and a duration that is measured."""

import logging
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from boards.live.counters import REQUESTS, count
from tracker.log.commands import was_repeated

GIVEN = re.compile(r"[A-Za-z0-9._-]{8,64}")  # an id that the proxy has chosen
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

logger = logging.getLogger("accord.request")
_id: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """Of the request that is being answered; empty outside of one."""
    return _id.get()


class RequestMiddleware:
    """Outermost, so that nothing happens in a request without its id."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        chosen = request.__dict__["request_id"] = id_of(request)
        token = _id.set(chosen)
        try:
            response = self.get_response(request)
            response["X-Request-ID"] = chosen
            note(request, response, time.perf_counter() - began)
            return response
        finally:
            _id.reset(token)


def id_of(request: HttpRequest) -> str:
    """The proxy's id, where one of ours stands before us; else a new one."""
    given = request.headers.get("X-Request-ID", "")
    return given if settings.BEHIND_PROXY and GIVEN.fullmatch(given) else token_hex(8)


def note(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    route, method = route_of(request), str(request.method)
    method = method if method in METHODS else "other"
    REQUESTS.labels(method, route, str(response.status_code)).observe(seconds)
    if was_repeated(request):
        count("idempotent_replay_total")
    if response.status_code == 412:
        count("conflict_412_total")
    if response.status_code == 429 and route == "api/v1/session":
        count("login_limit_total")
    facts = {"method": method, "route": route, "status": response.status_code, "ms": round(seconds * 1000, 1)}
    if command := request.headers.get("Idempotency-Key", "")[:64]:
        facts["command"] = command
    logger.info("%s %s %s in %s ms", method, route, response.status_code, facts["ms"], extra={"facts": facts})


def route_of(request: HttpRequest) -> str:
    """The pattern that the address matched, so that the figures of all cards come together and no secret is logged."""
    match: Any = request.resolver_match
    return str(match.route) if match and match.route else "static" if request.path.startswith("/static/") else "page"
