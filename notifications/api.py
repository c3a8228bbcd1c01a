"""HTTP: the inbox, muting, and what people choose to be told."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.core import signing
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import AwareDatetime, Field, StringConstraints

from notifications import selectors, services
from notifications.choices import by_default
from notifications.models import Preference, Reason
from tracker.errors import Malformed
from tracker.log.http import CHANGE, Id, In, Page, PageIn, answers
from tracker.people.requests import SignedInRequest

router = Router(tags=["notifications"])

Subject = Annotated[str, StringConstraints(pattern=r"^(task|project|account):[1-9][0-9]{0,17}$")]
Scope = Annotated[str, StringConstraints(pattern=r"^((account|project):[1-9][0-9]{0,17})?$")]
Shelf = Literal["open", "snoozed", "done"]


class ThingOut(Schema):
    """What stands above a card: an initiative with its key, or an account with its code."""

    id: int
    name: str
    name_zh: str
    key: str = ""
    code: str = ""


class NewsOut(Schema):
    """One piece of news: its event, as the stream told it."""

    id: int
    reason: Reason
    at: datetime
    is_read: bool
    actor: int | None
    body: dict[str, Any] | None


class BundleOut(Schema):
    """Everything new on one card or about one initiative; `items` are the newest of `total`."""

    subject: str
    reason: Reason
    title: str
    task: int | None
    key: str | None
    status: int | None
    due: date | None
    is_archived: bool
    is_muted: bool
    project: ThingOut | None
    account: ThingOut | None
    latest: datetime
    unread: int
    total: int
    snoozed_until: datetime | None
    items: list[NewsOut]


class InboxOut(Schema):
    items: list[BundleOut]
    next: str | None
    unread: int


class UnreadOut(Schema):
    """How many cards have news that was not read."""

    unread: int


class TriageIn(In):
    """What becomes of the news on these cards. `up_to`: the newest piece of news that the person has seen."""

    subjects: Annotated[list[Subject], Field(min_length=1, max_length=200)]
    up_to: Id | None = None
    read: bool | None = None
    done: bool | None = None
    snoozed_until: AwareDatetime | None = None


class ChoiceIn(In):
    """`is_on` null takes a choice back: then the default holds, or the choice of a wider scope."""

    reason: Reason
    way: Preference.Way = Preference.Way.INBOX
    scope: Scope = ""
    is_on: bool | None


class ChoiceOut(Schema):
    reason: Reason
    way: Preference.Way
    scope: str
    is_on: bool


class DefaultOut(Schema):
    reason: Reason
    way: Preference.Way


class ChoicesOut(Schema):
    """`off`: what somebody is not told who chose nothing."""

    reasons: list[Reason]
    ways: list[Preference.Way]
    off: list[DefaultOut]
    choices: list[ChoiceOut]


@router.get("/inbox", response=answers(InboxOut), operation_id="read_inbox")
def read_inbox(request: SignedInRequest, shelf: Shelf = "open", wanted: PageIn = Page):
    """What the reader was told about things that they still see, grouped by card, latest news first."""
    found = selectors.bundles(request.user, shelf, before=read_place(wanted.cursor), limit=wanted.limit + 1)
    shown, more = found[: wanted.limit], len(found) > wanted.limit
    return {
        "items": [selectors.show(bundle) for bundle in selectors.with_mutes(request.user, shown)],
        "next": place_after(shown[-1]) if more else None,
        "unread": selectors.unread(request.user),
    }


def place_after(bundle: selectors.Bundle) -> str:
    return signing.dumps([bundle.latest.isoformat(), bundle.subject], salt="inbox")


def read_place(cursor: str) -> tuple[datetime, str] | None:
    """Raises Malformed for a forged cursor."""
    if not cursor:
        return None
    try:
        at, subject = signing.loads(cursor, salt="inbox")
    except (signing.BadSignature, ValueError, TypeError):
        raise Malformed(_("This cursor is not one of ours."), field="cursor") from None
    return parse_datetime(at), subject  # type: ignore[return-value]


@router.get("/inbox/unread", response=answers(UnreadOut), operation_id="count_unread")
def count_unread(request: SignedInRequest):
    return {"unread": selectors.unread(request.user)}


@router.patch("/inbox", response=answers(UnreadOut, refusals=CHANGE), operation_id="triage_inbox")
def triage_inbox(request: SignedInRequest, body: TriageIn):
    """Read, put away, bring back or put off."""
    what = services.Triage(read=body.read, done=body.done, snoozed_until=body.snoozed_until)
    services.triage(actor=request.user, subjects=body.subjects, what=what, up_to=body.up_to)
    return {"unread": selectors.unread(request.user)}


@router.put("/tasks/{task_id}/mute", response=answers(None, status=204, refusals=CHANGE), operation_id="mute_task")
def mute_task(request: SignedInRequest, task_id: Id):
    """Hear no more of a card, unless mentioned there or given it."""
    services.set_muted(actor=request.user, task_id=task_id, muted=True)
    return Status(204, None)


@router.delete("/tasks/{task_id}/mute", response=answers(None, status=204, refusals=CHANGE), operation_id="unmute_task")
def unmute_task(request: SignedInRequest, task_id: Id):
    services.set_muted(actor=request.user, task_id=task_id, muted=False)
    return Status(204, None)


@router.get("/me/preferences", response=answers(ChoicesOut), operation_id="my_preferences")
def my_preferences(request: SignedInRequest):
    """Every reason and way there is, what holds without a choice, and what the reader chose."""
    return {
        "reasons": Reason.values,
        "ways": Preference.Way.values,
        "off": [
            {"reason": reason, "way": way}
            for way in Preference.Way.values
            for reason in Reason.values
            if not by_default(way, reason)
        ],
        "choices": list(request.user.preferences.order_by("pk").values("reason", "way", "scope", "is_on")),
    }


@router.put("/me/preferences", response=answers(ChoicesOut, refusals=CHANGE), operation_id="set_preference")
def set_preference(request: SignedInRequest, body: ChoiceIn):
    services.choose(actor=request.user, **body.dict())
    return my_preferences(request)
