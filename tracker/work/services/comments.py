"""What people say on a task, and who follows it."""

import re
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from tracker.errors import Forbidden, NotFound, Refused
from tracker.log.change import Change, change
from tracker.log.models import Stream
from tracker.people import access
from tracker.people.models import User
from tracker.work.events import CommentAdded, CommentChanged, CommentRemoved, WatcherAdded, WatcherRemoved
from tracker.work.models import Comment, Task
from tracker.work.services.keeping import rows_of
from tracker.work.services.locks import lock_task, require_open

MENTION = re.compile(r"\]\(/people/(\d{1,18})\)")
MOST_MENTIONS = 50


def add_comment(*, actor: User, task_id: int, body: str, command_id: UUID | None = None) -> Comment:
    """Say something; who speaks follows the task from then on. Raises NotFound, Forbidden, Refused (too many mentions)."""
    with change(actor=actor, command_id=command_id) as log:
        stream, task, _held = lock_task(log, actor=actor, task_id=task_id, ability="comment")
        require_open(task)
        mentioned = mentions(body, task)
        comment = Comment.objects.create(task=task, author=actor, body=body, created_at=log.at)
        comment.mentions.set(mentioned)
        count_and_tell(log, stream, task, comment)
        follow(log, stream, task, actor)
        return comment


def count_and_tell(log: Change, stream: Stream, task: Task, comment: Comment) -> None:
    """A comment is there, or there again."""
    Task.objects.filter(pk=task.pk).update(comments_count=F("comments_count") + 1)
    log.record(
        stream,
        CommentAdded(
            task=task.pk, id=comment.pk, author=comment.author_id, body=comment.body,
            mentions=sorted(comment.mentions.values_list("pk", flat=True)), created_at=comment.created_at,
            comments=task.comments_count + 1,
        ),
        before={},
    )  # fmt: skip


def change_comment(*, actor: User, comment_id: int, body: str, command_id: UUID | None = None) -> Comment:
    """Say it better: only the author may."""
    with change(actor=actor, command_id=command_id) as log:
        stream, task, comment, _held = lock_comment(log, actor=actor, comment_id=comment_id)
        if comment.author_id != actor.pk:
            raise Forbidden
        if comment.body == body:
            return comment
        mentioned, before = mentions(body, task), {"body": comment.body}
        comment.body, comment.edited_at = body, log.at
        comment.save(update_fields=["body", "edited_at"])
        comment.mentions.set(mentioned)
        log.record(
            stream,
            CommentChanged(task=task.pk, id=comment.pk, body=body, mentions=mentioned, edited_at=comment.edited_at),
            before=before,
        )
        return comment


def remove_comment(*, actor: User, comment_id: int, command_id: UUID | None = None) -> None:
    """Take a comment away: its author may, and managers."""
    with change(actor=actor, command_id=command_id) as log:
        stream, task, comment, held = lock_comment(log, actor=actor, comment_id=comment_id)
        if comment.author_id != actor.pk and "manage" not in held:
            raise Forbidden
        rows = rows_of(comment)
        comment.delete()
        Task.objects.filter(pk=task.pk).update(comments_count=F("comments_count") - 1)
        body = CommentRemoved(task=task.pk, id=comment_id, comments=task.comments_count - 1)
        log.record(stream, body, before={"rows": rows})


def lock_comment(log: Change, *, actor: User, comment_id: int) -> tuple[Stream, Task, Comment, frozenset[str]]:
    task_id = Comment.objects.filter(pk=comment_id).values_list("task_id", flat=True).first()
    if task_id is None:
        raise NotFound
    stream, task, held = lock_task(log, actor=actor, task_id=task_id, ability="comment")
    require_open(task)
    comment = task.comments.filter(pk=comment_id).first()
    if comment is None:
        raise NotFound
    return stream, task, comment, held


def people_named(text: str) -> set[int]:
    """The ids of the people whom a Markdown text mentions, whether or not they exist."""
    return {int(pk) for pk in MENTION.findall(text)}


def mentions(body: str, task: Task) -> list[int]:
    """The people named in the text who see the project; others are not told and not confirmed to exist."""
    named = people_named(body)
    if len(named) > MOST_MENTIONS:
        raise Refused(
            _("A comment may mention %(limit)s people.") % {"limit": MOST_MENTIONS}, code="too_many", field="body"
        )
    if not named:
        return []
    return sorted(access.people_who("project", task.project_id).filter(pk__in=named).values_list("pk", flat=True))


def set_watching(*, actor: User, task_id: int, person_id: int, watches: bool, command_id: UUID | None = None) -> None:
    """Follow a task, or stop: for oneself, and managers for others who see it. Doing it twice changes nothing.

    Who only sees may stop, but not begin. Raises NotFound, Forbidden.
    """
    with change(actor=actor, command_id=command_id) as log:
        ability = "comment" if watches else "see"
        stream, task, held = lock_task(log, actor=actor, task_id=task_id, ability=ability)
        if person_id != actor.pk and "manage" not in held:
            raise Forbidden
        if not watches:
            if person_id in task.watcher_ids:  # type: ignore[attr-defined]
                task.watchers.remove(person_id)
                log.record(stream, WatcherRemoved(task=task.pk, person=person_id), before={})
            return
        person = User.objects.filter(pk=person_id, is_active=True).first()
        sees = person is not None and (
            person_id == actor.pk
            or access.people_who("project", task.project_id).filter(pk=person_id).exists()
            or access.people_who("project", task.project_id, "visit").filter(pk=person_id).exists()
        )
        if person is None or not sees:
            raise NotFound
        follow(log, stream, task, person)


def follow(log: Change, stream: Stream, task: Task, person: User) -> None:
    if person.pk not in task.watcher_ids:  # type: ignore[attr-defined]
        task.watchers.add(person)
        log.record(stream, WatcherAdded(task=task.pk, person=person.pk), before={})
