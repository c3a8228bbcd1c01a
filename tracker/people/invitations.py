"""Invitations: how a colleague or a guest comes in. Single use, kept as a hash, bound to one address, and they expire."""

from datetime import timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.timezone import now
from django.utils.translation import gettext as _

from tracker.errors import Conflict, NotFound, Refused
from tracker.log.change import WORKSPACE, change
from tracker.people import access, limits
from tracker.people.events import PersonAdded
from tracker.people.models import Function, Invitation, User
from tracker.people.passwords import hashed
from tracker.people.selectors import person_row
from tracker.people.tokens import new_token, token_hash

INVITATION_LASTS = timedelta(days=7)


def invitations_for(*, viewer: User) -> QuerySet[Invitation]:
    """All that were not withdrawn. Raises Forbidden for who is not administrator."""
    access.require_administrator(viewer)
    return Invitation.objects.filter(withdrawn_at=None)


def invite(*, actor: User, email: str, function: int | None, is_guest: bool, language: str) -> tuple[Invitation, str]:
    """Invite an address, and mail it the link; returns the invitation with the link, which is shown only now.

    An earlier invitation of the address is withdrawn. Raises Forbidden, Conflict (somebody has this address), Refused.
    """
    access.require_administrator(actor)
    token = new_token()
    with change(actor=actor) as log:
        log.lock(WORKSPACE)
        require_free_address(email)
        if function is not None and not Function.objects.filter(pk=function).exists():
            raise Refused(_("There is no such function."), code="unknown", field="function")
        open_invitations().filter(email=email).update(withdrawn_at=now())
        invitation = Invitation.objects.create(
            email=email,
            token_hash=token_hash(token),
            invited_by=actor,
            function_id=function,
            is_guest=is_guest,
            language=language,
            expires_at=now() + INVITATION_LASTS,
        )
        link = f"{settings.BASE_URL}/invite/{token}"
        get_adapter().send_mail("invitation", email, mail_context(invitation, link))
    return invitation, link


def mail_context(invitation: Invitation, link: str) -> dict[str, Any]:
    inviter = invitation.invited_by
    return {
        "language": invitation.language,
        "invited_by": (invitation.language == User.Language.ZH and inviter.name_zh) or inviter.name,
        "link": link,
        "days": INVITATION_LASTS.days,
    }


def withdraw(*, actor: User, invitation_id: int) -> None:
    """Make an invitation void. Raises Forbidden, NotFound (unknown, accepted or withdrawn)."""
    access.require_administrator(actor)
    with change(actor=actor) as log:
        log.lock(WORKSPACE)
        still_open = Invitation.objects.filter(pk=invitation_id, accepted_at=None, withdrawn_at=None)
        if not still_open.update(withdrawn_at=now()):
            raise NotFound


def open_invitations() -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        accepted_at=None, withdrawn_at=None, expires_at__gt=now(), invited_by__is_active=True
    )


def find_invitation(*, token: str) -> Invitation:
    """The invitation that this token opens. Raises NotFound (unknown, accepted, withdrawn or expired)."""
    invitation = open_invitations().select_related("invited_by").filter(token_hash=token_hash(token)).first()
    if invitation is None:
        raise NotFound
    return invitation


def is_open(token: str) -> bool:
    """Whether it still lets somebody in."""
    return open_invitations().filter(token_hash=token_hash(token)).exists()


def accept_invitation(
    request: HttpRequest, *, token: str, name: str, name_zh: str, password: str, language: str
) -> User:
    """Come in: the invited address becomes a person. Of two at once, one does.

    Raises TooMany, NotFound (as `find_invitation`), Conflict (the address belongs to somebody), Refused (weak password).
    """
    limits.count(request, "invitation")
    email = find_invitation(token=token).email
    person = User(email=email, name=name, name_zh=name_zh, language=language)
    person.password = hashed(password, person)
    with change(actor=None) as log:
        (stream,) = log.lock(WORKSPACE)
        invitation = find_invitation(token=token)
        require_free_address(email)
        person.function_id = invitation.function_id
        person.is_guest = invitation.is_guest
        person.save(force_insert=True)
        Invitation.objects.filter(pk=invitation.pk).update(accepted_at=now())
        log.actor_id = person.pk
        log.record(stream, PersonAdded(id=person.pk, person=person_row(person)))
    return person


def require_free_address(email: str) -> None:
    if User.objects.filter(email=email).exists():
        raise Conflict(_("Somebody with this address is here already."), code="taken", field="email")
