"""The demo's story as it stands in `data/`: people, accounts, initiatives and cards of a company that does not exist.

Every day is a number counted from today: −5 is five days ago. People are named by their handle, as in `ruoxi.lin`.
"""

import tomllib
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

DATA = Path(__file__).parent / "data"
LONG_AGO = -1500


class Part(BaseModel):
    """A table of a data file: what is misspelt there is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Person(Part):
    handle: str
    name: str
    name_zh: str = ""
    title: str
    title_zh: str
    function: str
    language: str = "zh-Hans"
    time_zone: str = "Asia/Shanghai"
    hours_per_day: int = 8
    is_administrator: bool = False
    is_overseer: bool = False
    joined: int


class Team(Part):
    name: str
    name_zh: str
    members: list[str]
    made: int


class Label(Part):
    name: str
    name_zh: str
    color: str


class Change(BaseModel):
    """What somebody changed on a day; every further key is a field with its new value."""

    model_config = ConfigDict(extra="allow", frozen=True)
    day: int
    by: str = ""

    @property
    def fields(self) -> dict[str, Any]:
        return dict(self.model_extra or {})


class Asking(Part):
    """A function that was asked on a day to take a card up, and has not answered."""

    day: int
    by: str
    function: str
    note: str
    answer_by: int = Field(ge=1)


class Member(Part):
    person: str
    role: str
    day: int = LONG_AGO
    """When the person came to the account's team; not before the account began and the person joined."""


class Account(Part):
    code: str
    name: str
    name_zh: str
    industry: str
    industry_zh: str
    country: str
    tier: str
    owner: str
    since: int
    notes: str = ""
    team: list[Member] = []
    changes: list[Change] = []


class Initiative(Part):
    key: str
    account: str = ""
    name: str
    name_zh: str
    summary: str
    lead: str
    by: str = ""
    functions: list[str]
    workflow: str = "delivery"
    made: int
    start: int | None = None
    due: int | None = None
    members: dict[str, str] = {}
    teams: dict[str, str] = {}
    changes: list[Change] = []


class Card(Part):
    """A card with its past: `made` on a day by `by`, and in `column` since the day `since`."""

    initiative: str
    title: str
    description: str = ""
    function: str
    owner: str
    helpers: list[str] = []
    column: str
    start: int | None = None
    due: int | None = None
    estimate: Decimal | None = None
    priority: str = ""
    labels: list[str] = []
    by: str = ""
    made: int
    since: int = Field(default=LONG_AGO)
    watchers: list[str] = []
    blocked_by: list[str] = []
    ticked: list[str] = []
    unticked: list[str] = []
    comments: list[tuple[int, str, str]] = []
    changes: list[Change] = []
    asked: Asking | None = None
    file: str = ""

    @model_validator(mode="after")
    def was_made_before_it_moved(self) -> Self:
        if self.since not in (LONG_AGO, max(self.since, self.made)):
            raise ValueError(f"“{self.title}” was in its column before it was made.")
        return self


class Story(Part):
    people: list[Person]
    teams: list[Team]
    labels: list[Label]
    accounts: list[Account]
    initiatives: list[Initiative]
    cards: list[Card]


@cache
def the_story() -> Story:
    """Everything in `data/`, checked for its form."""
    people = table("people")
    return Story(
        people=people["person"],
        teams=people["team"],
        labels=table("labels")["label"],
        accounts=table("accounts")["account"],
        initiatives=table("initiatives")["initiative"],
        cards=[card for path in sorted((DATA / "cards").glob("*.toml")) for card in read(path)["card"]],
    )


def table(name: str) -> dict[str, Any]:
    return read(DATA / f"{name}.toml")


def read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
