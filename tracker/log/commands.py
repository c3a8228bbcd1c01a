"""Repeating a request does not repeat its effect: the idempotency of every change over HTTP, in one place."""

import hashlib
import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, IntegrityError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from tracker.errors import Busy, Conflict, DomainError, Malformed, NotFound, Refused
from tracker.log.change import Change, change
from tracker.log.models import Command
from tracker.log.statements import insert, update

logger = logging.getLogger(__name__)

SAFE = {"GET", "HEAD", "OPTIONS"}
TRIES = 3  # when the database breaks a tie between two transactions by stopping one
KEPT_HOURS = 24
# Requests whose body or answer holds a secret, or that belong to nobody yet: never stored.
EXEMPT = (
    "/api/v1/session", "/api/v1/setup", "/api/v1/password-reset", "/api/v1/invitations", "/api/v1/me/password",
    "/api/v1/hooks", "/api/v1/me/browsers",
)  # fmt: skip

Reader = Callable[[Any, int], bool]
readers: dict[str, Reader] = {}
"""Stream kind → may this user still see anything of the thing with this id? Filled by the packages that own the things."""


class Replayed(Exception):
    """The command was carried out before; here is the answer it got."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


class RolledBack(Exception):
    """The answer is a refusal: undo whatever was written before it."""

    def __init__(self, response: HttpResponse) -> None:
        self.response = response


class CommandMiddleware:
    """Wraps every changing API request of a signed-in person in one transaction with its idempotency key."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE or not request.path.startswith("/api/v1/") or request.path.startswith(EXEMPT):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return self.get_response(request)
        try:
            key, digest = command_key(request), request_digest(request)
        except DomainError as error:
            return refusal(error)
        response = self.carry_out(request, key, digest)
        for _again in range(TRIES - 1):
            if not is_broken_tie(failure_of(request)):
                break
            response = self.carry_out(request, key, digest)
        return response

    def carry_out(self, request: HttpRequest, key: UUID, digest: str) -> HttpResponse:
        """One try. A failure of the database is left on the request, wherever it happened (see `database_failed`)."""
        note_failure(request, None)
        try:
            with change(actor=request.user, command_id=key) as log:
                claim(request.user, key, digest)
                response = self.get_response(request)
                if response.status_code >= 400:
                    raise RolledBack(response)
                if log.events:
                    log.write()
                    log.events.clear()
                if log.positions:
                    response["Stream-Position"] = ", ".join(f"{name}={at}" for name, at in log.positions.items())
                keep(request.user, key, response, log)
            return response
        except Replayed as end:
            request.__dict__["is_repeated"] = True
            return end.response
        except RolledBack as end:
            return end.response
        except DomainError as error:
            return refusal(error)
        except (OperationalError, IntegrityError) as error:  # while claiming the key, or at the commit
            return database_failed(request, error)


def was_repeated(request: HttpRequest) -> bool:
    """Whether the request was answered from memory, as its command had been carried out before."""
    return bool(request.__dict__.get("is_repeated"))


def database_failed(request: HttpRequest, error: DatabaseError) -> HttpResponse:
    """The answer where the database did not take a change, or could not be asked.

    The failure is noted on the request, so that the write path may try again.
    """
    note_failure(request, error)
    if isinstance(error, IntegrityError):  # somebody was faster: what was checked before writing held no longer
        logger.warning("a constraint refused a change: %s", error)
        return refusal(Conflict(code="overtaken"))
    logger.warning("the database failed: %s", error)
    response = refusal(Busy())
    response["Retry-After"] = "2"
    return response


def note_failure(request: HttpRequest, error: DatabaseError | None) -> None:
    request.__dict__["database_error"] = error


def failure_of(request: HttpRequest) -> DatabaseError | None:
    return request.__dict__.get("database_error")


def command_key(request: HttpRequest) -> UUID:
    """The client's key for this command, or a new one. Raises Malformed when it is not a UUID."""
    given = request.headers.get("Idempotency-Key")
    if given is None:
        return uuid4()
    try:
        if len(given) > 64:
            raise ValueError
        return UUID(given)
    except ValueError:
        raise Malformed(_("Idempotency-Key must be a UUID."), field="Idempotency-Key") from None


def request_digest(request: HttpRequest) -> str:
    """A fingerprint of method, path and body, files included."""
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type == "multipart/form-data":
        digest.update(repr(sorted(request.POST.lists())).encode(errors="replace"))
        for name, files in sorted(request.FILES.lists()):
            for file in files:
                digest.update(f"{name}\n{file.name}\n{file.size}\n".encode(errors="replace"))
                for chunk in file.chunks():
                    digest.update(chunk)
                file.seek(0)
    else:
        digest.update(request.body)
    return digest.hexdigest()


def claim(actor: Any, key: UUID, digest: str) -> None:
    """Note the key, or raise Replayed with the stored answer. A second request with the same key waits for the first."""
    if not insert([Command(actor_id=actor.pk, key=key, digest=digest, at=now())], or_nothing=True):
        raise Replayed(stored_answer(actor, key, digest))


def stored_answer(actor: Any, key: UUID, digest: str) -> HttpResponse:
    """What the command was answered. Raises Refused for another request, NotFound where the actor lost sight of it.

    An answer without a body shows nothing, so whoever left or deleted a thing is told again that it is done.
    """
    command = Command.objects.get(actor=actor, key=key)
    if command.digest != digest:
        raise Refused(
            _("This Idempotency-Key was used for another request."), code="key_reused", field="Idempotency-Key"
        )
    for place in filter(None, command.places.split(",") if command.body else ()):
        kind, _colon, ref = place.partition(":")
        if kind in readers and not readers[kind](actor, int(ref or 0)):
            raise NotFound
    response = HttpResponse(command.body, status=command.status, content_type="application/json; charset=utf-8")
    for name, value in json.loads(command.headers).items():
        response[name] = value
    return response


def keep(actor: Any, key: UUID, response: HttpResponse, log: Change) -> None:
    """Store the answer in the same transaction as the change itself."""
    headers = {name: response[name] for name in ("ETag", "Stream-Position") if name in response}
    update(
        Command,
        {"actor_id": actor.pk, "key": key},
        status=response.status_code,
        body=response.content.decode(),
        headers=json.dumps(headers),
        places=",".join(log.places),
    )


def forget_old_commands() -> int:
    """Drop answers older than a day; returns how many."""
    return Command.objects.filter(at__lt=now() - timedelta(hours=KEPT_HOURS)).delete()[0]


def is_broken_tie(error: DatabaseError | None) -> bool:
    """Whether the transaction may simply be tried again: it was stopped for another one, or that one was faster.

    On PostgreSQL a deadlock or a serialisation failure; on any database a constraint, which the next try's own checks
    turn into the refusal that fits.
    """
    if isinstance(error, IntegrityError):
        return True
    return getattr(getattr(error, "__cause__", None), "sqlstate", None) in {"40001", "40P01"}


def refusal(error: DomainError) -> HttpResponse:
    return JsonResponse(error.body(), status=error.status, json_dumps_params={"ensure_ascii": False})
