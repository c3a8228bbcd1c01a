"""O5: nobody's long text is overwritten by somebody who has not read it."""

from typing import Any

import pytest

from tests.factories import ProjectFactory, TaskFactory, UserFactory
from tests.support.asking import Asking, at_once
from tests.support.looking import fingerprint, require_gapless
from tracker.work.models import Task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def card() -> Task:
    editors = [UserFactory(name=name) for name in ("Mei", "Lin")]
    return TaskFactory(project=ProjectFactory(people=dict.fromkeys(editors, "member")), description="As it was")


@pytest.fixture
def editors(card: Task) -> list[Asking]:
    return [Asking(member.person) for member in card.project.members.order_by("pk")]


def write(editor: Asking, card: Task, text: str, version: int | None) -> Any:
    headers = {} if version is None else {"If-Match": f'"v{version}"'}
    return editor.patch(f"/tasks/{card.pk}", {"description": text}, **headers)


def test_without_the_version_that_was_read_it_is_asked_for(editors: list[Asking], card: Task) -> None:
    """O5: 428, and nothing changes."""
    before = fingerprint()
    assert write(editors[0], card, "Mine", None).status_code == 428
    assert fingerprint() == before


def test_an_old_version_gets_the_text_of_now(editors: list[Asking], card: Task) -> None:
    """O5: 412 with the current text and its version; written again with that, it is taken."""
    assert write(editors[0], card, "Mei's", 1).status_code == 200
    before = fingerprint()
    stale = write(editors[1], card, "Lin's", 1)
    assert (stale.status_code, fingerprint()) == (412, before)
    detail = stale.json()["detail"]
    assert (detail["current"], detail["version"]) == ("Mei's", 2)
    assert write(editors[1], card, "Mei's and Lin's", detail["version"]).status_code == 200


def test_of_two_at_once_one_is_taken_and_the_other_told(editors: list[Asking], card: Task) -> None:
    """O5: both have read the same version; ten times over, one wins and the other gets the winner's text."""
    for version in range(1, 11):
        jobs = [lambda e=editor, n=n, v=version: write(e, card, f"{n} {v}", v) for n, editor in enumerate(editors)]
        answers = at_once(jobs)
        assert sorted(answer.status_code for answer in answers) == [200, 412]
        (loser,) = [answer for answer in answers if answer.status_code == 412]
        card.refresh_from_db()
        assert loser.json()["detail"]["current"] == card.description
    require_gapless()
