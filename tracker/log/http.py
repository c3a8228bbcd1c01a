"""What every API module shares: the shape of a refusal, safe types for input, versions and pages."""

import functools
from collections.abc import Callable
from typing import Annotated, Any

from django.core import signing
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Schema
from ninja.operation import Operation
from ninja.params.models import ParamModel
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from tracker.errors import Malformed, PreconditionRequired, Stale

# What checks a body is made when the first one comes: most of the hundreds of shapes are never asked for in a process.
_bases: tuple[type[BaseModel], ...] = (Schema, *ParamModel.__subclasses__())
for _base in _bases:
    _base.model_config["defer_build"] = True


# django-ninja makes a class for each answer of each operation: a thousand that say the same of a refusal, a quarter of a
# second and 10 MB for each process.
_make_shape: Any = Operation._create_response_model
_shapes = functools.cache(lambda body: _make_shape(None, body))
Operation._create_response_model = lambda _self, body: _shapes(body)  # type: ignore[assignment]

LARGEST = 2**63 - 1
MOST_ROWS = 200  # of one page


class ErrorOut(Schema):
    """A refusal: `code` is stable, `message` is in the reader's language, `field` names what is wrong."""

    code: str
    message: str
    field: str | None
    detail: dict[str, Any]


class In(Schema):
    """A request's body: unknown fields are refused, so that nothing is silently ignored."""

    model_config = ConfigDict(extra="forbid")


def answers(body: Any, *, status: int = 200, refusals: tuple[int, ...] = ()) -> dict[int, Any]:
    """The documented answers of an endpoint: its body, and every refusal that it can give."""
    return {status: body} | dict.fromkeys(sorted({400, 401, 404, 413, 503, *refusals}), ErrorOut)


READ: tuple[int, ...] = ()
CHANGE = (403, 409, 422)
"""What any change can be refused with: forbidden, conflict, a rule or a key used twice."""


def without_hidden_marks(text: str) -> str:
    """Names carry no bidirectional overrides and no zero-width characters: they would pass for another name."""
    return "".join(c for c in text if c not in HIDDEN_MARKS).strip()


HIDDEN_MARKS = frozenset(
    "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def one_line(text: str) -> str:
    return " ".join(without_hidden_marks(text).split())


def not_blank(text: str) -> str:
    if not text:
        raise ValueError(_("must not be empty"))
    return text


Id = Annotated[int, Field(ge=1, le=LARGEST)]
Seq = Annotated[int, Field(ge=0, le=LARGEST)]
Name = Annotated[str, StringConstraints(max_length=160), AfterValidator(one_line), AfterValidator(not_blank)]
OtherName = Annotated[str, StringConstraints(max_length=160), AfterValidator(one_line)]
"""A name in the other language, or any short text that may be empty."""
ShortName = Annotated[str, StringConstraints(max_length=80), AfterValidator(one_line), AfterValidator(not_blank)]
OtherShortName = Annotated[str, StringConstraints(max_length=80), AfterValidator(one_line)]
Line = Annotated[str, StringConstraints(max_length=120), AfterValidator(one_line)]
"""A few words that may be empty: a person's title, an industry."""
Text = Annotated[str, StringConstraints(max_length=50_000)]
"""Long Markdown, kept as it is written."""
Ids = Annotated[list[Id], Field(max_length=200), AfterValidator(lambda ids: list(dict.fromkeys(ids)))]
Limit = Annotated[int, Field(ge=1, le=MOST_ROWS)]
Token = Annotated[str, StringConstraints(max_length=500)]
Search = Annotated[str, StringConstraints(max_length=200), BeforeValidator(lambda text: text.strip())]


class PageIn(Schema):
    """Which part of a list: at most `limit` rows after the signed `cursor` of the part before."""

    limit: Limit = 50
    cursor: Token = ""


Page = Query(...)


def version_wanted(request: HttpRequest) -> int:
    """The version in If-Match, as in `"v12"`. Raises PreconditionRequired without one, Malformed for anything else."""
    given = request.headers.get("If-Match", "").strip()
    if not given:
        raise PreconditionRequired
    digits = given.removeprefix("W/").strip('"').removeprefix("v")
    if not digits.isdecimal() or len(digits) > 18:
        raise Malformed(_('If-Match must look like "v12".'), field="If-Match")
    return int(digits)


def require_version(row: Any, wanted: int | None, field: str, **also: Any) -> None:
    """Raises Stale with the current text where the row has moved on since `wanted` was read."""
    if wanted is not None and wanted != row.version:
        raise Stale(field=field, version=row.version, current=getattr(row, field), **also)


def tag(response: HttpResponse, version: int) -> None:
    response["ETag"] = f'"v{version}"'


def page(
    rows: QuerySet[Any], wanted: PageIn, show: Callable[[Any], Any], *, newest_first: bool = False
) -> dict[str, Any]:
    """One page of rows in the order of their ids, and the cursor of the next. Raises Malformed for a forged cursor."""
    step, order = ("id__lt", "-id") if newest_first else ("id__gt", "id")
    if wanted.cursor:
        rows = rows.filter(**{step: read_cursor(wanted.cursor)})
    found: list[Model] = list(rows.order_by(order)[: wanted.limit + 1])
    shown, more = found[: wanted.limit], len(found) > wanted.limit
    return {"items": [show(row) for row in shown], "next": signing.dumps(shown[-1].pk, salt="cursor") if more else None}


def read_cursor(text: str) -> int:
    try:
        return int(signing.loads(text, salt="cursor"))
    except (signing.BadSignature, ValueError, TypeError):
        raise Malformed(_("This cursor is not one of ours."), field="cursor") from None
