"""X3: whoever asks, and however, gets the same answer: random people, teams, roles, accounts and initiatives.

A model of a few lines says who may do what; `visible`, `abilities`, `people_who`, the lists, the single things, the
pages of events, the socket's rule and the rule for repeated commands must all say the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from boards.streams import may_read, readers_among
from tests.factories import AccountFactory, ProjectFactory, TaskFactory, UserFactory
from tests.support.asking import Asking
from tests.support.world import undone
from tracker.accounts.models import Account
from tracker.log.commands import readers
from tracker.people import access
from tracker.people.models import User
from tracker.people.services import add_team
from tracker.work.models import Project

pytestmark = pytest.mark.django_db

PEOPLE, TEAMS, ACCOUNTS, PROJECTS = 4, 2, 2, 3
FLAGS = [
    {},
    {},
    {},
    {"is_active": False},
    {"is_overseer": True},
    {"is_administrator": True},
    {"is_overseer": True, "is_active": False},
]
ON_PROJECT = {"manager": 4, "member": 3, "commenter": 2, "viewer": 1, "guest": 0}
ON_ACCOUNT = {"lead": 4, "member": 3, "sponsor": 2, "viewer": 1}
LADDER = ["see", "comment", "work", "manage"]


@dataclass(frozen=True)
class Plan:
    """What is made: places are numbers, and a role is (holder, thing, role), the holder a person or, above them, a team."""

    flags: list[dict[str, bool]]
    members: list[list[int]]
    above: list[int | None]
    private: list[bool]
    on_accounts: list[tuple[int, int, str]]
    on_projects: list[tuple[int, int, str]]
    again: bool  # whether a first project with all its roles is deleted and made again under its id

    def holders(self, person: int) -> set[int]:
        return {person} | {PEOPLE + team for team, members in enumerate(self.members) if person in members}

    def on_account(self, person: int, account: int) -> set[str]:
        return climb(
            *(
                ON_ACCOUNT[role]
                for who, what, role in last(self.on_accounts)
                if what == account and who in self.holders(person)
            )
        )

    def on_project(self, person: int, project: int) -> set[str]:
        own = [role for who, what, role in last(self.on_projects) if what == project and who in self.holders(person)]
        above = self.above[project]
        found = climb(*(ON_PROJECT[role] for role in own))
        if above is not None and not self.private[project]:
            found |= self.on_account(person, above)
        return found | ({"visit"} if "guest" in own else set())

    def expected(self, person: int, kind: str, thing: int) -> set[str]:
        flags = self.flags[person]
        if flags.get("is_active") is False:
            return set()
        if flags.get("is_administrator"):
            return set(LADDER)
        found = self.on_account(person, thing) if kind == "account" else self.on_project(person, thing)
        return found | ({"see"} if flags.get("is_overseer") else set())


def climb(*heights: int) -> set[str]:
    return set(LADDER[: max(heights, default=0)])


def last(roles: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """A later role on the same thing takes the place of an earlier one."""
    return [(who, what, role) for (who, what), role in {(who, what): role for who, what, role in roles}.items()]


def plans() -> st.SearchStrategy[Plan]:
    holder = st.integers(0, PEOPLE + TEAMS - 1)

    def roles(things: int, names: dict[str, int]) -> st.SearchStrategy[list[tuple[int, int, str]]]:
        return st.lists(st.tuples(holder, st.integers(0, things - 1), st.sampled_from(sorted(names))), max_size=6)

    return st.builds(
        Plan,
        flags=st.lists(st.sampled_from(FLAGS), min_size=PEOPLE, max_size=PEOPLE),
        members=st.lists(st.lists(st.integers(0, PEOPLE - 1), max_size=3, unique=True), min_size=TEAMS, max_size=TEAMS),
        above=st.lists(st.none() | st.integers(0, ACCOUNTS - 1), min_size=PROJECTS, max_size=PROJECTS),
        private=st.lists(st.booleans(), min_size=PROJECTS, max_size=PROJECTS),
        on_accounts=roles(ACCOUNTS, ON_ACCOUNT),
        on_projects=roles(PROJECTS, ON_PROJECT),
        again=st.booleans(),
    )


class Made:
    def __init__(self, plan: Plan) -> None:
        self.people = [UserFactory() for _ in range(PEOPLE)]
        administrator = UserFactory(is_administrator=True)
        teams = [
            add_team(actor=administrator, name=f"Team {n}", members=[self.people[who].pk for who in members])
            for n, members in enumerate(plan.members)
        ]
        holders = [*self.people, *(team.group for team in teams)]
        self.accounts = [AccountFactory() for _ in range(ACCOUNTS)]
        if plan.again:
            gone = ProjectFactory(people=dict.fromkeys(self.people, "manager"))
            pk = gone.pk
            gone.delete()
        self.projects = [
            ProjectFactory(
                account=None if above is None else self.accounts[above], is_private=plan.private[place],
                **({"pk": pk} if plan.again and not place else {}),
            )
            for place, above in enumerate(plan.above)
        ]  # fmt: skip
        for who, what, role in plan.on_accounts:
            access.grant(self.accounts[what], holders[who], role)
        for who, what, role in plan.on_projects:
            access.grant(self.projects[what], holders[who], role)
        for person, flags in zip(self.people, plan.flags, strict=True):
            User.objects.filter(pk=person.pk).update(**flags)
            person.refresh_from_db()
        self.tasks = [TaskFactory(project=project) for project in self.projects]


def require_same(plan: Plan, made: Made) -> None:
    require_same_people(plan, made)
    for number, person in enumerate(made.people):
        asking = Asking(person) if person.is_active else Asking()
        for kind, model, things in (("account", Account, made.accounts), ("project", Project, made.projects)):
            expected = {thing.pk: plan.expected(number, kind, place) for place, thing in enumerate(things)}
            note(f"person {number}: {kind} {expected}")
            for pk, thing in zip(expected, things, strict=True):
                require_same_of_one(person, kind, thing, expected[pk], asking)
            for ability in LADDER:
                having = {pk for pk, abilities in expected.items() if ability in abilities}
                assert (
                    set(access.visible(person, model, ability).values_list("pk", flat=True)) & set(expected) == having
                )
            seen = {pk for pk, abilities in expected.items() if "see" in abilities}
            if person.is_active:
                listed = asking.get(f"/{kind}s?limit=200").json()["items"]
                assert {row["id"] for row in listed} & set(expected) == seen


def require_same_people(plan: Plan, made: Made) -> None:
    people = {person.pk: number for number, person in enumerate(made.people)}
    for kind, things in (("account", made.accounts), ("project", made.projects)):
        for place, thing in enumerate(things):
            for ability in LADDER:
                able = {pk for pk, number in people.items() if ability in plan.expected(number, kind, place)}
                found = access.people_who(kind, thing.pk, ability).values_list("pk", flat=True)
                assert set(found) & set(people) == able
                assert access.ids_of_people_who(kind, thing.pk, ability) & set(people) == able


def require_same_of_one(person: User, kind: str, thing: Any, expected: set[str], asking: Asking) -> None:
    sees, visits = "see" in expected, "visit" in expected
    plain = access.abilities(person, thing) - set(access.SENSITIVE)
    assert plain - {"visit"} == expected - {"visit"}
    assert may_read(person, (kind, thing.pk)) is sees
    assert (person.pk in readers_among([person.pk], (kind, thing.pk))) is sees
    assert readers[kind](person, thing.pk) is (sees or visits)
    hidden = 404 if person.is_active else 401
    answer = asking.get(f"/{kind}s/{thing.pk}")
    assert answer.status_code == (200 if sees else hidden)
    if sees:
        assert set(answer.json()["can"]) - set(access.SENSITIVE) == expected - {"visit"}
    assert asking.get(f"/{kind}s/{thing.pk}/events").status_code == (200 if sees else hidden)
    if kind == "project":
        assert asking.get(f"/projects/{thing.pk}/board").status_code == (200 if sees else hidden)
        assert asking.get(f"/tasks/{thing.tasks.get().pk}").status_code == (200 if sees else hidden)


@pytest.mark.slow
def test_every_way_of_asking_agrees(request: pytest.FixtureRequest) -> None:
    examples = {"c": 40, "r": 300}[request.config.getoption("size").lower()]

    @settings(
        max_examples=examples, deadline=None, database=None, print_blob=True, suppress_health_check=list(HealthCheck)
    )
    @given(plan=plans())
    def agree(plan: Plan) -> None:
        with undone():
            require_same(plan, Made(plan))

    check: Callable[[], None] = agree
    check()
