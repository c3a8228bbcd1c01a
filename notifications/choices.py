"""What people chose to be told, and what holds where they chose nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from notifications.models import Mute, Notification, Preference, Reason
from tracker.log.statements import Numbers, compiled

Way = Preference.Way

QUIET: set[str] = {
    Reason.ASSIGNEE, Reason.LEAD, Reason.ACCOUNT_OWNER, Reason.ACCESS, Reason.STARTS, Reason.STILL, Reason.WATCHING
}  # fmt: skip
OFF_BY_DEFAULT: dict[str, set[str]] = {
    Way.PUSH: {Reason.OWNER, *QUIET},
    Way.CHAT: QUIET,
}
"""Everything else is on: the inbox and mail for all reasons, what beeps only for what waits for the person."""

LOUD = {Reason.MENTIONED, Reason.ASSIGNED}
"""What also reaches those who muted the card: somebody speaks to them, or it became theirs."""

Wants = Callable[[Notification], bool]


def by_default(way: str, reason: str) -> bool:
    return reason not in OFF_BY_DEFAULT.get(way, ())


def wanted(people: Iterable[int], way: str) -> Wants:
    """Whether the person of a notification wants to be told of it in this way: the narrowest choice counts."""
    choices: dict[tuple[int, str], dict[str, bool]] = defaultdict(dict)
    for person, reason, scope, is_on in chosen(people=Numbers(set(people)), way=str(way)):
        choices[person, reason][scope] = bool(is_on)

    def wants(row: Notification) -> bool:
        found = choices.get((row.recipient_id, row.reason), {})
        scopes = (f"project:{row.project_id}", f"account:{row.account_id}", "")
        return next((found[scope] for scope in scopes if scope in found), by_default(way, row.reason))

    return wants


@compiled
def chosen(*, people: Numbers, way: str) -> QuerySet[Preference, Any]:
    return Preference.objects.filter(person__in=people, way=way).values_list("person", "reason", "scope", "is_on")


def muted_by(people: Iterable[int]) -> set[tuple[int, int]]:
    """The pairs of person and card of which they hear no more."""
    return {(person, task) for person, task in mutes_of(people=Numbers(set(people)))}


@compiled
def mutes_of(*, people: Numbers) -> QuerySet[Mute, Any]:
    return Mute.objects.filter(person__in=people).values_list("person", "task")


def is_muted(row: Notification, muted: set[tuple[int, int]]) -> bool:
    """`muted`: what `muted_by` found."""
    return row.reason not in LOUD and (row.recipient_id, row.task_id) in muted
