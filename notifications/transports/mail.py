"""E-mail: HTML and text, in threads, with one click to hear no more of it (RFC 8058)."""

import smtplib
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from notifications.contents import Contents
from notifications.models import Delivery, Reason
from notifications.transports import NotTaken
from notifications.unsubscribing import link_for

HEARD_NO_MORE = (500, 600)  # SMTP's codes of what will not become better


def send(delivery: Delivery, contents: Contents) -> None:
    letter = contents.letter or written(delivery, contents)
    try:
        letter.send()
    except BadHeaderError as error:
        raise NotTaken("not an address", is_final=True) from error
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _words in error.recipients.values()]
        raise NotTaken(f"refused: {codes}", is_final=all(code >= HEARD_NO_MORE[0] for code in codes)) from error
    except smtplib.SMTPDataError as error:
        is_final = error.smtp_code >= HEARD_NO_MORE[0]
        raise NotTaken(f"refused: {error.smtp_code}", is_final=is_final) from error
    except smtplib.SMTPResponseException as error:
        raise NotTaken(f"{error.smtp_code}: {error.smtp_error!r}"[:200]) from error
    except (smtplib.SMTPException, OSError) as error:
        raise NotTaken(f"{type(error).__name__}: {error}"[:200]) from error


def written(delivery: Delivery, contents: Contents) -> EmailMultiAlternatives:
    person = contents.person
    if person is None:
        raise NotTaken("nobody to write to", is_final=True)
    kinds = [*contents.counts] if not contents.is_digest else []
    stop = link_for(person, kinds, is_digest=contents.is_digest)
    context = {
        "contents": contents,
        "subject": contents.title,
        "words": words(),
        "language": contents.language,
        "stop": stop,
        "kinds": [(reason_words(kind), link_for(person, [kind])) for kind in kinds],
        "settings": f"{settings.BASE_URL}/settings/notifications",
    }
    letter = EmailMultiAlternatives(
        " ".join(contents.title.split())[:200],
        render_to_string("mail/news.txt", context).strip() + "\n",
        to=[person.email],
        headers=headers(delivery, contents, stop),
    )
    letter.attach_alternative(render_to_string("mail/news.html", context), "text/html")
    return letter


def headers(delivery: Delivery, contents: Contents, stop: str) -> dict[str, str]:
    """The id stays the same on every attempt. News of one card stands in one thread, whoever's mail program it is."""
    host = own_host()
    found = names_of(delivery) | {
        "Auto-Submitted": "auto-generated",
        "List-Id": f"Accord <notifications.{host}>",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    if len(contents.groups) == 1 and not contents.is_digest:
        thread = f"<{contents.groups[0].subject.replace(':', '-')}.{delivery.recipient_id}@{host}>"
        found |= {"In-Reply-To": thread, "References": thread}
    return found


def names_of(delivery: Delivery) -> dict[str, str]:
    """The same on every attempt, so that whoever gets it twice can tell."""
    return {"Message-ID": f"<{delivery.pk}@{own_host()}>", "X-Accord-Delivery": str(delivery.pk)}


def own_host() -> str:
    """The part after the @ of our ids: of the address we write from, else of our own pages."""
    _name, _at, domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")
    return domain or urlsplit(settings.BASE_URL).hostname or "localhost"


def words() -> dict[str, str]:
    """What stands around the news."""
    return {
        "open_card": _("Open the card"),
        "open": _("Open Accord"),
        "settings": _("What you are told, and when"),
        "digest": _("Digest"),
        "unsubscribe": _("Unsubscribe"),
        "done": _("You get no more mail of this kind"),
        "still": _("It is still in your inbox. You can change this at any time."),
        "ask": _("No more mail of this kind?"),
    }


def reason_words(reason: str) -> str:
    known = {
        Reason.MENTIONED: _("You are mentioned"),
        Reason.ASSIGNED: _("Given to you"),
        Reason.ANNOUNCED: _("An announcement"),
        Reason.HANDED: _("Handed to your function"),
        Reason.ANSWERED: _("Your hand-over"),
        Reason.OWNER: _("You own it"),
        Reason.ASSIGNEE: _("You work on it"),
        Reason.DUE: _("Due soon"),
        Reason.OVERDUE: _("Overdue"),
        Reason.UNANSWERED: _("No answer yet"),
        Reason.BLOCKS: _("It blocked your card"),
        Reason.LEAD: _("You lead it"),
        Reason.ACCOUNT_OWNER: _("Your account"),
        Reason.ACCESS: _("Access"),
        Reason.STARTS: _("To begin"),
        Reason.STILL: _("Lies still"),
        Reason.WATCHING: _("You watch it"),
    }
    return known[Reason(reason)]
