"""Announcements as those who see the account or the initiative may see them: with who has read them, and who has not."""

from typing import Any

from django.db.models import QuerySet

from tracker.errors import NotFound
from tracker.people import access
from tracker.people.models import User
from tracker.work.models import Announcement


def announcements_on(viewer: User, kind: str, ref: int) -> tuple[QuerySet[Announcement], frozenset[str]]:
    """All of one account or project, and what the viewer may do there. Raises NotFound where it is hidden or missing."""
    thing = access.guarded[kind].model._default_manager.filter(pk=ref).first()
    held = access.abilities(viewer, thing) if thing else frozenset[str]()
    if "see" not in held:
        raise NotFound
    return Announcement.objects.filter(**{kind: ref}).prefetch_related("readings"), held


def asked_on(kind: str, ref: int) -> list[int]:
    """Who takes part there now, and so should know: whoever joins later too."""
    return list(access.involved(kind, ref).order_by("pk").values_list("pk", flat=True))


def show(one: Announcement, viewer: User, held: frozenset[str], asked: list[int]) -> dict[str, Any]:
    read = [reading.person_id for reading in one.readings.all()]
    unread = [pk for pk in asked if pk not in read] if one.asks else []
    return {
        "id": one.pk,
        "title": one.title,
        "body": one.body,
        "asks": one.asks,
        "author": one.author_id,
        "created_at": one.created_at,
        "read": [pk for pk in read if pk in asked or pk == viewer.pk],
        "unread": unread,
        "is_asked": viewer.pk in unread,
        "can": ["remove"] if one.author_id == viewer.pk or "manage" in held else [],
    }
