"""Undo and redo: what one did is taken back as it was, unless somebody else has moved on since."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories import LabelFactory, ProjectFactory, UserFactory, function
from tests.support.asking import Asking, at_once
from tests.support.looking import fingerprint, require_gapless, require_order, require_true_counters
from tracker.errors import Conflict, Forbidden, NotFound
from tracker.log.change import change
from tracker.log.models import UNDO_DAYS, Event
from tracker.people import access
from tracker.work.models import Reaction, Task, Transition
from tracker.work.services import checklist, comments, files, moves, reactions, relations, tasks
from tracker.work.services import projects as initiatives
from tracker.work.services.files import path_of
from tracker.work.services.many import Wish, change_tasks, move_tasks
from tracker.work.services.places import shorten_ranks
from tracker.work.services.tidying import forget_what_was_before
from tracker.work.services.undo import undo, undo_last

pytestmark = pytest.mark.django_db

NOT_COMPARED = {"version", "updated_at"}


def picture(board: Any) -> dict[str, Any]:
    """All that a board and its cards say, apart from versions."""
    found: dict[str, Any] = {}
    for task in Task.objects.filter(project=board.project).order_by("pk"):
        row = {f.attname: getattr(task, f.attname) for f in task._meta.concrete_fields if f.name not in NOT_COMPARED}
        for name in ("assignees", "labels", "watchers", "blocked_by", "related"):
            row[name] = sorted(getattr(task, name).values_list("pk", flat=True))
        row["checklist"] = list(task.checklist.values("id", "text", "done", "position"))
        row["reactions"] = list(Reaction.objects.filter(comment__task=task).values("comment", "person", "sign"))
        row["comments"] = list(task.comments.values("id", "author", "body", "created_at"))
        row["archived_at"] = task.archived_at is not None
        row["files"] = list(task.files.values("id", "name", "stored_as"))
        found[str(task.pk)] = row
    found["order"] = {column: board.order(column) for column in board.statuses}
    return found


def did(actor: Any, action: Any) -> UUID:
    """Does it as one command; gives back the command."""
    command_id = uuid4()
    with change(actor=actor, command_id=command_id):
        action()
    return command_id


def a_card(board: Any) -> Task:
    """One with everything on it, in the middle of its column."""
    first, task, last = board.cards(3)
    fields = {
        "title": "Prepare", "owner": board.member.pk, "assignees": [board.manager.pk], "labels": [LabelFactory().pk],
        "priority": "high", "start": date(2026, 11, 1), "due": date(2026, 12, 1), "estimate": Decimal("2.5"),
        "blocked_by": [first.pk], "function": function("sales").pk,
    }  # fmt: skip
    tasks.change_task(actor=board.member, task_id=task.pk, fields=fields)
    tasks.change_task(
        actor=board.member, task_id=last.pk, fields={"blocked_by": [task.pk, first.pk], "parent": task.pk}
    )
    checklist.add_item(actor=board.member, task_id=task.pk, text="First")
    checklist.add_item(actor=board.member, task_id=task.pk, text="Second")
    comments.add_comment(actor=board.manager, task_id=task.pk, body=f"[@M](/people/{board.member.pk}) look")
    comments.add_comment(actor=board.member, task_id=task.pk, body="Done")
    files.add_file(actor=board.member, task_id=task.pk, upload=SimpleUploadedFile("plan.txt", b"the plan"))
    return Task.objects.get(pk=task.pk)


NEW_FIELDS = {
    "title": "Other", "owner": None, "assignees": [], "labels": [], "priority": "", "start": None, "due": None,
    "estimate": None, "blocked_by": [], "function": None, "description": "Long",
}  # fmt: skip
WAYS: dict[str, Any] = {
    "a move": lambda b, t: moves.move_task(actor=b.member, task_id=t.pk, status=b.status("Doing").pk),
    "a move to the done column": lambda b, t: moves.move_task(actor=b.member, task_id=t.pk, status=b.status("Done").pk),
    "a move within the column": lambda b, t: moves.move_task(actor=b.member, task_id=t.pk, before=b.order()[0]),
    "two moves": lambda b, t: [
        moves.move_task(actor=b.member, task_id=t.pk, status=b.status(name).pk) for name in ("Done", "Doing")
    ],
    "fields": lambda b, t: tasks.change_task(actor=b.member, task_id=t.pk, fields=NEW_FIELDS, read_version=t.version),
    "archiving": lambda b, t: tasks.archive_task(actor=b.member, task_id=t.pk),
    "deletion": lambda b, t: tasks.delete_task(actor=b.member, task_id=t.pk),
    "another initiative": lambda b, t: moves.move_task(actor=b.member, task_id=t.pk, project=b.elsewhere.pk),
    "a new card": lambda b, t: tasks.create_task(actor=b.member, project_id=b.project.pk, title="New", checklist=["A"]),
    "several new cards": lambda b, t: tasks.create_tasks(
        actor=b.member, project_id=b.project.pk, drafts=[tasks.Draft("One"), tasks.Draft("Two")]
    ),
    "many": lambda b, t: change_tasks(
        actor=b.member, task_ids=b.order(),
        wish=Wish(fields={"priority": "low"}, add={"assignees": [b.viewer.pk]}, status=b.status("Doing").pk),
    ),
    "a block": lambda b, t: move_tasks(actor=b.member, task_ids=b.order()[1:], status=b.status("To do").pk, before=b.order()[0]),
    "another lane": lambda b, t: moves.move_task(
        actor=b.member, task_id=t.pk, status=b.status("Doing").pk, fields={"owner": None, "priority": "low"}
    ),
    "many to another lane": lambda b, t: move_tasks(
        actor=b.member, task_ids=b.order(), status=b.status("Doing").pk,
        wish=Wish(fields={"priority": "low"}, leaving={"labels": {t.pk: {*t.labels.values_list("pk", flat=True)}}}),
    ),
    "many archived": lambda b, t: change_tasks(actor=b.member, task_ids=b.order(), wish=Wish(archived=True)),
    "a new line": lambda b, t: checklist.add_item(actor=b.member, task_id=t.pk, text="Third"),
    "a tick": lambda b, t: checklist.change_item(actor=b.member, item_id=t.checklist.first().pk, fields={"done": True}),
    "a line's place": lambda b, t: checklist.change_item(actor=b.member, item_id=t.checklist.last().pk, fields={"after": None}),
    "a line that goes": lambda b, t: checklist.remove_item(actor=b.member, item_id=t.checklist.first().pk),
    "a comment": lambda b, t: comments.add_comment(actor=b.member, task_id=t.pk, body="Again"),
    "a better comment": lambda b, t: comments.change_comment(actor=b.member, comment_id=t.comments.last().pk, body="Better"),
    "a comment that goes": lambda b, t: comments.remove_comment(actor=b.member, comment_id=t.comments.first().pk),
    "watching no more": lambda b, t: comments.set_watching(
        actor=b.member, task_id=t.pk, person_id=b.member.pk, watches=False
    ),
    "a reaction": lambda b, t: reactions.set_reaction(
        actor=b.member, comment_id=t.comments.first().pk, sign="like", given=True
    ),
    "a relation": lambda b, t: relations.set_related(
        actor=b.member, task_id=t.pk, other_id=b.order()[0], related=True
    ),
    "a file": lambda b, t: files.add_file(actor=b.member, task_id=t.pk, upload=SimpleUploadedFile("b.txt", b"more")),
    "a file that goes": lambda b, t: files.remove_file(actor=b.member, file_id=t.files.first().pk),
}  # fmt: skip


@pytest.fixture
def full(board, files) -> Any:
    """The board with a card on it that has everything, and an initiative beside it; the member may do it all."""
    access.grant(board.project, board.member, "manager")
    board.elsewhere = ProjectFactory(workflow=board.project.workflow, people={board.member: "member"})
    board.task = a_card(board)
    return board


@pytest.mark.parametrize("way", WAYS)
def test_everything_is_as_it_was_and_as_it_became(full, way) -> None:
    before = picture(full)
    command = did(full.member, lambda: WAYS[way](full, full.task))
    after = picture(full)
    assert after != before

    undone = undo(actor=full.member, target=command)
    assert (picture(full), undone.is_redo) == (before, False)
    redone = undo(actor=full.member, target=undone.command_id)
    assert (picture(full), redone.is_redo) == (after, True)
    undo(actor=full.member, target=redone.command_id)
    assert picture(full) == before

    told = Event.objects.filter(command_id=undone.command_id)
    assert {event.undoes for event in told} == {command}
    assert len({event.tx for event in told}) == 1
    require_gapless()
    require_order()
    require_true_counters()


def test_the_last_things_go_one_by_one_and_come_again(full) -> None:
    pictures = [picture(full)]
    for column in ("Doing", "Done"):
        status = full.status(column).pk
        did(full.member, lambda: moves.move_task(actor=full.member, task_id=full.task.pk, status=status))  # noqa: B023
        pictures.append(picture(full))

    def again(redo: bool) -> int:
        undo_last(actor=full.member, project_id=full.project.pk, redo=redo)
        return pictures.index(picture(full))

    assert [again(redo) for redo in (False, True, False, False, True, True, False)] == [1, 2, 1, 0, 1, 2, 1]
    did(full.member, lambda: tasks.change_task(actor=full.member, task_id=full.task.pk, fields={"title": "New"}))
    with pytest.raises(Conflict, match="nothing to redo"):
        undo_last(actor=full.member, project_id=full.project.pk, redo=True)


def test_there_is_nothing_to_undo_for_who_did_nothing_here(full, other_board) -> None:
    with pytest.raises(Conflict, match="nothing to undo"):
        undo_last(actor=full.viewer, project_id=full.project.pk)
    with pytest.raises(NotFound):
        undo_last(actor=full.viewer, project_id=other_board.project.pk)


# --- refused -------------------------------------------------------------------------------------------------------


def refused(actor: Any, command: UUID, kind: type[Exception], code: str) -> Any:
    before = fingerprint()
    with pytest.raises(kind) as refusal:
        undo(actor=actor, target=command)
    assert (fingerprint(), refusal.value.code) == (before, code)
    return refusal.value


SINCE: list[tuple[str, Any]] = [
    ("a move", lambda b, t: moves.move_task(actor=b.manager, task_id=t.pk, status=b.status("Done").pk)),
    ("a move", lambda b, t: moves.move_task(actor=b.manager, task_id=t.pk, before=b.order("Doing")[0])),
    ("a move", lambda b, t: tasks.delete_task(actor=b.manager, task_id=t.pk)),
    ("fields", lambda b, t: tasks.change_task(actor=b.manager, task_id=t.pk, fields={"title": "Mine"})),
    ("fields", lambda b, t: moves.move_task(actor=b.manager, task_id=t.pk, project=b.elsewhere.pk)),
    ("archiving", lambda b, t: tasks.restore_task(actor=b.manager, task_id=t.pk)),
    ("another initiative", lambda b, t: moves.move_task(actor=b.manager, task_id=t.pk, status=b.status("Done").pk)),
    ("a new card", lambda b, t: comments.add_comment(actor=b.manager, task_id=Task.objects.last().pk, body="Good")),
    ("many", lambda b, t: tasks.change_task(actor=b.manager, task_id=b.order("Doing")[-1], fields={"priority": "high"})),
    ("a tick", lambda b, t: checklist.change_item(actor=b.manager, item_id=t.checklist.first().pk, fields={"done": False})),
    ("a new line", lambda b, t: checklist.remove_item(actor=b.manager, item_id=t.checklist.last().pk)),
    ("a comment", lambda b, t: comments.remove_comment(actor=b.manager, comment_id=t.comments.last().pk)),
    ("a file", lambda b, t: files.remove_file(actor=b.manager, file_id=t.files.last().pk)),
]  # fmt: skip


@pytest.mark.parametrize(("way", "since"), SINCE, ids=[f"{way} {n}" for n, (way, _since) in enumerate(SINCE)])
def test_what_somebody_has_changed_since_is_left_alone_and_they_are_named(full, way, since) -> None:
    access.grant(full.elsewhere, full.manager, "member")
    full.card("Doing")
    command = did(full.member, lambda: WAYS[way](full, full.task))
    since(full, full.task)

    error = refused(full.member, command, Conflict, "changed_since")

    assert error.detail["people"] == [full.manager.pk]
    assert full.manager.name in str(error)


def test_another_field_another_card_and_a_new_order_do_not_stand_in_the_way(full) -> None:
    before = full.order()
    command = did(full.member, lambda: WAYS["a move"](full, full.task))
    tasks.change_task(actor=full.manager, task_id=full.task.pk, fields={"title": "Theirs"})
    for column in ("To do", "Doing"):
        with change(actor=full.manager) as log:
            (stream,) = log.lock(("project", full.project.pk))
            shorten_ranks(log, stream, project_id=full.project.pk, status=full.status(column)) if full.order(
                column
            ) else None

    undo(actor=full.member, target=command)

    assert (full.order(), Task.objects.get(pk=full.task.pk).title) == (before, "Theirs")


def test_a_place_that_is_taken_gives_way_to_the_next(full) -> None:
    first, task, last = full.order()
    command = did(full.member, lambda: WAYS["a move"](full, full.task))
    old = Event.objects.get(command_id=command).before
    other = full.card("Doing").pk
    moves.move_task(actor=full.manager, task_id=other, status=full.status("To do").pk, after=first, before=last)
    assert Task.objects.get(pk=other).rank in old

    undone = undo(actor=full.member, target=command)

    assert full.order() in ([first, other, task, last], [first, task, other, last])
    undo(actor=full.member, target=undone.command_id)


def test_ones_own_later_change_is_undone_first(full) -> None:
    command = did(full.member, lambda: WAYS["fields"](full, full.task))
    did(full.member, lambda: tasks.change_task(actor=full.member, task_id=full.task.pk, fields={"title": "Third"}))

    assert refused(full.member, command, Conflict, "changed_since").detail["people"] == [full.member.pk]


def test_only_ones_own_and_only_once(full) -> None:
    command = did(full.member, lambda: WAYS["a move"](full, full.task))

    refused(full.manager, command, NotFound, "not_found")
    refused(full.member, uuid4(), NotFound, "not_found")
    undo(actor=full.member, target=command)
    refused(full.member, command, Conflict, "already_undone")


def test_who_lost_access_takes_nothing_back(full) -> None:
    command = did(full.member, lambda: WAYS["a move"](full, full.task))
    access.grant(full.project, full.member, "viewer")
    refused(full.member, command, Forbidden, "forbidden")
    initiatives.set_project_role(actor=full.manager, project_id=full.project.pk, person_id=full.member.pk, role=None)
    refused(full.member, command, NotFound, "not_found")


def test_the_rules_of_a_move_hold_for_its_undoing(full) -> None:
    command = did(full.member, lambda: WAYS["a move"](full, full.task))
    status = full.status("To do")
    status.limit, status.limit_is_hard = 2, True
    status.save()
    error = refused(full.member, command, Conflict, "wip_limit")
    assert error.detail["key"] == f"{full.project.key}-{full.task.number}"
    Transition.objects.filter(source=full.status("Doing")).delete()
    refused(full.member, command, Conflict, "transition_not_allowed")


def test_what_changes_no_card_cannot_be_undone(full) -> None:
    command = did(
        full.member,
        lambda: initiatives.change_project(actor=full.member, project_id=full.project.pk, fields={"name": "New"}),
    )
    refused(full.member, command, Conflict, "cannot_undo")


def test_after_a_time_it_is_too_late_and_the_log_has_forgotten(full) -> None:
    command = did(full.member, lambda: WAYS["deletion"](full, full.task))
    event = Event.objects.get(command_id=command, type="task.deleted")
    Event.objects.filter(command_id=command).update(at=event.at - timedelta(days=UNDO_DAYS, minutes=1))

    refused(full.member, command, Conflict, "too_late")
    assert forget_what_was_before() > 0
    event.refresh_from_db()
    assert event.before == ""
    with pytest.raises(Conflict, match="nothing to undo"):
        undo_last(actor=UserFactory(is_administrator=True), project_id=full.project.pk)


def test_a_deleted_card_comes_back_without_what_is_gone_meanwhile(full) -> None:
    label = full.task.labels.get()
    command = did(full.member, lambda: WAYS["deletion"](full, full.task))
    label.delete()
    path_of(full.task.files.model(stored_as=picture_of_file(command))).unlink()

    undo(actor=full.member, target=command)

    task = Task.objects.get(pk=full.task.pk)
    assert (task.labels.count(), task.files_count, task.files.count(), task.comments.count()) == (0, 0, 0, 2)


def picture_of_file(command: UUID) -> str:
    import json

    rows = json.loads(Event.objects.get(command_id=command, type="task.deleted").before)["rows"]
    return str(next(row["fields"]["stored_as"] for row in rows if row["model"] == "work.attachment"))


def test_what_was_before_is_never_sent(full) -> None:
    asking = Asking(full.member)
    did(full.member, lambda: WAYS["deletion"](full, full.task))
    for path in (f"/projects/{full.project.pk}/events?after=0", f"/tasks/{full.order()[0]}/history"):
        assert b"the plan" not in asking.get(path).content
        assert b'"before"' not in asking.get(path).content


# --- over HTTP, repeated and raced ---------------------------------------------------------------------------------


def test_over_http_and_repeated(board) -> None:
    asking, card, (command, key) = Asking(board.member), board.card(), (uuid4(), uuid4())
    asking.put(f"/tasks/{card.pk}/position", {"status": board.status("Doing").pk}, key=command)

    answers = [asking.post(f"/commands/{command}/undo", key=key) for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    said = answers[0].json()
    assert (said["command_id"], said["undoes"], said["types"]) == (str(key), str(command), ["task.moved"])
    assert said["tasks"] == [{"id": card.pk, "key": f"{board.project.key}-{card.number}", "title": card.title}]
    assert asking.post(f"/projects/{board.project.pk}/redo").json()["is_redo"] is True
    assert board.order("Doing") == [card.pk]
    story = asking.get(f"/tasks/{card.pk}/history").json()["items"]
    assert [line["undoes"] for line in story] == [str(key), str(command), None]


@pytest.mark.django_db(transaction=True)
def test_of_many_who_undo_at_once_one_does(board) -> None:
    asking, card, command = Asking(board.member), board.card(), uuid4()
    asking.put(f"/tasks/{card.pk}/position", {"status": board.status("Doing").pk}, key=command)

    def work():
        twin = asking.twin()
        return lambda: twin.post(f"/commands/{command}/undo").status_code

    assert sorted(at_once([work() for _ in range(6)])) == [200] + [409] * 5
    assert board.order() == [card.pk]
    require_gapless()
