"""What somebody finds: only what they may see, by kind, the best first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from tracker.accounts.models import Account
from tracker.people import access
from tracker.people.models import User
from tracker.search import shown
from tracker.search.models import Entry, mark
from tracker.search.questions import Question, Term
from tracker.search.tokens import fold
from tracker.work.models import Comment, Project, Task
from tracker.work.selectors.tasks import seen_by

Kind = Entry.Kind
FEW = 50  # so many accounts, initiatives or people are put in order before the best are taken


@dataclass(frozen=True)
class Finding:
    """How a kind is found: `seen` is what the viewer may see of its entries, `things` how the things themselves are read."""

    ref: str
    seen: Callable[[User], Q]
    things: Callable[[], QuerySet[Any]]
    show: Callable[[Any, Sequence[Term]], dict[str, Any]]
    names: tuple[str, ...] = ()  # of what there are few: those whose name begins with what was typed come first


FINDINGS: dict[str, Finding] = {
    Kind.CARD: Finding(
        "task_id",
        lambda viewer: seen_by(viewer, "task"),
        lambda: Task.objects.select_related("project", "status").prefetch_related("checklist"),
        shown.card,
    ),
    Kind.COMMENT: Finding(
        "comment_id",
        lambda viewer: seen_by(viewer, "task"),
        lambda: Comment.objects.select_related("task__project", "task__status"),
        shown.comment,
    ),
    Kind.ACCOUNT: Finding(
        "account_id",
        lambda viewer: Q(account__in=access.visible(viewer, Account)),
        Account.objects.all,
        shown.account,
        names=("code", "name", "name_zh"),
    ),
    Kind.INITIATIVE: Finding(
        "initiative_id",
        lambda viewer: Q(initiative__in=access.visible(viewer, Project)),
        lambda: Project.objects.select_related("account"),
        shown.initiative,
        names=("key", "name", "name_zh"),
    ),
    Kind.PERSON: Finding(
        "person_id",
        lambda viewer: Q(person__is_active=True) if access.may_see_workspace(viewer) else Q(pk__in=[]),
        lambda: User.objects.select_related("function"),
        shown.person,
        names=("name", "name_zh"),
    ),
}


def search(*, viewer: User, typed: str, kinds: Iterable[str], limit: int) -> list[dict[str, Any]]:
    """What fits, at most `limit` of each kind, and whether there are more; kinds without any are left out.

    First what has exactly this key; then what is called so, then what says so; each the latest first.
    """
    question = Question.read(typed)
    groups = []
    for kind in kinds:
        exact, found, more = of_kind(kind, viewer, question, fold(typed).strip(), limit)
        if found:
            finding = FINDINGS[kind]
            rows = [finding.show(thing, question.terms) | {"kind": kind, "exact": thing.pk in exact} for thing in found]
            groups.append({"kind": kind, "items": rows, "more": more})
    return groups


def of_kind(kind: str, viewer: User, question: Question, typed: str, limit: int) -> tuple[set[int], list[Any], bool]:
    """The ids of those that the question names exactly, what was found in its order, and whether there are more."""
    finding = FINDINGS[kind]
    exact = by_key(viewer, question) if kind == Kind.CARD else []
    enough = max(limit, FEW) if finding.names else limit
    ids = list(dict.fromkeys([*exact, *ids_of(kind, viewer, question.terms, enough)]))
    things = finding.things().in_bulk(ids[: enough + 1])
    found = [things[pk] for pk in ids if pk in things]
    if finding.names:
        found.sort(key=lambda thing: -leads(thing, finding.names, typed))
        exact = [thing.pk for thing in found if leads(thing, finding.names[:1], typed) == EXACTLY]
    return set(exact), found[:limit], len(found) > limit


def leads(thing: Any, names: Sequence[str], typed: str) -> int:
    """Whether one of its names is what was typed, or begins with it."""
    folded = [fold(getattr(thing, name)) for name in names]
    return EXACTLY if typed in folded else int(any(name.startswith(typed) for name in folded if typed))


EXACTLY = 2


def by_key(viewer: User, question: Question) -> list[int]:
    """The card that has exactly the key that was typed, or had it before it moved."""
    if not question.keys:
        return []
    which = Q(former_keys__key__in=question.keys)
    for key in question.keys:
        project, _dash, number = key.rpartition("-")
        which |= Q(project__key=project, number=int(number))
    return list(Task.objects.filter(which & seen_by(viewer)).values_list("pk", flat=True).distinct())


def ids_of(kind: str, viewer: User, terms: Sequence[Term], limit: int) -> list[int]:
    """One more than the limit, so that one knows whether there are more."""
    if not terms:
        return []
    finding = FINDINGS[kind]
    asked = [Term((mark(kind),), is_open=False, text=""), *terms]
    seen = Entry.objects.filter(finding.seen(viewer), kind=kind).order_by("-pk").values_list("pk", finding.ref)
    found = dict(seen.filter(title_words__matches=asked)[: limit + 1])
    if len(found) <= limit:
        found |= dict(seen.filter(all_words__matches=asked).exclude(pk__in=list(found))[: limit + 1 - len(found)])
    return list(found.values())
