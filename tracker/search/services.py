"""Keeping the index in step with what it is about: in the same transaction, or all of it anew."""

from collections import defaultdict
from collections.abc import Callable
from itertools import chain, islice

from django.db import connection, transaction

from tracker.log.change import Change
from tracker.log.events import EventBody
from tracker.log.turns import turn
from tracker.search.documents import SOURCES, Document, everything
from tracker.search.models import Entry, mark
from tracker.search.tokens import MOST_TOKENS, tokens

CHUNK = 500


def follow(log: Change) -> None:
    """Called at the end of every change, before the commit: what it says about texts is put into the index.

    A move, an assignment, a date and everything else that changes no text costs nothing here.
    """
    touched: dict[str, dict[int, None]] = defaultdict(dict)
    for _stream, body, _reverse in log.events:
        if body.type in WORDS and (found := WORDS[body.type](body)):
            kind, pk = found
            touched[kind][pk] = None
    for kind, ids in touched.items():
        enter(kind, list(ids))


Found = tuple[str, int] | None


def always(kind: str, field: str = "id") -> Callable[[EventBody], Found]:
    return lambda body: (kind, getattr(body, field))


def when(kind: str, *names: str) -> Callable[[EventBody], Found]:
    """Only where one of these texts was changed."""
    return lambda body: (kind, body.id) if body.model_fields_set.intersection(names) else None  # type: ignore[attr-defined]


# What is told of a text that can be found: event type → what it is about. What is deleted takes its entry with it.
WORDS: dict[str, Callable[[EventBody], Found]] = {
    "task.created": always("card"),
    "task.changed": when("card", "title", "description"),
    "checklist.changed": always("card", "task"),
    "checklist.removed": always("card", "task"),
    "comment.added": always("comment"),
    "comment.changed": always("comment"),
    "account.created": always("account"),
    "account.changed": when("account", "code", "name", "name_zh"),
    "project.created": always("initiative"),
    "project.changed": when("initiative", "key", "name", "name_zh", "summary"),
    "person.added": always("person"),
    "person.changed": always("person"),
}


def enter(kind: str, ids: list[int]) -> None:
    """Make the entries of these things anew."""
    source = SOURCES[kind]
    Entry.objects.filter(kind=kind, **{f"{source.ref}__in": ids}).delete()
    Entry.objects.bulk_create([entry_of(kind, document) for document in source.documents(ids)])


def entry_of(kind: str, document: Document) -> Entry:
    """What it is called comes first, so that a text that is too long is cut elsewhere."""
    head, rest = (
        list(islice(chain.from_iterable([mark("text"), *tokens(text)] for text in texts if text), MOST_TOKENS))
        for texts in (document.head, document.rest)
    )
    return Entry(kind=kind, title_words=[mark(kind), *head], all_words=[mark(kind), *head, *rest], **document.refs)


def rebuild(*, told: Callable[[str, int], None] = lambda _kind, _count: None) -> None:
    """Make the whole index anew while people work: each chunk in a short transaction of its own.

    `told` hears how many things of each kind were entered.
    """
    for kind in SOURCES:
        ids = list(everything(kind))
        for start in range(0, len(ids), CHUNK):
            with turn(), transaction.atomic():
                wait_for_writers()
                enter(kind, ids[start : start + CHUNK])
        told(kind, len(ids))


def wait_for_writers() -> None:
    """A change that is under way has either been committed when its text is read here, or enters it after us."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Entry._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
