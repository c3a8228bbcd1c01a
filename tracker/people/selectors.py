"""People, functions and teams as every member of the workspace sees them."""

from typing import Any

from tracker.people.events import FunctionRow, PersonRow, TeamRow
from tracker.people.models import Function, Team, User


def person_row(user: User) -> PersonRow:
    return PersonRow(
        id=user.pk,
        name=user.name,
        name_zh=user.name_zh,
        email=user.email,
        title=user.title,
        title_zh=user.title_zh,
        function=user.function_id,
        hours_per_day=f"{user.hours_per_day:.2f}",
        time_zone=user.time_zone,
        is_active=user.is_active,
        is_administrator=user.is_administrator,
        is_overseer=user.is_overseer,
        is_guest=user.is_guest,
        version=user.version,
    )


def function_row(function: Function) -> FunctionRow:
    return FunctionRow(
        id=function.pk,
        code=function.code,
        name=function.name,
        name_zh=function.name_zh,
        color=function.color,
        icon=function.icon,
        position=function.position,
        version=function.version,
    )


def team_row(team: Team) -> TeamRow:
    members = sorted(team.group.user_set.values_list("pk", flat=True))
    return TeamRow(id=team.pk, name=team.name, name_zh=team.name_zh, members=members, version=team.version)


def directory() -> dict[str, list[Any]]:
    """Everybody, every function and every team, in a constant number of queries."""
    teams = Team.objects.select_related("group").prefetch_related("group__user_set")
    return {
        "people": [person_row(user) for user in User.objects.order_by("pk")],
        "functions": [function_row(function) for function in Function.objects.all()],
        "teams": [
            TeamRow(
                id=team.pk, name=team.name, name_zh=team.name_zh, version=team.version,
                members=sorted(user.pk for user in team.group.user_set.all()),
            )
            for team in teams
        ],
    }  # fmt: skip
