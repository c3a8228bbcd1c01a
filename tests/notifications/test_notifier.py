"""Who is told of what, and why; who is not; and that nothing is told twice or lost."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import transaction

from notifications.models import Delivery, Mute, Notification, Preference
from notifications.notifier import NOTIFIER
from tests.factories import UserFactory, function
from tests.notifications.telling import in_one_step
from tests.work.conftest import Board
from tracker.log import followers
from tracker.log.followers import Follower, Step, behind, catch_up, read_on
from tracker.log.models import Cursor, Event, Stream, Stumble
from tracker.people import access
from tracker.people.models import User
from tracker.work.models import Project
from tracker.work.services.comments import add_comment, change_comment, set_watching
from tracker.work.services.handovers import accept, ask, hand_back
from tracker.work.services.moves import move_task
from tracker.work.services.projects import change_project
from tracker.work.services.tasks import archive_task, change_task, create_task

pytestmark = pytest.mark.django_db


def told(person: User) -> list[tuple[str, str]]:
    """What a person was told, oldest first: the event's type, and the reason."""
    catch_up([NOTIFIER])
    rows = Notification.objects.filter(recipient=person).select_related("event").order_by("pk")
    return [(row.event.type, row.reason) for row in rows if row.event]


def joined(board: Board, role: str = "member") -> User:
    person = UserFactory()
    access.grant(board.project, person, role)
    return person


# --- who, and why --------------------------------------------------------------------------------------------------


def test_whoever_gets_a_card_is_told_and_whoever_gives_it_is_not(board: Board) -> None:
    task = create_task(
        actor=board.manager, project_id=board.project.pk, title="Call the plant", fields={"owner": board.member.pk}
    )
    assert told(board.member) == [("task.created", "assigned")]
    change_task(actor=board.member, task_id=task.pk, fields={"assignees": [board.manager.pk]})
    assert told(board.manager) == [("task.changed", "assigned")]
    assert told(board.member) == [("task.created", "assigned")]


def test_staying_on_a_card_is_no_news_but_its_new_day_is(board: Board) -> None:
    other = joined(board)
    task = create_task(
        actor=board.manager, project_id=board.project.pk, title="Call", fields={"assignees": [board.member.pk]}
    )
    change_task(actor=board.manager, task_id=task.pk, fields={"assignees": [board.member.pk, other.pk]})
    assert told(other) == [("task.changed", "assigned")]
    change_task(actor=board.manager, task_id=task.pk, fields={"priority": "high"})
    assert told(board.member)[-1] == ("task.changed", "assignee")


def test_what_is_on_the_board_for_whoever_looks_is_no_news(board: Board) -> None:
    task, neighbour = board.card(owner=board.member), board.card()
    move_task(actor=board.manager, task_id=task.pk, after=neighbour.pk)
    change_task(actor=board.manager, task_id=task.pk, fields={"estimate": Decimal(3)})
    assert told(board.member) == []
    move_task(actor=board.manager, task_id=task.pk, status=board.status("Doing").pk)
    assert told(board.member) == [("task.moved", "owner")]


def test_a_mention_comes_before_every_other_reason_and_once(board: Board) -> None:
    task, text = board.card(owner=board.member), f"[@You](/people/{board.member.pk})"
    comment = add_comment(actor=board.manager, task_id=task.pk, body=text)
    change_comment(actor=board.manager, comment_id=comment.pk, body=f"{text} please")
    assert told(board.member) == [("comment.added", "mentioned")]
    other = joined(board)
    change_comment(actor=board.manager, comment_id=comment.pk, body=f"{text} [@Other](/people/{other.pk})")
    assert told(other) == [("comment.changed", "mentioned")]
    assert told(board.member) == [("comment.added", "mentioned")]


def test_a_description_tells_those_it_names_for_the_first_time(board: Board) -> None:
    task, text = board.card(), f"Ask [@You](/people/{board.member.pk})"
    change_task(actor=board.manager, task_id=task.pk, fields={"description": text}, read_version=task.version)
    task.refresh_from_db()
    change_task(actor=board.manager, task_id=task.pk, fields={"description": f"{text}!"}, read_version=task.version)
    assert told(board.member) == [("task.changed", "mentioned")]


def test_whoever_waits_for_a_card_hears_that_it_is_done(board: Board) -> None:
    blocker = board.card()
    waiting = board.card(owner=board.member)
    waiting.blocked_by.add(blocker)
    move_task(actor=board.manager, task_id=blocker.pk, status=board.status("Doing").pk)
    assert told(board.member) == []
    move_task(actor=board.manager, task_id=blocker.pk, status=board.status("Done").pk)
    assert told(board.member) == [("task.moved", "blocks")]


def test_whoever_leads_hears_that_an_initiative_is_off_track(board: Board) -> None:
    other = joined(board, "manager")
    change_project(actor=other, project_id=board.project.pk, fields={"health": "off_track", "health_note": "Late"})
    change_project(actor=other, project_id=board.project.pk, fields={"summary": "All of it"})
    assert told(board.manager) == [("project.changed", "lead")]


def test_watchers_hear_of_comments(board: Board) -> None:
    task = board.card()
    set_watching(actor=board.member, task_id=task.pk, person_id=board.member.pk, watches=True)
    add_comment(actor=board.manager, task_id=task.pk, body="Done?")
    assert told(board.member) == [("comment.added", "watching")]


# --- who does not --------------------------------------------------------------------------------------------------


def test_who_lost_access_between_event_and_telling_hears_nothing(board: Board) -> None:
    task = board.card(owner=board.member)
    add_comment(actor=board.manager, task_id=task.pk, body=f"[@You](/people/{board.member.pk})")
    access.grant(board.project, board.member, None)
    assert told(board.member) == []


def test_who_was_deactivated_hears_nothing(board: Board) -> None:
    task = board.card(owner=board.member)
    User.objects.filter(pk=board.member.pk).update(is_active=False)
    add_comment(actor=board.manager, task_id=task.pk, body="Hello")
    assert told(board.member) == []


def test_a_guest_hears_of_the_cards_that_they_were_given_alone(board: Board) -> None:
    guest = UserFactory(is_guest=True)
    access.grant(board.project, guest, "guest")
    theirs, other = board.card(owner=guest), board.card()
    for task in (theirs, other):
        add_comment(actor=board.manager, task_id=task.pk, body=f"[@Guest](/people/{guest.pk})")
    catch_up([NOTIFIER])
    assert list(Notification.objects.filter(recipient=guest).values_list("task", flat=True)) == [theirs.pk]


def test_a_muted_card_speaks_up_only_where_the_person_is_spoken_to(board: Board) -> None:
    task = board.card(owner=board.member)
    Mute.objects.create(person=board.member, task=task)
    add_comment(actor=board.manager, task_id=task.pk, body="For everybody")
    assert told(board.member) == []
    add_comment(actor=board.manager, task_id=task.pk, body=f"[@You](/people/{board.member.pk})")
    assert told(board.member) == [("comment.added", "mentioned")]


def test_the_narrowest_choice_counts(board: Board) -> None:
    task = board.card(owner=board.member)
    scope = f"project:{board.project.pk}"
    Preference.objects.create(person=board.member, reason="owner", way="inbox", is_on=False)
    add_comment(actor=board.manager, task_id=task.pk, body="One")
    assert told(board.member) == []
    Preference.objects.create(person=board.member, reason="owner", way="inbox", scope=scope, is_on=True)
    add_comment(actor=board.manager, task_id=task.pk, body="Two")
    assert told(board.member) == [("comment.added", "owner")]


# --- once, and never lost ------------------------------------------------------------------------------------------


def stream_of(project: Project) -> Stream:
    return Stream.objects.get(kind="project", ref=project.pk)


def test_what_was_read_is_not_told_again_even_from_the_beginning(board: Board) -> None:
    archive_task(actor=board.manager, task_id=board.card(owner=board.member).pk)
    assert told(board.member) == [("task.archived", "owner")]
    assert catch_up([NOTIFIER]) == 0
    Cursor.objects.update(seq=0)
    assert catch_up([NOTIFIER]) > 0
    assert told(board.member) == [("task.archived", "owner")]


def test_a_crash_before_the_end_leaves_neither_news_nor_position(board: Board) -> None:
    archive_task(actor=board.manager, task_id=board.card(owner=board.member).pk)
    stream = stream_of(board.project)
    with transaction.atomic():
        read_on(NOTIFIER, stream.pk)
        transaction.set_rollback(True)
    assert not Notification.objects.exists()
    assert behind(NOTIFIER) == [stream.pk]
    assert told(board.member) == [("task.archived", "owner")]


def test_an_event_that_cannot_be_taken_holds_up_none_after_it(board: Board) -> None:
    cards = board.cards(3)
    for task in cards:
        archive_task(actor=board.manager, task_id=task.pk)
    taken: list[str] = []

    def take(stream: Stream, events: list[Event]) -> None:
        if any(event.subject == f"task:{cards[1].pk}" for event in events):
            raise ValueError("not this one")
        taken.extend(event.subject for event in events)

    picky = Follower("picky", frozenset({"project"}), in_one_step(take))
    catch_up([picky])
    assert taken == [f"task:{cards[0].pk}", f"task:{cards[2].pk}"]
    assert [(row.follower, row.event.subject) for row in Stumble.objects.all()] == [("picky", f"task:{cards[1].pk}")]
    assert behind(picky) == []


def test_an_inbox_hears_live_that_something_came(board: Board) -> None:
    archive_task(actor=board.manager, task_id=board.card(owner=board.member).pk)
    catch_up([NOTIFIER])
    assert list(
        Event.objects.filter(stream__kind="user", stream__ref=board.member.pk).values_list("type", "actor")
    ) == [("inbox.changed", None)]


def test_a_crowd_hears_of_one_event(board: Board) -> None:
    crowd = User.objects.bulk_create(
        [User(email=f"crowd{n}@example.org", name=f"Crowd {n}", is_administrator=True) for n in range(600)]
    )
    task = board.card()
    task.watchers.add(*crowd)
    for _again in range(2):
        add_comment(actor=board.manager, task_id=task.pk, body="Hello")
        catch_up([NOTIFIER])
    assert not Stumble.objects.exists()
    assert Notification.objects.filter(recipient__in=crowd).count() == 2 * len(crowd)


def test_a_crash_between_two_steps_tells_nobody_twice_and_leaves_nobody_out(
    board: Board, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P8: a crowd is told in several transactions, and the position moves with the last of them."""
    crowd = User.objects.bulk_create(
        [User(email=f"crowd{n}@example.org", name=f"Crowd {n}", is_administrator=True) for n in range(100)]
    )
    task = board.card()
    task.assignees.add(*crowd)
    add_comment(actor=board.manager, task_id=task.pk, body="Hello")
    stream = stream_of(board.project)

    class Died(BaseException):
        pass

    def dies(log: object) -> None:
        raise Died

    def planned(stream: Stream, events: list[Event]) -> list[Step]:
        steps = NOTIFIER.plan(stream, events)
        assert len(steps) > 2
        return [*steps[:-1], dies]

    with pytest.raises(Died):
        read_on(replace(NOTIFIER, plan=planned), stream.pk)
    half = Notification.objects.filter(recipient__in=crowd).count()
    assert 0 < half < len(crowd)
    assert behind(NOTIFIER) == [stream.pk]
    catch_up([NOTIFIER])
    assert Notification.objects.filter(recipient__in=crowd).count() == len(crowd)
    items = Delivery.objects.filter(recipient__in=crowd, way="mail").values_list("items", flat=True)
    assert [len(some) for some in items] == [1] * len(crowd)


def test_of_two_who_read_the_same_stream_one_goes_on(board: Board) -> None:
    archive_task(actor=board.manager, task_id=board.card(owner=board.member).pk)
    stream = stream_of(board.project)

    def planned(stream: Stream, events: list[Event]) -> list[Step]:
        steps = NOTIFIER.plan(stream, events)
        read_on(NOTIFIER, stream.pk)  # meanwhile another process reads it
        return steps

    assert read_on(replace(NOTIFIER, plan=planned), stream.pk) == 0
    assert told(board.member) == [("task.archived", "owner")]


def test_the_notifier_is_among_the_followers() -> None:
    assert NOTIFIER in followers.followers


# --- between functions ---------------------------------------------------------------------------------------------


def test_the_function_that_is_asked_hears_of_it_and_who_asked_hears_the_answer(board: Board) -> None:
    support = UserFactory(function=function("support"))
    access.grant(board.project, support, "member")
    outside = UserFactory(function=function("support"))
    task = board.card(function=function("sales"), owner=board.member)
    one = ask(actor=board.member, task_id=task.pk, to_function=function("support").pk, note="Please")
    assert told(support) == [("handover.asked", "handed")]
    assert told(outside) == told(board.member) == []

    hand_back(actor=support, handover_id=one.pk, reason="Not yet")
    assert told(board.member) == [("handover.returned", "answered")]
    again = ask(actor=board.member, task_id=task.pk, to_function=function("support").pk)
    accept(actor=support, handover_id=again.pk)
    assert told(board.member)[1:] == [("handover.accepted", "answered")]
    assert told(support) == [("handover.asked", "handed")] * 2
