"""Who hears of which event, and why: one table. Whoever may not see the thing at the moment of telling hears nothing.

Of the rows that fit a person, the first gives the reason. Nobody hears of what they did themselves.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from notifications.models import Reason
from tracker.log.models import Event
from tracker.log.statements import Numbers, compiled
from tracker.people import access
from tracker.people.models import User
from tracker.work.models import Project, Task
from tracker.work.selectors.tasks import with_lists
from tracker.work.services.comments import people_named


@dataclass
class Happening:
    """An event of a project's stream, with what it is about as that stands now. `task` is None where it is gone."""

    event: Event
    project: Project
    task: Any
    body: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def before(self) -> dict[str, Any]:
        """The people on the card as the event found them: from what was told of it earlier."""
        wanted, found = {"owner", "assignees", "description"}, dict[str, Any]()
        earlier = Event.objects.filter(stream=self.event.stream_id, subject=self.event.subject, seq__lt=self.event.seq)
        told = earlier.filter(type__in=("task.created", "task.changed", "task.arrived", "task.restored"))
        for body in told.order_by("-seq").values_list("body", flat=True):
            values = json.loads(body)
            values = values.get("task", values)
            found = {name: values[name] for name in wanted & values.keys()} | found
            if wanted <= found.keys() or "number" in values:
                break
        return found


Who = Callable[[Happening], Iterable[int | None]]


def owner(of: Happening) -> Iterable[int | None]:
    return [of.task.owner_id] if of.task else [of.before.get("owner")]


def assignees(of: Happening) -> Iterable[int | None]:
    return of.task.assignee_ids if of.task else of.before.get("assignees", [])


def watchers(of: Happening) -> Iterable[int | None]:
    return of.task.watcher_ids if of.task else []


def newly_assigned(of: Happening) -> Iterable[int | None]:
    """Whom the card was given to by this very event."""
    card = of.body.get("task", of.body)
    given = [card["owner"]] if card.get("owner") and card["owner"] != of.before.get("owner") else []
    return [*given, *sorted(set(card.get("assignees", ())) - set(of.before.get("assignees", ())))]


def mentioned(of: Happening) -> Iterable[int | None]:
    return of.body.get("mentions", [])


def newly_mentioned(of: Happening) -> Iterable[int | None]:
    """Whom a comment names since it was edited."""
    told = Event.objects.filter(
        stream=of.event.stream_id, subject=of.event.subject, seq__lt=of.event.seq, type__startswith="comment."
    )
    earlier = [json.loads(body) for body in told.values_list("body", flat=True)]
    known = {pk for body in earlier if body.get("id") == of.body["id"] for pk in body.get("mentions", ())}
    return sorted(set(of.body.get("mentions", ())) - known)


def mentioned_in_description(of: Happening) -> Iterable[int | None]:
    """Whom the description names now and did not name before."""
    text = of.body.get("description")
    return sorted(people_named(text) - people_named(of.before.get("description", ""))) if text else []


def those_it_blocked(of: Happening) -> Iterable[int | None]:
    """The people of the cards that waited for this one, when it is done."""
    if not (of.body.get("completed_at") and of.task):
        return []
    waiting = Task.objects.filter(blocked_by=of.task.pk, archived_at=None, completed_at=None)
    return [*waiting.values_list("owner", flat=True), *waiting.values_list("assignees", flat=True)]


def lead(of: Happening) -> Iterable[int | None]:
    return [of.project.lead_id]


def account_owner(of: Happening) -> Iterable[int | None]:
    return [of.project.account.owner_id] if of.project.account else []


def those_asked(of: Happening) -> Iterable[int | None]:
    """The people of the function that was asked to take the card up."""
    return User.objects.filter(function=of.body["to_function"], is_active=True).values_list("pk", flat=True)


def who_asked(of: Happening) -> Iterable[int | None]:
    return [of.body["asked_by"]]


def those_involved(of: Happening) -> Iterable[int | None]:
    return access.involved("project", of.project.pk).values_list("pk", flat=True)


def given_access(of: Happening) -> Iterable[int | None]:
    return [of.body.get("person")] if of.body.get("role") else []


ITS_PEOPLE: list[tuple[Reason, Who]] = [
    (Reason.OWNER, owner),
    (Reason.ASSIGNEE, assignees),
    (Reason.WATCHING, watchers),
]
ITS_LEADERS: list[tuple[Reason, Who]] = [(Reason.LEAD, lead), (Reason.ACCOUNT_OWNER, account_owner)]

HEARS: dict[str, list[tuple[Reason, Who]]] = {
    "task.created": [(Reason.ASSIGNED, newly_assigned)],
    "task.changed": [(Reason.MENTIONED, mentioned_in_description), (Reason.ASSIGNED, newly_assigned), *ITS_PEOPLE],
    "task.moved": [*ITS_PEOPLE, (Reason.BLOCKS, those_it_blocked)],
    "task.archived": ITS_PEOPLE,
    "task.restored": ITS_PEOPLE,
    "task.deleted": ITS_PEOPLE,
    "task.arrived": ITS_PEOPLE,
    "comment.added": [(Reason.MENTIONED, mentioned), *ITS_PEOPLE],
    "comment.changed": [(Reason.MENTIONED, newly_mentioned)],
    "handover.asked": [(Reason.HANDED, those_asked), *ITS_PEOPLE],
    "handover.accepted": [(Reason.ANSWERED, who_asked), *ITS_PEOPLE],
    "handover.returned": [(Reason.ANSWERED, who_asked), *ITS_PEOPLE],
    "file.added": ITS_PEOPLE,
    "announcement.published": [(Reason.ANNOUNCED, those_involved)],
    "project.changed": ITS_LEADERS,
    "access.changed": [(Reason.ACCESS, given_access)],
}
# Changes that nobody needs to hear of by themselves: they are on the card.
QUIET_FIELDS = {"version", "estimate", "labels", "parent", "function", "blocked_by"}
NEWS_OF_PROJECTS = {"lead", "start", "due", "state", "health", "health_note"}


def is_news(event: Event, body: dict[str, Any]) -> bool:
    """Whether anybody is told: a card moved up or down its column, or got a label, is on the board for whoever looks."""
    fields = body.keys() - {"type", "id"}
    if event.type == "task.moved":
        return "entered_at" in body
    if event.type == "task.changed":
        # What an answer to a hand-over changes is told with the answer.
        return bool(fields - QUIET_FIELDS) and "waits" not in fields
    if event.type == "project.changed":
        return bool(fields & NEWS_OF_PROJECTS)
    return event.type in HEARS


class Seers:
    """Who sees what in an initiative now: asked once for all that is told together."""

    def __init__(self, project: Project) -> None:
        self.project = project

    @cached_property
    def members(self) -> set[int]:
        return access.ids_of_people_who("project", self.project.pk)

    @cached_property
    def guests(self) -> set[int]:
        return access.ids_of_people_who("project", self.project.pk, "visit")

    def of(self, happening: Happening) -> set[int]:
        """The people who see the event's thing. A guest sees the cards that they were given."""
        task = happening.task
        if task is None:
            return self.members
        return self.members | self.guests & {task.owner_id, *task.assignee_ids, *task.watcher_ids}


def recipients(of: Happening, seers: Seers) -> dict[int, Reason]:
    """Person → why they hear of it, for everybody who does and who may."""
    found: dict[int, Reason] = {}
    for reason, who in HEARS.get(of.event.type, []):
        for person in who(of):
            if person is not None and person != of.event.actor_id:
                found.setdefault(person, reason)
    allowed = seers.of(of) if found else set()
    return {person: reason for person, reason in found.items() if person in allowed}


@compiled
def cards_in(*, project_id: int, ids: Numbers) -> QuerySet[Task]:
    return with_lists(Task.objects.filter(project=project_id, pk__in=ids))


def happenings(events: list[Event], project: Project) -> list[Happening]:
    """The events that are news, with their cards, in one query."""
    news = [(event, json.loads(event.body)) for event in events if event.type in HEARS]
    news = [(event, body) for event, body in news if is_news(event, body)]
    cards = {event: body.get("task", body.get("id")) for event, body in news}
    ids = {event: card["id"] if isinstance(card, dict) else card for event, card in cards.items()}
    about_tasks = {event: pk for event, pk in ids.items() if event.subject.startswith("task:")}
    found = cards_in(project_id=project.pk, ids=Numbers({pk for pk in about_tasks.values() if pk}))
    tasks = {task.pk: task for task in found}
    return [Happening(event, project, tasks.get(about_tasks.get(event, 0)), body) for event, body in news]
