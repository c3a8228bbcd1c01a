"""Addresses: the API, the files, the probes; every other page is the single-page app."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, re_path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.defaults import server_error

from notifications.unsubscribing import unsubscribe
from tracker.config import installing, probes
from tracker.config.api import api
from tracker.config.metrics import metrics
from tracker.errors import Forbidden, Malformed, NotFound
from tracker.log.commands import database_failed, refusal
from tracker.people.language import current_language

SECRET_PAGES = ("/reset/", "/invite/")  # whose address lets somebody in


@never_cache
@ensure_csrf_cookie
def app(request: HttpRequest) -> HttpResponse:
    """The page that carries the front end, in the reader's language and theme; it sets the CSRF cookie."""
    theme = getattr(request.user, "theme", "system") if settings.SESSION_COOKIE_NAME in request.COOKIES else "system"
    look = {"lang": current_language(), "theme": theme if theme in ("light", "dark") else ""}
    response = render(request, "app.html", look)
    if request.path.startswith(SECRET_PAGES):
        response["Referrer-Policy"] = "no-referrer"
    return response


def missing(request: HttpRequest, exception: object = None) -> HttpResponse:
    return refusal(NotFound())


def unreadable(request: HttpRequest, exception: object = None) -> HttpResponse:
    return refusal(Malformed())


def denied(request: HttpRequest, exception: object = None) -> HttpResponse:
    return refusal(Forbidden())


def failed(request: HttpRequest) -> HttpResponse:
    """What nobody has answered. A database that is gone may be back in a moment, wherever it was missed."""
    error = sys.exc_info()[1]
    if isinstance(error, OperationalError | InterfaceError):
        return database_failed(request, OperationalError(str(error)))
    return server_error(request)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return refusal(Forbidden(_("The page has expired. Load it again."), code="csrf"))


urlpatterns = [
    path("api/v1/", api.urls),
    path("healthz", probes.alive),
    path("readyz", probes.ready),
    path("metrics", metrics),
    path("manifest.webmanifest", installing.manifest),
    path("service-worker.js", installing.service_worker),
    path("unsubscribe/<str:token>", unsubscribe),
    re_path(r"^(?:api|ws|static)(?:/|$)", missing),
    re_path(r"^", app),
]

handler400 = unreadable
handler403 = denied
handler404 = missing
handler500 = failed
