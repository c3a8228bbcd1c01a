"""HTTP: when somebody is interrupted and how they are reached; hooks; and the log of what has left the house."""

from datetime import datetime, time
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Router, Schema, Status
from pydantic import AfterValidator, Field, StringConstraints

from notifications import attention, hooks
from notifications.models import Attention, Delivery, Reason
from notifications.sending import replay
from tracker.errors import Refused
from tracker.log.change import change
from tracker.log.http import CHANGE, Id, In, ShortName, answers
from tracker.people import access
from tracker.people.models import User
from tracker.people.requests import SignedInRequest

router = Router(tags=["ways"])

HookScope = Annotated[str, StringConstraints(pattern=r"^((account|project):[1-9][0-9]{0,17})?$")]
Url = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Secret = Annotated[str, StringConstraints(max_length=200)]
Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,120}={0,2}$")]
Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of day, as in 08:30."""
WayOut = Literal["mail", "push", "chat", "webhook"]
KindOut = Literal["news", "digest", "test", "letter"]
StateOut = Literal["waiting", "sent", "failed", "dropped"]
DigestOut = Literal["off", "daily", "weekly"]
HookKind = Literal["feishu", "dingtalk", "wecom", "slack", "teams", "webhook"]
Weekdays = Annotated[
    list[Annotated[int, Field(ge=1, le=7)]], Field(max_length=7), AfterValidator(lambda days: sorted(set(days)))
]


class AttentionOut(Schema):
    """Hours are of the person's own clock; working days and the day of a weekly digest count from 1, Monday."""

    bundle_minutes: int
    quiet_from: str | None
    quiet_until: str | None
    working_days: list[int]
    urgent_in_quiet: bool
    digest: DigestOut
    digest_at: str
    digest_day: int
    next_digest: datetime | None


class AttentionIn(In):
    bundle_minutes: Annotated[int, Field(ge=0, le=240)] = 5
    quiet_from: Clock | None = None
    quiet_until: Clock | None = None
    working_days: Weekdays = []
    urgent_in_quiet: bool = True
    digest: DigestOut = "daily"
    digest_at: Clock = "08:30"
    digest_day: Annotated[int, Field(ge=1, le=7)] = 1


class SentOut(Schema):
    reason: Reason
    way: Literal["inbox", "mail", "push", "chat"]
    count: int


class MessagesOut(Schema):
    way: WayOut
    kind: KindOut
    count: int


class LatelyOut(Schema):
    """What somebody was told in the last 30 days: `news` by reason and way, and in how many `messages`."""

    news: list[SentOut]
    messages: list[MessagesOut]


class BrowserOut(Schema):
    id: int
    agent: str
    endpoint: str
    created_at: datetime


class BrowsersOut(Schema):
    public_key: str
    items: list[BrowserOut]


class KeysIn(In):
    p256dh: Key
    auth: Key


class BrowserIn(In):
    """What the browser's `PushSubscription` says of itself."""

    endpoint: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    keys: KeysIn


class HookOut(Schema):
    """Of the address only the `host` is ever shown again. `rests_until`: after failures it is left alone for a while."""

    id: int
    kind: HookKind
    name: str
    scope: str
    language: User.Language
    is_on: bool
    owner: int
    host: str
    has_secret: bool
    failures: int
    error: str
    rests_until: datetime | None
    last_sent: datetime | None


class HookIn(In):
    kind: HookKind
    name: ShortName
    url: Url
    secret: Secret = ""
    language: User.Language = User.Language.EN
    scope: HookScope = ""


class HookChange(In):
    name: ShortName = ""
    url: Url = ""
    secret: Secret | None = None
    language: User.Language = User.Language.EN
    is_on: bool = True


class DeliveryOut(Schema):
    """`id` is with it on every attempt.."""

    id: UUID
    way: WayOut
    kind: KindOut
    state: StateOut
    recipient: int | None
    hook: int | None
    name: str
    news: int
    attempts: int
    error: str
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None
    can: list[Literal["replay"]]


class DeliveriesOut(Schema):
    items: list[DeliveryOut]
    next: str | None


# --- when ------------------------------------------------------------------------------------------------------------


@router.get("/me/attention", response=answers(AttentionOut), operation_id="my_attention")
def my_attention(request: SignedInRequest):
    return shown(attention.attention_of_person(request.user))


@router.patch("/me/attention", response=answers(AttentionOut, refusals=CHANGE), operation_id="set_attention")
def set_attention(request: SignedInRequest, body: AttentionIn):
    """Change what is given of one's quiet hours, working days, bundle and digest."""
    fields = body.dict(exclude_unset=True)
    if "working_days" in fields:
        fields["working_days"] = "".join(str(day) for day in fields["working_days"])
    for name in TIMES & fields.keys():
        fields[name] = fields[name] and time.fromisoformat(fields[name])
    return shown(attention.set_attention(actor=request.user, fields=fields))


TIMES = {"quiet_from", "quiet_until", "digest_at"}


def shown(row: Attention) -> dict[str, Any]:
    names = ("bundle_minutes", "urgent_in_quiet", "digest", "digest_day", "next_digest")
    times = {name: at and f"{at:%H:%M}" for name in TIMES for at in [getattr(row, name)]}
    return {name: getattr(row, name) for name in names} | times | {"working_days": [int(x) for x in row.working_days]}


@router.get("/me/told", response=answers(LatelyOut), operation_id="told_lately")
def told_lately(request: SignedInRequest):
    """What the reader was told in the last 30 days, by reason and way."""
    return {"news": attention.sent_lately(request.user), "messages": attention.interruptions(request.user)}


# --- browsers --------------------------------------------------------------------------------------------------------


@router.get("/me/browsers", response=answers(BrowsersOut), operation_id="my_browsers")
def my_browsers(request: SignedInRequest):
    """The browsers that are pushed to, and the key with which another one subscribes."""
    from notifications.transports.push.vapid import public_key  # see tracker/outgoing/sealing.py

    return {"public_key": public_key(), "items": list(attention.browsers_of(request.user))}


@router.post("/me/browsers", response=answers(BrowserOut, refusals=CHANGE), operation_id="add_browser")
def add_browser(request: SignedInRequest, body: BrowserIn):
    agent = request.headers.get("User-Agent", "")
    return attention.add_browser(
        actor=request.user, endpoint=body.endpoint, p256dh=body.keys.p256dh, auth=body.keys.auth, agent=agent
    )


@router.delete(
    "/me/browsers/{browser_id}", response=answers(None, status=204, refusals=CHANGE), operation_id="remove_browser"
)
def remove_browser(request: SignedInRequest, browser_id: Id):
    attention.remove_browser(actor=request.user, browser_id=browser_id)
    return Status(204, None)


@router.post(
    "/me/browsers/{browser_id}/test", response=answers(DeliveryOut, refusals=CHANGE), operation_id="try_browser"
)
def try_browser(request: SignedInRequest, browser_id: Id):
    """Push a test message to one of one's browsers."""
    return show(attention.try_browser(actor=request.user, browser_id=browser_id))


# --- hooks -----------------------------------------------------------------------------------------------------------


@router.get("/hooks", response=answers(list[HookOut], refusals=(403,)), operation_id="list_hooks")
def list_hooks(request: SignedInRequest, scope: HookScope = ""):
    """One's own chat, or with `scope` the hooks of an account or an initiative that one manages."""
    return [hooks.show_hook(hook) for hook in hooks.hooks_of(request.user, scope)]


@router.post("/hooks", response=answers(HookOut, status=201, refusals=CHANGE), operation_id="add_hook")
def add_hook(request: SignedInRequest, body: HookIn):
    return Status(201, hooks.show_hook(hooks.add_hook(actor=request.user, **body.dict())))


@router.patch("/hooks/{hook_id}", response=answers(HookOut, refusals=CHANGE), operation_id="change_hook")
def change_hook(request: SignedInRequest, hook_id: Id, body: HookChange):
    fields = body.dict(exclude_unset=True)
    return hooks.show_hook(hooks.change_hook(actor=request.user, hook_id=hook_id, fields=fields))


@router.delete("/hooks/{hook_id}", response=answers(None, status=204, refusals=CHANGE), operation_id="remove_hook")
def remove_hook(request: SignedInRequest, hook_id: Id):
    hooks.remove_hook(actor=request.user, hook_id=hook_id)
    return Status(204, None)


@router.post("/hooks/{hook_id}/test", response=answers(DeliveryOut, refusals=CHANGE), operation_id="try_hook")
def try_hook(request: SignedInRequest, hook_id: Id):
    """Send a test message there; what becomes of it stands in the hook's deliveries."""
    return show(hooks.try_hook(actor=request.user, hook_id=hook_id))


@router.get(
    "/hooks/{hook_id}/deliveries", response=answers(DeliveriesOut, refusals=(403,)), operation_id="list_hook_deliveries"
)
def list_hook_deliveries(request: SignedInRequest, hook_id: Id):
    """The latest that were sent there, or are to be."""
    rows = hooks.deliveries_of(request.user, hook_id).order_by("-created_at", "pk")[:50]
    return {"items": [show(row) for row in rows], "next": None}


# --- the log of deliveries -------------------------------------------------------------------------------------------


@router.get("/deliveries", response=answers(DeliveriesOut, refusals=(403,)), operation_id="list_deliveries")
def list_deliveries(request: SignedInRequest, state: StateOut | None = None, way: WayOut | None = None):
    """For administrators: the latest 200, without what they said."""
    access.require_administrator(request.user)
    rows = Delivery.objects.select_related("hook", "recipient").order_by("-created_at", "pk")
    if state is not None:
        rows = rows.filter(state=state)
    if way is not None:
        rows = rows.filter(way=way)
    return {"items": [show(row) for row in rows[:200]], "next": None}


@router.post(
    "/deliveries/{delivery_id}/replay", response=answers(DeliveryOut, refusals=CHANGE), operation_id="replay_delivery"
)
def replay_delivery(request: SignedInRequest, delivery_id: UUID):
    """Send it once more, under the same id: administrators, and whoever manages its hook."""
    with change(actor=request.user):
        row = hooks.find_delivery(request.user, str(delivery_id))
        if row.state == Delivery.State.WAITING and row.locked_until is not None:
            raise Refused(_("This is being sent just now. Look again in a moment."), code="being_sent")
        if is_forgotten(row):
            raise Refused(
                _(
                    "There is nothing left to send: a letter is forgotten once it has left or its link is no longer good."
                ),
                code="nothing_left",
            )
        replay(row)
        return show(row)


def is_forgotten(row: Delivery) -> bool:
    """What it said is known no more."""
    return row.kind == Delivery.Kind.LETTER and not row.sealed


def show(row: Delivery) -> dict[str, Any]:
    names = ("id", "way", "kind", "state", "attempts", "error", "created_at", "due_at", "sent_at")
    return {name: getattr(row, name) for name in names} | {
        "recipient": row.recipient_id,
        "hook": row.hook_id,
        "name": row.hook.name if row.hook else "",
        "news": len(row.items),
        "can": ["replay"] if row.state != Delivery.State.WAITING and not is_forgotten(row) else [],
    }
