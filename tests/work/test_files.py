"""Files on tasks: told by their content, named harmlessly, served so that no browser runs them (c13, c53, c54)."""

import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from PIL import Image

from tests.factories import UserFactory
from tests.support.asking import Asking
from tests.support.looking import fingerprint, require_gapless, require_true_counters
from tests.support.world import PNG
from tests.work.conftest import Board
from tracker.errors import Conflict, Forbidden, NotFound, Refused, TooLarge
from tracker.people import access
from tracker.work.models import Attachment, Task
from tracker.work.services.files import MOST_FILES, add_file, clean_name, path_of, remove_file
from tracker.work.services.tasks import archive_task, delete_task
from tracker.work.services.thumbnails import place_of
from tracker.work.services.tidying import remove_orphans

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def drawn(kind: str) -> bytes:
    """The smallest picture of a kind, as a program writes it."""
    buffer = BytesIO()
    Image.new("P" if kind == "GIF" else "RGB", (1, 1)).save(buffer, kind)
    return buffer.getvalue()


GIF, JPEG, WEBP = drawn("GIF"), drawn("JPEG"), drawn("WEBP")


def add(board: Board, content: bytes = b"some text", name: str = "notes.txt", task: Task | None = None) -> Attachment:
    upload = SimpleUploadedFile(name, content, content_type="image/png")  # what the browser claims does not count
    return add_file(actor=board.member, task_id=(task or board.card()).pk, upload=upload)


def on_disk(settings: Any) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "content", "shown"),
    [
        ("picture.txt", PNG, "image/png"),
        ("picture", GIF, "image/gif"),
        ("picture.html", JPEG, "image/jpeg"),
        ("picture.svg", WEBP, "image/webp"),
        ("drawing.png", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', None),
        ("page.png", b"<!doctype html><script>alert(1)</script>", None),
        ("script.jpg", b"alert(document.cookie)", None),
        ("data.xml", b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e "x">]><x>&e;</x>', None),
        ("paper.pdf", b"%PDF-1.7\n1 0 obj<</JS(app.alert(1))>>endobj", None),
        ("text.png", "漂亮的文字".encode(), None),
        ("bytes.png", bytes(range(256)), None),
        ("both.gif", GIF + b"/*<script>alert(1)</script>*/=1;alert(1)", "image/gif"),
    ],
)
def test_only_pictures_are_shown_and_the_content_says_what_is_one(board, name, content, shown) -> None:
    file = add(board, content, name)
    row = Asking(board.viewer).get(f"/tasks/{file.task_id}/files").json()["items"][0]
    answer = Asking(board.viewer).get(f"/files/{file.pk}")

    assert row["is_image"] is (shown is not None)
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Type"] == (shown or "application/octet-stream")
    assert answer["Content-Disposition"].startswith("inline" if shown else "attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("notes.txt", "notes.txt"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\system.ini", "system.ini"),
        ("a\0b\nc\r.txt", "abc.txt"),
        ("photo\u202egnp.exe", "photognp.exe"),
        ("zero\u200bwidth.txt", "zerowidth.txt"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("com1.tar", "_com1.tar"),
        (" .hidden. ", "hidden"),
        ("..", "file"),
        ("", "file"),
        ("/", "file"),
        ("合同 2026年.pdf", "合同 2026年.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("x" * 300, "x" * 200),
        ("e\u0301.txt", "é.txt"),
        (".htaccess", "htaccess"),
    ],
)
def test_a_name_is_only_a_name(given, kept) -> None:
    assert clean_name(given) == kept


@pytest.mark.parametrize(
    "name", ['a"; filename="x.html', "合同.html", "a\r\nSet-Cookie: x=1.html", "100%.html", "a;b.html"]
)
def test_a_name_cannot_write_headers(board, name) -> None:
    file = add(board, b"<html>", name)
    answer = Asking(board.viewer).get(f"/files/{file.pk}")
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert "\n" not in answer["Content-Disposition"]
    assert "Set-Cookie" not in answer.headers


def test_it_is_kept_under_a_random_name_that_only_we_may_read(board, settings) -> None:
    file = add(board, name="../x.py")
    (path,) = on_disk(settings)
    assert path == path_of(file)
    assert path.name.isalnum()
    assert path.stat().st_mode & 0o777 == 0o600


def test_limits(board, settings) -> None:
    settings.FILE_LIMIT = 100
    task = board.card()
    before = fingerprint()
    with pytest.raises(TooLarge):
        add(board, b"x" * 101, task=task)
    with pytest.raises(Refused) as refusal:
        add(board, b"", task=task)
    assert refusal.value.code == "empty_file"
    Task.objects.filter(pk=task.pk).update(files_count=MOST_FILES)
    with pytest.raises(Refused) as refusal:
        add(board, task=task)
    assert refusal.value.code == "too_many_files"
    Task.objects.filter(pk=task.pk).update(files_count=0)
    archive_task(actor=board.member, task_id=task.pk)
    with pytest.raises(Conflict):
        add(board, task=task)
    assert on_disk(settings) == []
    assert fingerprint()["work_attachment"] == before["work_attachment"]


def test_who_may_add_read_and_remove(board, other_board, settings) -> None:
    task = board.card()
    file = add(board, task=task)
    commenter, guest = UserFactory(), UserFactory(is_guest=True)
    access.grant(board.project, commenter, "commenter")
    access.grant(board.project, guest, "guest")
    before = fingerprint()

    for person, status in ((board.viewer, 200), (commenter, 200), (guest, 404), (other_board.manager, 404)):
        assert Asking(person).get(f"/files/{file.pk}").status_code == status
    for person, refusal in (
        (board.viewer, Forbidden), (commenter, Forbidden), (guest, NotFound), (other_board.manager, NotFound),
    ):  # fmt: skip
        with pytest.raises(refusal):
            remove_file(actor=person, file_id=file.pk)
    for person, refusal in ((board.viewer, Forbidden), (guest, NotFound), (other_board.manager, NotFound)):
        with pytest.raises(refusal):
            add_file(actor=person, task_id=task.pk, upload=SimpleUploadedFile("a.txt", b"a"))
    assert fingerprint() == before
    assert len(on_disk(settings)) == 1
    missing = Asking(other_board.manager).get("/files/99999999")
    assert missing.content == Asking(other_board.manager).get(f"/files/{file.pk}").content

    task.assignees.add(guest)
    assert Asking(guest).get(f"/files/{file.pk}").status_code == 200


def long_ago(settings: Any) -> None:
    """As if every file had been put there, or taken away, before anybody could still take that back."""
    for path in on_disk(settings):
        os.utime(path, (0, 0))


def test_a_file_that_is_removed_is_gone_at_once_and_its_bytes_when_it_cannot_come_back(board, settings) -> None:
    task = board.card()
    one, two, three = (add(board, name=name, task=task) for name in ("one", "two", "three"))
    long_ago(settings)
    with TestCase.captureOnCommitCallbacks(execute=True):
        remove_file(actor=board.member, file_id=one.pk)
        remove_file(actor=board.manager, file_id=two.pk)
    assert Asking(board.member).get(f"/files/{one.pk}").status_code == 404
    require_true_counters()
    assert remove_orphans() == 0
    long_ago(settings)
    assert remove_orphans() == 2
    assert on_disk(settings) == [path_of(three)]
    with TestCase.captureOnCommitCallbacks(execute=True):
        delete_task(actor=board.manager, task_id=task.pk)
    long_ago(settings)
    assert remove_orphans() == 1
    assert on_disk(settings) == []
    require_gapless()


def test_a_file_whose_bytes_are_lost_is_not_there(board) -> None:
    file = add(board)
    path_of(file).unlink()
    assert Asking(board.member).get(f"/files/{file.pk}").status_code == 404


def test_over_http(board) -> None:
    task = board.card()
    client = Asking(board.member).client
    path = f"/api/v1/tasks/{task.pk}/files"
    answer = client.post(path, {"file": SimpleUploadedFile("图.png", PNG)})
    assert (answer.status_code, answer.json()["name"], answer.json()["type"]) == (201, "图.png", "image/png")
    assert client.post(path, {}).status_code == 400
    assert client.post(path, {"file": "only text"}).status_code == 400
    assert client.post(path, b"--x", content_type="multipart/form-data; boundary=y").status_code == 400
    assert client.post(path, b"x", content_type="multipart/form-data").status_code == 400


def picture(kind: str, size: tuple[int, int], **more: Any) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, "red").save(buffer, kind, **more)
    return buffer.getvalue()


def small(board: Board, file: Attachment) -> Any:
    return Asking(board.viewer).get(f"/files/{file.pk}/small")


def drawn_for(file: Attachment) -> list[Path]:
    return [place for place in [place_of(file)] if place.exists()]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_is_shown_small_without_what_it_says_about_its_making(board: Board, kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "A camera of Lin's", 6  # its maker; held upright
    more = {} if kind == "GIF" else {"exif": exif.tobytes()}
    answer = small(board, add(board, picture(kind, (900, 600), **more), "photo"))

    content = b"".join(answer.streaming_content)
    with Image.open(BytesIO(content)) as seen:
        assert seen.format == "WEBP"
        assert seen.size == ((320, 213) if kind == "GIF" else (213, 320))
        assert dict(seen.getexif()) == {}
    assert b"camera" not in content
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Cache-Control"] == "private, no-store"


def test_what_is_transparent_stays_so_and_of_an_animation_the_first_picture_is_shown(board: Board) -> None:
    clear, buffer = Image.new("RGBA", (640, 640), (0, 0, 0, 0)), BytesIO()
    frames = [Image.new("RGB", (640, 640), colour) for colour in ("red", "blue")]
    clear.save(buffer, "PNG")
    glass = b"".join(small(board, add(board, buffer.getvalue())).streaming_content)
    with Image.open(BytesIO(glass)) as seen:
        assert seen.convert("RGBA").getpixel((9, 9))[3] == 0
    buffer = BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    moving = b"".join(small(board, add(board, buffer.getvalue())).streaming_content)
    with Image.open(BytesIO(moving)) as seen:
        assert getattr(seen, "n_frames", 1) == 1
        assert seen.convert("RGB").getpixel((9, 9))[0] > 200


def test_what_is_no_picture_or_a_broken_one_has_no_small_one_and_is_read_once(board: Board) -> None:
    assert small(board, add(board)).status_code == 404
    broken = add(board, picture("PNG", (900, 600))[:200], "half.png")
    assert broken.media_type == "image/png"
    assert [small(board, broken).status_code for _ in range(2)] == [404, 404]
    assert [path.stat().st_size for path in drawn_for(broken)] == [0]  # it stands there that there is none


def test_a_picture_that_promises_too_much_is_not_decoded(board: Board) -> None:
    file = add(board, picture("PNG", (9, 9)))
    huge = BytesIO()
    Image.new("1", (20_000, 3_000)).save(huge, "PNG")
    path_of(file).write_bytes(huge.getvalue())  # as if the rule had been another when it was added
    assert small(board, file).status_code == 404


def test_small_pictures_of_files_that_are_gone_go_with_the_next_tidying(board: Board) -> None:
    file = add(board, picture("PNG", (400, 400)))
    assert small(board, file).status_code == 200
    kept = add(board, picture("PNG", (400, 400)))
    assert small(board, kept).status_code == 200
    remove_file(actor=board.member, file_id=file.pk)
    remove_orphans()
    assert drawn_for(file) == []
    assert len(drawn_for(kept)) == 1
