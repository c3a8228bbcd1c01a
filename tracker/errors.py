"""Refusals that a person can understand. `code` is stable, the message is in the reader's language."""

from typing import Any

from django.utils.translation import gettext as _


class DomainError(Exception):
    """A refusal: the change was not made and nothing was written.

    `field` names the part of the request that is wrong, `detail` carries facts that a program can use.
    """

    code = "refused"
    status = 400

    def __init__(self, message: str = "", *, code: str = "", field: str | None = None, **detail: Any) -> None:
        super().__init__(message or self.default_message())
        self.code = code or self.code
        self.field = field
        self.detail = detail

    def default_message(self) -> str:
        return _("This cannot be done.")

    def body(self) -> dict[str, Any]:
        """The answer as `contract.md` gives it: code, message, field, detail."""
        return {"code": self.code, "message": str(self), "field": self.field, "detail": self.detail}


class Malformed(DomainError):
    code = "malformed"
    status = 400

    def default_message(self) -> str:
        return _("The request could not be read.")


class NotSignedIn(DomainError):
    code = "not_signed_in"
    status = 401

    def default_message(self) -> str:
        return _("Please sign in.")


class Forbidden(DomainError):
    """Only where reading is allowed; what is hidden answers NotFound."""

    code = "forbidden"
    status = 403

    def default_message(self) -> str:
        return _("You may see this, but not change it.")


class NotFound(DomainError):
    """Hidden and missing look the same from outside."""

    code = "not_found"
    status = 404

    def default_message(self) -> str:
        return _("There is nothing here, or nothing that you may see.")


class Conflict(DomainError):
    code = "conflict"
    status = 409

    def default_message(self) -> str:
        return _("This does not fit with how things stand now.")


class Stale(DomainError):
    """Somebody has changed the text since it was read; `detail` carries the current one."""

    code = "stale"
    status = 412

    def default_message(self) -> str:
        return _("Somebody has changed this text since you opened it.")


class TooLarge(DomainError):
    code = "too_large"
    status = 413

    def default_message(self) -> str:
        return _("This is too large.")


class Refused(DomainError):
    """The request is well formed, but a rule forbids it."""

    code = "refused"
    status = 422


class PreconditionRequired(DomainError):
    code = "if_match_required"
    status = 428

    def default_message(self) -> str:
        return _("Say which version you are changing: send If-Match with the version you have read.")


class TooMany(DomainError):
    code = "too_many"
    status = 429

    def default_message(self) -> str:
        return _("Too many tries. Please wait a moment.")


class MethodNotAllowed(DomainError):
    code = "method_not_allowed"
    status = 405

    def default_message(self) -> str:
        return _("This address does not take this method.")


class Busy(DomainError):
    """The database could not be asked, or was busy with something else for too long."""

    code = "busy"
    status = 503

    def default_message(self) -> str:
        return _("The database is busy. Please try again in a moment.")
