"""P3: `manage.py verify` finds what does not hold, and changes nothing."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from tests.factories import TaskFactory, function
from tests.support.looking import fingerprint
from tracker.log.models import Event, Stream
from tracker.work.models import Attachment, Task
from tracker.work.services import verifying
from tracker.work.services.comments import add_comment
from tracker.work.services.files import add_file, path_of
from tracker.work.services.handovers import ask
from tracker.work.services.moves import move_task
from tracker.work.services.verifying import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(board: Any, files: None) -> Task:
    """With an event, a comment and a file."""
    card = board.card()
    move_task(actor=board.member, task_id=card.pk, status=board.status("Doing").pk)
    add_comment(actor=board.member, task_id=card.pk, body="Said")
    add_file(actor=board.member, task_id=card.pk, upload=SimpleUploadedFile("a.txt", b"four"))
    return card


def said() -> str:
    text = io.StringIO()
    with pytest.raises(CommandError, match="does not hold"):
        call_command("verify", stdout=text)
    return text.getvalue()


def test_a_sound_installation(card: Task) -> None:
    before, text = fingerprint(), io.StringIO()
    call_command("verify", stdout=text)
    assert "NOT" not in text.getvalue()
    looks = {"database", "events without a gap", "cards in their columns", "counters", "hand-overs", "files"}
    assert set(verify()) == looks
    assert fingerprint() == before


def test_an_event_that_is_missing(card: Task) -> None:
    Event.objects.order_by("seq").first().delete()
    assert "events from 2 to" in said()


def test_a_head_that_nothing_was_told_of(card: Task) -> None:
    Stream.objects.filter(kind="project").update(head=99)
    assert "its head is 99" in said()


def test_a_file_that_is_removed_while_we_look_is_not_missing(card: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(file: Attachment) -> Path:
        Attachment.objects.filter(pk=file.pk).delete()
        return Path("/nowhere")

    monkeypatch.setattr(verifying, "path_of", gone)
    assert list(verifying.files()) == []


def test_counters_that_are_off(card: Task) -> None:
    names = ["comments_count", "files_count", "checklist_total", "checklist_done"]
    Task.objects.filter(pk=card.pk).update(**dict.fromkeys(names, 7))
    text = said()
    assert all(f"task {card.pk}: {name} is 7" in text for name in names)


def test_a_card_that_waits_for_a_function_that_nobody_asked_or_does_not_say_so(card: Task, board: Any) -> None:
    Task.objects.filter(pk=card.pk).update(waits_for=function("sales"), waits_since=card.created_at)
    assert f"task {card.pk}: waits for a function that nobody has asked" in said()
    Task.objects.filter(pk=card.pk).update(waits_for=None, waits_since=None)
    ask(actor=board.member, task_id=card.pk, to_function=function("support").pk)
    Task.objects.filter(pk=card.pk).update(waits_for=None)
    assert f"task {card.pk}: a hand-over is open" in said()


def test_a_card_in_a_strange_column(card: Task) -> None:
    Task.objects.filter(pk=card.pk).update(status=TaskFactory().status)
    assert f"task {card.pk}: its status" in said()


def test_a_file_that_is_gone_or_cut(card: Task) -> None:
    file = card.files.get()
    path_of(file).write_bytes(b"two")
    assert "3 bytes instead of 4" in said()
    Path(path_of(file)).unlink()
    assert "is missing" in said()


def test_many_findings_are_summed_up(board: Any) -> None:
    board.cards(25)
    Task.objects.update(comments_count=1)
    assert "… and 5 more" in said()
