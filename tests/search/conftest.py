"""Finding things, as a test says it."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from tracker.people.models import User
from tracker.search.models import Entry
from tracker.search.selectors import search

Find = Callable[..., list[str]]


def joined(parts: list[dict[str, Any]]) -> str:
    """A text with what was found in it in brackets."""
    return "".join(f"[{part['text']}]" if part["hit"] else part["text"] for part in parts)


@pytest.fixture
def find() -> Find:
    """`find(mei, "导出")`: the titles of what mei finds, kind after kind; `show="excerpt"` for the lines around."""

    def found(
        viewer: User, typed: str, *, kinds: Sequence[str] = Entry.Kind.values, limit: int = 20, show: str = "title"
    ) -> list[str]:
        groups = search(viewer=viewer, typed=typed, kinds=kinds, limit=limit)
        return [joined(item[show]) for group in groups for item in group["items"]]

    return found


@pytest.fixture
def mei(db: None) -> User:
    from tests.factories import UserFactory

    return UserFactory(name="Mei Chen", name_zh="陈梅", title="Planner", email="mei@example.org", is_administrator=True)
