"""What leaves the house: in bundles, when it should, only what may still be told, and never lost."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import now

from notifications.models import Breaker, Delivery, Mute, Notification, Preference
from notifications.sending import find_forgotten, send_delivery
from tests.factories import AccountFactory
from tests.notifications.telling import always_there, mention, say, states, tell, time_passes
from tests.support.asking import Asking
from tests.support.mail_server import MailServer
from tests.work.conftest import Board
from tracker.jobs.lanes import drain
from tracker.people import access
from tracker.people.models import User
from tracker.work.services.tasks import change_task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_work(board: Board) -> None:
    always_there(board.member, board.manager)


def texts(post: MailServer, person: User) -> list[str]:
    return [part.get_content() for letter in post.to(person.email) if (part := letter.get_body(("plain",)))]


def html(letter: Any) -> str:
    return str(letter.get_body(("html",)).get_content())


def test_a_mention_interrupts_and_says_who_said_what_where(board: Board, post: MailServer) -> None:
    task = board.card(owner=board.member, title="Call <the> plant")
    say(board, task, f"{mention(board.member)} can you?")
    tell()
    (letter,) = post.to(board.member.email)
    assert letter["Subject"] == f"{board.project.key}-{task.number} Call <the> plant"
    (text,) = texts(post, board.member)
    assert f"- {board.manager.name} mentioned you: @You can you?" in text
    assert f"/b/{board.project.key}/{board.project.key}-{task.number}" in text
    assert "Call &lt;the&gt; plant" in html(letter)
    assert 'lang="en"' in html(letter)
    assert states() == [("mail", "sent")]
    assert Delivery.objects.get().counts == {"mentioned": 1}


def test_it_speaks_the_readers_language(board: Board, post: MailServer) -> None:
    User.objects.filter(pk=board.member.pk).update(language="zh-Hans")
    User.objects.filter(pk=board.manager.pk).update(name_zh="沈志远")
    say(board, board.card(owner=board.member), f"{mention(board.member)} 请看")
    tell()
    (letter,) = post.to(board.member.email)
    (text,) = texts(post, board.member)
    assert "- 沈志远提及了你：@You 请看" in text
    assert 'lang="zh-Hans"' in html(letter)
    assert "退订" in html(letter)


def test_what_a_meeting_changes_is_one_mail_for_each(board: Board, post: MailServer) -> None:
    cards = [board.card() for _ in range(35)]
    for task in cards:
        change_task(actor=board.manager, task_id=task.pk, fields={"owner": board.member.pk})
        tell()
    assert post.to(board.member.email) == []
    time_passes(6)
    (letter,) = post.to(board.member.email)
    assert letter["Subject"] == "News on 35 cards"
    assert Delivery.objects.get(recipient=board.member).counts == {"assigned": 35}


def test_urgent_news_draws_the_bundle_forward_but_not_twice_in_its_time(board: Board, post: MailServer) -> None:
    task = board.card(owner=board.member)
    say(board, task)
    tell()
    assert post.letters == []
    say(board, task, mention(board.member))
    tell()
    assert len(post.to(board.member.email)) == 1
    for _again in range(3):
        say(board, task, mention(board.member))
        tell()
    assert len(post.to(board.member.email)) == 1
    time_passes(6)
    assert len(post.to(board.member.email)) == 2
    assert sum(text.count("mentioned you") for text in texts(post, board.member)) == 4


def test_reason_tier_and_due_day_decide_together(board: Board, post: MailServer) -> None:
    board.project.account = AccountFactory(tier="S")
    board.project.save()
    for fields, wanted in [
        ({"owner": board.member}, 1),  # a comment on one's own card
        ({"owner": board.member, "due": date.today()}, 2),  # noqa: DTZ011
    ]:
        task = board.card(**fields)
        say(board, task)
        tell()
        assert Notification.objects.get(recipient=board.member, task=task).urgency == wanted
    watched = board.card()
    watched.watchers.add(board.viewer)
    board.project.account.tier = "C"
    board.project.account.save()
    say(board, watched)
    tell()
    assert Notification.objects.get(recipient=board.viewer).urgency == 0
    time_passes(10)
    assert post.to(board.viewer.email) == []


def test_what_was_read_or_put_away_meanwhile_is_left_out(board: Board, post: MailServer) -> None:
    read, done, new = (board.card(owner=board.member, title=f"Card {n}") for n in ("read", "done", "new"))
    for task in (read, done, new):
        say(board, task)
    tell()
    for task, what in ((read, {"read": True}), (done, {"done": True})):
        Asking(board.member).patch("/inbox", {"subjects": [f"task:{task.pk}"], **what})
    time_passes()
    (text,) = texts(post, board.member)
    assert ("Card new" in text, "Card read" in text, "Card done" in text) == (True, False, False)


def test_a_bundle_with_nothing_left_is_dropped(board: Board, post: MailServer) -> None:
    task = board.card(owner=board.member)
    say(board, task)
    tell()
    Asking(board.member).patch("/inbox", {"subjects": [f"task:{task.pk}"], "read": True})
    time_passes()
    assert (post.letters, states()) == ([], [("mail", "dropped")])


def test_who_was_removed_between_event_and_sending_gets_nothing(board: Board, post: MailServer) -> None:
    say(board, board.card(owner=board.member))
    tell()
    access.grant(board.project, board.member, None)
    time_passes()
    assert (post.letters, states()) == ([], [("mail", "dropped")])


def test_who_was_deactivated_gets_nothing(board: Board, post: MailServer) -> None:
    say(board, board.card(owner=board.member))
    tell()
    User.objects.filter(pk=board.member.pk).update(is_active=False)
    time_passes()
    assert post.letters == []


def test_a_choice_and_a_mute_count_until_the_moment_of_sending(board: Board, post: MailServer) -> None:
    task = board.card(owner=board.member)
    say(board, task)
    tell()
    Preference.objects.create(person=board.member, reason="owner", way="mail", is_on=False)
    time_passes()
    assert post.letters == []
    say(board, task)
    tell()
    assert states() == [("mail", "dropped")]  # not even begun
    Preference.objects.create(
        person=board.member, reason="owner", way="mail", scope=f"project:{board.project.pk}", is_on=True
    )
    say(board, task)
    tell()
    Mute.objects.create(person=board.member, task=task)
    time_passes()
    assert post.letters == []


def test_quiet_hours_hold_what_is_not_urgent(board: Board, post: MailServer) -> None:
    task = board.card(owner=board.member)
    say(board, task)
    tell()
    clock = now().time()
    soon = (now() + timedelta(hours=2)).time()
    always_there(board.member, quiet_from=(now() - timedelta(hours=1)).time(), quiet_until=soon)
    assert clock
    time_passes(6)
    assert (post.letters, states()) == ([], [("mail", "waiting")])
    say(board, board.card(owner=board.member), mention(board.member))
    tell()
    assert len(post.letters) == 1
    always_there(board.member, urgent_in_quiet=False, quiet_from=(now() - timedelta(hours=1)).time(), quiet_until=soon)
    time_passes(6)
    say(board, task, mention(board.member))
    tell()
    assert len(post.letters) == 1


# --- mail as mail programs understand it ---------------------------------------------------------------------------


def test_news_of_one_card_stands_in_one_thread(board: Board, post: MailServer) -> None:
    task = board.card(owner=board.member)
    for _again in range(2):
        say(board, task)
        tell()
        time_passes()
    first, second = post.letters
    assert first["References"] == second["References"] == second["In-Reply-To"]
    assert first["Message-ID"] != second["Message-ID"]
    assert first["X-Accord-Delivery"] in first["Message-ID"]
    assert first["Auto-Submitted"] == "auto-generated"


def test_one_click_ends_mail_of_a_kind_and_looking_does_not(board: Board, post: MailServer) -> None:
    say(board, board.card(owner=board.member))
    tell()
    time_passes()
    (letter,) = post.letters
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = "/" + letter["List-Unsubscribe"].replace("\n", "").replace(" ", "").strip("<>").split("/", 3)[3]
    stranger = Client(enforce_csrf_checks=True)
    assert "You own it" in stranger.get(address).content.decode()
    assert not Preference.objects.exists()
    assert stranger.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert stranger.post(address).status_code == 200
    assert list(Preference.objects.values_list("person", "reason", "way", "is_on")) == [
        (board.member.pk, "owner", "mail", False)
    ]
    assert stranger.post(address[:-2]).status_code == 404
    say(board, board.card(owner=board.member))
    tell()
    time_passes()
    assert len(post.letters) == 1


# --- what goes wrong -----------------------------------------------------------------------------------------------


def test_a_mail_server_that_refuses_for_now_is_asked_again_and_the_id_stays(board: Board, post: MailServer) -> None:
    post.answer = "451 not now"
    say(board, board.card(owner=board.member), mention(board.member))
    tell()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, "451" in delivery.error) == ("waiting", 1, True)
    assert Breaker.objects.get(target="mail").failures == 1
    post.answer = ""
    time_passes(1)
    (letter,) = post.letters
    assert letter["X-Accord-Delivery"] == str(delivery.pk)
    assert Breaker.objects.get(target="mail").failures == 0


def test_after_some_failures_a_target_is_left_alone(board: Board, post: MailServer) -> None:
    post.answer = "451 not now"
    for _again in range(3):
        say(board, board.card(owner=board.member), mention(board.member))
        tell()
        time_passes(20)
    breaker = Breaker.objects.get(target="mail")
    assert breaker.failures >= 3
    assert breaker.open_until
    assert breaker.open_until > now()
    before = breaker.failures
    time_passes(0.1)
    assert Breaker.objects.get(target="mail").failures == before


def test_whoever_dies_while_sending_is_followed_by_another_under_the_same_id(board: Board, post: MailServer) -> None:
    say(board, board.card(owner=board.member), mention(board.member))
    from notifications.notifier import NOTIFIER
    from tracker.log.followers import catch_up

    catch_up([NOTIFIER])
    delivery = Delivery.objects.get()
    Delivery.objects.update(locked_until=now() + timedelta(minutes=1), is_open=False)  # and nobody comes back
    drain("mail")
    assert send_delivery.func(str(delivery.pk)) == "not due"
    assert find_forgotten.func() == 0
    Delivery.objects.update(locked_until=now())
    assert find_forgotten.func() == 1
    assert find_forgotten.func() == 0
    drain("mail")
    assert [letter["X-Accord-Delivery"] for letter in post.letters] == [str(delivery.pk)]


def test_news_join_no_bundle_that_is_being_sent(board: Board, post: MailServer) -> None:
    task = board.card(owner=board.member)
    say(board, task)
    tell()
    Delivery.objects.update(is_open=False, locked_until=now() + timedelta(minutes=1))
    say(board, task)
    tell()
    assert [len(row.items) for row in Delivery.objects.order_by("created_at")] == [1, 1]
