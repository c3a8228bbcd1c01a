"""HTTP: what people say on a task."""

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Router, Schema, Status
from pydantic import AfterValidator, StringConstraints

from tracker.log.http import CHANGE, Id, In, Page, PageIn, answers, not_blank, page
from tracker.people.requests import SignedInRequest
from tracker.work.models import Comment
from tracker.work.selectors.tasks import find_task, held_on
from tracker.work.services import comments as services
from tracker.work.services.reactions import set_reaction

router = Router(tags=["comments"])

Body = Annotated[str, StringConstraints(max_length=20_000, strip_whitespace=True), AfterValidator(not_blank)]


Sign = Literal["like", "heart", "party", "laugh", "eyes", "thanks"]


class CommentIn(In):
    body: Body


class ReactionOut(Schema):
    person: int
    sign: str


class CommentOut(Schema):
    id: int
    task: int
    author: int
    body: str
    mentions: list[int]
    created_at: datetime
    edited_at: datetime | None
    reactions: list[ReactionOut]
    can: list[str]


class CommentPage(Schema):
    items: list[CommentOut]
    next: str | None


def show(comment: Comment, viewer: Any, held: frozenset[str]) -> dict[str, Any]:
    mine = comment.author_id == viewer.pk
    return {
        "id": comment.pk,
        "task": comment.task_id,
        "author": comment.author_id,
        "body": comment.body,
        "mentions": sorted(person.pk for person in comment.mentions.all()),
        "created_at": comment.created_at,
        "edited_at": comment.edited_at,
        "reactions": [{"person": one.person_id, "sign": one.sign} for one in comment.reactions.all()],
        "can": ["change"] * mine + ["delete"] * (mine or "manage" in held),
    }


@router.get("/tasks/{task_id}/comments", response=answers(CommentPage), operation_id="list_comments")
def list_comments(request: SignedInRequest, task_id: Id, wanted: PageIn = Page):
    """Oldest first."""
    task = find_task(viewer=request.user, task_id=task_id)
    held = held_on(task, request.user)
    rows = Comment.objects.filter(task=task).prefetch_related("mentions", "reactions")
    return page(rows, wanted, lambda comment: show(comment, request.user, held))


@router.post(
    "/tasks/{task_id}/comments", response=answers(CommentOut, status=201, refusals=CHANGE), operation_id="add_comment"
)
def add_comment(request: SignedInRequest, task_id: Id, body: CommentIn):
    """A mention is the Markdown link `[@Name](/people/5)`; who cannot see the initiative is not told."""
    comment = services.add_comment(actor=request.user, task_id=task_id, body=body.body)
    return Status(201, show(comment, request.user, frozenset()))


@router.patch("/comments/{comment_id}", response=answers(CommentOut, refusals=CHANGE), operation_id="change_comment")
def change_comment(request: SignedInRequest, comment_id: Id, body: CommentIn):
    comment = services.change_comment(actor=request.user, comment_id=comment_id, body=body.body)
    return show(comment, request.user, frozenset())


@router.delete(
    "/comments/{comment_id}", response=answers(None, status=204, refusals=CHANGE), operation_id="remove_comment"
)
def remove_comment(request: SignedInRequest, comment_id: Id):
    services.remove_comment(actor=request.user, comment_id=comment_id)
    return Status(204, None)


@router.put(
    "/comments/{comment_id}/reactions/{sign}", response=answers(None, status=204, refusals=CHANGE), operation_id="react"
)
def react(request: SignedInRequest, comment_id: Id, sign: Sign):
    """Give a sign to a comment; once more changes nothing."""
    set_reaction(actor=request.user, comment_id=comment_id, sign=sign, given=True)
    return Status(204, None)


@router.delete(
    "/comments/{comment_id}/reactions/{sign}",
    response=answers(None, status=204, refusals=CHANGE),
    operation_id="take_reaction_back",
)
def take_reaction_back(request: SignedInRequest, comment_id: Id, sign: Sign):
    set_reaction(actor=request.user, comment_id=comment_id, sign=sign, given=False)
    return Status(204, None)
