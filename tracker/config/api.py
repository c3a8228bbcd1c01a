"""The HTTP API under /api/v1/: who may come in, how answers and refusals look, and which packages take part."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, RawPostDataException
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import SessionAuth

from boards.api import router as boards
from notifications.api import router as notifications
from notifications.api_ways import router as ways
from tracker.accounts.api import router as accounts
from tracker.config import settings
from tracker.config.gate import StrictParser, not_json
from tracker.errors import DomainError, Forbidden, Malformed, NotFound, NotSignedIn
from tracker.jobs.api import router as jobs
from tracker.log.commands import database_failed, refusal
from tracker.people.api import router as people
from tracker.people.api_invitations import router as invitations
from tracker.people.api_session import router as session
from tracker.problems import problem
from tracker.search.api import router as search
from tracker.work.api import router as work


class SignedIn(SessionAuth):
    """Somebody active with a session; a change also needs the CSRF token."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return request.user if request.user.is_authenticated and request.user.is_active else None


api = NinjaAPI(
    title="Accord",
    version=settings.VERSION,
    auth=SignedIn(),
    parser=StrictParser(),
    docs_url=None,
    openapi_url="/openapi.json",
)
for router in (session, invitations, people, accounts, work, search, boards, notifications, ways, jobs):
    api.add_router("/", router)


@api.exception_handler(DomainError)
def domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    return refusal(error)


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return refusal(NotSignedIn())


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return refusal(NotFound())


@api.exception_handler(PermissionDenied)
def denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return refusal(Forbidden())


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    if error.status_code == 403:
        return refusal(Forbidden(_("The page has expired. Load it again."), code="csrf"))
    if isinstance(error.__cause__, DomainError):  # from the parser
        return refusal(error.__cause__)
    return refusal(Malformed())


@api.exception_handler(RawPostDataException)
def form_instead_of_json(request: HttpRequest, error: RawPostDataException) -> HttpResponse:
    return refusal(not_json())


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """An address that names no possible thing is a 404; anything else that does not fit is a 400 that names the field."""
    first = error.errors[0]
    where, *inside = first["loc"]
    if where == "path":
        return refusal(NotFound())
    field = ".".join(str(part) for part in inside[1:] or inside)
    message = _("%(field)s: %(problem)s") % {"field": field, "problem": problem(first)}
    return refusal(Malformed(message, code="invalid", field=field))


@api.exception_handler(OperationalError)
def database_busy(request: HttpRequest, error: OperationalError) -> HttpResponse:
    """The write path may try again (see CommandMiddleware); otherwise the reader may, in a moment."""
    return database_failed(request, error)


@api.exception_handler(IntegrityError)
def constraint_refused(request: HttpRequest, error: IntegrityError) -> HttpResponse:
    return database_failed(request, error)
