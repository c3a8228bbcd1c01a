"""What can happen to an account. Told in the account's stream; sensitive facts never travel in an event."""

from typing import ClassVar

from tracker.log.events import EventBody


class AccountEvent(EventBody):
    subject_kind: ClassVar[str] = "account"
    id: int


class AccountCreated(AccountEvent):
    type = "account.created"
    version: int


class AccountChanged(AccountEvent):
    """Only the fields that changed are there, with their new values."""

    type = "account.changed"
    version: int
    code: str = ""
    name: str = ""
    name_zh: str = ""
    industry: str = ""
    industry_zh: str = ""
    country: str = ""
    parent: int | None = None
    tier: str = ""
    owner: int | None = None
    notes: str = ""


class TeamMemberSet(AccountEvent):
    type = "team_member.set"
    person: int
    function: int | None
    role: str


class TeamMemberRemoved(AccountEvent):
    type = "team_member.removed"
    person: int


class ProjectListed(AccountEvent):
    """An initiative of the account was added, changed or removed: whoever shows the list asks again."""

    type = "project.listed"
    project: int
