"""DingTalk: a custom robot, signed in the address where it asks for it.

https://open.dingtalk.com/document/robots/customize-robot-security-settings
"""

import base64
import hashlib
import hmac
from urllib.parse import quote_plus

from django.utils.timezone import now
from django.utils.translation import gettext as _

from notifications.contents import Contents
from notifications.models import Delivery
from notifications.transports.http import address_of, give_json, hook_of, require_code, secret_of
from notifications.transports.marked import inert, written

MOST_BYTES = 15_000
TOO_OFTEN = {130101, 130102, -1}


def send(delivery: Delivery, contents: Contents) -> None:
    hook = hook_of(delivery)
    url = address_of(hook)
    if secret := secret_of(hook):
        timestamp = str(int(now().timestamp() * 1000))
        url += f"&timestamp={timestamp}&sign={sign(timestamp, secret)}"
    payload = {
        "msgtype": "actionCard",
        "actionCard": {
            "title": inert(contents.title)[:100],
            "text": written(contents, most_bytes=MOST_BYTES),
            "singleTitle": _("Open"),
            "singleURL": contents.link,
        },
    }
    require_code(give_json(delivery, payload, url=url), ("errcode",), later=TOO_OFTEN)


def sign(timestamp: str, secret: str) -> str:
    text = f"{timestamp}\n{secret}".encode()
    return quote_plus(base64.b64encode(hmac.new(secret.encode(), text, hashlib.sha256).digest()))
