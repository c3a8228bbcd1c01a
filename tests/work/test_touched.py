"""What an administrator is shown before a status, a limit, a way or a label changes: which cards that touches."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import LabelFactory, TaskFactory, UserFactory
from tests.support.asking import Asking
from tests.work.conftest import Board, make_board
from tracker.people.models import User
from tracker.work.models import Task
from tracker.work.selectors.touched import MOST_CARDS, MOST_INITIATIVES, touched
from tracker.work.services.tasks import archive_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(db: None) -> User:
    return UserFactory(is_administrator=True)


@pytest.fixture
def twin(board: Board) -> Board:
    """Another board with the same workflow, which nobody of the first one sees."""
    return make_board(workflow=board.project.workflow)


def ask(person: User, path: str) -> Any:
    return Asking(person).get(path)


def by(boss: User, board: Board, column: str, what: str) -> dict[str, Any]:
    answer = ask(boss, f"/statuses/{board.status(column).pk}/touched?by={what}")
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def row(board: Board, cards: int) -> dict[str, Any]:
    project = board.project
    return {"id": project.pk, "key": project.key, "name": project.name, "name_zh": project.name_zh, "cards": cards}


def named(board: Board, cards: list[Task]) -> list[dict[str, Any]]:
    return [{"id": card.pk, "key": f"{board.project.key}-{card.number}", "title": card.title} for card in cards]


def test_a_removal_touches_all_cards_of_the_status_on_every_board(boss: User, board: Board, twin: Board) -> None:
    here, there = board.cards(3), twin.card()
    archive_task(actor=board.manager, task_id=here[2].pk)
    board.card("Doing")

    found = by(boss, board, "To do", "removal")

    assert (found["cards"], found["archived"], found["hidden"]) == (4, 1, 0)
    assert (found["initiatives_total"], found["initiatives"]) == (2, [row(board, 3), row(twin, 1)])
    boards = sorted([(board.project.key, named(board, here)), (twin.project.key, named(twin, [there]))])
    assert found["first"] == [card for _key, cards in boards for card in cards]


def test_a_closed_way_touches_only_what_is_on_the_board(boss: User, board: Board) -> None:
    (card, away), _other = board.cards(2), board.card("Done")
    archive_task(actor=board.manager, task_id=away.pk)

    found = by(boss, board, "To do", "way")

    assert (found["cards"], found["archived"], found["first"]) == (1, 0, named(board, [card]))


def test_another_category_also_counts_archived_cards(boss: User, board: Board) -> None:
    archive_task(actor=board.manager, task_id=board.cards(2)[0].pk)

    assert by(boss, board, "To do", "category")["cards"] == 2


def test_a_limit_touches_the_cards_below_it_in_each_column(boss: User, board: Board, twin: Board) -> None:
    cards, _few = board.cards(5), twin.cards(2)
    archive_task(actor=board.manager, task_id=cards[0].pk)

    found = by(boss, board, "To do", "limit&limit=2")

    assert (found["cards"], found["initiatives"]) == (2, [row(board, 2)])
    assert found["first"] == named(board, cards[3:])


@pytest.mark.parametrize("limit", ["limit", "limit&limit=3"])
def test_no_limit_and_one_that_all_fit_into_touch_nothing(boss: User, board: Board, limit: str) -> None:
    board.cards(3)

    found = by(boss, board, "To do", limit)

    assert found == {
        "cards": 0, "archived": 0, "hidden": 0, "initiatives_total": 0, "initiatives": [], "first": []
    }  # fmt: skip


def test_a_label_touches_the_cards_that_carry_it(boss: User, board: Board, twin: Board) -> None:
    label, other = LabelFactory(), LabelFactory()
    cards = [board.card(), twin.card(), twin.card()]
    for card in cards:
        card.labels.add(label)
    board.card().labels.add(other)

    found = ask(boss, f"/labels/{label.pk}/touched").json()

    assert (found["cards"], found["initiatives"]) == (3, [row(twin, 2), row(board, 1)])


def test_what_the_viewer_does_not_see_is_only_counted(board: Board, twin: Board) -> None:
    seen = board.cards(2)
    twin.cards(3)

    found = touched(board.viewer, Task.objects.filter(status=board.status("To do")))

    assert (found["cards"], found["hidden"]) == (2, 3)
    assert (found["initiatives"], found["first"]) == ([row(board, 2)], named(board, seen))


def test_who_does_not_administer_learns_nothing(board: Board) -> None:
    board.card()
    paths = (f"/statuses/{board.status('To do').pk}/touched?by=way", f"/labels/{LabelFactory().pk}/touched")
    for person, status in ((board.manager, 403), (UserFactory(is_guest=True), 404)):
        assert [ask(person, path).status_code for path in paths] == [status, status]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/statuses/{status}/touched", 400),
        ("/statuses/{status}/touched?by=magic", 400),
        ("/statuses/{status}/touched?by=limit&limit=0", 400),
        ("/statuses/9999999/touched?by=way", 404),
        ("/labels/9999999/touched", 404),
    ],
)
def test_what_makes_no_sense_is_refused(boss: User, board: Board, path: str, status: int) -> None:
    assert ask(boss, path.format(status=board.status("To do").pk)).status_code == status


def test_many_cards_take_as_many_statements_as_one(board: Board) -> None:
    boards = [make_board(workflow=board.project.workflow) for _ in range(MOST_INITIATIVES + 1)]
    boss = UserFactory(is_overseer=True)

    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = touched(boss, Task.objects.filter(status=board.status("To do")))
        assert len(found["initiatives"]) <= MOST_INITIATIVES
        assert len(found["first"]) <= MOST_CARDS
        return len(queries)

    TaskFactory(project=board.project)
    few = statements()
    for other in boards:
        other.cards(2)
    assert statements() == few == 4
