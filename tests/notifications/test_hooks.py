"""Chats and webhooks: each vendor's form and signature as they document it, in both languages; and what goes wrong."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils.timezone import now

from notifications import outbox
from notifications.hooks import add_hook
from notifications.models import Breaker, Delivery, Hook
from notifications.notifier import NOTIFIER
from tests.notifications.telling import always_there, mention, say, states, tell, time_passes
from tests.support.asking import Asking
from tests.support.receiver import Heard, Receiver, receiver
from tests.support.waiting import wait_until
from tests.work.conftest import Board
from tracker.jobs.lanes import Workers, drain
from tracker.log.followers import catch_up
from tracker.log.models import Event
from tracker.people import access
from tracker.people.models import User
from tracker.work.services.tasks import archive_task

pytestmark = pytest.mark.django_db

SECRET = "SEC" + "a1b2c3d4" * 4
GOOD = {
    "feishu": b'{"code":0,"msg":"success"}',
    "dingtalk": b'{"errcode":0,"errmsg":"ok"}',
    "wecom": b'{"errcode":0,"errmsg":"ok"}',
    "slack": b"ok",
    "teams": b"",
}
LANGUAGES = {"en": ("mentioned you", "Open"), "zh-Hans": ("提及了你", "打开")}


@pytest.fixture
def chat(settings: Any) -> Iterator[Receiver]:
    settings.OUTGOING_ALLOWED_HOSTS = ["127.0.0.1"]
    with receiver() as found:
        yield found


def own_chat(board: Board, chat: Receiver, kind: str, language: str = "en", secret: str = SECRET) -> Hook:
    always_there(board.member)
    chat.answer = (200, GOOD[kind])
    return add_hook(
        actor=board.member, kind=kind, name="Mine", url=f"{chat.url}/robot?access_token=1",
        secret=secret if kind in ("feishu", "dingtalk") else "", language=language, scope="",
    )  # fmt: skip


def webhook(board: Board, chat: Receiver, scope: str = "") -> Hook:
    return add_hook(
        actor=board.manager, kind="webhook", name="ERP", url=f"{chat.url}/in", secret=SECRET, language="en",
        scope=scope or f"project:{board.project.pk}",
    )  # fmt: skip


def body_of(heard: Heard) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(heard.body)
    return found


# --- what the vendors check ----------------------------------------------------------------------------------------


def is_signed_for_feishu(heard: Heard) -> bool:
    body = body_of(heard)
    key = f"{body['timestamp']}\n{SECRET}".encode()
    wanted = base64.b64encode(hmac.new(key, digestmod=hashlib.sha256).digest()).decode()
    recent = abs(int(body["timestamp"]) - now().timestamp()) < 3600
    return hmac.compare_digest(wanted, body["sign"]) and recent and body["msg_type"] == "interactive"


def is_signed_for_dingtalk(heard: Heard) -> bool:
    query = parse_qs(urlsplit(heard.path).query)
    (stamp,), (given,) = query["timestamp"], query["sign"]
    wanted = base64.b64encode(hmac.new(SECRET.encode(), f"{stamp}\n{SECRET}".encode(), hashlib.sha256).digest())
    return (
        hmac.compare_digest(wanted.decode(), given) and len(stamp) == 13 and body_of(heard)["msgtype"] == "actionCard"
    )


def fits_wecom(heard: Heard) -> bool:
    return len(body_of(heard)["markdown"]["content"].encode()) <= 4096


def fits_slack(heard: Heard) -> bool:
    blocks = body_of(heard)["blocks"]
    return len(blocks) <= 50 and blocks[0]["type"] == "header" and blocks[-1]["elements"][0]["type"] == "button"


def fits_teams(heard: Heard) -> bool:
    (attachment,) = body_of(heard)["attachments"]
    return (attachment["contentType"], attachment["content"]["type"]) == (
        "application/vnd.microsoft.card.adaptive",
        "AdaptiveCard",
    )


VENDORS = {
    "feishu": is_signed_for_feishu,
    "dingtalk": is_signed_for_dingtalk,
    "wecom": fits_wecom,
    "slack": fits_slack,
    "teams": fits_teams,
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", VENDORS)
def test_a_chat_is_told_in_its_form_and_language(board: Board, chat: Receiver, kind: str, language: str) -> None:
    own_chat(board, chat, kind, language)
    task = board.card(title="Call the plant")
    say(board, task, f"{mention(board.member)} <at id=all></at> [x](https://evil.example) <!channel> @all")
    tell()
    (heard,) = chat.heard
    assert VENDORS[kind](heard)
    text = json.dumps(body_of(heard), ensure_ascii=False)
    assert "Call the plant" in text
    assert f"/b/{board.project.key}/{board.project.key}-{task.number}" in text
    assert LANGUAGES[language][0] in text
    assert kind == "wecom" or LANGUAGES[language][1] in text  # a robot of WeCom's has no button
    assert heard.headers["x-accord-delivery"] == str(Delivery.objects.get(way="chat").pk)
    assert "](https://evil.example)" not in text


@pytest.mark.parametrize("kind", ["dingtalk", "wecom"])
def test_what_people_wrote_is_no_markdown_in_a_chat_that_knows_no_escapes(
    board: Board, chat: Receiver, kind: str
) -> None:
    own_chat(board, chat, kind)
    say(board, board.card(title="[Win](https://evil.example) <@all> **now**"), mention(board.member))
    tell()
    text = json.dumps(body_of(chat.heard[0]), ensure_ascii=False)
    assert "［Win］(https://evil.example) ＜＠all＞ ＊＊now＊＊" in text


def test_a_refusal_in_a_good_answer_is_a_refusal(board: Board, chat: Receiver) -> None:
    own_chat(board, chat, "feishu")
    chat.answer = (200, b'{"code":19021,"msg":"sign match fail or timestamp is not within one hour"}')
    say(board, board.card(), mention(board.member))
    tell()
    row = Delivery.objects.get(way="chat")
    assert (row.state, "19021" in row.error) == ("failed", True)


def test_whoever_is_told_too_often_is_told_later(board: Board, chat: Receiver) -> None:
    own_chat(board, chat, "wecom")
    chat.answer = (200, b'{"errcode":45009,"errmsg":"api freq out of limit"}')
    say(board, board.card(), mention(board.member))
    tell()
    row = Delivery.objects.get(way="chat")
    assert (row.state, row.attempts, row.due_at > now() + timedelta(seconds=45)) == ("waiting", 1, True)


# --- webhooks ------------------------------------------------------------------------------------------------------


def is_genuine(heard: Heard, *secrets: str) -> list[bool]:
    """As a receiver checks it who follows the Standard Webhooks."""
    signed = f"{heard.headers['webhook-id']}.{heard.headers['webhook-timestamp']}.".encode() + heard.body
    given = heard.headers["webhook-signature"].split(" ")
    return [
        "v1," + base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode() in given
        for secret in secrets
    ]


def test_a_webhook_tells_what_happened_signed_over_id_moment_and_body(board: Board, chat: Receiver) -> None:
    webhook(board, chat)
    task = board.card(title="给工厂打电话")
    say(board, task, "Hello")
    archive_task(actor=board.manager, task_id=task.pk)
    tell()
    (heard,) = chat.heard
    assert is_genuine(heard, SECRET, "another secret") == [True, False]
    assert abs(int(heard.headers["webhook-timestamp"]) - now().timestamp()) < 300
    events = body_of(heard)["data"]["events"]
    assert [event["type"] for event in events] == ["comment.added", "task.archived"]
    assert events[0]["body"]["body"] == "Hello"
    assert (events[0]["title"], events[0]["key"]) == ("给工厂打电话", f"{board.project.key}-{task.number}")
    assert heard.headers["webhook-id"] == str(Delivery.objects.get(way="webhook").pk)


def test_a_new_secret_signs_beside_the_one_before(board: Board, chat: Receiver) -> None:
    hook = webhook(board, chat)
    newer = "n" * 32
    assert Asking(board.manager).patch(f"/hooks/{hook.pk}", {"secret": newer}).status_code == 200
    say(board, board.card(), "Hello")
    tell()
    assert is_genuine(chat.heard[0], SECRET, newer) == [True, True]


def test_an_accounts_hook_hears_of_its_initiatives_as_far_as_its_owner_manages_it(board: Board, chat: Receiver) -> None:
    hook = webhook(board, chat)
    access.grant(board.project, board.manager, "member")
    say(board, board.card(), "Hello")
    tell()
    assert chat.heard == []
    access.grant(board.project, board.manager, "manager")
    say(board, board.card(), "Hello")
    User.objects.filter(pk=hook.owner_id).update(is_active=False)
    tell()
    assert chat.heard == []


def test_an_address_that_says_that_it_is_gone_is_left_for_good(board: Board, chat: Receiver) -> None:
    hook = webhook(board, chat)
    chat.answer = (410, b"")
    say(board, board.card(), "Hello")
    tell()
    hook.refresh_from_db()
    assert (hook.is_on, Delivery.objects.get(way="webhook").state) == (False, "dropped")


@pytest.mark.parametrize("status", [301, 400, 403, 404])
def test_what_will_never_be_taken_is_not_tried_again(board: Board, chat: Receiver, status: int) -> None:
    webhook(board, chat)
    chat.answer = (status, b"<script>no</script>")
    say(board, board.card(), "Hello")
    tell()
    row = Delivery.objects.get(way="webhook")
    assert (row.state, row.error) == ("failed", f"{status}: <script>no</script>")


def test_a_program_gets_every_event_however_long_it_was_away(
    board: Board, chat: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "MOST_ITEMS", 3)
    webhook(board, chat)
    card = board.card()
    for _time in range(8):
        say(board, card)
        catch_up([NOTIFIER])
    assert Delivery.objects.filter(way="webhook", is_open=True).count() == 1
    drain("outgoing")
    wanted = set(Event.objects.filter(stream__kind="project", type="comment.added").values_list("seq", flat=True))
    came = [int(event["id"].rpartition(".")[2]) for event in events_of(chat) if event["type"] == "comment.added"]
    assert (set(came), len(came)) == (wanted, len(wanted))


def test_replay_sends_it_again_under_its_id(board: Board, chat: Receiver) -> None:
    hook = webhook(board, chat)
    chat.answer = (404, b"")
    say(board, board.card(), "Hello")
    tell()
    (row,) = Asking(board.manager).get(f"/hooks/{hook.pk}/deliveries").json()["items"]
    assert (row["state"], row["can"]) == ("failed", ["replay"])
    chat.answer = (200, b"")
    assert Asking(board.member).post(f"/deliveries/{row['id']}/replay").status_code == 403
    assert Asking(board.manager).post(f"/deliveries/{row['id']}/replay").status_code == 200
    tell()
    first, second = chat.heard
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == row["id"]
    assert Delivery.objects.get(pk=row["id"]).state == "sent"


# --- setting up ----------------------------------------------------------------------------------------------------


def test_where_a_hook_may_lead_is_asked_when_it_is_set_up_and_when_it_is_sent(
    board: Board, chat: Receiver, settings: Any
) -> None:
    body = {"kind": "slack", "name": "Mine", "url": "https://169.254.169.254/latest"}
    refused = Asking(board.member).post("/hooks", body)
    assert (refused.status_code, refused.json()["code"]) == (422, "address_not_allowed")
    assert not Hook.objects.exists()
    own_chat(board, chat, "slack")
    settings.OUTGOING_ALLOWED_HOSTS = []
    say(board, board.card(), mention(board.member))
    tell()
    assert chat.heard == []
    assert Delivery.objects.get(way="chat").state == "failed"


def test_address_and_secret_are_never_shown_again_and_stand_nowhere_in_the_open(board: Board, chat: Receiver) -> None:
    url = f"{chat.url}/robot?access_token=very-secret"
    body = {"kind": "dingtalk", "name": "Mine", "url": url, "secret": SECRET, "language": "zh-Hans"}
    made = Asking(board.member).post("/hooks", body)
    assert made.status_code == 201
    assert made.json()["host"] == "127.0.0.1"
    listed = Asking(board.member).get("/hooks")
    row = Hook.objects.get()
    for text in (made.content.decode(), listed.content.decode(), row.sealed_url + row.sealed_secret):
        assert "very-secret" not in text
        assert SECRET not in text


def test_a_person_has_one_chat_and_can_try_it(board: Board, chat: Receiver) -> None:
    own_chat(board, chat, "slack")
    hook = own_chat(board, chat, "feishu", "zh-Hans")
    assert [row["id"] for row in Asking(board.member).get("/hooks").json()] == [hook.pk]
    assert Asking(board.viewer).post(f"/hooks/{hook.pk}/test").status_code == 404
    assert Asking(board.member).post(f"/hooks/{hook.pk}/test").status_code == 200
    tell()
    assert "设置成功" in chat.heard[0].body.decode()
    assert states() == [("chat", "sent")]


@pytest.mark.parametrize("secret", ["", "short", "with space " * 4])
def test_a_webhook_needs_a_secret_worth_the_name(board: Board, chat: Receiver, secret: str) -> None:
    body = {"kind": "webhook", "name": "ERP", "url": chat.url, "secret": secret, "scope": f"project:{board.project.pk}"}
    refused = Asking(board.manager).post("/hooks", body)
    assert (refused.status_code, refused.json()["field"]) == (422, "secret")


# --- who does not answer -------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_who_is_slow_or_dead_delays_nobody_else(board: Board, chat: Receiver) -> None:
    """One receiver hangs, one refuses every connection; a third is told meanwhile."""
    with receiver() as slow, receiver() as dead:
        hooks = [webhook(board, slow), webhook(board, dead)]
        dead.server.server_close()
        slow.gate.clear()
        workers = Workers()
        workers.start()
        try:
            say(board, board.card(), "Hello")
            catch_up([NOTIFIER])
            wait_until(lambda: slow.heard, "the slow one to be asked")
            wait_until(lambda: Breaker.objects.filter(target=f"hook:{hooks[1].pk}", failures=1).exists(), "the dead")
            webhook(board, chat)
            for _more in range(3):
                say(board, board.card(), "More")
                catch_up([NOTIFIER])
            wait_until(lambda: len(events_of(chat)) == 3, "the one that answers")
            assert len(slow.heard) == 1  # it holds one lane, however much waits for it
        finally:
            slow.gate.set()
            workers.stop()


def events_of(chat: Receiver) -> list[dict[str, Any]]:
    return [event for heard in chat.heard for event in body_of(heard)["data"]["events"]]


def test_a_breaker_opens_and_a_later_success_closes_it(board: Board, chat: Receiver) -> None:
    hook = webhook(board, chat)
    chat.answer = (503, b"busy")
    say(board, board.card(), "Hello")
    tell()
    for minutes in (1, 3):
        time_passes(minutes)
    breaker = Breaker.objects.get(target=f"hook:{hook.pk}")
    assert breaker.failures == 3
    assert breaker.open_until is not None
    shown = Asking(board.manager).get(f"/hooks?scope=project:{board.project.pk}").json()[0]
    assert (shown["failures"], shown["error"], shown["rests_until"] is not None) == (3, "503: busy", True)
    asked = len(chat.heard)
    time_passes(11)
    assert len(chat.heard) == asked  # left alone
    chat.answer = (200, b"")
    Breaker.objects.update(open_until=now())
    time_passes(60)
    assert Delivery.objects.get(way="webhook").state == "sent"
    assert Breaker.objects.get().failures == 0
