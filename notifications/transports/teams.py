"""Microsoft Teams: an adaptive card through a workflow that begins with a webhook. Its address is its secret.

https://learn.microsoft.com/power-automate/teams/send-a-message-in-teams
What people wrote stands in rich text runs, which know no Markdown.
"""

from typing import Any

from django.utils.translation import gettext as _

from notifications.contents import Contents, Group
from notifications.models import Delivery
from notifications.transports.http import give_json

MOST_GROUPS = 10  # a card holds 28 KB


def send(delivery: Delivery, contents: Contents) -> None:
    body = [run(contents.title, size="Medium", weight="Bolder")]
    body += [part for group in contents.groups[:MOST_GROUPS] for part in of_group(group)]
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
        "actions": [{"type": "Action.OpenUrl", "title": _("Open"), "url": contents.link}],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    give_json(delivery, {"type": "message", "attachments": [attachment]})


def of_group(group: Group) -> list[dict[str, Any]]:
    place = " · ".join(part for part in (group.key, group.place) if part)
    title = run(group.title, weight="Bolder")
    title["separator"] = True
    title["inlines"][0]["selectAction"] = {"type": "Action.OpenUrl", "url": group.link}
    return [title, *([run(place, isSubtle=True, size="Small")] if place else []), *(run(x.words) for x in group.shown)]


def run(text: str, **look: Any) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": text, **look}]}
