"""HTTP: files on tasks. Whatever is served comes with headers that keep a browser from running it."""

from datetime import datetime
from typing import Any

from django.http import FileResponse
from ninja import File, Router, Schema, Status
from ninja.files import UploadedFile

from tracker.errors import NotFound
from tracker.log.http import CHANGE, Id, answers
from tracker.people.models import User
from tracker.people.requests import SignedInRequest
from tracker.work.models import Attachment
from tracker.work.selectors.tasks import find_task
from tracker.work.services import files as services
from tracker.work.services.thumbnails import TYPE, small_picture

router = Router(tags=["files"])


class FileOut(Schema):
    id: int
    task: int
    name: str
    size: int
    type: str
    uploaded_by: int
    created_at: datetime
    is_image: bool
    url: str


class FileList(Schema):
    items: list[FileOut]


def show(file: Attachment) -> dict[str, Any]:
    return {
        "id": file.pk,
        "task": file.task_id,
        "name": file.name,
        "size": file.size,
        "type": file.media_type,
        "uploaded_by": file.uploaded_by_id,
        "created_at": file.created_at,
        "is_image": file.media_type in services.IMAGES,
        "url": services.address_of(file),
    }


@router.get("/tasks/{task_id}/files", response=answers(FileList), operation_id="list_files")
def list_files(request: SignedInRequest, task_id: Id):
    task = find_task(viewer=request.user, task_id=task_id)
    return {"items": [show(file) for file in task.files.all()]}


@router.post("/tasks/{task_id}/files", response=answers(FileOut, status=201, refusals=CHANGE), operation_id="add_file")
def add_file(request: SignedInRequest, task_id: Id, file: UploadedFile = File(...)):
    """At most 25 MB. The type is told by the content."""
    return Status(201, show(services.add_file(actor=request.user, task_id=task_id, upload=file)))


BYTES = {"schema": {"type": "string", "format": "binary"}}
AS_IT_IS = {
    "responses": {200: {"content": dict.fromkeys([*sorted(services.IMAGES), "application/octet-stream"], BYTES)}}
}


AS_WEBP = {"responses": {200: {"content": {TYPE: BYTES}}}}


@router.get("/files/{file_id}", response=answers(None), operation_id="get_file", openapi_extra=AS_IT_IS)
def get_file(request: SignedInRequest, file_id: Id):
    """The file itself: raster images to look at, everything else to save."""
    file = seen(request.user, file_id)
    path = services.path_of(file)
    if not path.is_file():
        raise NotFound
    is_image = file.media_type in services.IMAGES
    kind = file.media_type if is_image else "application/octet-stream"
    return harmless(FileResponse(path.open("rb"), as_attachment=not is_image, filename=file.name, content_type=kind))


@router.get("/files/{file_id}/small", response=answers(None), operation_id="get_small_picture", openapi_extra=AS_WEBP)
def get_small_picture(request: SignedInRequest, file_id: Id):
    """A picture at 320 pixels at most, without what the original says about its making. Only for raster images."""
    path = small_picture(seen(request.user, file_id))
    if path is None:
        raise NotFound
    return harmless(FileResponse(path.open("rb"), content_type=TYPE))


def seen(viewer: User, file_id: int) -> Attachment:
    """A file of a task that somebody sees."""
    file = Attachment.objects.filter(pk=file_id).first()
    if file is None:
        raise NotFound
    find_task(viewer=viewer, task_id=file.task_id)
    return file


def harmless(answer: FileResponse) -> FileResponse:
    """With headers that keep a browser from running what somebody has uploaded."""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer


@router.delete("/files/{file_id}", response=answers(None, status=204, refusals=CHANGE), operation_id="remove_file")
def remove_file(request: SignedInRequest, file_id: Id):
    services.remove_file(actor=request.user, file_id=file_id)
    return Status(204, None)
