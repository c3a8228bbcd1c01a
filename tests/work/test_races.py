"""Many at once: what holds for one after the other holds for all together, on a real database with real locks."""

import random
from collections import Counter
from uuid import uuid4

import pytest

from tests.factories import UserFactory
from tests.support.asking import Asking, at_once
from tests.support.looking import require_gapless, require_order, require_true_counters
from tests.support.seeds import pytest_generate_tests, seed
from tracker.log.models import Event, Stream
from tracker.people import access
from tracker.work.models import Task
from tracker.work.services.moves import move_task
from tracker.work.services.tasks import change_task

__all__ = ["pytest_generate_tests", "seed"]
pytestmark = pytest.mark.django_db(transaction=True)

THREADS, MOVES, CARDS = 16, 500, 60


def errors_in(results: list) -> list[BaseException]:
    return [result for result in results if isinstance(result, BaseException)]


@pytest.mark.slow
def test_sixteen_people_move_cards_at_random(board, seed: int) -> None:
    """O1: each column keeps a total order, and no card vanishes."""
    ids = [card.pk for card in board.cards(CARDS)]
    statuses = [status.pk for status in board.statuses.values()]
    people = [UserFactory() for _ in range(THREADS)]
    for person in people:
        access.grant(board.project, person, "member")

    def mover(place: int):
        chance = random.Random(seed + place)

        def move() -> int:
            for _ in range(MOVES):
                near = {"after": chance.choice(ids), "before": chance.choice(ids)}
                named = chance.choice([["after"], ["before"], ["after", "before"], []])
                move_task(
                    actor=people[place], task_id=chance.choice(ids), status=chance.choice(statuses),
                    **{name: near[name] for name in named},
                )  # fmt: skip
            return MOVES

        return move

    results = at_once([mover(place) for place in range(THREADS)])

    assert errors_in(results) == []
    assert sum(results) == THREADS * MOVES
    require_gapless()
    require_order()
    assert sorted(Task.objects.filter(project=board.project).values_list("pk", flat=True)) == sorted(ids)
    told = Event.objects.filter(type="task.moved").values_list("actor_id", flat=True)
    assert len(Counter(told)) == THREADS
    versions = sum(Task.objects.filter(pk__in=ids).values_list("version", flat=True)) - len(ids)
    assert versions == len(told)  # every move that was made was told, once


def test_a_hard_limit_lets_exactly_one_of_twenty_in(board) -> None:
    """O4: a hard limit under race."""
    doing = board.status("Doing")
    doing.limit, doing.limit_is_hard = 5, True
    doing.save()
    board.cards(4, "Doing")
    cards = board.cards(20)
    asking = Asking(board.member)

    def into(card: Task):
        twin = asking.twin()
        return lambda: twin.put(f"/tasks/{card.pk}/position", {"status": doing.pk})

    answers = at_once([into(card) for card in cards])

    assert errors_in(answers) == []
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 19}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"wip_limit"}
    assert len(board.order("Doing")) == 5
    require_gapless()


def test_twenty_new_cards_in_one_gap(board) -> None:
    """O2: inserts into the same gap at once."""
    first, last = board.cards(2)
    asking = Asking(board.member)
    path = f"/projects/{board.project.pk}/tasks"

    def add(number: int):
        twin = asking.twin()
        return lambda: twin.post(path, {"title": f"New {number}", "after": first.pk, "before": last.pk})

    answers = at_once([add(number) for number in range(20)])

    assert [answer.status_code for answer in answers] == [201] * 20
    order = board.order()
    assert (order[0], order[-1], len(order)) == (first.pk, last.pk, 22)
    assert len({answer.json()["number"] for answer in answers}) == 20
    require_order()
    require_gapless()


def test_cards_that_change_places_between_two_boards_never_lock_each_other_out(board, other_board) -> None:
    """O1: moves across two boards, both ways at once."""
    for person in (board.member, other_board.member):
        access.grant(board.project, person, "member")
        access.grant(other_board.project, person, "member")
    here = [board.card().pk for _ in range(40)]
    there = [other_board.card().pk for _ in range(40)]
    one, two = Asking(board.member), Asking(other_board.member)

    def carry(asking: Asking, ids: list[int], project: int):
        twin = asking.twin()
        return lambda: [twin.put(f"/tasks/{pk}/position", {"project": project}).status_code for pk in ids]

    results = at_once(
        [carry(one, here[part::4], other_board.project.pk) for part in range(4)]
        + [carry(two, there[part::4], board.project.pk) for part in range(4)]
    )

    assert errors_in(results) == []
    assert {status for statuses in results for status in statuses} == {200}
    assert sorted(board.order()) == sorted(there)
    assert sorted(other_board.order()) == sorted(here)
    assert set(Event.objects.filter(type__in=["task.left", "task.arrived"]).values_list("span", flat=True)) == {2}
    require_order()
    require_gapless()


@pytest.mark.slow
@pytest.mark.parametrize(("one", "other"), [("title", "due"), ("due", "owner"), ("title", "owner")])
def test_two_fields_changed_at_once_both_survive(board, one, other) -> None:
    """O6: different fields changed at once."""
    values = {"title": "A new title", "due": "2030-05-17", "owner": board.member.pk}
    cards = board.cards(167)  # five hundred pairs in all
    asking = Asking(board.member)

    def change(card: Task, fields: dict[str, object]):
        twin = asking.twin()
        return lambda: twin.patch(f"/tasks/{card.pk}", fields).status_code

    for start in range(0, len(cards), 5):
        jobs = [change(card, {name: values[name]}) for card in cards[start : start + 5] for name in (one, other)]
        assert at_once(jobs) == [200] * len(jobs)

    wanted = {name: values[name] for name in (one, other)}
    for card in cards:
        row = asking.get(f"/tasks/{card.pk}").json()
        assert {name: row[name] for name in wanted} == wanted
        assert row["version"] == 3
    require_gapless()


def test_two_people_may_not_block_each_other_in_a_circle(board) -> None:
    for _ in range(5):
        one, two = board.cards(2)
        results = at_once(
            [
                lambda: change_task(actor=board.member, task_id=one.pk, fields={"blocked_by": [two.pk]}),  # noqa: B023
                lambda: change_task(actor=board.manager, task_id=two.pk, fields={"blocked_by": [one.pk]}),  # noqa: B023
            ]
        )
        assert [problem.code for problem in errors_in(results)] == ["cycle"]


@pytest.mark.parametrize("path", ["/accounts", "/projects", "/labels", "/functions", "/teams", "/workflows"])
def test_a_name_that_two_want_at_once_goes_to_one(path, db) -> None:
    asking = Asking(UserFactory(is_administrator=True))
    body = {
        "/accounts": {"code": "NEW", "name": "New"},
        "/projects": {"key": "NEW", "name": "New"},
        "/labels": {"name": "New"},
        "/functions": {"code": "new", "name": "New"},
        "/teams": {"name": "New"},
        "/workflows": {"code": "new", "name": "New"},
    }[path]

    def add():
        twin = asking.twin()
        return lambda: twin.post(path, body, key=uuid4())

    answers = at_once([add() for _ in range(6)])

    assert errors_in(answers) == []
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: 5}
    require_gapless()


def test_random_work_leaves_counters_true(board, files, seed: int) -> None:
    """O7: counters equal a recount."""
    ids = [card.pk for card in board.cards(4)]
    asking = Asking(board.manager)

    def work(place: int):
        chance, twin = random.Random(seed + place), asking.twin()
        mine: list[str] = []

        def once() -> int:
            task = chance.choice(ids)
            match chance.randrange(6):
                case 0:
                    answer = twin.post(f"/tasks/{task}/comments", {"body": "Said"})
                    mine.extend(f"/comments/{pk}" for pk in [answer.json().get("id")] if pk)
                case 1:
                    answer = twin.post(f"/tasks/{task}/checklist", {"text": "To do"})
                    mine.extend(f"/checklist/{pk}" for pk in [answer.json().get("id")] if pk)
                case 2 if mine:
                    answer = twin.delete(mine.pop(chance.randrange(len(mine))))
                case 3 if lines := [path for path in mine if path.startswith("/checklist")]:
                    answer = twin.patch(chance.choice(lines), {"done": chance.random() < 0.5})
                case 4:
                    answer = twin.post(f"/tasks/{task}/{chance.choice(['archive', 'restore'])}")
                    answer = twin.post(f"/tasks/{task}/restore")
                case _:
                    answer = twin.put(f"/tasks/{task}/position", {"after": chance.choice(ids)})
            return answer.status_code

        return lambda: [once() for _ in range(25)]

    results = at_once([work(place) for place in range(6)])

    assert errors_in(results) == []
    assert {status for statuses in results for status in statuses} <= {200, 201, 204, 409}  # 409: archived just now
    require_true_counters()
    require_gapless()
    require_order()


def test_streams_are_made_once(db) -> None:
    people = [UserFactory() for _ in range(2)]
    administrators = [Asking(UserFactory(is_administrator=True)) for _ in range(4)]

    def toggle(asking: Asking):
        twin = asking.twin()
        return lambda: [
            twin.post(f"/people/{person.pk}/{what}", body).status_code
            for person in people
            for what, body in (("deactivate", {}), ("activate", None))
        ]

    results = at_once([toggle(asking) for asking in administrators])

    assert {status for statuses in results for status in statuses} == {200}
    assert Stream.objects.filter(kind="user", ref__in=[person.pk for person in people]).count() == 2
    require_gapless()
