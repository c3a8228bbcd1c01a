"""Feishu and Lark: an interactive card through a group's custom bot, signed where the bot asks for it.

https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
What people wrote stands in plain text elements, so that no `<at id=all>` in a comment wakes a company.
"""

import base64
import hashlib
import hmac
from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext as _

from notifications.contents import Contents
from notifications.models import Delivery
from notifications.transports.http import give_json, hook_of, require_code, secret_of

MOST_GROUPS = 10  # a card holds 30 KB
TOO_OFTEN = {9499, 11232}


def send(delivery: Delivery, contents: Contents) -> None:
    payload: dict[str, Any] = {"msg_type": "interactive", "card": card(contents)}
    if secret := secret_of(hook_of(delivery)):
        timestamp = str(int(now().timestamp()))
        payload = {"timestamp": timestamp, "sign": sign(timestamp, secret), **payload}
    require_code(give_json(delivery, payload), ("code", "StatusCode"), later=TOO_OFTEN)


def sign(timestamp: str, secret: str) -> str:
    """The key is the timestamp and the secret; what is signed is nothing."""
    key = f"{timestamp}\n{secret}".encode()
    return base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()


def card(contents: Contents) -> dict[str, Any]:
    elements: list[dict[str, Any]] = []
    for group in contents.groups[:MOST_GROUPS]:
        lines = [f"• {line.words}" for line in group.shown]
        place = " · ".join(part for part in (group.key, group.place) if part)
        elements += [
            {"tag": "div", "text": plain(f"{group.title}\n" + "\n".join(lines))},
            {"tag": "note", "elements": [plain(place or "Accord")]},
            {"tag": "hr"},
        ]
    elements.append({"tag": "action", "actions": [button(_("Open"), contents.link)]})
    return {
        "config": {"wide_screen_mode": True},
        "header": {"template": "blue", "title": plain(contents.title)},
        "elements": elements,
    }


def plain(text: str) -> dict[str, Any]:
    return {"tag": "plain_text", "content": text}


def button(words: str, link: str) -> dict[str, Any]:
    return {"tag": "button", "type": "primary", "text": plain(words), "url": link}
