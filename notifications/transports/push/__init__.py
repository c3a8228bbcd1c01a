"""Browser push: one line for each browser that a person let us push to (RFC 8030, 8291, 8292)."""

import json

from django.utils.translation import ngettext

from notifications.contents import Contents
from notifications.models import Delivery, Subscription
from notifications.transports import Gone, NotTaken
from notifications.transports.http import give
from notifications.transports.push.encryption import encrypt
from notifications.transports.push.vapid import authorization

TTL = 24 * 3600  # seconds that a push service keeps it for a browser that is away
MOST_WORDS = 240
MOST_BYTES = 3000  # push services take 4096 with what encryption adds


def send(delivery: Delivery, contents: Contents) -> None:
    browser = delivery.subscription
    if browser is None:
        raise Gone("the browser was removed")
    body = encrypt(message(delivery, contents), browser.p256dh, browser.auth)
    headers = {
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "Content-Length": str(len(body)),
        "TTL": str(TTL),
        "Urgency": "high" if delivery.is_urgent else "normal",
        "Topic": delivery.pk.hex,
        "Authorization": authorization(browser.endpoint),
        "X-Accord-Delivery": str(delivery.pk),
    }
    try:
        give(browser.endpoint, body, headers)
    except Gone:
        forget(browser)
        raise
    except NotTaken as error:
        if str(error).startswith(("404", "403")):
            forget(browser)
            raise Gone(str(error)) from error
        raise


def forget(browser: Subscription) -> None:
    """Its deliveries stay in the log."""
    Delivery.objects.filter(subscription=browser).update(subscription=None)
    browser.delete()


def message(delivery: Delivery, contents: Contents) -> bytes:
    """What the service worker shows: title, a line or two, and where a click leads."""
    first = contents.groups[0]
    lines = [group.lines[-1].words for group in contents.groups[:2]] if len(contents.groups) > 1 else []
    words = lines or [line.words for line in first.lines[-2:]]
    left = contents.total - len(words)
    if left > 0:
        words.append(ngettext("and one more", "and %(count)s more", left) % {"count": left})
    said = {
        "id": str(delivery.pk),
        "title": contents.title[:120],
        "body": "\n".join(line[:MOST_WORDS] for line in words),
        "link": contents.link,
        "tag": first.subject if len(contents.groups) == 1 else "news",
        "language": contents.language,
    }
    return json.dumps(said, ensure_ascii=False).encode()
