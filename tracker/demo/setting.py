"""The steps that set the scene: people and teams, labels, accounts with their teams, initiatives."""

from collections.abc import Iterator
from typing import Any

from tracker.accounts.services import change_account, create_account, set_team_member
from tracker.demo.cast import Cast, Step
from tracker.demo.story import Account, Initiative, Label, Member, Person, Story, Team
from tracker.people.demo import DEMO_DOMAIN
from tracker.people.models import User
from tracker.people.newcomers import add_person
from tracker.people.services import add_team
from tracker.work.services.projects import change_project, create_project, set_project_role, set_project_team_role
from tracker.work.services.workflows import add_label

LABELS_MADE = -380


def setting(story: Story, cast: Cast, password: str) -> Iterator[Step]:
    """Everything but the cards. `password` is what everybody signs in with, hashed."""
    administrator = next(person.handle for person in story.people if person.is_administrator)
    for person in story.people:
        by = None if person.handle == administrator else administrator
        yield Step(cast.days.morning(person.joined, 0), by, joins(cast, person, password))
    for team in story.teams:
        yield Step(cast.days.morning(team.made, 5), administrator, makes_team(cast, team))
    for minute, label in enumerate(story.labels):
        yield Step(cast.days.morning(LABELS_MADE, minute), administrator, makes_label(cast, label))
    joined = {person.handle: person.joined for person in story.people}
    for account in story.accounts:
        yield from account_steps(cast, account, administrator, joined)
    for initiative in story.initiatives:
        yield from initiative_steps(cast, initiative)


def joins(cast: Cast, person: Person, password: str) -> Any:
    def act(actor: User | None) -> None:
        fields = person.model_dump(exclude={"handle", "name", "function", "joined"})
        cast.people[person.handle] = add_person(
            actor=actor,
            email=f"{person.handle}@{DEMO_DOMAIN}",
            name=person.name,
            password=password,
            fields={**fields, "function_id": cast.functions[person.function]},
        )

    return act


def makes_team(cast: Cast, team: Team) -> Any:
    def act(actor: User) -> None:
        made = add_team(actor=actor, name=team.name, name_zh=team.name_zh, members=cast.ids(team.members))
        cast.teams[team.name] = made.pk

    return act


def makes_label(cast: Cast, label: Label) -> Any:
    def act(actor: User) -> None:
        cast.labels[label.name] = add_label(actor=actor, **label.model_dump()).pk

    return act


# --- accounts ----------------------------------------------------------------------------------------------------


def account_steps(cast: Cast, account: Account, administrator: str, joined: dict[str, int]) -> Iterator[Step]:
    yield Step(cast.days.morning(account.since, 20), administrator, makes_account(cast, account))
    for minute, member in enumerate(account.team, 30):
        day = max(member.day, account.since, joined[member.person])
        yield Step(cast.days.morning(day, minute), account.owner, puts_on_team(cast, account, member))
    for change in account.changes:
        fields = change.fields

        def act(actor: User, fields: dict[str, Any] = fields) -> None:
            change_account(actor=actor, account_id=cast.accounts[account.code], fields=cast.values(fields))

        yield Step(cast.days.at_work(change.day, 0.2), change.by or account.owner, act)


def makes_account(cast: Cast, account: Account) -> Any:
    def act(actor: User) -> None:
        fields = account.model_dump(exclude={"code", "name", "since", "team", "changes"})
        made = create_account(actor=actor, code=account.code, name=account.name, fields=cast.values(fields))
        cast.accounts[account.code] = made.pk

    return act


def puts_on_team(cast: Cast, account: Account, member: Member) -> Any:
    def act(actor: User) -> None:
        person = cast.people[member.person]
        set_team_member(
            actor=actor,
            account_id=cast.accounts[account.code],
            person_id=person.pk,
            function=person.function_id,
            role=member.role,
        )

    return act


# --- initiatives -------------------------------------------------------------------------------------------------


def initiative_steps(cast: Cast, initiative: Initiative) -> Iterator[Step]:
    yield Step(cast.days.morning(initiative.made, 45), initiative.by or initiative.lead, begins(cast, initiative))
    yield Step(cast.days.morning(initiative.made, 50), initiative.lead, gathers(cast, initiative))
    for change in initiative.changes:
        fields = change.fields

        def act(actor: User, fields: dict[str, Any] = fields) -> None:
            change_project(actor=actor, project_id=cast.projects[initiative.key], fields=cast.values(fields))

        yield Step(cast.days.at_work(change.day, 0.05), change.by or initiative.lead, act)


def begins(cast: Cast, initiative: Initiative) -> Any:
    def act(actor: User) -> None:
        fields: dict[str, Any] = {
            "account": cast.accounts[initiative.account] if initiative.account else None,
            "name_zh": initiative.name_zh,
            "summary": initiative.summary.strip(),
            "lead": cast.people[initiative.lead].pk,
            "functions": [cast.functions[code] for code in initiative.functions],
            "workflow": cast.workflows[initiative.workflow],
        }
        for name in ("start", "due"):
            day = getattr(initiative, name)
            fields[name] = None if day is None else cast.days.date(day)
        made = create_project(actor=actor, key=initiative.key, name=initiative.name, fields=fields)
        cast.projects[initiative.key] = made.pk

    return act


def gathers(cast: Cast, initiative: Initiative) -> Any:
    """Those who take part without being on the account's team."""

    def act(actor: User) -> None:
        project_id = cast.projects[initiative.key]
        for handle, role in initiative.members.items():
            set_project_role(actor=actor, project_id=project_id, person_id=cast.people[handle].pk, role=role)
        for team, role in initiative.teams.items():
            set_project_team_role(actor=actor, project_id=project_id, team_id=cast.teams[team], role=role)

    return act
