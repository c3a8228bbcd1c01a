"""HTTP: invitations, as administrators and as the invited see them.

One address for both: `/invitations/{invitation}` takes the id from an administrator, and the token from who was invited.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status

from tracker.log.http import CHANGE, Id, In, Page, PageIn, answers, page
from tracker.people import invitations, signing_in
from tracker.people.addresses import Address
from tracker.people.api_session import FORM, MeOut, Secret, come_in
from tracker.people.fields import Language, OtherPersonName, PersonName
from tracker.people.language import name_of
from tracker.people.models import Invitation
from tracker.people.passwords import Password
from tracker.people.requests import SignedInRequest
from tracker.people.signing_in import public_form

router = Router(tags=["people"])


class InvitationIn(In):
    email: Address
    function: Id | None = None
    is_guest: bool = False
    language: Language = "en"


class InvitationOut(Schema):
    id: int
    email: str
    function: int | None
    is_guest: bool
    language: Language
    invited_by: int
    created_at: datetime
    expires_at: datetime
    accepted_at: datetime | None


class NewInvitationOut(InvitationOut):
    """The link is shown this once; afterwards only its hash is known."""

    link: str


class InvitationsOut(Schema):
    items: list[InvitationOut]
    next: str | None


class InvitedOut(Schema):
    email: str
    invited_by: str
    language: Language


class AcceptIn(In):
    name: PersonName
    name_zh: OtherPersonName = ""
    password: Password
    language: Language = "en"


def shown(invitation: Invitation) -> dict[str, object]:
    return {
        "id": invitation.pk,
        "email": invitation.email,
        "function": invitation.function_id,
        "is_guest": invitation.is_guest,
        "language": invitation.language,
        "invited_by": invitation.invited_by_id,
        "created_at": invitation.created_at,
        "expires_at": invitation.expires_at,
        "accepted_at": invitation.accepted_at,
    }


@router.get("/invitations", response=answers(InvitationsOut, refusals=(403,)), operation_id="list_invitations")
def list_invitations(request: SignedInRequest, wanted: PageIn = Page):
    return page(invitations.invitations_for(viewer=request.user), wanted, shown, newest_first=True)


@router.post("/invitations", response=answers(NewInvitationOut, status=201, refusals=CHANGE), operation_id="invite")
def invite(request: SignedInRequest, body: InvitationIn):
    invitation, link = invitations.invite(actor=request.user, **body.dict())
    return Status(201, {**shown(invitation), "link": link})


@router.delete(
    "/invitations/{invitation}",
    response=answers(None, status=204, refusals=CHANGE),
    operation_id="withdraw_invitation",
)
def withdraw_invitation(request: SignedInRequest, invitation: Id):
    invitations.withdraw(actor=request.user, invitation_id=invitation)
    return Status(204, None)


# --- as the invited person sees it ---------------------------------------------------------------------------------


@router.get("/invitations/{invitation}", auth=None, response=answers(InvitedOut), operation_id="read_invitation")
def read_invitation(request: HttpRequest, invitation: Secret):
    found = invitations.find_invitation(token=invitation)
    return {"email": found.email, "invited_by": name_of(found.invited_by), "language": found.language}


@router.post(
    "/invitations/{invitation}",
    auth=public_form,
    response=answers(MeOut, refusals=(*FORM, 409, 422)),
    operation_id="accept_invitation",
)
def accept_invitation(request: HttpRequest, response: HttpResponse, invitation: Secret, body: AcceptIn):
    person = invitations.accept_invitation(request, token=invitation, **body.dict())
    signing_in.enter(request, person)
    return come_in(request, response, person)
