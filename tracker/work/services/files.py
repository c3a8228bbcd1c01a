"""Files on tasks: told by their content, kept under a random name, served only through a permission check."""

import os
import re
import shutil
import unicodedata
import warnings
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.core import serializers
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tracker.errors import Forbidden, NotFound, Refused, TooLarge
from tracker.log.change import Change, change
from tracker.log.http import without_hidden_marks
from tracker.log.models import Stream
from tracker.people.models import User
from tracker.work.events import FileAdded, FileRemoved
from tracker.work.models import Attachment, Task
from tracker.work.services.locks import lock_task, require_open

IMAGES = {"image/png", "image/jpeg", "image/gif", "image/webp"}  # raster only: what a browser shows without running it
RESERVED = {"con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(1, 10))}
MOST_FILES = 200  # on one task
MOST_PIXELS = 40_000_000  # of a picture that is shown


def add_file(*, actor: User, task_id: int, upload: UploadedFile, command_id: UUID | None = None) -> Attachment:
    """Keep a file on a task. Raises NotFound, Forbidden, TooLarge over the limit, Refused for an empty one or for too many."""
    size = upload.size or 0
    if size > settings.FILE_LIMIT:
        raise TooLarge(_("A file may have %(limit)s MB.") % {"limit": settings.FILE_LIMIT // 1024**2}, field="file")
    if not size:
        raise Refused(_("The file is empty."), code="empty_file", field="file")
    stored_as = store(upload)  # before anything is locked: this takes its time
    try:
        with change(actor=actor, command_id=command_id) as log:
            stream, task, _held = lock_task(log, actor=actor, task_id=task_id, ability="comment")
            require_open(task)
            if task.files_count >= MOST_FILES:
                raise Refused(_("This task holds as many files as it can."), code="too_many_files", field="file")
            file = Attachment.objects.create(
                task=task, name=clean_name(upload.name or ""), size=size, media_type=media_type(upload),
                stored_as=stored_as, uploaded_by=actor, created_at=log.at,
            )  # fmt: skip
            count_and_tell(log, stream, task, file)
            return file
    except BaseException:
        place_of(stored_as).unlink(missing_ok=True)
        raise


def count_and_tell(log: Change, stream: Stream, task: Task, file: Attachment) -> None:
    """A file is there, or there again."""
    Task.objects.filter(pk=task.pk).update(files_count=F("files_count") + 1)
    log.record(stream, file_added(file, task.files_count + 1))


def file_added(file: Attachment, files: int) -> FileAdded:
    return FileAdded(
        task=file.task_id, id=file.pk, name=file.name, size=file.size, media_type=file.media_type, files=files
    )


def remove_file(*, actor: User, file_id: int, command_id: UUID | None = None) -> None:
    """Take a file off its task: by who brought it, or by a manager."""
    found = Attachment.objects.filter(pk=file_id).values_list("task_id", flat=True).first()
    if found is None:
        raise NotFound
    with change(actor=actor, command_id=command_id) as log:
        stream, task, held = lock_task(log, actor=actor, task_id=found, ability="comment")
        file = task.files.filter(pk=file_id).first()
        if file is None:
            raise NotFound
        if file.uploaded_by_id != actor.pk and "manage" not in held:
            raise Forbidden
        keep_for_now([file])
        rows = serializers.serialize("python", [file])
        file.delete()
        task.files_count -= 1
        Task.objects.filter(pk=task.pk).update(files_count=F("files_count") - 1)
        log.record(stream, FileRemoved(task=task.pk, id=file_id, files=task.files_count), before={"rows": rows})


def keep_for_now(files: Iterable[Attachment]) -> None:
    """The rows of these files go, their bytes stay for a while, so that it may be taken back: from now on they are old."""
    for file in files:
        transaction.on_commit(partial(os.utime, path_of(file)), robust=True)


def path_of(file: Attachment) -> Path:
    return place_of(file.stored_as)


def place_of(stored_as: str) -> Path:
    return Path(settings.MEDIA_ROOT) / stored_as[:2] / stored_as


def store(upload: UploadedFile) -> str:
    """Write the bytes under a random name; a transaction that is undone takes the file with it on the next tidy-up."""
    name = uuid4().hex
    path = place_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    upload.seek(0)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.writelines(upload.chunks())
    return name


def twin_of(file: Attachment) -> str:
    """The same bytes under another random name; they never change, so one copy on the disk serves both."""
    name = uuid4().hex
    path = place_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.hardlink_to(path_of(file))
    except OSError:  # a file system that knows no links
        shutil.copyfile(path_of(file), path)
    return name


def with_address(text: str, old: Attachment, new: Attachment) -> str:
    """A text whose pictures of the old file show the new one."""
    return re.sub(rf"{re.escape(address_of(old))}(?!\d)", address_of(new), text)


def address_of(file: Attachment) -> str:
    return f"/api/v1/files/{file.pk}"


def media_type(upload: UploadedFile) -> str:
    """What the content says it is; the name and what the browser claims do not count.

    A picture that is no picture after all, or that would take a browser's memory, is bytes like any others: to be saved.
    """
    upload.seek(0)
    head = upload.read(8192)
    import puremagic  # like PIL below only loaded with the first file: together 4 MB

    try:
        found = str(puremagic.from_string(head, mime=True))
    except puremagic.PureError:
        found = ""
    if not found:
        found = "text/plain" if is_text(head) else "application/octet-stream"
    if found in IMAGES and not is_drawable(upload):
        return "application/octet-stream"
    return found[:100]


def is_drawable(upload: UploadedFile) -> bool:
    """Whether a picture's own header promises a size that may be drawn. Nothing of it is decoded here."""
    upload.seek(0)
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            width, height = Image.open(upload, formats=["PNG", "JPEG", "GIF", "WEBP"]).size
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    return 0 < width * height <= MOST_PIXELS


def is_text(head: bytes) -> bool:
    if b"\0" in head:
        return False
    try:
        head[:-4].decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def clean_name(name: str) -> str:
    """A file name that is only a name: no folders, no control or hidden characters, no device names, 200 characters."""
    text = unicodedata.normalize("NFC", name.encode("utf-8", "ignore").decode()).replace("\\", "/").rsplit("/", 1)[-1]
    text = "".join(c for c in without_hidden_marks(text) if unicodedata.category(c)[0] != "C").strip(" .")
    stem, dot, ending = text.rpartition(".")
    if (stem or ending).lower() in RESERVED:
        text = f"_{text}"
    if len(text) > 200:
        text = (stem[: 199 - len(ending)] + dot + ending) if dot and len(ending) < 20 else text[:200]
    return text or "file"
