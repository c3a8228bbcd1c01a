"""What administrators change: people, functions, teams. All of it is told in the workspace's stream."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _

from tracker.errors import Conflict, NotFound, Refused
from tracker.log.change import WORKSPACE, Change, change, user_stream
from tracker.people import access, events, sessions
from tracker.people.models import Function, Team, User
from tracker.people.selectors import function_row, person_row, team_row

Fields = dict[str, Any]


def save_changes(row: Any, fields: Fields) -> bool:
    """Write what differs and raise the row's version; False where nothing does."""
    changed = {name: value for name, value in fields.items() if getattr(row, name) != value}
    if not changed:
        return False
    for name, value in changed.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*(name.removesuffix("_id") for name in changed), "version"])
    return True


def find(rows: Any, pk: int) -> Any:
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


# --- people ------------------------------------------------------------------------------------------------------


def change_person(*, actor: User, person_id: int, fields: Fields, command_id: UUID | None = None) -> User:
    """Change a person's names, function, hours and flags. Raises Forbidden, NotFound, Refused, Conflict (the last administrator)."""
    access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        (stream,) = log.lock(WORKSPACE)
        person = find(User.objects, person_id)
        values = dict(fields)
        if "function" in values:
            function = values.pop("function")
            if function is not None and not Function.objects.filter(pk=function).exists():
                raise Refused(_("There is no such function."), code="unknown", field="function")
            values["function_id"] = function
        if values.get("is_administrator") is False:
            require_another_administrator(person)
        if person.is_guest and (values.get("is_administrator") or values.get("is_overseer")):
            raise Refused(_("A guest sees what they were given, no more."), code="guest")
        if save_changes(person, with_moment(person, values, log.at)):
            log.record(stream, events.PersonChanged(id=person.pk, person=person_row(person)))
        return person


def with_moment(person: User, values: Fields, at: datetime) -> Fields:
    """The values, and when they change what all is theirs to read, if they do."""
    flags = ("is_active", "is_administrator", "is_overseer")
    changes = any(values.get(name, getattr(person, name)) != getattr(person, name) for name in flags)
    return {**values, "access_changed_at": at} if changes else values


def set_active(*, actor: User, person_id: int, active: bool, command_id: UUID | None = None) -> User:
    """Take away somebody's way in, or give it back. Their work and their words stay.

    Raises Forbidden, NotFound, Conflict (the last administrator). Doing it twice changes nothing.
    """
    access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        stream, own = log.lock(WORKSPACE, user_stream(find(User.objects, person_id).pk))
        person = find(User.objects, person_id)
        if not active:
            require_another_administrator(person)
        if save_changes(person, with_moment(person, {"is_active": active}, log.at)):
            log.record(stream, events.PersonChanged(id=person.pk, person=person_row(person)))
            log.record(own, events.AccessChanged(thing="user", people=[person.pk]))
            if not active:
                sessions.end_sessions(actor=actor, person=person)
        return person


def require_another_administrator(person: User) -> None:
    others = User.objects.filter(is_administrator=True, is_active=True).exclude(pk=person.pk)
    if person.is_administrator and not others.exists():
        raise Conflict(_("Somebody has to be administrator."), code="last_manager")


# --- functions ---------------------------------------------------------------------------------------------------


def add_function(*, actor: User, fields: Fields, command_id: UUID | None = None) -> Function:
    """A new function. Raises Forbidden, Conflict (code taken)."""
    access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        (stream,) = log.lock(WORKSPACE)
        if Function.objects.filter(code=fields["code"]).exists():
            raise Conflict(_("This code is taken."), code="taken", field="code")
        last = Function.objects.order_by("-position").first()
        function = Function.objects.create(**{"position": (last.position + 1 if last else 0), **fields})
        log.record(stream, events.FunctionAdded(id=function.pk, function=function_row(function)))
        return function


def change_function(*, actor: User, function_id: int, fields: Fields, command_id: UUID | None = None) -> Function:
    access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        (stream,) = log.lock(WORKSPACE)
        function = find(Function.objects, function_id)
        if save_changes(function, fields):
            log.record(stream, events.FunctionChanged(id=function.pk, function=function_row(function)))
        return function


def remove_function(*, actor: User, function_id: int, command_id: UUID | None = None) -> None:
    """Remove a function that nobody has and no task needs. Raises Conflict otherwise."""
    access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        (stream,) = log.lock(WORKSPACE)
        function = find(Function.objects, function_id)
        if function.people.exists() or function.tasks.exists() or function.tasks_awaited.exists():
            raise Conflict(_("This function is in use."), code="in_use")
        function.delete()
        log.record(stream, events.FunctionRemoved(id=function_id))


# --- teams -------------------------------------------------------------------------------------------------------


def add_team(*, actor: User, name: str, name_zh: str = "", members: list[int], command_id: UUID | None = None) -> Team:
    """A new team of active people. Raises Forbidden, Conflict (name taken), Refused (no such person)."""
    access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        (stream,) = log.lock(WORKSPACE)
        require_free_team_name(name, None)
        group = Group.objects.create(name=f"team {uuid4().hex}")  # never shown; the team may be renamed
        team = Team.objects.create(name=name, name_zh=name_zh, group=group)
        group.user_set.set(existing_people(members))
        log.record(stream, events.TeamAdded(id=team.pk, team=team_row(team)))
        return team


def change_team(*, actor: User, team_id: int, fields: Fields, command_id: UUID | None = None) -> Team:
    """Rename a team, or say who is in it: who comes or goes gains or loses the team's roles."""
    access.require_administrator(actor)
    values = dict(fields)
    members = values.pop("members", None)
    with change(actor=actor, command_id=command_id) as log:
        (stream,) = log.lock(WORKSPACE, *streams_with_roles(team_id))[:1]
        team = find(Team.objects.select_related("group"), team_id)
        if "name" in values:
            require_free_team_name(values["name"], team.pk)
        moved = set_members(log, team, members) if members is not None else False
        if save_changes(team, values) or moved:
            log.record(stream, events.TeamChanged(id=team.pk, team=team_row(team)))
        return team


def set_members(log: Change, team: Team, members: list[int]) -> bool:
    before = set(team.group.user_set.values_list("pk", flat=True))
    after = {person.pk for person in existing_people(members)}
    if before == after:
        return False
    team.group.user_set.set(after)
    for stream in log.lock(*streams_with_roles(team.pk)):
        log.record(stream, events.AccessChanged(thing=stream.kind, people=sorted(before ^ after)))
    return True


def remove_team(*, actor: User, team_id: int, command_id: UUID | None = None) -> None:
    """Remove a team, and with it the roles it holds."""
    access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        (stream,) = log.lock(WORKSPACE, *streams_with_roles(team_id))[:1]
        team = find(Team.objects.select_related("group"), team_id)
        set_members(log, team, [])
        team.group.delete()  # takes the team and its permissions along
        log.record(stream, events.TeamRemoved(id=team_id))


def streams_with_roles(team_id: int) -> list[tuple[str, int]]:
    """The streams of everything on which the team holds a permission, with what inherits it."""
    team = Team.objects.filter(pk=team_id).first()
    names: list[tuple[str, int]] = []
    for entry in access.guarded.values() if team else ():
        held = entry.groups._default_manager.filter(group=team.group_id)  # type: ignore[union-attr]
        ids = set(held.values_list("content_object_id", flat=True))
        names += [(entry.kind, pk) for pk in sorted(ids)]
        for child in access.guarded.values():
            if child.parent == entry.kind:
                children = child.model._default_manager.filter(**{f"{entry.kind}__in": ids})
                names += [(child.kind, pk) for pk in children.values_list("pk", flat=True)]
    return list(dict.fromkeys(names))


def require_free_team_name(name: str, own: int | None) -> None:
    if Team.objects.filter(name=name).exclude(pk=own or 0).exists():
        raise Conflict(_("This name is taken."), code="taken", field="name")


def existing_people(ids: list[int]) -> list[User]:
    """Who can be on a team: active, and not a guest, for a team's roles show whole initiatives."""
    found = list(User.objects.filter(pk__in=ids, is_active=True, is_guest=False))
    if len(found) != len(set(ids)):
        raise Refused(_("There is no such person."), code="unknown", field="members")
    return found
