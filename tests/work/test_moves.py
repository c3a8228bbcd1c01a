"""Moving cards: by intent, under the rules of the workflow, at a cost that does not depend on the board."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import LabelFactory, TaskFactory, UserFactory, function
from tests.support.asking import Asking
from tests.support.looking import fingerprint, require_gapless, require_order
from tests.work.conftest import Board
from tracker.errors import Conflict, Forbidden, NotFound, Refused
from tracker.log.models import Event
from tracker.people import access
from tracker.work import ranks
from tracker.work.models import Task, Transition
from tracker.work.services.moves import move_task
from tracker.work.services.tasks import archive_task, create_task, delete_task, restore_task

pytestmark = pytest.mark.django_db

NOTHING = 0  # stands for a card that never was


def build(board: Board, other: Board) -> dict[str, int]:
    """A · B · C in To do, X · Y in Doing, an archived card between A and B, one that is gone, one of another board."""
    names = {name: board.card().pk for name in "A hidden B C gone".split()}
    archive_task(actor=board.member, task_id=names["hidden"])
    delete_task(actor=board.manager, task_id=names["gone"])
    names |= {name: board.card("Doing").pk for name in "X Y".split()}
    return names | {"foreign": other.card().pk, "me": board.card().pk, "never": 2**62}


# what is asked for: column, after, before → the order that comes about, and what the answer says of it
SITUATIONS = [
    ("top, before the first", "To do", None, "A", "me A B C", "exact"),
    ("after the first", "To do", "A", None, "A me B C", "exact"),
    ("between two neighbours", "To do", "B", "C", "A B me C", "exact"),
    ("between two with an archived one between them", "To do", "A", "B", "A me B C", "exact"),
    ("between two that are not neighbours", "To do", "A", "C", "A me B C", "fallback"),
    ("between two the wrong way round", "To do", "C", "A", "A B C me", "fallback"),
    ("after the last", "To do", "C", None, "A B C me", "exact"),
    ("no neighbours: the bottom", "To do", None, None, "A B C me", "exact"),
    ("after one that is gone", "To do", "gone", None, "A B C me", "fallback"),
    ("after one that never was", "To do", "never", None, "A B C me", "fallback"),
    ("after one that is gone, before one that is there", "To do", "gone", "B", "A me B C", "fallback"),
    ("after one that is there, before one that is gone", "To do", "A", "gone", "A me B C", "fallback"),
    ("after an archived one", "To do", "hidden", None, "A me B C", "exact"),
    ("before an archived one", "To do", None, "hidden", "A me B C", "exact"),
    ("after itself", "To do", "me", None, "A B C me", "fallback"),
    ("before itself, after a neighbour", "To do", "A", "me", "A me B C", "fallback"),
    ("after one that stands in another column", "Doing", "A", None, "X Y me", "fallback"),
    ("after one elsewhere, before one that is there", "Doing", "A", "Y", "X me Y", "fallback"),
    ("after one there, before one elsewhere", "Doing", "X", "A", "X me Y", "fallback"),
    ("after a card of another board", "Doing", "foreign", None, "X Y me", "fallback"),
    ("between cards of another board", "Doing", "foreign", "foreign", "X Y me", "fallback"),
    ("into an empty column", "Done", None, None, "me", "exact"),
    ("into an empty column, after a card that stands elsewhere", "Done", "A", None, "me", "fallback"),
    ("another column, its top", "Doing", None, "X", "me X Y", "exact"),
    ("another column, between neighbours", "Doing", "X", "Y", "X me Y", "exact"),
    ("its own column, by its name only", None, "A", None, "A me B C", "exact"),
]


@pytest.mark.parametrize(
    ("column", "after", "before", "order", "placed"),
    [row[1:] for row in SITUATIONS],
    ids=[row[0] for row in SITUATIONS],
)
def test_move_by_intent(board, other_board, column, after, before, order, placed) -> None:
    """O3: where a card goes when its neighbours are not where they were."""
    cards = build(board, other_board)
    names = {pk: name for name, pk in cards.items()}

    moved = move_task(
        actor=board.member, task_id=cards["me"], status=board.status(column).pk if column else None,
        after=after and cards[after], before=before and cards[before],
    )  # fmt: skip

    assert " ".join(names[pk] for pk in board.order(column or "To do")) == order
    assert moved.exact is (placed == "exact")
    assert moved.task.project_id == board.project.pk
    require_order()
    require_gapless()


def test_the_same_situations_over_http(board, other_board) -> None:
    cards, asking = build(board, other_board), Asking(board.member)
    body = {"status": board.status("Doing").pk, "after": cards["X"], "before": cards["Y"], "project": board.project.pk}

    answer = asking.put(f"/tasks/{cards['me']}/position", body)

    assert answer.status_code == 200
    said = answer.json()
    assert (said["placed"], said["dropped"], said["status"]) == ("exact", {"people": [], "tasks": []}, body["status"])
    assert said["can"] == ["see", "comment", "work"]
    event = Event.objects.get(subject=f"task:{cards['me']}", type="task.moved")
    assert answer["Stream-Position"] == f"project:{board.project.pk}={event.stream.epoch}.{event.seq}"
    assert answer["ETag"] == f'"v{said["version"]}"'


def test_a_card_that_is_there_already_writes_nothing(board) -> None:
    first, second, third = board.cards(3)
    before = fingerprint()

    for where in ({"after": first.pk}, {"before": third.pk}, {"after": first.pk, "before": third.pk}):
        moved = move_task(actor=board.member, task_id=second.pk, **where)
        assert (moved.task.rank, moved.task.version, moved.exact) == (second.rank, second.version, True)
    move_task(actor=board.member, task_id=third.pk)

    assert fingerprint() == before


@pytest.mark.parametrize("beside", [10, pytest.param(2000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("named", [False, True], ids=["within", "naming its own project"])
def test_a_move_costs_eight_statements_whatever_the_size_of_the_board(board, beside, named) -> None:
    fill(board, beside)
    status = board.status("Doing")
    status.limit, status.limit_is_hard = 3000, True
    status.save()
    card, after = board.card(), Task.objects.filter(project=board.project, status=status).order_by("rank")[beside // 4]
    asking = Asking(board.member)
    body = {"status": status.pk, "after": after.pk} | ({"project": board.project.pk} if named else {})
    asking.get("/me")

    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = asking.put(f"/tasks/{card.pk}/position", body, key=uuid4())

    assert answer.status_code == 200
    statements = [query["sql"] for query in asked if not is_apart(query["sql"])]
    assert len(statements) == 8, "\n".join(sql[:100] for sql in statements)


def is_apart(sql: str) -> bool:
    """Transaction control, the session and the person who asks are not the move's."""
    control = r"(SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|SET|--)"
    who = r'SELECT [^(]* FROM "(django_session|people_user)" WHERE'
    return bool(re.match(control, sql) or re.match(who, sql))


def fill(board: Board, number: int) -> None:
    half = number // 2
    for column in ("To do", "Doing"):
        status = board.status(column)
        first = Task.objects.filter(project=board.project).count() + 1
        Task.objects.bulk_create(
            Task(project=board.project, number=first + place, title=f"Card {place}", status=status, rank=rank)
            for place, rank in enumerate(ranks.after(None, half))
        )
    type(board.project).objects.filter(pk=board.project.pk).update(next_number=number + 1)


# --- who may, and where to -----------------------------------------------------------------------------------------


def test_who_may_not(board, other_board) -> None:
    card = board.card()
    guest = UserFactory(is_guest=True)
    access.grant(board.project, guest, "guest")
    card.assignees.add(guest)
    for person, refusal in [
        (board.viewer, Forbidden),
        (guest, Forbidden),
        (other_board.manager, NotFound),
        (UserFactory(), NotFound),
    ]:
        before = fingerprint()
        with pytest.raises(refusal):
            move_task(actor=person, task_id=card.pk, status=board.status("Doing").pk)
        assert fingerprint() == before


def test_a_status_of_another_workflow_is_refused(board, other_board) -> None:
    with pytest.raises(Refused) as refusal:
        move_task(actor=board.member, task_id=board.card().pk, status=other_board.status("Doing").pk)
    assert (refusal.value.code, refusal.value.field) == ("unknown_status", "status")


def test_an_archived_card_does_not_move(board) -> None:
    card = board.card()
    archive_task(actor=board.member, task_id=card.pk)
    with pytest.raises(Conflict) as refusal:
        move_task(actor=board.member, task_id=card.pk, status=board.status("Doing").pk)
    assert refusal.value.code == "archived"


def take(board: Board, person, source: str, target: str) -> None:
    move_task(actor=person, task_id=board.card(source).pk, status=board.status(target).pk)


@pytest.mark.parametrize(
    ("functions", "role", "member_of", "may"),
    [
        ([], "", None, True),
        (["sales"], "", None, False),
        (["sales"], "", "sales", True),
        (["sales"], "", "marketing", False),
        (["sales", "marketing"], "", "marketing", True),
        ([], "member", None, True),
        ([], "manager", None, False),
        (["sales"], "manager", None, False),
        (["sales"], "manager", "sales", True),
    ],
)
def test_who_may_take_a_transition(board, functions, role, member_of, may) -> None:
    way = Transition.objects.get(source=board.status("To do"), target=board.status("Done"))
    way.role = role
    way.save()
    way.functions.set([function(code) for code in functions])
    if member_of:
        board.member.function = function(member_of)
        board.member.save()

    if may:
        take(board, board.member, "To do", "Done")
    else:
        with pytest.raises(Conflict) as refusal:
            take(board, board.member, "To do", "Done")
        assert (refusal.value.code, refusal.value.field) == ("transition_not_allowed", "status")
        assert "To do" in str(refusal.value)
        assert "Done" in str(refusal.value)
    if role == "manager" or not functions:
        take(board, board.manager, "To do", "Done")


def test_a_way_that_is_not_there_is_closed_to_all_members_and_managers(board) -> None:
    Transition.objects.filter(source=board.status("Done"), target=board.status("To do")).delete()
    for person in (board.member, board.manager, UserFactory(is_administrator=True)):
        with pytest.raises(Conflict):
            take(board, person, "Done", "To do")


# --- WIP limits ----------------------------------------------------------------------------------------------------


def limit(board: Board, column: str, number: int, *, hard: bool) -> None:
    status = board.status(column)
    status.limit, status.limit_is_hard = number, hard
    status.save()


def test_a_soft_limit_refuses_nothing(board) -> None:
    limit(board, "Doing", 1, hard=False)
    for _ in range(3):
        take(board, board.member, "To do", "Doing")
    assert len(board.order("Doing")) == 3


def test_a_hard_limit_refuses_the_next_card_whichever_way_it_comes(board, other_board) -> None:
    limit(board, "Doing", 2, hard=True)
    inside = board.card("Doing")
    put_away = board.card("Doing")
    archive_task(actor=board.member, task_id=put_away.pk)
    take(board, board.member, "To do", "Doing")  # the archived one takes no room
    doing = board.status("Doing").pk
    access.grant(other_board.project, board.member, "member")
    refused = [
        lambda: take(board, board.member, "To do", "Doing"),
        lambda: create_task(actor=board.member, project_id=board.project.pk, title="One more", status=doing),
        lambda: restore_task(actor=board.member, task_id=put_away.pk),
        lambda: move_task(actor=board.member, task_id=other_board.card().pk, project=board.project.pk, status=doing),
    ]
    for attempt in refused:
        with pytest.raises(Conflict) as refusal:
            attempt()
        assert (refusal.value.code, refusal.value.detail) == ("wip_limit", {"limit": 2})
    assert move_task(actor=board.member, task_id=inside.pk, status=doing).task.status_id == doing  # within: always
    assert len(board.order("Doing")) == 2


# --- what a move leaves behind -------------------------------------------------------------------------------------


def test_times_are_kept(board) -> None:
    card = board.card()
    entered = card.entered_at

    within = move_task(actor=board.member, task_id=card.pk, after=board.card().pk).task
    assert (within.entered_at, within.completed_at) == (entered, None)
    done = move_task(actor=board.member, task_id=card.pk, status=board.status("Done").pk).task
    assert done.entered_at > entered
    assert done.completed_at == done.entered_at
    back = move_task(actor=board.member, task_id=card.pk, status=board.status("Doing").pk).task
    assert back.completed_at is None
    told = Event.objects.filter(subject=f"task:{card.pk}", type="task.moved").order_by("seq")
    assert [("entered_at" in event.body, '"completed_at":null' in event.body) for event in told] == [
        (False, False), (True, False), (True, True),
    ]  # fmt: skip


def test_versions_grow_by_one_and_nothing_else_changes(board) -> None:
    card = board.card(title="Stays", description="as it is")
    card.labels.add(LabelFactory())
    before = Task.objects.values().get(pk=card.pk)
    move_task(actor=board.member, task_id=card.pk, status=board.status("Doing").pk)
    after = Task.objects.values().get(pk=card.pk)
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"status_id", "rank", "version", "updated_at", "entered_at"}
    assert after["version"] == before["version"] + 1


# --- ranks that grow -----------------------------------------------------------------------------------------------


def test_two_thousand_cards_at_one_spot_keep_their_order_and_short_ranks(board) -> None:
    """O2: two thousand inserts at one spot."""
    first, last = board.cards(2)
    column, others = board.status("To do").pk, [card.pk for card in board.cards(20, "Doing")]
    expected: list[int] = []
    for turn in range(2000):
        card = others[turn % 20]
        move_task(actor=board.member, task_id=card, status=column, after=first.pk)
        expected = [card, *(other for other in expected if other != card)]
    assert board.order() == [first.pk, *expected, last.pk]
    assert max(len(rank) for rank in Task.objects.values_list("rank", flat=True)) <= ranks.LONGEST
    assert Event.objects.filter(type="column.reranked").exists()
    require_gapless()


def long_ranks(board: Board) -> tuple[Task, Task, Task]:
    """A column whose next card between the first two would get a rank of more than fifty characters."""
    low, high = "a0", "a1"
    while len(ranks.between(low, high)) <= ranks.LONGEST:
        high = ranks.between(low, high)
    cards = board.cards(2), board.card()
    Task.objects.filter(pk=cards[1].pk).update(rank="a2")
    Task.objects.filter(pk=cards[0][1].pk).update(rank=high)
    Task.objects.filter(pk=cards[0][0].pk).update(rank=low)
    return (*cards[0], cards[1])


@pytest.mark.parametrize("way", ["move", "create", "from another board"])
def test_a_column_whose_ranks_grow_long_gets_fresh_ones_told_as_one_event(board, other_board, way) -> None:
    one, two, three = long_ranks(board)
    if way == "move":
        new = board.card("Doing").pk
        move_task(actor=board.member, task_id=new, status=board.status("To do").pk, after=one.pk)
    elif way == "create":
        new = create_task(actor=board.member, project_id=board.project.pk, title="New", after=one.pk).pk
    else:
        access.grant(other_board.project, board.member, "member")
        new = other_board.card().pk
        move_task(
            actor=board.member, task_id=new, project=board.project.pk, status=board.status("To do").pk, after=one.pk
        )

    assert board.order() == [one.pk, new, two.pk, three.pk]
    told = list(Event.objects.filter(stream__kind="project", stream__ref=board.project.pk).order_by("seq"))
    assert [event.type for event in told if event.type == "column.reranked"] == ["column.reranked"]
    assert told[-1].tx == told[-2].tx == Event.objects.get(type="column.reranked").tx
    assert all(len(task.rank) <= ranks.LONGEST for task in Task.objects.all())
    require_order()
    require_gapless()


def test_ranks_sort_in_byte_order(board) -> None:
    cards = board.cards(4)
    for card, rank in zip(cards, ["Zz", "a0", "aB", "ab"], strict=True):
        Task.objects.filter(pk=card.pk).update(rank=rank)
    assert board.order() == [card.pk for card in cards]


def test_a_card_of_a_project_that_is_gone_is_nowhere(board) -> None:
    card = TaskFactory(project=board.project)
    pk = card.pk
    delete_task(actor=board.manager, task_id=pk)
    with pytest.raises(NotFound):
        move_task(actor=board.member, task_id=pk)
