"""Which files are shown as pictures: by their content, and only of a size that a browser can draw (c53, c56)."""

import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.support.asking import Asking
from tracker.work.models import Attachment
from tracker.work.services.files import add_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def png(width: int, height: int) -> bytes:
    """The beginning of a picture of that size: enough to tell it by."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"\0" * 64)) + chunk(b"IEND", b"")


def gif(width: int, height: int) -> bytes:
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0, 0, 0) + b";"


def kept(board, content: bytes, name: str = "picture.png") -> Attachment:
    return add_file(actor=board.member, task_id=board.card().pk, upload=SimpleUploadedFile(name, content))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (png(640, 480), "image/png"),
        (png(8000, 5000), "image/png"),
        (png(8000, 5001), "application/octet-stream"),
        (png(50_000, 50_000), "application/octet-stream"),
        (gif(65_535, 65_535), "application/octet-stream"),
        (b"\x89PNG\r\n\x1a\n" + b"broken" * 20, "application/octet-stream"),
        (b"GIF89a/*" + b"\0" * 3, "application/octet-stream"),
    ],
    ids=["small", "as large as may be", "larger", "a bomb", "a large animation", "broken", "a script in disguise"],
)
def test_a_picture_is_shown_only_where_it_can_be_drawn(board, content: bytes, kind: str) -> None:
    assert kept(board, content).media_type == kind


def test_what_cannot_be_drawn_is_served_to_be_saved(board) -> None:
    asking = Asking(board.member)
    for content, disposition in ((png(640, 480), "inline"), (png(50_000, 50_000), "attachment")):
        answer = asking.client.get(f"/api/v1/files/{kept(board, content).pk}")
        assert answer.headers["Content-Disposition"].startswith(disposition)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
