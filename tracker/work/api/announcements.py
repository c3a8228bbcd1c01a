"""HTTP: announcements on accounts and initiatives, and who has read them."""

from datetime import datetime
from typing import Annotated, Any

from ninja import Router, Schema, Status
from pydantic import StringConstraints

from tracker.log.http import CHANGE, Id, In, Name, Page, PageIn, answers, page
from tracker.people.requests import SignedInRequest
from tracker.work.models import Announcement
from tracker.work.selectors import announcements as selectors
from tracker.work.services import announcements as services

router = Router(tags=["announcements"])

Body = Annotated[str, StringConstraints(max_length=20_000, strip_whitespace=True)]


class AnnouncementIn(In):
    """`asks`: everybody is asked to confirm that they have read it."""

    title: Name
    body: Body = ""
    asks: bool = True


class AnnouncementOut(Schema):
    """`read` and `unread`: the people who take part. `is_asked`: the reader is one of the latter."""

    id: int
    title: str
    body: str
    asks: bool
    author: int
    created_at: datetime
    read: list[int]
    unread: list[int]
    is_asked: bool
    can: list[str]


class AnnouncementPage(Schema):
    items: list[AnnouncementOut]
    next: str | None


def listed(request: SignedInRequest, kind: str, ref: int, wanted: PageIn) -> dict[str, Any]:
    rows, held = selectors.announcements_on(request.user, kind, ref)
    asked = selectors.asked_on(kind, ref)
    return page(rows, wanted, lambda one: selectors.show(one, request.user, held, asked), newest_first=True)


def published(request: SignedInRequest, kind: str, ref: int, body: AnnouncementIn) -> Status[dict[str, Any]]:
    one: Announcement = services.publish(actor=request.user, kind=kind, ref=ref, **body.dict())
    _rows, held = selectors.announcements_on(request.user, kind, ref)
    return Status(201, selectors.show(one, request.user, held, selectors.asked_on(kind, ref)))


@router.get(
    "/accounts/{account_id}/announcements", response=answers(AnnouncementPage), operation_id="account_announcements"
)
def of_account(request: SignedInRequest, account_id: Id, wanted: PageIn = Page):
    """Newest first."""
    return listed(request, "account", account_id, wanted)


@router.get(
    "/projects/{project_id}/announcements", response=answers(AnnouncementPage), operation_id="project_announcements"
)
def of_project(request: SignedInRequest, project_id: Id, wanted: PageIn = Page):
    """Newest first."""
    return listed(request, "project", project_id, wanted)


@router.post(
    "/accounts/{account_id}/announcements",
    response=answers(AnnouncementOut, status=201, refusals=CHANGE),
    operation_id="announce_on_account",
)
def announce_on_account(request: SignedInRequest, account_id: Id, body: AnnouncementIn):
    return published(request, "account", account_id, body)


@router.post(
    "/projects/{project_id}/announcements",
    response=answers(AnnouncementOut, status=201, refusals=CHANGE),
    operation_id="announce_on_project",
)
def announce_on_project(request: SignedInRequest, project_id: Id, body: AnnouncementIn):
    return published(request, "project", project_id, body)


@router.put(
    "/announcements/{announcement_id}/read",
    response=answers(None, status=204, refusals=CHANGE),
    operation_id="confirm_announcement",
)
def confirm(request: SignedInRequest, announcement_id: Id):
    """I have read it. Once more changes nothing."""
    services.confirm(actor=request.user, announcement_id=announcement_id)
    return Status(204, None)


@router.delete(
    "/announcements/{announcement_id}",
    response=answers(None, status=204, refusals=CHANGE),
    operation_id="remove_announcement",
)
def remove(request: SignedInRequest, announcement_id: Id):
    services.remove(actor=request.user, announcement_id=announcement_id)
    return Status(204, None)
