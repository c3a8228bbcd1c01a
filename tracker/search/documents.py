"""What the entry of each thing is made of: the texts by which it is found, and those in which it is shown."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from tracker.accounts.models import Account
from tracker.people.models import User
from tracker.work.models import ChecklistItem, Comment, Project, Task

LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
SIGNS = re.compile(r"^[ \t]*(?:#{1,6}|[-+>]|\d{1,3}\.)[ \t]+|\*{1,3}|`{1,3}", re.MULTILINE)


@dataclass(frozen=True)
class Document:
    """One thing: `refs` are the entry's references, `head` what it is called, `rest` everything else."""

    refs: dict[str, int]
    head: list[str]
    rest: list[str]


def readable(markdown: str) -> str:
    """Without the signs of Markdown and the addresses of links: `[@Mei](/people/5)` is found, and shown, as @Mei."""
    return SIGNS.sub("", LINK.sub(r"\1", markdown))


def lines_of(tasks: Iterable[int]) -> dict[int, list[str]]:
    """Task id → the lines of its checklist, in order."""
    found: dict[int, list[str]] = defaultdict(list)
    for task, text in ChecklistItem.objects.filter(task__in=tasks).values_list("task_id", "text"):
        found[task].append(text)
    return found


def cards(ids: list[int]) -> Iterator[Document]:
    lines = lines_of(ids)
    rows = Task.objects.filter(pk__in=ids).order_by("updated_at", "pk")
    for pk, title, description in rows.values_list("pk", "title", "description"):
        yield Document({"task_id": pk}, [title], [readable(description), *lines[pk]])


def comments(ids: list[int]) -> Iterator[Document]:
    rows = Comment.objects.filter(pk__in=ids).order_by("created_at", "pk")
    for pk, task, body in rows.values_list("pk", "task_id", "body"):
        yield Document({"comment_id": pk, "task_id": task}, [], [readable(body)])


def accounts(ids: list[int]) -> Iterator[Document]:
    for pk, *names in Account.objects.filter(pk__in=ids).values_list("pk", "code", "name", "name_zh"):
        yield Document({"account_id": pk}, names, [])


def initiatives(ids: list[int]) -> Iterator[Document]:
    rows = Project.objects.filter(pk__in=ids).order_by("created_at", "pk")
    for pk, key, name, name_zh, summary in rows.values_list("pk", "key", "name", "name_zh", "summary"):
        yield Document({"initiative_id": pk}, [key, name, name_zh], [readable(summary)])


def people(ids: list[int]) -> Iterator[Document]:
    rows = User.objects.filter(pk__in=ids)
    for pk, name, name_zh, *rest in rows.values_list("pk", "name", "name_zh", "email", "title", "title_zh"):
        yield Document({"person_id": pk}, [name, name_zh], rest)


@dataclass(frozen=True)
class Source:
    """Where the documents of a kind come from. `ref` is the entry's reference to the thing itself."""

    model: type[Model]
    ref: str
    documents: Callable[[list[int]], Iterator[Document]]
    order: str  # the older come first, for they get the lower entries


SOURCES: dict[str, Source] = {
    "card": Source(Task, "task_id", cards, "updated_at"),
    "comment": Source(Comment, "comment_id", comments, "created_at"),
    "account": Source(Account, "account_id", accounts, "created_at"),
    "initiative": Source(Project, "initiative_id", initiatives, "created_at"),
    "person": Source(User, "person_id", people, "pk"),
}


def everything(kind: str) -> Iterator[int]:
    """The ids of all things of a kind, oldest first."""
    source: Any = SOURCES[kind]
    yield from source.model._default_manager.order_by(source.order, "pk").values_list("pk", flat=True).iterator()
