"""What a delivery says, in the language of who gets it: news grouped by card, ready for every transport.

It is put together when it is sent. Whoever sees something no more by then is not told of it, nor of what they have read
or put away meanwhile, nor of what they have chosen not to hear of.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Model, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.choices import Way, is_muted, muted_by, wanted
from notifications.models import Delivery, Hook, Notification
from notifications.selectors import waiting_among
from notifications.wording import Names, Said, sentence
from tracker.accounts.models import Account
from tracker.log.models import Event
from tracker.log.statements import Numbers, compiled
from tracker.people import access
from tracker.people.language import CODES, name_of
from tracker.people.models import Function, User
from tracker.work.models import Project, Status, Task

M = TypeVar("M", bound=Model)

MOST_GROUPS, MOST_LINES = 30, 5  # shown; the rest are counted


@dataclass
class Line:
    words: str
    at: datetime
    reason: str = ""
    event: Event | None = None
    body: dict[str, Any] = field(default_factory=dict)


@dataclass
class Group:
    """The news of one card, or about one initiative."""

    subject: str
    title: str
    key: str
    place: str  # the initiative, and the account before it
    link: str
    lines: list[Line] = field(default_factory=list)

    @property
    def shown(self) -> list[Line]:
        return self.lines[-MOST_LINES:]

    @property
    def more(self) -> int:
        return max(0, len(self.lines) - MOST_LINES)

    @property
    def more_words(self) -> str:
        return _("… and %(count)s more before") % {"count": self.more}


@dataclass
class Contents:
    """What is sent: `language` is our code of it."""

    language: str
    groups: list[Group]
    counts: dict[str, int]
    person: User | None = None
    is_digest: bool = False
    letter: EmailMultiAlternatives | None = None  # which says everything itself

    @property
    def total(self) -> int:
        return sum(len(group.lines) for group in self.groups)

    @property
    def shown(self) -> list[Group]:
        return self.groups[:MOST_GROUPS]

    @property
    def more(self) -> int:
        return max(0, len(self.groups) - MOST_GROUPS)

    @property
    def more_words(self) -> str:
        return ngettext("… and one more card", "… and %(count)s more cards", self.more) % {"count": self.more}

    @property
    def title(self) -> str:
        """What it is about, in one line. In the language that is active."""
        if self.letter is not None:
            return str(self.letter.subject)
        if not self.groups:
            return _("Nothing new")
        if self.is_digest:
            return ngettext("Your digest: one card", "Your digest: %(count)s cards", len(self.groups)) % {
                "count": len(self.groups)
            }
        first = self.groups[0]
        if len(self.groups) == 1:
            name = f"{first.key} {first.title}".strip()
            return name if self.total == 1 else _("%(card)s: %(count)s updates") % {"card": name, "count": self.total}
        return ngettext("News on one card", "News on %(count)s cards", len(self.groups)) % {"count": len(self.groups)}

    @property
    def link(self) -> str:
        return self.groups[0].link if len(self.groups) == 1 else f"{settings.BASE_URL}/inbox"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    with translation.override(CODES.get(language, "en")):
        yield


def contents_of(delivery: Delivery) -> Contents | None:
    """None where nothing is left to be told, or nobody to tell it to."""
    if delivery.hook is not None and not delivery.hook.is_on:
        return None
    if delivery.subscription is not None and delivery.subscription.person_id != delivery.recipient_id:
        return None  # somebody else has signed in with this browser since
    if delivery.recipient is not None:
        return for_person(delivery) if delivery.recipient.is_active else None
    return for_hook(delivery) if delivery.hook is not None else None


def for_person(delivery: Delivery) -> Contents | None:
    person = delivery.recipient
    if person is None:
        return None
    rows = still_wanted(person, delivery)
    if not rows:
        return None
    language = delivery.hook.language if delivery.hook else person.language
    with speaking(language):
        names = names_in([row.event for row in rows if row.event], [row.facts for row in rows])
        groups: dict[str, Group] = {}
        for row in rows:
            group = groups.setdefault(row.subject, group_of(row.subject, row.task, row.project, row.title, row.account))
            group.lines.append(line_of(row.event, row.reason, row.at, names, row.facts))
    counts = Counter(row.reason for row in rows)
    return Contents(language, list(groups.values()), dict(counts), person, delivery.kind == Delivery.Kind.DIGEST)


def still_wanted(person: User, delivery: Delivery) -> list[Notification]:
    """Of what was put in: what the person still sees, has neither read nor put away, and wants to hear of."""
    wants, muted = wanted([person.pk], Way(delivery.way)), muted_by([person.pk])
    return [row for row in waiting_among(person, delivery.items) if wants(row) and not is_muted(row, muted)]


def for_hook(delivery: Delivery) -> Contents | None:
    """An initiative's hook hears what its owner may manage at this moment, and nothing once they may not."""
    hook = delivery.hook
    if hook is None:
        return None
    kind, _colon, ref = hook.scope.partition(":")
    model = access.guarded[kind].model
    if not access.visible(hook.owner, model, "manage").filter(pk=int(ref)).exists():
        return None
    seen = access.visible(hook.owner, Project)
    projects = seen.filter(pk=int(ref)) if kind == "project" else seen.filter(account=int(ref))
    known = {project.pk: project for project in projects.select_related("account")}
    events = Event.objects.filter(pk__in=delivery.items, stream__kind="project", stream__ref__in=known)
    rows = list(events.select_related("stream").order_by("pk"))
    return of_events(hook, rows, known) if rows else None


def of_events(hook: Hook, rows: list[Event], projects: dict[int, Project]) -> Contents:
    ids = [int(row.subject.partition(":")[2]) for row in rows if row.subject.startswith("task:")]
    tasks = Task.objects.select_related("project").in_bulk(ids)
    with speaking(hook.language):
        names = names_in(rows)
        groups: dict[str, Group] = {}
        for row in rows:
            project = projects[row.stream.ref]
            kind, _colon, ref = row.subject.partition(":")
            task = tasks.get(int(ref)) if kind == "task" else None
            subject = row.subject if kind == "task" else f"project:{project.pk}"
            title = json.loads(row.body).get("title") or _("a card") if kind == "task" else name_of(project)
            group = groups.setdefault(subject, group_of(subject, task, project, title))
            group.lines.append(line_of(row, "", row.at, names))
    return Contents(hook.language, list(groups.values()), {})


def group_of(
    subject: str, task: Task | None, project: Project | None, title: str, account: Account | None = None
) -> Group:
    if account is not None and subject.startswith("account:"):
        return Group(subject, name_of(account), account.code, "", f"{settings.BASE_URL}/accounts/{account.code}")
    if task is not None:
        project, key = task.project, f"{task.project.key}-{task.number}"
        link, title = f"{settings.BASE_URL}/b/{project.key}/{key}", task.title
    else:
        key, link = "", f"{settings.BASE_URL}/b/{project.key}" if project else f"{settings.BASE_URL}/inbox"
        title = name_of(project) if project and subject.startswith("project:") else title
    return Group(subject, title, key, place_of(project), link)


def place_of(project: Project | None) -> str:
    if project is None:
        return ""
    return " · ".join(name_of(thing) for thing in (project.account, project) if thing is not None)


def line_of(event: Event | None, reason: str, at: datetime, names: Names, facts: dict[str, Any] | None = None) -> Line:
    if event is None:
        said = Said((facts or {}).get("type", ""), facts or {}, "", reason, names)
        return Line(sentence(said) if facts else _("Something changed"), at, reason, None, facts or {})
    body = json.loads(event.body)
    said = Said(event.type, body, names.person(event.actor_id), reason, names)
    return Line(sentence(said), at, reason, event, body)


def names_in(events: Iterable[Event], facts: Iterable[dict[str, Any]] = ()) -> Names:
    """Whoever and whatever these events and reminders name, in three queries."""
    found = list(events)
    bodies = [*(json.loads(event.body) for event in found), *facts]
    statuses = {body.get("status") for body in bodies if body.get("type") == "task.moved"}
    functions = {body.get("to_function") for body in bodies}
    return Names(
        by_id(User, {event.actor_id for event in found if event.actor_id}),
        by_id(Status, {pk for pk in statuses if pk}),
        by_id(Function, {pk for pk in functions if pk}),
    )


def by_id(model: type[M], ids: set[int]) -> dict[int, M]:
    return {row.pk: row for row in rows_with(model, ids=Numbers(ids))} if ids else {}


@compiled
def rows_with(model: type[Model], *, ids: Numbers) -> QuerySet[Any]:
    return model._default_manager.filter(pk__in=ids)


def a_test(delivery: Delivery) -> Contents:
    """What is sent to try a way out."""
    hook, person = delivery.hook, delivery.recipient
    language = hook.language if hook else person.language if person else "en"
    with speaking(language):
        line = Line(_("It works: Accord can tell you here what happens."), delivery.created_at)
        group = Group("test", _("A test message"), "", "Accord", f"{settings.BASE_URL}/settings/notifications", [line])
    return Contents(language, [group], {}, person)
