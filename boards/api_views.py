"""HTTP: saved views of boards, and how a person looks at one."""

from typing import Annotated, Literal

from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from boards import selectors, services
from boards.filters import MOST_SIGNS
from tracker.log.http import CHANGE, Id, In, ShortName, Token, answers
from tracker.people.requests import SignedInRequest

router = Router(tags=["boards"])

GroupField = Literal["status", "category", "function", "owner", "priority", "label", "due", "account", "initiative"]
SortField = Literal["rank", "due", "priority", "entered", "title", "key"]
CardFact = Literal[
    "account", "function", "priority", "labels", "due", "estimate", "checklist", "talk", "files", "age", "people"
]
Folded = Annotated[str, StringConstraints(max_length=80)]


class ViewSettings(In):
    """How cards are arranged and which are seen. `filter` is a query as people write it: `owner:me due:<7d`."""

    columns: GroupField
    lanes: GroupField | Literal[""] = ""
    sort: SortField
    filter: Annotated[str, StringConstraints(max_length=MOST_SIGNS)] = ""
    hidden: Annotated[list[CardFact], Field(max_length=11)] = []


class ViewIn(In):
    name: ShortName
    settings: ViewSettings
    is_shared: bool = False


class ViewChange(In):
    name: ShortName | None = None
    settings: ViewSettings | None = None
    is_shared: bool | None = None


class ViewOut(Schema):
    id: int
    name: str
    owner: int
    is_shared: bool
    settings: ViewSettings
    version: int
    can: list[Literal["change"]]


class BoardViews(Schema):
    """`default` is the view that the person starts with, `folded` the columns and lanes they have folded away."""

    views: list[ViewOut]
    default: int | None
    folded: list[str]
    can: list[Literal["share"]]


class LookChange(In):
    default: Id | None = None
    folded: Annotated[list[Folded], Field(max_length=300)] = []


@router.get("/boards/{board}/views", response=answers(BoardViews), operation_id="read_views")
def read_views(request: SignedInRequest, board: Token):
    """Of `project:42`, `account:7`, `function:3`, `team:2` or `mine`: one's own views and the shared ones."""
    return selectors.read_views(viewer=request.user, board=board)


@router.post("/boards/{board}/views", response=answers(ViewOut, status=201, refusals=CHANGE), operation_id="add_view")
def add_view(request: SignedInRequest, board: Token, body: ViewIn):
    view = services.add_view(
        actor=request.user, board=board, name=body.name, settings=body.settings.dict(), is_shared=body.is_shared
    )
    return Status(201, view)


@router.patch("/views/{view_id}", response=answers(ViewOut, refusals=CHANGE), operation_id="change_view")
def change_view(request: SignedInRequest, view_id: Id, body: ViewChange):
    """Change what is given. One's own; and a shared one where one manages what the board shows."""
    fields = {name: value for name, value in body.dict(exclude_unset=True).items() if value is not None}
    return services.change_view(actor=request.user, view_id=view_id, fields=fields)


@router.delete("/views/{view_id}", response=answers(None, status=204, refusals=CHANGE), operation_id="remove_view")
def remove_view(request: SignedInRequest, view_id: Id):
    services.remove_view(actor=request.user, view_id=view_id)
    return Status(204, None)


@router.patch("/boards/{board}/look", response=answers(BoardViews, refusals=CHANGE), operation_id="change_look")
def change_look(request: SignedInRequest, board: Token, body: LookChange):
    """Where the person starts on this board, and what they have folded; only for them, on all their machines."""
    return services.change_look(actor=request.user, board=board, fields=body.dict(exclude_unset=True))
