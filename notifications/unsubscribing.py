"""Hearing no more of something by mail, with one click and without signing in (RFC 8058).

The link says whose choice it is and of what; it is signed and lasts, and can do nothing else. Opening it changes
nothing, because mail programs look at links: only the button does, or the mail program's own POST.
"""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from notifications.models import Attention, Preference, Reason
from tracker.errors import NotFound
from tracker.log.change import change
from tracker.log.commands import refusal
from tracker.people.models import User

SALT = "unsubscribe"


def link_for(person: User, reasons: list[str], *, is_digest: bool = False) -> str:
    token = signing.dumps({"p": person.pk, "r": reasons, "d": is_digest}, salt=SALT, compress=True)
    return f"{settings.BASE_URL}/unsubscribe/{token}"


def read(token: str) -> tuple[User, list[str], bool]:
    """Whose mail, of what. Raises NotFound for what we did not sign."""
    try:
        found: dict[str, Any] = signing.loads(token, salt=SALT)
        person = User.objects.get(pk=found["p"])
    except (signing.BadSignature, User.DoesNotExist, KeyError, TypeError, ValueError):
        raise NotFound from None
    return person, [reason for reason in found["r"] if reason in Reason.values], bool(found["d"])


def hear_no_more(person: User, reasons: list[str], *, is_digest: bool) -> None:
    """No mail for these reasons, anywhere, also where a narrower choice had said otherwise; doing it twice changes
    nothing."""
    with change(actor=person):
        for reason in reasons:
            mine = Preference.objects.filter(person=person, reason=reason, way=Preference.Way.MAIL)
            mine.exclude(scope="").delete()
            Preference.objects.update_or_create(
                person=person, reason=reason, way=Preference.Way.MAIL, scope="", defaults={"is_on": False}
            )
        if is_digest:
            Attention.objects.update_or_create(
                person=person, defaults={"digest": Attention.Digest.OFF, "next_digest": None}
            )


@never_cache
@csrf_exempt  # a mail program posts it; the signature is what lets it
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    from notifications.contents import speaking
    from notifications.transports.mail import reason_words, words

    try:
        person, reasons, is_digest = read(token)
    except NotFound as error:
        return refusal(error)
    if request.method == "POST":
        hear_no_more(person, reasons, is_digest=is_digest)
    with speaking(person.language):
        what = [reason_words(reason) for reason in reasons] + ([_("Digest")] if is_digest else [])
        answer = render(
            request,
            "mail/unsubscribe.html",
            {"language": person.language, "what": what, "words": words(), "is_done": request.method == "POST"},
        )
    answer["Referrer-Policy"] = "no-referrer"
    return answer
