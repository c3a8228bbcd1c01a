"""HTTP: functions, teams and people, for administrators."""

from decimal import Decimal
from typing import Annotated

from ninja import Router, Status
from pydantic import AfterValidator, Field, StringConstraints

from tracker.log.http import CHANGE, Id, Ids, In, Line, OtherShortName, ShortName, answers
from tracker.people import services
from tracker.people.events import FunctionRow, PersonRow, TeamRow
from tracker.people.fields import OtherPersonName, PersonName, TimeZone
from tracker.people.requests import SignedInRequest
from tracker.people.selectors import function_row, person_row, team_row

router = Router(tags=["people"])

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Hours = Annotated[Decimal, Field(ge=0, le=24, max_digits=4, decimal_places=2), AfterValidator(abs)]
Color = Annotated[str, StringConstraints(pattern=r"^([a-z]{2,20}|#[0-9a-fA-F]{6})$")]
Icon = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{0,19}$")]
Position = Annotated[int, Field(ge=0, le=1000)]


class FunctionIn(In):
    code: Code
    name: ShortName
    name_zh: OtherShortName = ""
    color: Color = "management"
    icon: Icon = "box"


class FunctionChange(In):
    name: ShortName = ""
    name_zh: OtherShortName = ""
    color: Color = ""
    icon: Icon = ""
    position: Position = 0


class TeamIn(In):
    name: ShortName
    name_zh: OtherShortName = ""
    members: Ids = []


class TeamChange(In):
    name: ShortName = ""
    name_zh: OtherShortName = ""
    members: Ids = []


class PersonChange(In):
    """Only what is given changes."""

    name: PersonName = ""
    name_zh: OtherPersonName = ""
    title: Line = ""
    title_zh: Line = ""
    function: Id | None = None
    hours_per_day: Hours = Decimal(8)
    time_zone: TimeZone = "UTC"
    is_overseer: bool = False
    is_administrator: bool = False


@router.post("/functions", response=answers(FunctionRow, status=201, refusals=CHANGE), operation_id="add_function")
def add_function(request: SignedInRequest, body: FunctionIn):
    return Status(201, function_row(services.add_function(actor=request.user, fields=body.dict())))


@router.patch(
    "/functions/{function_id}", response=answers(FunctionRow, refusals=CHANGE), operation_id="change_function"
)
def change_function(request: SignedInRequest, function_id: Id, body: FunctionChange):
    fields = body.dict(exclude_unset=True)
    return function_row(services.change_function(actor=request.user, function_id=function_id, fields=fields))


@router.delete(
    "/functions/{function_id}", response=answers(None, status=204, refusals=CHANGE), operation_id="remove_function"
)
def remove_function(request: SignedInRequest, function_id: Id):
    services.remove_function(actor=request.user, function_id=function_id)
    return Status(204, None)


@router.post("/teams", response=answers(TeamRow, status=201, refusals=CHANGE), operation_id="add_team")
def add_team(request: SignedInRequest, body: TeamIn):
    return Status(201, team_row(services.add_team(actor=request.user, **body.dict())))


@router.patch("/teams/{team_id}", response=answers(TeamRow, refusals=CHANGE), operation_id="change_team")
def change_team(request: SignedInRequest, team_id: Id, body: TeamChange):
    return team_row(services.change_team(actor=request.user, team_id=team_id, fields=body.dict(exclude_unset=True)))


@router.delete("/teams/{team_id}", response=answers(None, status=204, refusals=CHANGE), operation_id="remove_team")
def remove_team(request: SignedInRequest, team_id: Id):
    services.remove_team(actor=request.user, team_id=team_id)
    return Status(204, None)


@router.patch("/people/{person_id}", response=answers(PersonRow, refusals=CHANGE), operation_id="change_person")
def change_person(request: SignedInRequest, person_id: Id, body: PersonChange):
    fields = body.dict(exclude_unset=True)
    return person_row(services.change_person(actor=request.user, person_id=person_id, fields=fields))


@router.post(
    "/people/{person_id}/activate", response=answers(PersonRow, refusals=CHANGE), operation_id="activate_person"
)
def activate_person(request: SignedInRequest, person_id: Id):
    return person_row(services.set_active(actor=request.user, person_id=person_id, active=True))
