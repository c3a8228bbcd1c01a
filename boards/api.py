"""HTTP: whole boards, the workspace, and what happened since."""

from collections.abc import Callable

from django.http import HttpResponse
from ninja import Router

from boards import many, snapshots
from boards.access_news import lapsed, last_hole
from boards.answers import json_answer, tag_of, unchanged
from boards.api_views import router as views
from boards.moments import one_moment
from boards.references import find_reference
from boards.schemas import Board, EventPage, ManyBoards, Workspace
from boards.streams import WORKSPACE, Place, may_read, place_of
from tracker.errors import NotFound
from tracker.log.change import Name, account_stream, project_stream, user_stream
from tracker.log.events import encode
from tracker.log.http import Id, Seq, Token, answers
from tracker.log.selectors import events_after
from tracker.people import access
from tracker.people.requests import SignedInRequest

router = Router(tags=["boards"])
router.add_router("", views)


def in_one_moment(read: Callable[[], HttpResponse]) -> HttpResponse:
    """What `read` finds, all as it stood at once. A stream in which nothing has happened yet is made first."""
    while True:
        try:
            with one_moment():
                return read()
        except snapshots.StreamIsMissing as missing:
            place_of(missing.name)


@router.get("/projects/{project_id}/board", response=answers(Board), operation_id="read_board")
def read_board(request: SignedInRequest, project_id: Id):
    """The board with all its cards, and the position in its stream at which it is true."""

    def read():
        project, can = snapshots.find_board(viewer=request.user, project_id=project_id)
        at, workspace = snapshots.places(project_stream(project_id), WORKSPACE)
        # The account's name stands above the board, but its changes are told in the account's own stream.
        account = project.account.version if project.account else 0
        tag = tag_of(request.user, at, workspace, also=f"a{account}")
        return unchanged(request, tag) or json_answer(request, snapshots.board(project, can, at, workspace), tag)

    return in_one_moment(read)


@router.get("/boards/{board}", response=answers(ManyBoards, refusals=(422,)), operation_id="read_many_boards")
def read_many_boards(request: SignedInRequest, board: Token, project: Id | None = None):
    """A board over several initiatives: `account:7`, `function:3`, `team:2` or `mine`; with `project`, its part of one."""

    def read():
        reference = find_reference(viewer=request.user, name=board)
        if not reference.is_many:
            raise NotFound
        found = many.find_many(viewer=request.user, reference=reference, project_id=project)
        tag = tag_of(request.user, found.workspace, also=f"m{found.state}")
        return unchanged(request, tag) or json_answer(request, many.many_boards(found), tag)

    return in_one_moment(read)


@router.get("/workspace", response=answers(Workspace), operation_id="read_workspace")
def read_workspace(request: SignedInRequest):
    """People, functions, teams, labels and workflows. Guests do not see them."""

    def read():
        if not access.may_see_workspace(request.user):
            raise NotFound
        (at,) = snapshots.places(WORKSPACE)
        tag = tag_of(request.user, at)
        return unchanged(request, tag) or json_answer(request, snapshots.workspace(request.user, at), tag)

    return in_one_moment(read)


def events_page(request: SignedInRequest, name: Name, after: int):
    """The events after a position. Raises NotFound where the viewer may not read the stream."""

    def read():
        if not may_read(request.user, name):
            raise NotFound
        (at,) = snapshots.places(name)
        return json_answer(request, page_text(at, after, request.user.pk).encode())

    return in_one_moment(read)


def page_text(at: Place, after: int, viewer: int) -> str:
    lines = events_after(at.id, after) if after >= at.floor else []
    away = lines and lapsed(at.id, {viewer: after})
    floor = at.head if away else max(at.floor, last_hole(lines, viewer))
    told = ",".join(line.text for line in lines) if after >= floor else ""
    above = encode({"epoch": at.epoch, "head": at.head, "floor": floor})
    return f'{above[:-1]},"events":[{told}]}}'


@router.get("/projects/{project_id}/events", response=answers(EventPage), operation_id="read_project_events")
def read_project_events(request: SignedInRequest, project_id: Id, after: Seq = 0):
    return events_page(request, project_stream(project_id), after)


@router.get("/accounts/{account_id}/events", response=answers(EventPage), operation_id="read_account_events")
def read_account_events(request: SignedInRequest, account_id: Id, after: Seq = 0):
    return events_page(request, account_stream(account_id), after)


@router.get("/workspace/events", response=answers(EventPage), operation_id="read_workspace_events")
def read_workspace_events(request: SignedInRequest, after: Seq = 0):
    return events_page(request, WORKSPACE, after)


@router.get("/me/events", response=answers(EventPage), operation_id="read_my_events")
def read_my_events(request: SignedInRequest, after: Seq = 0):
    return events_page(request, user_stream(request.user.pk), after)
