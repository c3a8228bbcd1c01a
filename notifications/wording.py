"""What happened, as a sentence of the reader's language: the same sentences as in the inbox."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tracker.people.language import name_of
from tracker.people.models import Function, User
from tracker.work.models import Status

LONGEST = 280  # characters of what somebody said

LINK = re.compile(r"!?\[([^\]]{0,500})\]\([^)]{0,500}\)")
MARKS = re.compile(r"[*_`>#~]+")


def plain(markdown: str) -> str:
    """Markdown as one line of plain words."""
    text = " ".join(MARKS.sub("", LINK.sub(r"\1", markdown[: LONGEST * 4])).split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


@dataclass
class Names:
    """The people and statuses that sentences name, asked for together."""

    people: dict[int, User] = field(default_factory=dict)
    statuses: dict[int, Status] = field(default_factory=dict)
    functions: dict[int, Function] = field(default_factory=dict)

    def person(self, pk: int | None) -> str:
        found = self.people.get(pk or 0)
        return name_of(found) if found else _("Somebody")

    def status(self, pk: int) -> str:
        found = self.statuses.get(pk)
        return name_of(found) if found else _("another status")

    def function(self, pk: int | None) -> str:
        found = self.functions.get(pk or 0)
        return name_of(found) if found else _("another function")


@dataclass(frozen=True)
class Said:
    """An event to be put into words: who, what, and why the reader hears of it (empty for a channel)."""

    type: str
    body: dict[str, Any]
    who: str
    reason: str
    names: Names


def sentence(said: Said) -> str:
    """Write it in the language that is active."""
    return WORDS.get(said.type, changed)(said)


def commented(said: Said) -> str:
    values = {"name": said.who, "words": plain(str(said.body.get("body", "")))}
    if said.reason == "mentioned":
        return _("%(name)s mentioned you: %(words)s") % values
    return pgettext("a comment", "%(name)s: %(words)s") % values


def moved(said: Said) -> str:
    if said.reason == "blocks":
        return _("%(name)s finished it: what waited for it can go on") % {"name": said.who}
    return _("%(name)s moved it to %(status)s") % {"name": said.who, "status": said.names.status(said.body["status"])}


def created(said: Said) -> str:
    if said.reason == "assigned":
        return _("%(name)s gave you this card") % {"name": said.who}
    return _("%(name)s created the card") % {"name": said.who}


def task_changed(said: Said) -> str:
    body, values = said.body, {"name": said.who}
    if said.reason == "assigned":
        return _("%(name)s gave you this card") % values
    if said.reason == "mentioned":
        return _("%(name)s mentioned you in the description") % values
    if isinstance(body.get("due"), str):
        return _("%(name)s set the due date to %(day)s") % {**values, "day": day_in(body, "due")}
    if isinstance(body.get("title"), str):
        return _("%(name)s renamed it to “%(title)s”") % {**values, "title": body["title"]}
    return changed(said)


def changed(said: Said) -> str:
    return _("%(name)s changed it") % {"name": said.who}


def arrived(said: Said) -> str:
    return _("%(name)s moved it here from %(key)s") % {"name": said.who, "key": said.body.get("from_key", "")}


def project_changed(said: Said) -> str:
    health = said.body.get("health")
    if health:
        words = {"on_track": _("On track"), "at_risk": _("At risk"), "off_track": _("Off track")}
        return _("%(name)s set its health to “%(health)s”") % {"name": said.who, "health": words.get(health, health)}
    return _("%(name)s changed the initiative") % {"name": said.who}


def asked(said: Said) -> str:
    values = {"name": said.who, "function": function_in(said), "note": plain(str(said.body.get("note", "")))}
    if values["note"]:
        return _("%(name)s asks %(function)s to take it up: %(note)s") % values
    return _("%(name)s asks %(function)s to take it up") % values


def taken_up(said: Said) -> str:
    return _("%(name)s took it up for %(function)s") % {"name": said.who, "function": function_in(said)}


def returned(said: Said) -> str:
    return _("%(name)s returned it: %(reason)s") % {"name": said.who, "reason": plain(str(said.body.get("reason", "")))}


def function_in(said: Said) -> str:
    return said.names.function(said.body.get("to_function"))


def day_in(body: dict[str, Any], field: str = "day") -> str:
    return date_format(date.fromisoformat(body[field][:10]), "DATE_FORMAT")


def unanswered(said: Said) -> str:
    values = {"function": function_in(said), "day": day_in(said.body)}
    return _("%(function)s was asked on %(day)s to take it up, and has not answered") % values


def access_changed(said: Said) -> str:
    if said.reason:
        return _("%(name)s gave you access") % {"name": said.who}
    return _("%(name)s changed who has access") % {"name": said.who}


WORDS: dict[str, Callable[[Said], str]] = {
    "task.created": created,
    "task.changed": task_changed,
    "task.moved": moved,
    "task.archived": lambda said: _("%(name)s archived it") % {"name": said.who},
    "task.restored": lambda said: _("%(name)s restored it") % {"name": said.who},
    "task.deleted": lambda said: _("%(name)s deleted it") % {"name": said.who},
    "task.arrived": arrived,
    "comment.added": commented,
    "comment.changed": commented,
    "handover.asked": asked,
    "handover.accepted": taken_up,
    "handover.returned": returned,
    "handover.withdrawn": lambda said: (
        _("%(name)s asks %(function)s no more") % {"name": said.who, "function": function_in(said)}
    ),
    "reminder.due": lambda said: _("It is due on %(day)s") % {"day": day_in(said.body)},
    "reminder.overdue": lambda said: _("It was due on %(day)s") % {"day": day_in(said.body)},
    "reminder.starts": lambda said: _("It was to begin on %(day)s") % {"day": day_in(said.body)},
    "reminder.still": lambda said: _("Nothing has happened on it since %(day)s") % {"day": day_in(said.body)},
    "reminder.unanswered": unanswered,
    "file.added": lambda said: (
        _("%(name)s added the file %(file)s") % {"name": said.who, "file": said.body.get("name", "")}
    ),
    "announcement.published": lambda said: (
        _("%(name)s announced: %(title)s") % {"name": said.who, "title": said.body.get("title", "")}
    ),
    "project.changed": project_changed,
    "access.changed": access_changed,
}
