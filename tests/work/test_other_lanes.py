"""A card that is taken to another lane gets a place and another fact in one step, alone or among several."""

from typing import Any
from uuid import uuid4

import pytest

from tests.factories import LabelFactory, ProjectFactory, UserFactory, function
from tests.support.asking import Asking
from tests.support.looking import fingerprint, require_gapless, require_order
from tracker.log.models import Event
from tracker.work.models import Task, Transition
from tracker.work.services.tasks import archive_task

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking(board) -> Asking:
    return Asking(board.member)


def told(board: Any) -> list[tuple[str, str]]:
    """Which cards have been told of, and how, on this board; require that it was one step."""
    events = Event.objects.filter(stream__kind="project", stream__ref=board.project.pk).order_by("seq")
    assert len({(event.tx, event.command_id) for event in events}) == 1
    return [(event.subject, event.type) for event in events]


def facts(*cards: Task) -> list[tuple[Any, ...]]:
    rows = {task.pk: task for task in Task.objects.all()}
    return [
        (task.status.name, task.owner_id, task.priority, sorted(task.labels.values_list("pk", flat=True)))
        for task in (rows[card.pk] for card in cards)
    ]


# --- one card ------------------------------------------------------------------------------------------------------


def test_place_and_facts_are_one_step_and_the_same_key_again_is_no_second(board, asking) -> None:
    card, label, key = board.card(), LabelFactory().pk, uuid4()
    above, below = (board.card("Doing").pk for _ in range(2))
    change = {"owner": board.member.pk, "labels": [label], "function": function("sales").pk, "due": "2026-12-01"}
    body = {"status": board.status("Doing").pk, "after": above, "before": below, "change": change}

    answers = [asking.put(f"/tasks/{card.pk}/position", body, key=key) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    said = answers[0].json()
    assert {name: said[name] for name in change} == change
    assert (said["version"], said["placed"], said["status"]) == (3, "exact", board.status("Doing").pk)
    assert board.order("Doing") == [above, card.pk, below]
    assert told(board) == [(f"task:{card.pk}", "task.changed"), (f"task:{card.pk}", "task.moved")]
    require_gapless()
    require_order()


def test_who_reads_along_gets_both_in_one_transaction(board, asking) -> None:
    card, reader = board.card(), Asking(board.viewer)
    where = reader.get(f"/projects/{board.project.pk}/board").json()["seq"]

    asking.put(f"/tasks/{card.pk}/position", {"status": board.status("Doing").pk, "change": {"priority": "high"}})

    answer = reader.get(f"/projects/{board.project.pk}/events?after={where}").json()
    assert [event["body"]["type"] for event in answer["events"]] == ["task.changed", "task.moved"]
    assert len({event["tx"] for event in answer["events"]}) == 1


REFUSALS: dict[str, tuple[int, Any]] = {
    "an owner who does not exist": (422, {"change": {"owner": 2**40}}),
    "an owner who does not see the board": (422, {"change": {"owner": "stranger"}}),
    "a label that does not exist": (422, {"change": {"labels": [2**40]}}),
    "a day before it begins": (422, {"change": {"start": "2026-12-02", "due": "2026-12-01"}}),
    "no way to the column": (409, {"status": "Done", "change": {"priority": "high"}}),
    "a priority that is none": (400, {"change": {"priority": "huge"}}),
    "a field that belongs elsewhere": (400, {"change": {"description": "Long"}}),
    "a change that is no object": (400, {"change": "high"}),
}


@pytest.mark.parametrize("why", REFUSALS)
@pytest.mark.parametrize("number", [1, 2])
def test_refused_for_its_place_or_for_its_facts_nothing_changes(board, asking, why, number) -> None:
    Transition.objects.filter(target=board.status("Done")).delete()
    cards, stranger = [card.pk for card in board.cards(number)], UserFactory()
    status, body = REFUSALS[why]
    change = body["change"]
    if number > 1 and isinstance(change, dict) and "labels" in change:
        change = {"labels": {"add": change["labels"]}}
    if isinstance(change, dict) and change.get("owner") == "stranger":
        change = {"owner": stranger.pk}
    sent = {"status": board.status(body.get("status", "Doing")).pk, "change": change}
    before = fingerprint()

    answer = (
        asking.put(f"/tasks/{cards[0]}/position", sent)
        if number == 1
        else asking.put("/tasks/position", sent | {"tasks": cards})
    )

    assert answer.status_code == status, answer.content
    assert fingerprint() == before


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("stranger", 404)])
def test_who_may_not_work_here_changes_nothing_on_the_way(board, other_board, who, status) -> None:
    asking = Asking(board.viewer if who == "viewer" else other_board.member)
    card, sent = board.card(), {"status": board.status("Doing").pk, "change": {"priority": "high"}}
    before = fingerprint()
    answers = [
        asking.put(f"/tasks/{card.pk}/position", sent), asking.put("/tasks/position", sent | {"tasks": [card.pk]})
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [status] * 2
    assert fingerprint() == before


def test_an_archived_card_stays_as_it_is(board, asking) -> None:
    card = board.card()
    archive_task(actor=board.member, task_id=card.pk)
    before = fingerprint()
    answer = asking.put(f"/tasks/{card.pk}/position", {"change": {"priority": "high"}})
    assert (answer.status_code, answer.json()["code"]) == (409, "archived")
    assert fingerprint() == before


def test_between_two_with_long_ranks_the_facts_are_not_lost(board, asking) -> None:
    card, (first, last) = board.card("Doing"), board.cards(2)
    Task.objects.filter(pk=first.pk).update(rank="a1" + "0" * 60 + "1")
    Task.objects.filter(pk=last.pk).update(rank="a1" + "0" * 60 + "2")
    body = {"status": board.status("To do").pk, "after": first.pk, "before": last.pk, "change": {"priority": "high"}}

    assert asking.put(f"/tasks/{card.pk}/position", body).json()["priority"] == "high"

    assert board.order() == [first.pk, card.pk, last.pk]
    assert [kind for _subject, kind in told(board)] == ["task.changed", "column.reranked", "task.moved"]


def test_to_another_initiative_with_another_priority(board, asking) -> None:
    elsewhere = ProjectFactory(people={board.member: "member"})
    card = board.card()
    said = asking.put(f"/tasks/{card.pk}/position", {"project": elsewhere.pk, "change": {"priority": "high"}}).json()
    assert (said["project"], said["priority"]) == (elsewhere.pk, "high")


# --- several -------------------------------------------------------------------------------------------------------


def test_several_go_to_a_place_and_get_their_facts_in_one_step(board, asking) -> None:
    cards, there, key = board.cards(2), board.card("Doing"), uuid4()
    ids = [card.pk for card in cards]
    change = {"owner": board.member.pk, "priority": "high"}
    body = {"tasks": ids, "status": board.status("Doing").pk, "before": there.pk, "change": change}

    answers = [asking.put("/tasks/position", body, key=key) for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert (answers[0].status_code, board.order("Doing")) == (200, [*ids, there.pk])
    assert facts(*cards) == [("Doing", board.member.pk, "high", [])] * 2
    assert sorted(kind for _subject, kind in told(board)) == ["task.changed"] * 2 + ["task.moved"] * 2
    require_gapless()
    require_order()


@pytest.mark.parametrize("way", ["change", "place"])
def test_each_loses_only_the_label_that_it_comes_from(board, asking, way) -> None:
    one, two, to = (LabelFactory().pk for _ in range(3))
    first, second = board.cards(2)
    first.labels.set([one, two])
    second.labels.set([two])
    leaving = [{"id": one, "tasks": [first.pk]}, {"id": two, "tasks": [second.pk]}]
    sent = {"tasks": [first.pk, second.pk], "change": {"labels": {"add": [to], "leaving": leaving}}}

    answer = (
        asking.patch("/tasks", sent)
        if way == "change"
        else asking.put("/tasks/position", sent | {"status": board.status("Doing").pk})
    )

    assert answer.status_code == 200
    assert [labels for *_rest, labels in facts(first, second)] == [sorted([two, to]), [to]]


# --- taken back ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 2])
def test_one_undo_takes_back_all_of_it_and_one_redo_does_all_again(board, asking, number) -> None:
    cards, (one, two), command, back, forth = board.cards(3), (LabelFactory().pk, LabelFactory().pk), *(
        uuid4() for _ in range(3)
    )  # fmt: skip
    ids = [card.pk for card in cards[:number]]
    for card in cards:
        card.labels.set([one])
    order, before = board.order(), facts(*cards)
    status = board.status("Doing").pk
    if number == 1:
        change = {"labels": [two], "owner": board.member.pk}
        asking.put(f"/tasks/{ids[0]}/position", {"status": status, "change": change}, key=command)
    else:
        change = {"labels": {"add": [two], "remove": [one]}, "owner": board.member.pk}
        asking.put("/tasks/position", {"tasks": ids, "status": status, "change": change}, key=command)
    after = facts(*cards)
    assert after[:number] == [("Doing", board.member.pk, "", [two])] * number

    undone = asking.post(f"/commands/{command}/undo", key=back).json()
    assert (undone["types"], undone["count"]) == (["task.changed", "task.moved"], number)
    assert (facts(*cards), board.order(), board.order("Doing")) == (before, order, [])
    assert asking.post(f"/commands/{back}/undo", key=forth).json()["is_redo"] is True
    assert (facts(*cards), board.order("Doing")) == (after, ids)
    require_gapless()
    require_order()


def test_what_somebody_has_changed_since_keeps_place_and_facts_together(board, asking) -> None:
    card, command = board.card(), uuid4()
    sent = {"status": board.status("Doing").pk, "change": {"priority": "high"}}
    asking.put(f"/tasks/{card.pk}/position", sent, key=command)
    Asking(board.manager).patch(f"/tasks/{card.pk}", {"priority": "low"})
    before = fingerprint()

    answer = asking.post(f"/commands/{command}/undo")

    assert (answer.status_code, answer.json()["code"]) == (409, "changed_since")
    assert fingerprint() == before


def test_a_command_that_changed_nothing_says_so_when_it_is_undone(board, asking) -> None:
    card, command = board.card(priority="high"), uuid4()
    sent = {"status": card.status_id, "change": {"priority": "high"}}
    assert asking.put(f"/tasks/{card.pk}/position", sent, key=command).status_code == 200

    answer = asking.post(f"/commands/{command}/undo")

    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_to_undo")
    for other, known in ((asking, uuid4()), (Asking(board.manager), command)):
        assert other.post(f"/commands/{known}/undo").status_code == 404
