"""Many cards at once: one step for all of them, or none, and the card that refuses is named."""

from uuid import uuid4

import pytest

from tests.factories import LabelFactory, UserFactory, function
from tests.support.asking import Asking, at_once
from tests.support.looking import fingerprint, require_gapless, require_order
from tracker.errors import Conflict, Forbidden, NotFound, Refused
from tracker.log.models import Event
from tracker.people import access
from tracker.work import ranks
from tracker.work.models import Task, Transition
from tracker.work.services.many import Wish, change_tasks, move_tasks
from tracker.work.services.tasks import Draft, archive_task, create_tasks

pytestmark = pytest.mark.django_db


def ids(cards: list[Task]) -> list[int]:
    return [card.pk for card in cards]


def test_fields_lists_and_places_change_together_in_one_transaction(board) -> None:
    cards, (one, two) = board.cards(3), (LabelFactory(), LabelFactory())
    cards[0].labels.add(one)
    done = board.status("Doing").pk
    wish = Wish(
        fields={"owner": board.member.pk, "priority": "high"},
        add={"labels": [two.pk]},
        remove={"labels": [one.pk]},
        status=done,
    )

    lot = change_tasks(actor=board.member, task_ids=ids(cards), wish=wish)

    assert board.order("Doing") == ids(cards) == ids(lot.tasks)
    for card in Task.objects.filter(pk__in=ids(cards)):
        assert (card.owner_id, card.priority, card.version) == (board.member.pk, "high", 3)
        assert ids(card.labels.all()) == [two.pk]
    events = Event.objects.filter(stream__ref=board.project.pk, stream__kind="project")
    assert len({event.tx for event in events}) == 1
    assert sorted(event.type for event in events) == ["task.changed"] * 3 + ["task.moved"] * 3
    require_gapless()
    require_order()


def test_what_stands_there_already_is_not_told(board) -> None:
    cards = [board.card(priority="low"), board.card("Doing"), board.card()]
    wish = Wish(fields={"priority": "low"}, status=board.status("To do").pk)

    change_tasks(actor=board.member, task_ids=ids(cards), wish=wish)

    told = list(Event.objects.values_list("subject", "type"))
    one, two = (f"task:{card.pk}" for card in cards[1:])
    assert sorted(told) == sorted([(one, "task.changed"), (one, "task.moved"), (two, "task.changed")])
    before = fingerprint()
    change_tasks(actor=board.member, task_ids=ids(cards), wish=wish)
    assert fingerprint() == before


def test_cards_of_several_initiatives_are_one_step_in_each(board, other_board) -> None:
    access.grant(other_board.project, board.member, "member")
    here, there = board.cards(2), other_board.cards(2)

    change_tasks(actor=board.member, task_ids=ids([there[0], here[0], there[1], here[1]]), wish=Wish(category="active"))

    assert (board.order("Doing"), other_board.order("Doing")) == (ids(here), ids(there))
    events = Event.objects.filter(type="task.moved")
    assert {(event.tx, event.span) for event in events} == {(events[0].tx, 2)}
    require_gapless()


def test_archiving_and_bringing_back(board) -> None:
    cards = board.cards(3)
    archive_task(actor=board.member, task_id=cards[1].pk)

    change_tasks(actor=board.member, task_ids=ids(cards), wish=Wish(archived=True))
    assert board.order() == []
    change_tasks(actor=board.member, task_ids=ids(cards), wish=Wish(archived=False, fields={"priority": "high"}))

    assert board.order() == ids(cards)
    assert set(Task.objects.values_list("priority", flat=True)) == {"high"}


# --- refused: all of them or none ----------------------------------------------------------------------------------


def refused(board, cards: list[Task], wish: Wish, kind: type[Exception]) -> Exception:
    before = fingerprint()
    with pytest.raises(kind) as refusal:
        change_tasks(actor=board.member, task_ids=ids(cards), wish=wish)
    assert fingerprint() == before
    return refusal.value


def test_one_that_is_archived_refuses_the_lot_and_is_named(board) -> None:
    cards = board.cards(3)
    archive_task(actor=board.member, task_id=cards[1].pk)

    error = refused(board, cards, Wish(fields={"priority": "high"}), Conflict)

    key = f"{board.project.key}-{cards[1].number}"
    assert error.detail == {"task": cards[1].pk, "key": key}
    assert str(error) == f"{key}: This task is archived. Restore it first."


def test_a_hidden_one_looks_like_a_missing_one(board, other_board) -> None:
    mine, hidden = board.card(), other_board.card()

    errors = [
        refused(board, [mine, card], Wish(fields={"priority": "low"}), NotFound) for card in (hidden, Task(pk=2**40))
    ]

    assert errors[0].body() == errors[1].body()
    assert errors[0].detail == {"index": 1}


def test_who_only_sees_one_of_the_boards_is_forbidden(board, other_board) -> None:
    access.grant(other_board.project, board.member, "viewer")

    error = refused(board, [board.card(), other_board.card()], Wish(fields={"priority": "low"}), Forbidden)

    assert error.detail["key"] == f"{other_board.project.key}-1"


def test_each_card_needs_its_own_transition(board) -> None:
    Transition.objects.filter(source=board.status("Doing"), target=board.status("Done")).delete()
    cards = [board.card(), board.card("Doing"), board.card()]

    error = refused(board, cards, Wish(status=board.status("Done").pk), Conflict)

    assert (error.code, error.detail["task"]) == ("transition_not_allowed", cards[1].pk)


@pytest.mark.parametrize(("limit", "fits"), [(4, False), (5, True)])
@pytest.mark.parametrize("way", ["status", "block"])
def test_a_hard_limit_counts_the_whole_lot(board, limit, fits, way) -> None:
    status = board.status("Doing")
    status.limit, status.limit_is_hard = limit, True
    status.save()
    inside, coming = [board.card("Doing") for _ in range(2)], board.cards(3)

    def move() -> None:
        if way == "status":
            change_tasks(actor=board.member, task_ids=ids(inside + coming), wish=Wish(status=status.pk))
        else:
            move_tasks(actor=board.member, task_ids=ids([inside[1], *coming]), status=status.pk, after=inside[0].pk)

    if fits:
        move()
        assert len(board.order("Doing")) == 5
    else:
        with pytest.raises(Conflict, match="holds 4 cards"):
            move()


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (Wish(fields={"owner": 2**40}), "unknown"),
        (Wish(add={"labels": [2**40]}), "unknown"),
        (Wish(status=2**40), "unknown_status"),
        (Wish(category="review"), "unknown_status"),
    ],
    ids=["owner", "label", "status", "category"],
)
def test_what_does_not_exist_is_refused(board, wish, code) -> None:
    assert refused(board, board.cards(2), wish, Refused).code == code


def test_an_owner_who_does_not_see_one_of_the_boards_is_refused(board, other_board) -> None:
    access.grant(other_board.project, board.member, "member")
    cards = [board.card(), other_board.card()]

    error = refused(board, cards, Wish(fields={"owner": board.viewer.pk}), Refused)

    assert (error.code, error.detail["task"]) == ("no_access", cards[1].pk)


def test_somebody_who_helps_on_one_card_is_still_looked_at_for_the_others(board) -> None:
    stranger, cards = UserFactory(), board.cards(2)
    cards[0].assignees.add(stranger)

    error = refused(board, cards, Wish(add={"assignees": [stranger.pk]}), Refused)

    assert (error.code, error.detail["task"]) == ("no_access", cards[1].pk)


# --- blocks --------------------------------------------------------------------------------------------------------

BLOCKS = [
    ("to the bottom of another column", "Doing", "BC", None, None, "AD", "XYBC", True),
    ("between two of another column", "Doing", "CA", "X", "Y", "BD", "XCAY", True),
    ("up within their column", "To do", "CD", "A", "B", "ACDB", "XY", True),
    ("down within their column", "To do", "AB", "D", None, "CDAB", "XY", True),
    ("turned round where they stand", "To do", "CB", "A", "D", "ACBD", "XY", True),
    ("to the top", "To do", "CD", None, "A", "CDAB", "XY", True),
    ("from two columns", "Doing", "XB", "Y", None, "ACD", "YXB", True),
    ("after one that comes along", "Doing", "AX", "X", None, "BCD", "YAX", False),
    ("between two that are not neighbours", "To do", "X", "A", "D", "AXBCD", "Y", False),
]


@pytest.mark.parametrize(("column", "which", "after", "before", "to_do", "doing", "exact"), [b[1:] for b in BLOCKS], ids=[b[0] for b in BLOCKS])  # fmt: skip
def test_a_block_goes_where_it_is_put(board, column, which, after, before, to_do, doing, exact) -> None:
    cards = {name: board.card().pk for name in "ABCD"} | {name: board.card("Doing").pk for name in "XY"}
    names = {pk: name for name, pk in cards.items()}

    lot = move_tasks(
        actor=board.member, task_ids=[cards[name] for name in which], status=board.status(column).pk,
        after=after and cards[after], before=before and cards[before],
    )  # fmt: skip

    assert "".join(names[pk] for pk in board.order("To do")) == to_do
    assert "".join(names[pk] for pk in board.order("Doing")) == doing
    assert lot.exact is exact
    require_order()


def test_a_block_between_two_with_long_ranks(board) -> None:
    first, last = board.cards(2)
    Task.objects.filter(pk=first.pk).update(rank="a1" + "0" * 60 + "1")
    Task.objects.filter(pk=last.pk).update(rank="a1" + "0" * 60 + "2")
    cards = [board.card("Doing") for _ in range(3)]

    move_tasks(actor=board.member, task_ids=ids(cards), status=board.status("To do").pk, after=first.pk, before=last.pk)

    assert board.order() == ids([first, *cards, last])
    assert all(len(rank) <= ranks.LONGEST for rank in Task.objects.values_list("rank", flat=True))


# --- new ones, over HTTP, at once ----------------------------------------------------------------------------------


@pytest.mark.parametrize("top", [True, False])
def test_several_new_cards_in_their_order(board, top) -> None:
    there = board.card().pk
    made = ids(
        create_tasks(actor=board.member, project_id=board.project.pk, drafts=[Draft(title) for title in "ABC"], top=top)
    )
    assert board.order() == ([*made, there] if top else [there, *made])


def test_over_http(board) -> None:
    asking, key = Asking(board.member), uuid4()
    body = {"tasks": [{"title": "One"}, {"title": "Two", "status": board.status("Doing").pk}], "at": "top"}

    made = [asking.post(f"/projects/{board.project.pk}/tasks/many", body, key=key) for _ in range(2)]

    assert [answer.status_code for answer in made] == [201, 201]
    assert made[0].json() == made[1].json()
    found = [task["id"] for task in made[0].json()["tasks"]]
    change = {"labels": {"add": [LabelFactory().pk]}, "function": function("sales").pk, "due": "2026-12-01"}
    answer = asking.patch("/tasks", {"tasks": found, "change": change})
    assert answer.status_code == 200
    assert [task["version"] for task in answer.json()["tasks"]] == [2, 2]
    answer = asking.put("/tasks/position", {"tasks": found, "status": board.status("Done").pk})
    assert (answer.json()["placed"], board.order("Done")) == ("exact", found)


@pytest.mark.parametrize("number", [0, 501])
def test_none_and_too_many_are_refused(board, number) -> None:
    asking, before = Asking(board.member), fingerprint()
    for verb, path, body in (
        ("PATCH", "/tasks", {"tasks": list(range(1, number + 1)), "change": {"priority": "low"}}),
        ("PUT", "/tasks/position", {"tasks": list(range(1, number + 1)), "status": 1}),
        ("POST", f"/projects/{board.project.pk}/tasks/many", {"tasks": [{"title": "T"}] * number}),
    ):
        answer = asking.send(verb, path, body)
        assert (answer.status_code, answer.json()["field"]) == (400, "tasks"), answer.content
    assert fingerprint() == before


def test_what_one_step_cannot_tell_is_refused(board) -> None:
    create_tasks(actor=board.member, project_id=board.project.pk, drafts=[Draft("T")] * 260)
    cards = list(Task.objects.filter(project=board.project))
    wish = Wish(fields={"priority": "low"}, status=board.status("Doing").pk)

    assert refused(board, cards, wish, Refused).code == "too_many"
    change_tasks(actor=board.member, task_ids=ids(cards[:250]), wish=wish)


@pytest.mark.django_db(transaction=True)
def test_lots_over_the_same_boards_never_lock_each_other_out(board, other_board) -> None:
    access.grant(other_board.project, board.member, "member")
    here, there = board.cards(4), other_board.cards(4)
    asking = Asking(board.member)

    def work(cards: list[Task], priority: str):
        twin = asking.twin()
        return lambda: [
            twin.patch(
                "/tasks", {"tasks": ids(cards), "change": {"priority": priority, "category": category}}
            ).status_code
            for category in ("active", "ready", "done")
        ]

    results = at_once([work(here + there, "low"), work(there + here, "high"), work(here[:2] + there[2:], "medium")])

    assert {status for statuses in results for status in statuses} == {200}
    require_gapless()
    require_order()
