"""Making, changing, archiving and deleting tasks."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.factories import LabelFactory, UserFactory, function
from tests.support.asking import Asking
from tests.support.looking import fingerprint, require_gapless
from tests.work.conftest import Board
from tracker.errors import Conflict, Forbidden, NotFound, Refused
from tracker.log.models import Event
from tracker.people import access
from tracker.work.models import Task
from tracker.work.services.tasks import archive_task, change_task, create_task, delete_task, restore_task

pytestmark = pytest.mark.django_db


def create(board: Board, **what: Any) -> Task:
    return create_task(actor=board.member, project_id=board.project.pk, **{"title": "New", **what})


def change(board: Board, task: Task, **fields: Any) -> Task:
    return change_task(actor=board.member, task_id=task.pk, fields=fields)


# --- making --------------------------------------------------------------------------------------------------------


def test_a_new_task_stands_at_the_bottom_of_the_first_column(board) -> None:
    first = board.card()
    task = create(board)
    assert (board.order(), task.number, task.version) == ([first.pk, task.pk], first.number + 1, 1)
    assert (task.created_by, task.completed_at) == (board.member, None)
    assert list(task.watchers.all()) == [board.member]
    assert Event.objects.get().type == "task.created"


@pytest.mark.parametrize(
    ("where", "place"), [({"top": True}, 0), ({"after": 0}, 1), ({"before": 1}, 1), ({"after": 1}, 2), ({}, 2)]
)
def test_where_a_new_task_goes(board, where, place) -> None:
    cards = board.cards(2)
    where = {name: cards[which].pk if name != "top" else which for name, which in where.items()}
    task = create(board, **where)
    assert board.order().index(task.pk) == place


def test_a_new_task_comes_with_everything_it_was_given(board) -> None:
    label, blocker, parent = LabelFactory(), board.card(), board.card()
    fields = {
        "description": "Long", "function": function("sales").pk, "owner": board.member.pk, "priority": "high",
        "assignees": [board.viewer.pk, board.manager.pk], "labels": [label.pk], "blocked_by": [blocker.pk],
        "start": date(2030, 1, 1), "due": date(2030, 2, 1), "estimate": Decimal("1.255"), "parent": parent.pk,
    }  # fmt: skip
    task = create(board, status=board.status("Done").pk, fields=fields, checklist=["One", "Two"])

    shown = Asking(board.member).get(f"/tasks/{task.pk}").json()
    assert {name: shown[name] for name in ("description", "function", "owner", "priority", "labels", "blocked_by", "parent")} == {
        name: fields[name] for name in ("description", "function", "owner", "priority", "labels", "blocked_by", "parent")
    }  # fmt: skip
    assert shown["assignees"] == sorted(fields["assignees"])
    assert (shown["start"], shown["due"], shown["estimate"]) == ("2030-01-01", "2030-02-01", "1.26")
    assert [line["text"] for line in shown["checklist"]] == ["One", "Two"]
    assert shown["completed_at"] is not None


def test_who_may_make_tasks(board, other_board) -> None:
    for person, refusal in [(board.viewer, Forbidden), (other_board.manager, NotFound), (UserFactory(), NotFound)]:
        before = fingerprint()
        with pytest.raises(refusal):
            create_task(actor=person, project_id=board.project.pk, title="No")
        assert fingerprint() == before


def test_a_number_is_never_used_again(board) -> None:
    one = create(board)
    delete_task(actor=board.manager, task_id=one.pk)
    assert create(board).number == one.number + 1


# --- changing ------------------------------------------------------------------------------------------------------

CHANGES = [
    ("title", "Other", "Other"),
    ("function", lambda board: function("sales").pk, None),
    ("owner", lambda board: board.viewer.pk, None),
    ("assignees", lambda board: [board.viewer.pk], None),
    ("labels", lambda board: [LabelFactory().pk], None),
    ("priority", "urgent", "urgent"),
    ("start", date(2030, 1, 1), "2030-01-01"),
    ("due", date(2030, 1, 1), "2030-01-01"),
    ("estimate", Decimal("2.5"), "2.50"),
    ("parent", lambda board: board.card().pk, None),
    ("blocked_by", lambda board: [board.card().pk], None),
]


@pytest.mark.parametrize(("field", "value", "shown"), CHANGES, ids=[row[0] for row in CHANGES])
def test_one_field_is_changed_and_told_and_nothing_else(board, field, value, shown) -> None:
    task, asking = board.card(), Asking(board.member)
    value = value(board) if callable(value) else value
    before = asking.get(f"/tasks/{task.pk}").json()

    change(board, task, **{field: value})

    after = asking.get(f"/tasks/{task.pk}").json()
    assert after[field] == (value if shown is None else shown)
    assert {name for name in before if before[name] != after[name]} == {field, "version", "updated_at"}
    assert after["version"] == 2
    told = asking.get(f"/tasks/{task.pk}/history").json()["items"]
    assert [event["body"] for event in told] == [
        {"type": "task.changed", "id": task.pk, "version": 2, field: after[field]}
    ]


@pytest.mark.parametrize("field", [row[0] for row in CHANGES])
def test_what_is_so_already_writes_nothing(board, field) -> None:
    task = board.card()
    value = next(row[1] for row in CHANGES if row[0] == field)
    value = value(board) if callable(value) else value
    change(board, task, **{field: value})
    before = fingerprint()
    assert change(board, task, **{field: value}).version == 2
    assert fingerprint() == before


@pytest.mark.parametrize("field", ["function", "owner", "start", "due", "estimate", "parent"])
def test_a_field_can_be_emptied(board, field) -> None:
    task = board.card()
    value = next(row[1] for row in CHANGES if row[0] == field)
    change(board, task, **{field: value(board) if callable(value) else value})
    change(board, task, **{field: None})
    assert Asking(board.member).get(f"/tasks/{task.pk}").json()[field] is None


REFUSED = [
    ("owner", lambda b, o: 2**40, "unknown"),
    ("owner", lambda b, o: o.member.pk, "no_access"),
    ("owner", lambda b, o: UserFactory(is_active=False).pk, "unknown"),
    ("assignees", lambda b, o: [b.member.pk, o.member.pk], "no_access"),
    ("assignees", lambda b, o: [b.member.pk, 2**40], "unknown"),
    ("labels", lambda b, o: [2**40], "unknown"),
    ("function", lambda b, o: 2**40, "unknown"),
    ("parent", lambda b, o: o.card().pk, "unknown"),
    ("parent", lambda b, o: 2**40, "unknown"),
    ("blocked_by", lambda b, o: [b.card().pk, o.card().pk], "unknown"),
    ("due", lambda b, o: date(9999, 12, 31), "unlikely_date"),
    ("start", lambda b, o: date(1, 1, 1), "unlikely_date"),
    ("estimate", lambda b, o: Decimal(100_000), "out_of_range"),
    ("estimate", lambda b, o: Decimal(-1), "out_of_range"),
]


@pytest.mark.parametrize(
    ("field", "value", "code"), REFUSED, ids=[f"{row[0]} {row[2]} {n}" for n, row in enumerate(REFUSED)]
)
def test_what_does_not_fit_is_refused_with_its_field(board, other_board, field, value, code) -> None:
    task, wrong = board.card(), value(board, other_board)
    before = fingerprint()
    for attempt in (lambda: change(board, task, **{field: wrong}), lambda: create(board, fields={field: wrong})):
        with pytest.raises(Refused) as refusal:
            attempt()
        assert (refusal.value.field, refusal.value.code) == (field, code)
    assert fingerprint() == before


def test_hidden_and_missing_things_are_refused_in_the_same_words(board, other_board) -> None:
    """c7: no link to what one cannot see, and no hint that it is there."""
    task, hidden = board.card(), other_board.card().pk
    answers = [
        Asking(board.member).patch(f"/tasks/{task.pk}", {field: [pk] if field == "blocked_by" else pk}).content.replace(
            str(pk).encode(), b"ID"
        )
        for field in ("parent", "blocked_by")
        for pk in (hidden, 2**40)
    ]  # fmt: skip
    assert answers[0] == answers[1]
    assert answers[2] == answers[3]


def test_a_task_is_due_on_or_after_it_starts(board) -> None:
    task = board.card()
    change(board, task, start=date(2030, 1, 10))
    for fields, field in (
        ({"due": date(2030, 1, 9)}, "due"),
        ({"start": date(2030, 2, 1), "due": date(2030, 1, 1)}, "due"),
    ):
        with pytest.raises(Refused) as refusal:
            change(board, task, **fields)
        assert (refusal.value.code, refusal.value.field) == ("due_before_start", field)
    change(board, task, due=date(2030, 1, 10))
    with pytest.raises(Refused):
        change(board, task, start=date(2030, 1, 11))


def test_nobody_goes_round_in_a_circle(board) -> None:
    one, two, three = board.cards(3)
    for field in ("parent", "blocked_by"):

        def value(task: Task, field: str = field) -> Any:
            return [task.pk] if field == "blocked_by" else task.pk

        change(board, one, **{field: value(two)})
        change(board, two, **{field: value(three)})
        for task, wrong in ((three, one), (three, two), (two, one), (one, one)):
            with pytest.raises(Conflict) as refusal:
                change(board, task, **{field: value(wrong)})
            assert (refusal.value.code, refusal.value.field) == ("cycle", field)
    require_gapless()


# --- long text -----------------------------------------------------------------------------------------------------


def test_a_description_needs_the_version_that_was_read(board) -> None:
    task = board.card(description="First")
    asking, path = Asking(board.member), f"/tasks/{task.pk}"

    assert asking.patch(path, {"description": "Blind"}).status_code == 428
    assert asking.patch(path, {"title": "Free of it"}).status_code == 200
    assert asking.patch(path, {"description": "Second"}, **{"If-Match": '"v2"'}).status_code == 200
    for stale in ('"v2"', 'W/"v1"', '"v99"'):
        answer = Asking(board.manager).patch(path, {"description": "Third"}, **{"If-Match": stale})
        assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (412, "stale", "description")
        assert answer.json()["detail"] == {"version": 3, "current": "Second", "author": board.member.pk}
    assert asking.patch(path, {"description": "Third"}, **{"If-Match": "v3"}).status_code == 200
    assert Task.objects.get(pk=task.pk).description == "Third"


# --- out of sight, and gone ----------------------------------------------------------------------------------------


def test_an_archived_task_keeps_its_place_and_changes_no_more(board) -> None:
    one, two, three = board.cards(3)
    archive_task(actor=board.member, task_id=two.pk)
    assert board.order() == [one.pk, three.pk]
    before = fingerprint()
    archive_task(actor=board.member, task_id=two.pk)
    with pytest.raises(Conflict) as refusal:
        change(board, two, title="No")
    assert refusal.value.code == "archived"
    assert fingerprint() == before
    assert Asking(board.viewer).get(f"/tasks/{two.pk}").json()["archived_at"] is not None

    restore_task(actor=board.member, task_id=two.pk)
    assert board.order() == [one.pk, two.pk, three.pk]
    before = fingerprint()
    restore_task(actor=board.member, task_id=two.pk)
    assert fingerprint() == before


def test_who_deletes_and_what_goes_with_it(board) -> None:
    task, waiting, child = board.cards(3)
    change(board, waiting, blocked_by=[task.pk])
    change(board, child, parent=task.pk)
    pk = task.pk
    for person, refusal in ((board.viewer, Forbidden), (board.member, Forbidden), (UserFactory(), NotFound)):
        with pytest.raises(refusal):
            delete_task(actor=person, task_id=pk)
    delete_task(actor=board.manager, task_id=pk)
    asking = Asking(board.member)
    assert asking.get(f"/tasks/{pk}").status_code == 404
    assert asking.get(f"/tasks/{waiting.pk}").json()["blocked_by"] == []
    assert asking.get(f"/tasks/{child.pk}").json()["parent"] is None
    with pytest.raises(NotFound):
        delete_task(actor=board.manager, task_id=pk)
    require_gapless()


def test_a_history_is_told_newest_first_and_page_by_page(board) -> None:
    task = create(board)
    for n in range(5):
        change(board, task, title=f"Title {n}")
    asking, found, cursor = Asking(board.viewer), [], ""
    while cursor is not None:
        page = asking.get(f"/tasks/{task.pk}/history?limit=2&cursor={cursor}").json()
        found += [event["body"].get("title", "made") for event in page["items"]]
        cursor = page["next"]
    assert found == ["Title 4", "Title 3", "Title 2", "Title 1", "Title 0", "made"]


def test_a_guest_can_be_given_work_and_somebody_who_sees_nothing_cannot(board) -> None:
    guest = UserFactory(is_guest=True)
    task = board.card()
    with pytest.raises(Refused):
        change(board, task, owner=guest.pk)
    access.grant(board.project, guest, "guest")
    change(board, task, owner=guest.pk)
    assert Asking(guest).get(f"/tasks/{task.pk}").json()["can"] == ["see", "comment"]
