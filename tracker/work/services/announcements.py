"""Announcements on an account or an initiative: told to everybody who takes part, and confirmed by each of them."""

from typing import Any
from uuid import UUID

from tracker.accounts.services import lock_account
from tracker.errors import Forbidden, NotFound
from tracker.log.change import Change, change
from tracker.log.models import Stream
from tracker.people import access
from tracker.people.models import User
from tracker.work.events import AnnouncementPublished, AnnouncementRead, AnnouncementRemoved
from tracker.work.models import Announcement, Reading
from tracker.work.services.locks import lock_project


def publish(
    *, actor: User, kind: str, ref: int, title: str, body: str = "", asks: bool = True, command_id: UUID | None = None
) -> Announcement:
    """Tell everybody who takes part in an account or a project. Who says it has read it. Raises NotFound, Forbidden."""
    with change(actor=actor, command_id=command_id) as log:
        stream, thing, _held = lock_thing(log, actor, kind, ref, "work")
        one = Announcement.objects.create(
            **{kind: thing}, title=title, body=body, asks=asks, author=actor, created_at=log.at
        )
        Reading.objects.create(announcement=one, person=actor, at=log.at)
        log.record(stream, AnnouncementPublished(id=one.pk, title=title, body=body, asks=asks))
        return one


def confirm(*, actor: User, announcement_id: int, command_id: UUID | None = None) -> None:
    """The actor has read it. Doing it twice changes nothing. Raises NotFound."""
    with change(actor=actor, command_id=command_id) as log:
        stream, one, _held = lock_announcement(log, actor, announcement_id)
        _reading, is_new = Reading.objects.get_or_create(announcement=one, person=actor, defaults={"at": log.at})
        if is_new:
            log.record(stream, AnnouncementRead(id=one.pk, person=actor.pk))


def remove(*, actor: User, announcement_id: int, command_id: UUID | None = None) -> None:
    """Take it away: its author may, and managers. Raises NotFound, Forbidden."""
    with change(actor=actor, command_id=command_id) as log:
        stream, one, held = lock_announcement(log, actor, announcement_id)
        if one.author_id != actor.pk and "manage" not in held:
            raise Forbidden
        one.delete()
        log.record(stream, AnnouncementRemoved(id=announcement_id))


def lock_announcement(log: Change, actor: User, pk: int) -> tuple[Stream, Announcement, frozenset[str]]:
    place = Announcement.objects.filter(pk=pk).values_list("account", "project").first()
    if place is None:
        raise NotFound
    account, project = place
    kind, ref = ("project", project) if project else ("account", account)
    stream, _thing, held = lock_thing(log, actor, kind, ref, "see")
    one = Announcement.objects.filter(pk=pk).first()
    if one is None:
        raise NotFound
    return stream, one, held


def lock_thing(log: Change, actor: User, kind: str, ref: int, ability: str) -> tuple[Stream, Any, frozenset[str]]:
    if kind == "project":
        return lock_project(log, actor=actor, project_id=ref, ability=ability)
    stream, account = lock_account(log, actor=actor, account_id=ref, ability=ability)
    return stream, account, access.abilities(actor, account)
