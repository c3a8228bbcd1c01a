"""Merging labels: every card gets the other label, the old one goes, and all boards and saved views hear of it."""

import json
from typing import Any
from uuid import uuid4

import pytest

from boards.models import View
from boards.services import add_view
from tests.factories import LabelFactory, UserFactory
from tests.support.asking import Asking, at_once
from tests.support.looking import fingerprint, require_gapless
from tests.work.conftest import Board
from tracker.errors import Forbidden, NotFound, Refused
from tracker.log.models import Event
from tracker.people.models import User
from tracker.work.models import Label, Task
from tracker.work.services import merging
from tracker.work.services.merging import merge_label
from tracker.work.services.tasks import Draft, archive_task, create_tasks

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(db: None) -> User:
    return UserFactory(is_administrator=True)


@pytest.fixture
def urgent(db: None) -> Label:
    return LabelFactory(name="Urgent", name_zh="紧急")


@pytest.fixture
def late(db: None) -> Label:
    return LabelFactory(name="Too late", name_zh="太晚")


def with_labels(board: Board, *labels: Label) -> Task:
    card = board.card()
    card.labels.set(labels)
    return card


def labels_of(card: Task) -> list[int]:
    return sorted(card.labels.values_list("pk", flat=True))


def test_every_card_gets_the_other_label_and_the_old_one_goes(
    boss: User, board: Board, other_board: Board, urgent: Label, late: Label
) -> None:
    third = LabelFactory()
    alone, both = with_labels(board, urgent), with_labels(board, urgent, late, third)
    there, away = with_labels(other_board, urgent), with_labels(other_board, urgent)
    archive_task(actor=other_board.manager, task_id=away.pk)
    untouched = with_labels(board, late)
    Event.objects.all().delete()

    merged = merge_label(actor=boss, label_id=urgent.pk, into=late.pk)

    assert (merged.label, merged.changed, merged.left) == (late, 4, 0)
    assert not Label.objects.filter(pk=urgent.pk).exists()
    assert [labels_of(card) for card in (alone, there, away)] == [[late.pk]] * 3
    assert labels_of(both) == sorted([late.pk, third.pk])
    for card, version in ((alone, 2), (both, 2), (there, 2), (away, 3), (untouched, 1)):
        card.refresh_from_db()
        assert card.version == version


def test_each_board_is_told_of_its_cards_and_the_workspace_of_the_label_as_one_step(
    boss: User, board: Board, other_board: Board, urgent: Label, late: Label
) -> None:
    here, there = with_labels(board, urgent), with_labels(other_board, urgent)

    merge_label(actor=boss, label_id=urgent.pk, into=late.pk)

    told = {
        (event.stream.name, event.subject): json.loads(event.body) for event in Event.objects.select_related("stream")
    }
    assert told == {
        (f"project:{board.project.pk}", f"task:{here.pk}"): {
            "type": "task.changed", "id": here.pk, "version": 2, "labels": [late.pk]
        },
        (f"project:{other_board.project.pk}", f"task:{there.pk}"): {
            "type": "task.changed", "id": there.pk, "version": 2, "labels": [late.pk]
        },
        ("workspace", f"label:{urgent.pk}"): {"type": "label.removed", "id": urgent.pk},
    }  # fmt: skip
    assert set(Event.objects.values_list("tx", "span")) == {(Event.objects.first().tx, 3)}  # type: ignore[union-attr]
    require_gapless()


def test_a_label_that_no_card_carries_just_goes(boss: User, urgent: Label, late: Label) -> None:
    assert merge_label(actor=boss, label_id=urgent.pk, into=late.pk).changed == 0
    assert list(Event.objects.values_list("type", flat=True)) == ["label.removed"]


# --- refused -------------------------------------------------------------------------------------------------------


def refused(actor: User, label_id: int, into: int, kind: type[Exception]) -> Any:
    before = fingerprint()
    with pytest.raises(kind) as refusal:
        merge_label(actor=actor, label_id=label_id, into=into)
    assert fingerprint() == before
    return refusal.value


def test_only_administrators_merge(board: Board, urgent: Label, late: Label) -> None:
    with_labels(board, urgent)
    refused(board.manager, urgent.pk, late.pk, Forbidden)
    refused(UserFactory(is_guest=True), urgent.pk, late.pk, NotFound)


def test_into_itself_into_nothing_and_of_nothing(boss: User, board: Board, urgent: Label) -> None:
    with_labels(board, urgent)
    itself = refused(boss, urgent.pk, urgent.pk, Refused)
    nothing = refused(boss, urgent.pk, 2**40, Refused)
    refused(boss, 2**40, urgent.pk, NotFound)
    assert [(error.code, error.field) for error in (itself, nothing)] == [("same_label", "into"), ("unknown", "into")]


# --- repeated, and in steps ----------------------------------------------------------------------------------------


def test_the_same_request_again_is_answered_and_not_done_again(
    boss: User, board: Board, urgent: Label, late: Label
) -> None:
    card, asking, key = with_labels(board, urgent), Asking(boss), uuid4()

    first, again = (asking.post(f"/labels/{urgent.pk}/merge", {"into": late.pk}, key=key) for _ in range(2))

    assert (first.status_code, first.json()) == (200, again.json())
    assert first.json() | {"label": first.json()["label"]["id"]} == {"label": late.pk, "changed": 1, "left": 0}
    card.refresh_from_db()
    assert card.version == 2
    assert asking.post(f"/labels/{urgent.pk}/merge", {"into": late.pk}).status_code == 404


def test_more_cards_than_a_board_may_be_told_at_once_go_in_steps(
    boss: User, board: Board, other_board: Board, urgent: Label, late: Label, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(merging, "MOST_EVENTS", 2)
    for place in (board, board, board, board, board, other_board):
        with_labels(place, urgent)

    steps = [merge_label(actor=boss, label_id=urgent.pk, into=late.pk) for _ in range(3)]

    assert [(step.changed, step.left) for step in steps] == [(3, 3), (2, 1), (1, 0)]
    assert late.tasks.count() == 6
    assert not Label.objects.filter(pk=urgent.pk).exists()
    require_gapless()


def test_as_many_cards_as_one_transaction_may_tell(boss: User, board: Board, urgent: Label, late: Label) -> None:
    drafts = [Draft("T", fields={"labels": [urgent.pk]})] * 450
    for part in (drafts, drafts[:51]):
        create_tasks(actor=board.member, project_id=board.project.pk, drafts=part)

    steps = [merge_label(actor=boss, label_id=urgent.pk, into=late.pk) for _ in range(2)]

    assert [(step.changed, step.left) for step in steps] == [(500, 1), (1, 0)]


@pytest.mark.django_db(transaction=True)
def test_labelling_while_labels_are_merged_ends_with_one_label(
    board: Board, other_board: Board, urgent: Label, late: Label
) -> None:
    with_labels(board, urgent)
    boss, cards = UserFactory(is_administrator=True), [board.card(), other_board.card(), other_board.card()]
    asking = {
        card.pk: Asking(place.member) for card, place in zip(cards, (board, other_board, other_board), strict=True)
    }
    administrator = Asking(boss)

    def merge() -> Any:
        return administrator.post(f"/labels/{urgent.pk}/merge", {"into": late.pk}).status_code

    results = at_once(
        [merge, *(lambda pk=pk: asking[pk].patch(f"/tasks/{pk}", {"labels": [urgent.pk]}).status_code for pk in asking)]
    )

    assert results[0] in {200, 409}
    assert set(results[1:]) <= {200, 409, 422}
    if Label.objects.filter(pk=urgent.pk).exists():
        assert merge() == 200
    assert not Label.objects.filter(pk=urgent.pk).exists()
    assert late.tasks.count() == 1 + results[1:].count(200)
    require_gapless()


# --- saved views ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("label:urgent", 'label:"Too late"'),
        ("标签：紧急 is:mine", '标签："Too late" is:mine'),
        ('due:<7d  -Label:Risk,“Urgent” "label:urgent"', 'due:<7d  -Label:Risk,"Too late" "label:urgent"'),
        ('label:Urgent,"too late"', 'label:"Too late"'),
        ("label:urgent,紧急", 'label:"Too late"'),
        ("label:none urgent status:urgent", "label:none urgent status:urgent"),
        ("label:Risk,, label:", "label:Risk,, label:"),
        ("label:hot", 'label:hot,"Too late"'),
    ],
)
def test_what_a_saved_filter_found_it_still_finds(
    boss: User, board: Board, urgent: Label, late: Label, before: str, after: str
) -> None:
    if "hot" in before:  # a word that two labels go by
        LabelFactory(name="Hot")
        Label.objects.filter(pk=urgent.pk).update(name_zh="HOT")
    settings = {"columns": "owner", "lanes": "", "sort": "due", "filter": before, "hidden": []}
    pk = add_view(actor=board.member, board=f"project:{board.project.pk}", name="Mine", settings=settings)["id"]

    merge_label(actor=boss, label_id=urgent.pk, into=late.pk)

    view = View.objects.get(pk=pk)
    assert view.settings == {**settings, "filter": after}
    assert view.version == (1 if before == after else 2)


def test_a_filter_that_would_grow_too_long_stays(boss: User, board: Board, urgent: Label) -> None:
    long = LabelFactory(name="L" * 60)
    settings = {"columns": "owner", "lanes": "", "sort": "due", "filter": f"{'x' * 480} label:urgent", "hidden": []}
    add_view(actor=board.member, board=f"project:{board.project.pk}", name="Mine", settings=settings)

    merge_label(actor=boss, label_id=urgent.pk, into=long.pk)

    assert View.objects.get().settings == settings
