"""S5: every operation that changes something may be sent again under its key: it is answered, and not done again."""

from uuid import uuid4

import pytest

from tests.support.looking import fingerprint
from tests.support.world import ROLES, World, undone
from tests.test_permissions import LINES, TABLE, Row, ask
from tests.test_permissions import world as world  # noqa: PLC0414  (a fixture)
from tracker.log.commands import EXEMPT

pytestmark = pytest.mark.django_db


NOBODY_AFTERWARDS = {"end_session"}  # whoever has ended their own session is not signed in to ask again


def is_stored(row: Row) -> bool:
    """Whether its answers are kept: it changes something, and neither its body nor its answer holds a secret."""
    verb, address = row.ask.split(" ")
    kept = verb != "GET" and row.ok < 300 and not f"/api/v1{address}".startswith(EXEMPT)
    return kept and row.operation not in NOBODY_AFTERWARDS


ROWS = [row for row in TABLE if is_stored(row)]


@pytest.mark.parametrize("row", ROWS, ids=[row.ask.split("?")[0] for row in ROWS])
def test_the_same_again_is_answered_and_not_done_again(world: World, row: Row) -> None:
    role = next(
        role for role, status in reversed(list(zip(ROLES, LINES[row.line].split(), strict=True))) if status == "+"
    )
    names, key = world.names_for(role), str(uuid4())
    with undone():
        first = ask(world, role, row, names, key)
        assert first.status_code == row.ok, first.content
        after = fingerprint()
        again = ask(world, role, row, names, key)
        assert (again.status_code, again.content) == (first.status_code, first.content)
        assert again.headers.get("Stream-Position") == first.headers.get("Stream-Position")
        assert fingerprint() == after
