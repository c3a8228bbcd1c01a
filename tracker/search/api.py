"""HTTP: finding things by their words or their key."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Query, Router, Schema
from pydantic import AfterValidator, Field

from tracker.log.http import READ, Search, answers
from tracker.people.requests import SignedInRequest
from tracker.search.models import Entry
from tracker.search.selectors import search as found_by

router = Router(tags=["search"])

Kind = Literal["card", "comment", "account", "initiative", "person"]


def known_kinds(text: str) -> str:
    if unknown := set(filter(None, text.split(","))) - set(Entry.Kind.values):
        raise ValueError(f"unknown: {min(unknown)}")
    return text


Kinds = Annotated[str, Field(max_length=60), AfterValidator(known_kinds)]


class SearchIn(Schema):
    """What was typed, in which kinds to look (with commas; all by default), and how many to give of each."""

    q: Search
    kinds: Kinds = ""
    limit: Annotated[int, Field(ge=1, le=100)] = 5


class Part(Schema):
    text: str
    hit: bool


class StatusLook(Schema):
    category: str
    color: str


class Found(Schema):
    """One thing. `key` is its own, of a comment that of its card; `where` says to what it belongs; `excerpt` may be empty."""

    kind: Kind
    id: int
    key: str
    title: list[Part]
    excerpt: list[Part]
    where: str
    person: int | None
    status: StatusLook | None
    at: datetime | None
    is_archived: bool
    exact: bool


class Group(Schema):
    kind: Kind
    items: list[Found]
    more: bool


class SearchOut(Schema):
    groups: list[Group]


@router.get("/search", response=answers(SearchOut, refusals=READ), operation_id="search")
def search(request: SignedInRequest, wanted: SearchIn = Query(...)):
    kinds = [kind for kind in Entry.Kind.values if not wanted.kinds or kind in wanted.kinds.split(",")]
    return {"groups": found_by(viewer=request.user, typed=wanted.q, kinds=kinds, limit=wanted.limit)}
