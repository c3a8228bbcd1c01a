"""Reactions to comments: a sign from a small set, given once by a person and taken back by the same person."""

from uuid import UUID

from tracker.log.change import change
from tracker.people.models import User
from tracker.work.events import ReactionAdded, ReactionRemoved
from tracker.work.models import Comment, Reaction
from tracker.work.services.comments import lock_comment


def set_reaction(*, actor: User, comment_id: int, sign: str, given: bool, command_id: UUID | None = None) -> Comment:
    """Give a sign to a comment, or take one's own back. Doing it twice changes nothing. Raises NotFound, Forbidden, Conflict."""
    with change(actor=actor, command_id=command_id) as log:
        stream, task, comment, _held = lock_comment(log, actor=actor, comment_id=comment_id)
        mine = Reaction.objects.filter(comment=comment, person=actor, sign=sign)
        if mine.exists() == given:
            return comment
        if given:
            Reaction.objects.create(comment=comment, person=actor, sign=sign)
        else:
            mine.delete()
        event = ReactionAdded if given else ReactionRemoved
        log.record(stream, event(task=task.pk, comment=comment.pk, person=actor.pk, sign=sign), before={})
        return comment
