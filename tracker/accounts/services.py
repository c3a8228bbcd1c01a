"""Changing accounts and their teams. A change of access is told to the account and to each of its projects."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tracker.accounts.events import AccountChanged, AccountCreated, TeamMemberRemoved, TeamMemberSet
from tracker.accounts.models import Account, AccountMember, AccountTeamRole
from tracker.errors import Conflict, Forbidden, NotFound, Refused
from tracker.log.change import Change, Name, account_stream, change
from tracker.log.http import require_version
from tracker.log.models import Stream
from tracker.people import access
from tracker.people.events import AccessChanged
from tracker.people.models import Function, Team, User

Fields = dict[str, Any]
COLUMNS = {"parent": "parent_id", "owner": "owner_id"}

dependants: list[Callable[[int], list[Name]]] = []
"""Given an account, the streams of the things that inherit its roles. Filled by the packages that own them."""


def create_account(
    *, actor: User, code: str, name: str, fields: Fields | None = None, command_id: UUID | None = None
) -> Account:
    """A new account; its owner (or else whoever creates it) leads the team. Guests create none. Raises Conflict (code taken)."""
    if not access.may_see_workspace(actor):
        raise Forbidden
    with change(actor=actor, command_id=command_id) as log:
        require_free_code(code, None)
        account = Account(code=code, name=name, created_at=log.at)
        values = checked(dict(fields or {}), account, actor)
        for field, value in values.items():
            setattr(account, COLUMNS.get(field, field), value)
        if account.owner_id is None:
            account.owner = actor
        account.save(force_insert=True)
        (stream,) = log.lock(account_stream(account.pk))
        log.record(stream, AccountCreated(id=account.pk, version=account.version))
        owner = account.owner or actor
        put_on_team(log, stream, account, owner, function=owner.function_id, role="lead")
        return account


def lock_account(log: Change, *, actor: User, account_id: int, ability: str) -> tuple[Stream, Account]:
    """The account, fresh under the locks of its stream and of its projects'. Raises NotFound, Forbidden."""
    if not Account.objects.filter(pk=account_id).exists():
        raise NotFound
    (stream,) = log.lock(account_stream(account_id))
    account = Account.objects.get(pk=account_id)
    access.require(access.abilities(actor, account), ability)
    return stream, account


def change_account(
    *, actor: User, account_id: int, fields: Fields, read_version: int | None = None, command_id: UUID | None = None
) -> Account:
    """Change what is given and differs. A new owner leads the team from then on.

    Raises NotFound, Forbidden, Refused, Conflict (code taken, a circle of parents), Stale (the notes have changed).
    """
    with change(actor=actor, command_id=command_id) as log:
        if "owner" in fields:
            lock_with_dependants(log, account_id)
        stream, account = lock_account(log, actor=actor, account_id=account_id, ability="manage")
        if "notes" in fields:
            require_version(account, read_version, "notes")
        values = {
            name: value
            for name, value in checked(fields, account, actor).items()
            if value != getattr(account, COLUMNS.get(name, name))
        }
        if not values:
            return account
        for name, value in values.items():
            setattr(account, COLUMNS.get(name, name), value)
        account.version += 1
        account.save(update_fields=[*(COLUMNS.get(name, name) for name in values), "version"])
        log.record(stream, AccountChanged(id=account.pk, version=account.version, **values))
        if account.owner is not None and "owner" in values:
            put_on_team(log, stream, account, account.owner, function=account.owner.function_id, role="lead")
        return account


def checked(fields: Fields, account: Account, actor: User) -> Fields:
    if "code" in fields:
        require_free_code(fields["code"], account.pk)
    if (owner := fields.get("owner")) is not None and not User.objects.filter(
        pk=owner, is_active=True, is_guest=False
    ).exists():  # fmt: skip
        raise Refused(_("There is no such person."), code="unknown", field="owner")
    if (parent := fields.get("parent")) is not None:
        if not access.visible(actor, Account).filter(pk=parent).exists():
            raise Refused(_("There is no such account."), code="unknown", field="parent")
        require_no_circle(account.pk, parent)
    return fields


def require_free_code(code: str, own: int | None) -> None:
    if Account.objects.filter(code=code).exclude(pk=own or 0).exists():
        raise Conflict(_("This code is taken."), code="taken", field="code")


def require_no_circle(account_id: int | None, parent: int | None) -> None:
    seen: set[int] = set()
    while parent is not None and parent not in seen:
        if parent == account_id:
            raise Conflict(_("An account cannot be its own subsidiary."), code="cycle", field="parent")
        seen.add(parent)
        parent = Account.objects.filter(pk=parent).values_list("parent_id", flat=True).first()


# --- the account team --------------------------------------------------------------------------------------------


def set_team_member(
    *,
    actor: User,
    account_id: int,
    person_id: int,
    role: str,
    function: int | None = None,
    command_id: UUID | None = None,
) -> AccountMember:
    """Put a person on the account team, or change what they do there.

    Raises NotFound, Forbidden, Refused (nobody to put there), Conflict (the last lead would be gone).
    """
    with change(actor=actor, command_id=command_id) as log:
        lock_with_dependants(log, account_id)
        stream, account = lock_account(log, actor=actor, account_id=account_id, ability="manage")
        person = User.objects.filter(pk=person_id, is_active=True, is_guest=False).first()
        if person is None:
            raise Refused(_("There is no such person."), code="unknown", field="person")
        if function is not None and not Function.objects.filter(pk=function).exists():
            raise Refused(_("There is no such function."), code="unknown", field="function")
        if role != "lead":
            require_another_lead(account, person_id)
            require_no_owner(account, person_id)
        return put_on_team(log, stream, account, person, function=function, role=role)


def put_on_team(
    log: Change, stream: Stream, account: Account, person: User, *, function: int | None, role: str
) -> AccountMember:
    member = AccountMember.objects.filter(account=account, person=person).first()
    if member and (member.function_id, member.role) == (function, role):
        return member
    had = member.role if member else None
    member, _new = AccountMember.objects.update_or_create(
        account=account, person=person, defaults={"function_id": function, "role": role}
    )
    log.record(stream, TeamMemberSet(id=account.pk, person=person.pk, function=function, role=role))
    if had != role:
        access.grant(account, person, role)
        tell_access(log, account, people=[person.pk], person=person.pk, role=role)
    return member


def remove_team_member(*, actor: User, account_id: int, person_id: int, command_id: UUID | None = None) -> None:
    """Take a person off the team. Raises NotFound, Forbidden, Conflict (the last lead, or the owner)."""
    with change(actor=actor, command_id=command_id) as log:
        lock_with_dependants(log, account_id)
        stream, account = lock_account(log, actor=actor, account_id=account_id, ability="manage")
        member = account.team.filter(person_id=person_id).first()
        if member is None:
            raise NotFound
        require_another_lead(account, person_id)
        require_no_owner(account, person_id)
        person = member.person
        member.delete()
        access.grant(account, person, None)
        log.record(stream, TeamMemberRemoved(id=account.pk, person=person_id))
        tell_access(log, account, people=[person_id], person=person_id, role=None)


def require_another_lead(account: Account, person_id: int) -> None:
    """Raises Conflict when this person is the only one who can manage the account."""
    leads = account.team.filter(role="lead", person__is_active=True)
    if leads.filter(person_id=person_id).exists() and not leads.exclude(person_id=person_id).exists():
        raise Conflict(_("Somebody has to lead the account team."), code="last_manager")


def require_no_owner(account: Account, person_id: int) -> None:
    """Raises Conflict for the account's owner, who always leads the team."""
    if account.owner_id == person_id:
        raise Conflict(_("This person owns the account. Name another owner first."), code="is_owner")


def set_team_role(
    *, actor: User, account_id: int, team_id: int, role: str | None, command_id: UUID | None = None
) -> AccountTeamRole | None:
    """Give a whole team a role on the account, or take it away (None)."""
    with change(actor=actor, command_id=command_id) as log:
        lock_with_dependants(log, account_id)
        _stream, account = lock_account(log, actor=actor, account_id=account_id, ability="manage")
        team = Team.objects.select_related("group").filter(pk=team_id).first()
        if team is None:
            raise Refused(_("There is no such team."), code="unknown", field="team")
        held = AccountTeamRole.objects.filter(account=account, team=team).first()
        if (held.role if held else None) == role:
            return held
        access.grant(account, team.group, role)
        people = list(team.group.user_set.values_list("pk", flat=True))
        tell_access(log, account, people=people, team=team.pk, role=role)
        if role is None:
            AccountTeamRole.objects.filter(account=account, team=team).delete()
            return None
        return AccountTeamRole.objects.update_or_create(account=account, team=team, defaults={"role": role})[0]


def lock_with_dependants(log: Change, account_id: int) -> None:
    """Lock the account's stream and those of everything that inherits its roles, in one go and so in order."""
    if Account.objects.filter(pk=account_id).exists():
        log.lock(account_stream(account_id), *inheriting(account_id))


def inheriting(account_id: int) -> list[Name]:
    return [name for find in dependants for name in find(account_id)]


def tell_access(log: Change, account: Account, *, people: list[int] | None, **what: Any) -> None:
    """Record the change of access in the account's stream and in each of its projects'."""
    for stream in log.lock(account_stream(account.pk), *inheriting(account.pk)):
        log.record(stream, AccessChanged(thing="account", people=people, **what))
