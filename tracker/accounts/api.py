"""HTTP: changing accounts and their teams. Reading them is in `work/api/accounts.py`, which also knows the work on them."""

from typing import Annotated, Literal

from ninja import Router, Status
from pydantic import StringConstraints

from tracker.accounts import services
from tracker.log.http import CHANGE, Id, In, Line, Name, OtherName, Text, answers
from tracker.people.requests import SignedInRequest

router = Router(tags=["accounts"])

Code = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Z0-9][A-Z0-9._-]{0,19}$")]
Country = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2})?$")]
Tier = Literal["S", "A", "B", "C", "candidate", "exited"]
TeamRole = Literal["lead", "member", "sponsor", "viewer"]


class AccountFields(In):
    """Only what is given changes."""

    name_zh: OtherName = ""
    industry: Line = ""
    industry_zh: Line = ""
    country: Country = ""
    parent: Id | None = None
    tier: Tier = "C"
    owner: Id | None = None


class AccountIn(AccountFields):
    code: Code
    name: Name


class AccountChange(AccountFields):
    code: Code = ""
    name: Name = ""
    notes: Text = ""


class TeamMemberIn(In):
    function: Id | None = None
    role: TeamRole


class TeamMemberOut(In):
    person: int
    function: int | None
    role: str


class TeamRoleIn(In):
    role: TeamRole


@router.put(
    "/accounts/{account_id}/team/{person_id}",
    response=answers(TeamMemberOut, refusals=CHANGE),
    operation_id="set_team_member",
)
def set_team_member(request: SignedInRequest, account_id: Id, person_id: Id, body: TeamMemberIn):
    member = services.set_team_member(actor=request.user, account_id=account_id, person_id=person_id, **body.dict())
    return {"person": member.person_id, "function": member.function_id, "role": member.role}


@router.delete(
    "/accounts/{account_id}/team/{person_id}",
    response=answers(None, status=204, refusals=CHANGE),
    operation_id="remove_team_member",
)
def remove_team_member(request: SignedInRequest, account_id: Id, person_id: Id):
    services.remove_team_member(actor=request.user, account_id=account_id, person_id=person_id)
    return Status(204, None)


@router.put(
    "/accounts/{account_id}/teams/{team_id}",
    response=answers(None, status=204, refusals=CHANGE),
    operation_id="set_account_team_role",
)
def set_account_team_role(request: SignedInRequest, account_id: Id, team_id: Id, body: TeamRoleIn):
    services.set_team_role(actor=request.user, account_id=account_id, team_id=team_id, role=body.role)
    return Status(204, None)


@router.delete(
    "/accounts/{account_id}/teams/{team_id}",
    response=answers(None, status=204, refusals=CHANGE),
    operation_id="remove_account_team_role",
)
def remove_account_team_role(request: SignedInRequest, account_id: Id, team_id: Id):
    services.set_team_role(actor=request.user, account_id=account_id, team_id=team_id, role=None)
    return Status(204, None)
