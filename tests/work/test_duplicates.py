"""Cards made from cards: a copy with what was chosen, and a line of a checklist that becomes a card."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import LabelFactory, UserFactory, function
from tests.support.asking import at_once
from tests.support.looking import require_true_counters
from tracker.errors import Conflict, Forbidden, NotFound
from tracker.people import access
from tracker.work.models import ChecklistItem, Task
from tracker.work.services.checklist import add_item, change_item
from tracker.work.services.duplicates import PARTS, card_from_line, duplicate_task
from tracker.work.services.files import add_file, path_of, remove_file
from tracker.work.services.tasks import archive_task, change_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(board) -> Task:
    """A card with everything on it."""
    card, blocker = board.cards(2)
    fields = {
        "function": function("sales").pk, "owner": board.member.pk, "assignees": [board.manager.pk], "priority": "high",
        "labels": [LabelFactory().pk], "start": date(2026, 11, 1), "due": date(2026, 12, 1), "estimate": Decimal(4),
        "blocked_by": [blocker.pk],
    }  # fmt: skip
    change_task(actor=board.member, task_id=card.pk, fields=fields)
    item = add_item(actor=board.member, task_id=card.pk, text="First")
    change_item(actor=board.member, item_id=item.pk, fields={"done": True})
    card.refresh_from_db()
    return card


def copy(board, card: Task, *parts: str, **also: object) -> Task:
    return duplicate_task(actor=board.member, task_id=card.pk, parts=parts, **also)


def test_a_copy_stands_right_below_with_what_was_chosen(board, card) -> None:
    made = copy(board, card, *(set(PARTS) - {"files"}), title="Again")
    assert board.order()[:2] == [card.pk, made.pk]
    assert (made.title, made.owner_id, made.priority, made.start, made.due, made.estimate) == (
        "Again", board.member.pk, "high", card.start, card.due, Decimal(4),
    )  # fmt: skip
    assert (made.assignee_ids, made.label_ids) == ([board.manager.pk], list(card.labels.values_list("pk", flat=True)))
    assert made.blocker_ids == list(card.blocked_by.values_list("pk", flat=True))
    assert list(made.checklist.values_list("text", "done")) == [("First", False)]
    require_true_counters()


def test_without_parts_only_the_text_and_its_kind_come(board, card) -> None:
    change_task(actor=board.member, task_id=card.pk, fields={"description": "Why"}, read_version=card.version)
    made = copy(board, card)
    assert (made.title, made.description, made.function_id) == (card.title, "Why", card.function_id)
    assert (made.owner_id, made.due, made.label_ids, made.blocker_ids, made.checklist_total) == (None, None, [], [], 0)


def test_who_no_longer_sees_the_board_stays_behind(board, card) -> None:
    access.grant(board.project, board.manager, None)
    made = copy(board, card, "people")
    assert (made.owner_id, made.assignee_ids) == (board.member.pk, [])


def test_files_are_copied_so_that_each_card_may_lose_its_own(board, card, files) -> None:
    """c14: and only from a card that the actor may read."""
    file = add_file(actor=board.member, task_id=card.pk, upload=SimpleUploadedFile("plan.txt", b"the plan"))
    card.refresh_from_db()
    text = f"![plan](/api/v1/files/{file.pk}) and /api/v1/files/{file.pk}0"
    change_task(actor=board.member, task_id=card.pk, fields={"description": text}, read_version=card.version)
    made = copy(board, card, "files")
    (twin,) = made.files.all()
    assert made.description == f"![plan](/api/v1/files/{twin.pk}) and /api/v1/files/{file.pk}0"
    assert (made.files_count, twin.name, twin.stored_as != file.stored_as) == (1, "plan.txt", True)
    remove_file(actor=board.member, file_id=file.pk)
    assert path_of(twin).read_bytes() == b"the plan"


def test_a_copy_needs_the_right_to_work_and_room(board, other_board, card) -> None:
    with pytest.raises(Forbidden):
        duplicate_task(actor=board.viewer, task_id=card.pk)
    with pytest.raises(NotFound):
        duplicate_task(actor=other_board.manager, task_id=card.pk)
    status = board.status("To do")
    status.limit, status.limit_is_hard = 2, True
    status.save()
    with pytest.raises(Conflict) as refused:
        copy(board, card)
    assert refused.value.code == "wip_limit"


def test_a_line_becomes_a_part_of_its_card(board, card) -> None:
    change_task(actor=board.member, task_id=card.pk, fields={"function": function("support").pk})
    item = add_item(actor=board.member, task_id=card.pk, text="Write to the bank")
    made = card_from_line(actor=board.member, item_id=item.pk)
    assert (made.title, made.parent_id, made.function_id) == ("Write to the bank", card.pk, function("support").pk)
    assert not ChecklistItem.objects.filter(pk=item.pk).exists()
    require_true_counters()


def test_a_line_too_long_for_a_title_stands_whole_in_the_text(board, card) -> None:
    item = add_item(actor=board.member, task_id=card.pk, text="字" * 500)
    made = card_from_line(actor=board.member, item_id=item.pk)
    assert (made.title, made.description) == ("字" * 299 + "…", "字" * 500)


def test_a_line_of_a_card_that_is_hidden_read_only_or_archived_stays(board, other_board, card) -> None:
    item = card.checklist.get()
    for actor, refusal in ((board.viewer, Forbidden), (other_board.manager, NotFound)):
        with pytest.raises(refusal):
            card_from_line(actor=actor, item_id=item.pk)
    archive_task(actor=board.member, task_id=card.pk)
    with pytest.raises(Conflict):
        card_from_line(actor=board.member, item_id=item.pk)
    assert ChecklistItem.objects.filter(pk=item.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_turn_the_same_line_into_a_card_at_once_make_one(board) -> None:
    card = board.card()
    item = add_item(actor=board.member, task_id=card.pk, text="Once")
    people = [board.member, UserFactory(is_administrator=True)]
    results = at_once([lambda person=person: card_from_line(actor=person, item_id=item.pk) for person in people])
    assert sorted(type(result).__name__ for result in results) == ["NotFound", "Task"]
    assert Task.objects.filter(parent=card).count() == 1
