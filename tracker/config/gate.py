"""The input gate: what no part of the product ever has to deal with is refused here, the same on every database."""

import json
import math
import unicodedata
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from ninja.parser import Parser

from tracker.errors import DomainError, Malformed, MethodNotAllowed, TooLarge
from tracker.log.commands import refusal

DEEPEST = 32  # levels of JSON
MOST_FIELDS = 1_000  # of one object: each is looked at, and named in the refusal
LARGEST = 2**63 - 1
FORM_OVERHEAD = 64 * 1024  # bytes that a form may need beside the file in it


class HeaderMiddleware:
    """Drops cookies and headers that no browser sends, before the session is looked up with them.

    A quoted cookie can spell a NUL, which PostgreSQL refuses to look for.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if is_storable(name + value)}
        for name in [name for name, value in request.META.items() if name.startswith("HTTP_") and "\0" in value]:
            del request.META[name]
        return self.get_response(request)


class GateMiddleware:
    """Refuses bad text in addresses, bodies over the limit and forms that cannot be read, before anything else looks.

    Whatever is wrong with a request to the API is answered as the contract says, also where Django would answer a page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return self.get_response(request)
        try:
            look_at_address(request)
            look_at_body(request)
        except DomainError as error:
            return refusal(error)
        response = self.get_response(request)
        # What one person may see must not stay in a cache that another one uses; a board says for itself what may be kept.
        response.headers.setdefault("Cache-Control", "private, no-store")
        return method_not_allowed(response) if response.status_code == 405 else response


def look_at_address(request: HttpRequest) -> None:
    refuse_bad_text(request.path)
    try:
        pairs = list(request.GET.lists())
    except SuspiciousOperation:  # more parameters than anybody needs
        raise Malformed from None
    for key, values in pairs:
        for value in (key, *values):
            refuse_bad_text(value)


def look_at_body(request: HttpRequest) -> None:
    """Reads it, which checks its size and its form. Raises TooLarge, Malformed."""
    is_form = request.content_type == "multipart/form-data"
    most = settings.FILE_LIMIT + FORM_OVERHEAD if is_form else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    given = request.META.get("CONTENT_LENGTH") or "0"
    if not given.isdecimal() or int(given) > most:
        raise TooLarge
    try:
        if is_form:
            request.FILES  # noqa: B018
        elif len(request.body) > most:
            raise TooLarge
    except RequestDataTooBig:
        raise TooLarge from None
    except (SuspiciousOperation, BadRequest, MultiPartParserError, UnreadablePostError):
        raise Malformed from None


def method_not_allowed(response: HttpResponse) -> HttpResponse:
    answer = refusal(MethodNotAllowed())
    if "Allow" in response:
        answer["Allow"] = response["Allow"]
    return answer


class StrictParser(Parser):
    """JSON as RFC 8259 means it, and no more: no duplicates, no NaN, 64-bit integers, 32 levels, clean text in NFC."""

    def parse_body(self, request: HttpRequest) -> Any:
        if request.content_type != "application/json":
            raise not_json()
        return read_json(request.body)


def read_json(body: bytes) -> Any:
    """The value in `body`. Raises Malformed with the reason."""
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=without_duplicates, parse_constant=refuse_constant)
    except (ValueError, RecursionError):
        raise Malformed(_("The body is not valid JSON.")) from None
    return clean(value, 0)


def without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len(pairs) > MOST_FIELDS:
        raise Malformed(_("The body has too many fields."))
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Malformed(_("The body names a field twice."))
    return found


def refuse_constant(name: str) -> Any:
    raise Malformed(_("%(value)s is not a number.") % {"value": name})


def clean(value: Any, depth: int) -> Any:
    if depth > DEEPEST:
        raise Malformed(_("The body is nested too deeply."))
    match value:
        case str():
            return clean_text(value)
        case bool() | None:
            return value
        case int() if not -LARGEST - 1 <= value <= LARGEST:
            raise Malformed(_("A number is too large."))
        case float() if not math.isfinite(value):
            raise Malformed(_("A number is too large."))
        case list():
            return [clean(item, depth + 1) for item in value]
        case dict():
            return {clean_text(key): clean(item, depth + 1) for key, item in value.items()}
    return value


def clean_text(text: str) -> str:
    refuse_bad_text(text)
    return unicodedata.normalize("NFC", text)


def not_json() -> Malformed:
    return Malformed(_("The body must be JSON, sent as application/json."), field="Content-Type")


def refuse_bad_text(text: str) -> None:
    """Raises Malformed for NUL and lone surrogates: PostgreSQL cannot store the one, UTF-8 cannot write the other."""
    if not is_storable(text):
        raise Malformed(_("The text holds a character that cannot be stored."))


def is_storable(text: str) -> bool:
    if text.isascii():
        return "\0" not in text
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text
