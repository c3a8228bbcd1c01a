"""What is shown of each thing that was found: its name and a line of its text, with the places marked."""

from collections.abc import Iterable, Sequence
from typing import Any

from tracker.accounts.models import Account
from tracker.people.language import in_language, name_of
from tracker.people.models import User
from tracker.search.documents import readable
from tracker.search.excerpts import excerpt, parts, spans
from tracker.search.questions import Term
from tracker.work.models import Comment, Project, Task
from tracker.work.selectors.tasks import key_of

Terms = Sequence[Term]


def row(
    *, id: int, key: str, title: str, texts: Iterable[str], terms: Terms, where: str, **more: Any
) -> dict[str, Any]:
    """`texts` are those that may say why it was found, where the title does not."""
    return {
        "id": id,
        "key": key,
        "title": parts(title, spans(title, terms)),
        "excerpt": excerpt(texts, terms),
        "where": where,
        "person": None,
        "status": None,
        "at": None,
        "is_archived": False,
        **more,
    }


def of_task(task: Task) -> dict[str, Any]:
    return {
        "key": key_of(task),
        "where": name_of(task.project),
        "status": {"category": task.status.category, "color": task.status.color},
        "is_archived": task.archived_at is not None,
    }


def card(task: Task, terms: Terms) -> dict[str, Any]:
    texts = [readable(task.description), *(line.text for line in task.checklist.all())]
    return row(
        id=task.pk,
        title=task.title,
        texts=texts,
        terms=terms,
        at=task.updated_at,
        person=task.owner_id,
        **of_task(task),
    )


def comment(said: Comment, terms: Terms) -> dict[str, Any]:
    return row(
        id=said.pk, title=said.task.title, texts=[readable(said.body)], terms=terms, at=said.created_at,
        person=said.author_id, **of_task(said.task),
    )  # fmt: skip


def account(found: Account, terms: Terms) -> dict[str, Any]:
    names = [name for name in (found.name, found.name_zh) if name != name_of(found)]
    industry = in_language(found.industry, found.industry_zh)
    return row(id=found.pk, key=found.code, title=name_of(found), texts=names, terms=terms, where=industry)


def initiative(found: Project, terms: Terms) -> dict[str, Any]:
    names = [name for name in (found.name, found.name_zh) if name != name_of(found)]
    return row(
        id=found.pk, key=found.key, title=name_of(found), texts=[*names, readable(found.summary)], terms=terms,
        where=name_of(found.account) if found.account else "",
    )  # fmt: skip


def person(found: User, terms: Terms) -> dict[str, Any]:
    names = [name for name in (found.name, found.name_zh) if name != name_of(found)]
    title = in_language(found.title, found.title_zh)
    return row(
        id=found.pk, key="", title=name_of(found), texts=[*names, found.email, found.title, found.title_zh],
        terms=terms, where=title or (name_of(found.function) if found.function else ""), person=found.pk,
    )  # fmt: skip
