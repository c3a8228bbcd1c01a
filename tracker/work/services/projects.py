"""Changing initiatives and who works on them."""

from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from tracker.accounts.events import ProjectListed
from tracker.accounts.models import Account
from tracker.errors import Conflict, Forbidden, NotFound, Refused
from tracker.log.change import Change, account_stream, change, project_stream
from tracker.log.models import Stream
from tracker.people import access
from tracker.people.events import AccessChanged
from tracker.people.models import Function, Team, User
from tracker.work.events import ProjectChanged, ProjectCreated, ProjectDeleted
from tracker.work.models import Project, ProjectMember, ProjectTeamRole, Workflow
from tracker.work.selectors.projects import account_of
from tracker.work.services.locks import lock_project

Fields = dict[str, Any]
COLUMNS = {"account": "account_id", "lead": "lead_id", "workflow": "workflow_id"}


def create_project(
    *, actor: User, key: str, name: str, fields: Fields | None = None, command_id: UUID | None = None
) -> Project:
    """A new initiative; its lead (or else whoever creates it) manages it.

    For an account the actor must be able to work on it; internal ones any member may begin. Raises Forbidden, Refused,
    Conflict (key taken).
    """
    if not access.may_see_workspace(actor):
        raise Forbidden
    with change(actor=actor, command_id=command_id) as log:
        values = {name: value for name, value in (fields or {}).items() if (name, value) != ("workflow", None)}
        account_id = values.get("account")
        if account_id is not None:
            log.lock(account_stream(account_id))
            require_account(actor, account_id)
        require_free_key(key, None)
        values = checked(values, Project(key=key, name=name), actor)
        functions = values.pop("functions", [])
        project = Project(key=key, name=name, workflow_id=values.pop("workflow", None) or default_workflow())
        project.created_at = log.at
        for field, value in values.items():
            setattr(project, COLUMNS.get(field, field), value)
        project.lead_id = project.lead_id or actor.pk
        project.save(force_insert=True)
        project.functions.set(functions)
        (stream,) = log.lock(project_stream(project.pk))
        log.record(stream, ProjectCreated(id=project.pk, version=project.version))
        put_on_project(log, stream, project, project.lead or actor, "manager")
        tell_account(log, project)
        return project


def change_project(*, actor: User, project_id: int, fields: Fields, command_id: UUID | None = None) -> Project:
    """Change what is given and differs. A new lead manages the project from then on; privacy and account change who sees it.

    Raises NotFound, Forbidden, Refused, Conflict (key taken; a workflow cannot change while there are tasks).
    """
    with change(actor=actor, command_id=command_id) as log:
        lock_accounts_of(log, project_id, fields.get("account"))
        stream, project, _held = lock_project(log, actor=actor, project_id=project_id, ability="manage")
        values = {name: v for name, v in checked(fields, project, actor).items() if v != current(project, name)}
        if not values:
            return project
        former_account = project.account_id
        for name, value in values.items():
            if name == "functions":
                project.functions.set(value)
            else:
                setattr(project, COLUMNS.get(name, name), value)
        project.version += 1
        project.save(update_fields=[*(COLUMNS.get(n, n) for n in values if n != "functions"), "version"])
        above = account_of(project) if "account" in values else {}
        log.record(stream, ProjectChanged(id=project.pk, version=project.version, **values, **above))
        if "lead" in values and project.lead is not None:
            put_on_project(log, stream, project, project.lead, "manager")
        if values.get("is_private"):
            keep_a_manager(log, stream, project, actor)
        if {"is_private", "account"} & values.keys():
            log.record(stream, AccessChanged(thing="project", people=None))
        if former_account and former_account != project.account_id:
            (former,) = log.lock(account_stream(former_account))
            log.record(former, ProjectListed(id=former_account, project=project.pk))
        tell_account(log, project)
        return project


def delete_project(*, actor: User, project_id: int, command_id: UUID | None = None) -> None:
    """Delete an initiative that holds no tasks; one with work in it is cancelled instead. Only managers."""
    with change(actor=actor, command_id=command_id) as log:
        lock_accounts_of(log, project_id, None)
        stream, project, _held = lock_project(log, actor=actor, project_id=project_id, ability="manage")
        if project.tasks.exists():
            raise Conflict(_("This initiative holds tasks. Cancel it instead."), code="not_empty")
        log.record(stream, ProjectDeleted(id=project.pk))
        log.record(stream, AccessChanged(thing="project", people=None))
        tell_account(log, project)
        project.delete()


def lock_accounts_of(log: Change, project_id: int, other: int | None) -> None:
    """Lock the project's stream with those of the accounts it is and will be with, in one go and so in order."""
    account_id = Project.objects.filter(pk=project_id).values_list("account_id", flat=True).first()
    names = [account_stream(pk) for pk in (account_id, other) if pk and Account.objects.filter(pk=pk).exists()]
    if Project.objects.filter(pk=project_id).exists():
        log.lock(project_stream(project_id), *names)


def tell_account(log: Change, project: Project) -> None:
    if project.account_id:
        (stream,) = log.lock(account_stream(project.account_id))
        log.record(stream, ProjectListed(id=project.account_id, project=project.pk))


def current(project: Project, name: str) -> Any:
    if name == "functions":
        return sorted(project.functions.values_list("pk", flat=True))
    return getattr(project, COLUMNS.get(name, name))


# --- what is given must fit --------------------------------------------------------------------------------------


def checked(fields: Fields, project: Project, actor: User) -> Fields:
    values = dict(fields)
    if "key" in values:
        require_free_key(values["key"], project.pk)
    if values.get("account") not in (None, project.account_id):
        require_account(actor, values["account"])
    if (lead := values.get("lead")) is not None and not User.objects.filter(
        pk=lead, is_active=True, is_guest=False
    ).exists():  # fmt: skip
        raise Refused(_("There is no such person."), code="unknown", field="lead")
    if "functions" in values:
        found = set(Function.objects.filter(pk__in=values["functions"]).values_list("pk", flat=True))
        if set(values["functions"]) - found:
            raise Refused(_("There is no such function."), code="unknown", field="functions")
        values["functions"] = sorted(found)
    if "workflow" in values:
        require_workflow(values["workflow"], project)
    require_dates(values.get("start", project.start), values.get("due", project.due))
    return values


def require_dates(start: date | None, due: date | None) -> None:
    for field, value in (("start", start), ("due", due)):
        if value is not None and not 1900 <= value.year <= 2200:
            raise Refused(_("This date is too far away."), code="unlikely_date", field=field)
    if start and due and due < start:
        raise Refused(_("An initiative cannot be due before it starts."), code="due_before_start", field="due")


def require_workflow(workflow_id: int, project: Project) -> None:
    if not Workflow.objects.filter(pk=workflow_id).exists():
        raise Refused(_("There is no such workflow."), code="unknown", field="workflow")
    if project.pk and workflow_id != project.workflow_id and project.tasks.exists():
        raise Conflict(_("The workflow cannot change while there are tasks."), code="in_use", field="workflow")


def require_account(actor: User, account_id: int) -> None:
    account = Account.objects.filter(pk=account_id).first()
    held = access.abilities(actor, account) if account else frozenset[str]()
    if "see" not in held:
        raise Refused(_("There is no such account."), code="unknown", field="account")
    if "work" not in held:
        raise Forbidden


def require_free_key(key: str, own: int | None) -> None:
    if Project.objects.filter(key=key).exclude(pk=own or 0).exists():
        raise Conflict(_("This key is taken."), code="taken", field="key")


def default_workflow() -> int:
    return Workflow.objects.order_by("pk").values_list("pk", flat=True)[0]


# --- people ------------------------------------------------------------------------------------------------------


def set_project_role(
    *, actor: User, project_id: int, person_id: int, role: str | None, command_id: UUID | None = None
) -> ProjectMember | None:
    """Give a person a role on the project, change it, or take it away (None).

    Raises NotFound, Forbidden, Refused (no such person; a guest can only be a guest), Conflict (the last manager).
    """
    with change(actor=actor, command_id=command_id) as log:
        lock_accounts_of(log, project_id, None)
        stream, project, _held = lock_project(log, actor=actor, project_id=project_id, ability="manage")
        if role is None:
            remove_person(log, stream, project, person_id)
            return None
        person = User.objects.filter(pk=person_id, is_active=True).first()
        if person is None:
            raise Refused(_("There is no such person."), code="unknown", field="person")
        if person.is_guest and role != "guest":
            raise Refused(_("A guest of the workspace can only be a guest here."), code="guest", field="role")
        if role != "manager":
            require_another_manager(project, person_id)
            require_no_lead(project, person_id)
        return put_on_project(log, stream, project, person, role)


def put_on_project(log: Change, stream: Stream, project: Project, person: User, role: str) -> ProjectMember:
    member = ProjectMember.objects.filter(project=project, person=person).first()
    if member and member.role == role:
        return member
    member, _new = ProjectMember.objects.update_or_create(project=project, person=person, defaults={"role": role})
    access.grant(project, person, role)
    log.record(stream, AccessChanged(thing="project", people=[person.pk], person=person.pk, role=role))
    return member


def keep_a_manager(log: Change, stream: Stream, project: Project, actor: User) -> None:
    """Who shuts the account's roles out must not shut themselves out with them."""
    if "manage" not in access.abilities(actor, project):
        put_on_project(log, stream, project, actor, "manager")


def remove_person(log: Change, stream: Stream, project: Project, person_id: int) -> None:
    member = project.members.select_related("person").filter(person_id=person_id).first()
    if member is None:
        raise NotFound
    require_another_manager(project, person_id)
    require_no_lead(project, person_id)
    member.delete()
    access.grant(project, member.person, None)
    log.record(stream, AccessChanged(thing="project", people=[person_id], person=person_id, role=None))


def require_another_manager(project: Project, person_id: int) -> None:
    """Raises Conflict when this person is the only one who was made a manager of the project."""
    managers = project.members.filter(role="manager", person__is_active=True)
    if managers.filter(person_id=person_id).exists() and not managers.exclude(person_id=person_id).exists():
        raise Conflict(_("Somebody has to manage the initiative."), code="last_manager")


def require_no_lead(project: Project, person_id: int) -> None:
    """Raises Conflict for the initiative's lead, who always manages it."""
    if project.lead_id == person_id:
        raise Conflict(_("This person leads the initiative. Name another lead first."), code="is_lead")


def set_project_team_role(
    *, actor: User, project_id: int, team_id: int, role: str | None, command_id: UUID | None = None
) -> ProjectTeamRole | None:
    """Give a whole team a role on the project, or take it away (None)."""
    with change(actor=actor, command_id=command_id) as log:
        lock_accounts_of(log, project_id, None)
        stream, project, _held = lock_project(log, actor=actor, project_id=project_id, ability="manage")
        team = Team.objects.select_related("group").filter(pk=team_id).first()
        if team is None:
            raise Refused(_("There is no such team."), code="unknown", field="team")
        held = ProjectTeamRole.objects.filter(project=project, team=team).first()
        if (held.role if held else None) == role:
            return held
        access.grant(project, team.group, role)
        people = list(team.group.user_set.values_list("pk", flat=True))
        log.record(stream, AccessChanged(thing="project", people=people, team=team.pk, role=role))
        if role is None:
            ProjectTeamRole.objects.filter(project=project, team=team).delete()
            return None
        return ProjectTeamRole.objects.update_or_create(project=project, team=team, defaults={"role": role})[0]
