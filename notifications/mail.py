"""Letters: what lets somebody in, as an invitation or a way back. Also what django-allauth sends through.

They go through the outbox, in the transaction that makes the link: no crash loses one. Until it has left, a letter is sealed;
then it is forgotten, so that nobody comes in by a copy of the database. Whether its link still holds is asked when it is sent.

This is the one place where a lower package reaches a higher one: `tracker.people` asks the account adapter that the
settings name (`ACCOUNT_ADAPTER`, which is the one below) to send an invitation or a way back in, and knows nothing of
templates. Links in mail are made from `settings.BASE_URL`, never from a request.
"""

import json
from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import now

from notifications.contents import Contents
from notifications.models import Delivery
from notifications.outbox import ask_for
from notifications.transports.mail import names_of
from tracker.log.turns import turn
from tracker.outgoing.sealing import Unreadable, seal, unseal
from tracker.people.invitations import is_open
from tracker.people.language import CODES
from tracker.people.limits import LimitedAccountAdapter
from tracker.people.models import User
from tracker.people.passwords import lets_back_in

Context = dict[str, Any]

HOLDS: dict[str, Callable[[str], bool]] = {"invitation": is_open, "password_reset": lets_back_in}
"""Template → whether the token at the end of its link still lets anybody in."""


class AccountAdapter(LimitedAccountAdapter):
    """allauth behind our own pages."""

    def send_mail(self, template_prefix: str, email: str, context: Context) -> None:
        """`context` names the reader's language under `language`. To no address at all, it does the same and nothing leaves."""
        send(email, template=template_prefix, language=context["language"], context=context)


def send(to: User | str, *, template: str, language: str, context: Context) -> None:
    """Put a letter into the outbox, in the transaction that is under way: it leaves when that is committed."""
    at = now()
    address = to.email if isinstance(to, User) else to
    said = {"to": address, "template": template, "language": language, "context": context}
    row = Delivery(
        way=Delivery.Way.MAIL,
        kind=Delivery.Kind.LETTER,
        target="letter",
        sealed=seal(json.dumps(said)),
        is_open=False,
        is_urgent=True,
        created_at=at,
        due_at=at,
    )
    with turn(), transaction.atomic():
        ask_for([row], at)
        row.save(force_insert=True)


def letter_of(delivery: Delivery) -> Contents | None:
    """What is sent now; None where the link lets nobody in any more, or there is nobody to send it to."""
    try:
        said = json.loads(unseal(delivery.sealed))
    except Unreadable:
        return None
    context, holds = said["context"], HOLDS.get(said["template"])
    if not said["to"] or (holds and not holds(context["link"].rpartition("/")[2])):
        return None
    letter = written(said["to"], template=said["template"], language=said["language"], context=context)
    letter.extra_headers |= names_of(delivery)
    return Contents(said["language"], [], {}, letter=letter)


def written(address: str, *, template: str, language: str, context: Context) -> EmailMultiAlternatives:
    """The letter. The first line of the text template is its subject; whatever is in it stays on one line."""
    code = language if language in CODES else "en"
    with translation.override(CODES[code]):
        subject, _blank, text = render_to_string(f"mail/{template}.{code}.txt", context).partition("\n\n")
        html = render_to_string(f"mail/{template}.{code}.html", context)
    letter = EmailMultiAlternatives(
        " ".join(subject.split()), text.strip() + "\n", to=[address], headers={"Auto-Submitted": "auto-generated"}
    )
    letter.attach_alternative(html, "text/html")
    return letter
