"""Slack: an incoming webhook. Its address is its secret.

https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
What people wrote stands in plain text, or escaped in a link.
"""

from typing import Any

from django.utils.translation import gettext as _

from notifications.contents import Contents, Group
from notifications.models import Delivery
from notifications.transports.http import give_json

MOST_GROUPS = 15  # a message holds 50 blocks


def send(delivery: Delivery, contents: Contents) -> None:
    blocks = [block for group in contents.groups[:MOST_GROUPS] for block in of_group(group)]
    blocks.append({"type": "actions", "elements": [button(_("Open"), contents.link)]})
    head = {"type": "header", "text": plain(contents.title[:150])}
    give_json(delivery, {"text": escaped(contents.title), "blocks": [head, *blocks]})


def of_group(group: Group) -> list[dict[str, Any]]:
    place = " · ".join(part for part in (group.key, group.place) if part) or "Accord"
    link = f"*<{group.link}|{escaped(group.title).replace('|', '¦').replace('*', '∗')[:300]}>*"
    return [
        {"type": "section", "text": {"type": "mrkdwn", "text": link}},
        {"type": "section", "text": plain("\n".join(line.words for line in group.shown)[:3000])},
        {"type": "context", "elements": [plain(place[:300])]},
    ]


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": False}


def button(words: str, link: str) -> dict[str, Any]:
    return {"type": "button", "text": plain(words), "url": link, "style": "primary"}


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
