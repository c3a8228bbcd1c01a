"""HTTP: what this installation is, coming in and going out, and oneself."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from ninja import Router, Schema, Status
from pydantic import Field

from tracker.log.http import Id, In, answers, tag
from tracker.people import limits, passwords, profile, sessions, setup, signing_in
from tracker.people.addresses import Address, AnyAddress
from tracker.people.api import Hours
from tracker.people.demo import DemoPerson, demo_people
from tracker.people.fields import Language, OtherPersonName, PersonName, Theme, TimeZone
from tracker.people.language import CODES, current_language
from tracker.people.models import User
from tracker.people.passwords import Password
from tracker.people.requests import SignedInRequest
from tracker.people.selectors import person_row
from tracker.people.signing_in import public_form

router = Router(tags=["session"])

FORM = (403, 429)
"""What a public form can be refused with: no CSRF token, too many tries."""
Secret = Annotated[str, Field(min_length=1, max_length=200)]


class InstallationOut(Schema):
    installed: bool
    demo: bool
    version: str
    signed_in: bool
    language: Language
    languages: list[Language]
    demo_people: list[DemoPerson]


class MeOut(Schema):
    id: int
    email: str
    name: str
    name_zh: str
    language: Language
    time_zone: str
    theme: Theme
    hours_per_day: str
    function: int | None
    is_administrator: bool
    is_overseer: bool
    is_guest: bool
    can: list[str]
    version: int


class SessionIn(In):
    email: AnyAddress
    password: Password


class MeChange(In):
    """Only what is given changes."""

    name: PersonName = ""
    name_zh: OtherPersonName = ""
    language: Language = "en"
    time_zone: TimeZone = "UTC"
    theme: Theme = "system"
    hours_per_day: Hours = Decimal(8)


class PasswordChange(In):
    current_password: Password
    new_password: Password


class SessionOut(Schema):
    id: int
    created_at: datetime
    last_seen_at: datetime
    address: str
    agent: str
    current: bool


class SessionsOut(Schema):
    items: list[SessionOut]


class SetupIn(In):
    code: Secret
    email: Address
    name: PersonName
    name_zh: OtherPersonName = ""
    password: Password
    language: Language = "en"


class ResetRequestIn(In):
    email: AnyAddress


class ResetIn(In):
    password: Password


def me(response: HttpResponse, person: User) -> dict[str, Any]:
    """The person as they see themselves, with their version as the ETag."""
    tag(response, person.version)
    own = {"language": person.language, "theme": person.theme, "can": ["administer"] if person.is_administrator else []}
    return person_row(person).model_dump() | own


def come_in(request: HttpRequest, response: HttpResponse, person: User) -> dict[str, Any]:
    limits.remember_device(request, response, person.email)
    return me(response, person)


# --- the installation, and the first person in it ----------------------------------------------------------------


@router.get("/status", auth=None, response={200: InstallationOut}, operation_id="read_status")
def read_status(request: HttpRequest):
    """What the sign-in page needs to know. Sets the CSRF cookie, as `GET /` does."""
    get_token(request)
    return {
        "installed": setup.is_installed(),
        "demo": settings.DEMO,
        "version": settings.VERSION,
        "signed_in": request.user.is_authenticated,
        "language": current_language(),
        "languages": list(CODES),
        "demo_people": demo_people() if settings.DEMO else [],
    }


@router.post("/setup", auth=public_form, response=answers(MeOut, refusals=(*FORM, 422)), operation_id="set_up")
def set_up(request: HttpRequest, response: HttpResponse, body: SetupIn):
    person = setup.set_up(request, **body.dict())
    signing_in.enter(request, person)
    return come_in(request, response, person)


# --- the session -------------------------------------------------------------------------------------------------


@router.post("/session", auth=public_form, response=answers(MeOut, refusals=FORM), operation_id="sign_in")
def sign_in(request: HttpRequest, response: HttpResponse, body: SessionIn):
    return come_in(request, response, signing_in.sign_in(request, email=body.email, password=body.password))


@router.delete("/session", auth=public_form, response=answers(None, status=204, refusals=FORM), operation_id="sign_out")
def sign_out(request: HttpRequest):
    """End this session; nothing happens where there is none."""
    signing_in.sign_out(request)
    return Status(204, None)


@router.get("/me/sessions", response=answers(SessionsOut), operation_id="list_sessions")
def list_sessions(request: SignedInRequest):
    """Where one is signed in, the session used last first."""
    key = request.session.session_key
    return SessionsOut(
        items=[
            SessionOut(
                id=session.pk,
                created_at=session.created_at,
                last_seen_at=session.last_seen_at,
                address=session.ip,
                agent=session.user_agent,
                current=session.session_key == key,
            )
            for session in sessions.sessions_of(viewer=request.user)
        ]
    )


@router.delete(
    "/me/sessions/{session_id}", response=answers(None, status=204, refusals=(403, 422)), operation_id="end_session"
)
def end_session(request: SignedInRequest, session_id: Id):
    if sessions.end_session(actor=request.user, session_id=session_id) == request.session.session_key:
        request.session.flush()
    return Status(204, None)


# --- oneself -----------------------------------------------------------------------------------------------------


@router.get("/me", response=answers(MeOut), operation_id="read_me")
def read_me(request: SignedInRequest, response: HttpResponse):
    return me(response, request.user)


@router.patch("/me", response=answers(MeOut, refusals=(403, 422)), operation_id="change_me")
def change_me(request: SignedInRequest, response: HttpResponse, body: MeChange):
    return me(response, profile.change_self(actor=request.user, fields=body.dict(exclude_unset=True)))


@router.post(
    "/me/password", response=answers(None, status=204, refusals=(403, 422, 429)), operation_id="change_password"
)
def change_password(request: SignedInRequest, body: PasswordChange):
    """Set another password; every other session ends, and this one gets a new cookie."""
    passwords.change_password(request, actor=request.user, **body.dict())
    return Status(204, None)


# --- a forgotten password ----------------------------------------------------------------------------------------


@router.post(
    "/password-reset", auth=public_form, response=answers(None, status=204, refusals=FORM), operation_id="request_reset"
)
def request_reset(request: HttpRequest, body: ResetRequestIn):
    """Mail a link to whoever this address belongs to; the answer does not say whether it belongs to anybody."""
    passwords.request_reset(request, email=body.email)
    return Status(204, None)


@router.post(
    "/password-reset/{token}",
    auth=public_form,
    response=answers(None, status=204, refusals=(*FORM, 422)),
    operation_id="reset_password",
)
def reset_password(request: HttpRequest, token: Secret, body: ResetIn):
    passwords.reset_password(request, token=token, password=body.password)
    return Status(204, None)
