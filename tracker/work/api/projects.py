"""HTTP: initiatives and who works on them."""

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import StringConstraints

from tracker.log.change import project_stream, streams_of
from tracker.log.http import CHANGE, Id, Ids, In, Name, OtherName, PageIn, Search, Text, answers, page, tag
from tracker.people import access
from tracker.people.requests import SignedInRequest
from tracker.work.api.accounts import today
from tracker.work.models import Project
from tracker.work.selectors import projects as selectors
from tracker.work.services import projects as services

router = Router(tags=["initiatives"])

Key = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[A-Z][A-Z0-9]{0,9}$")]
State = Literal["planned", "active", "waiting", "done", "cancelled"]
Health = Literal["", "on_track", "at_risk", "off_track"]
Role = Literal["manager", "member", "commenter", "viewer", "guest"]


class ProjectHead(Schema):
    id: int
    key: str
    account: int | None
    account_code: str
    account_name: str
    account_name_zh: str
    account_tier: str
    name: str
    name_zh: str
    summary: str
    lead: int | None
    functions: list[int]
    workflow: int
    start: date | None
    due: date | None
    state: str
    health: str
    health_note: str
    is_private: bool
    version: int


class ProjectRow(ProjectHead):
    tasks_total: int
    tasks_done: int
    tasks_overdue: int
    progress: int


class PersonWithRole(Schema):
    person: int
    role: str


class TeamWithRole(Schema):
    team: int
    role: str


class ProjectOut(ProjectRow):
    people: list[PersonWithRole]
    teams: list[TeamWithRole]
    epoch: str
    seq: int
    can: list[str]


class ProjectPage(Schema):
    items: list[ProjectRow]
    next: str | None


class ProjectQuery(PageIn):
    account: Id | None = None
    state: Literal["", "planned", "active", "waiting", "done", "cancelled"] = ""
    lead: Id | None = None
    q: Search = ""


class ProjectFields(In):
    account: Id | None = None
    name_zh: OtherName = ""
    summary: Text = ""
    lead: Id | None = None
    functions: Ids = []
    start: date | None = None
    due: date | None = None
    state: State = "planned"
    health: Health = ""
    health_note: Annotated[str, StringConstraints(max_length=500)] = ""
    is_private: bool = False


class ProjectIn(ProjectFields):
    key: Key
    name: Name
    workflow: Id | None = None


class ProjectChange(ProjectFields):
    """Only what is given changes."""

    key: Key = ""
    name: Name = ""
    workflow: Id = 0


class RoleIn(In):
    role: Role


@router.get("/projects", response=answers(ProjectPage), operation_id="list_projects")
def list_projects(request: SignedInRequest, wanted: Query[ProjectQuery]):
    """The initiatives that the reader may see."""
    rows = selectors.matching(
        selectors.projects_for(request.user),
        account=wanted.account,
        state=wanted.state,
        lead=wanted.lead,
        text=wanted.q,
    )
    found = page(selectors.with_people(rows), wanted, lambda project: project)
    counts = selectors.counts([project.pk for project in found["items"]], today(request))
    return {"items": [{**selectors.head(p), **counts[p.pk]} for p in found["items"]], "next": found["next"]}


@router.get("/projects/{project_id}", response=answers(ProjectOut), operation_id="get_project")
def get_project(request: SignedInRequest, response: HttpResponse, project_id: Id):
    return show(request, response, selectors.find_project(viewer=request.user, project_id=project_id))


@router.get("/projects/by-key/{key}", response=answers(ProjectOut), operation_id="get_project_by_key")
def get_project_by_key(request: SignedInRequest, response: HttpResponse, key: Key):
    project = selectors.find_project_by_key(viewer=request.user, key=key)
    return show(request, response, project)


def show(request: SignedInRequest, response: HttpResponse, project: Project) -> dict[str, Any]:
    tag(response, project.version)
    stream = next(iter(streams_of([project_stream(project.pk)])), None)
    return {
        **selectors.head(project),
        **selectors.counts([project.pk], today(request))[project.pk],
        "people": list(project.members.order_by("id").values("person", "role")),
        "teams": list(project.team_roles.order_by("id").values("team", "role")),
        "epoch": stream.epoch if stream else "",
        "seq": stream.head if stream else 0,
        "can": access.shown(access.abilities(request.user, project)),
    }


@router.post("/projects", response=answers(ProjectOut, status=201, refusals=CHANGE), operation_id="create_project")
def create_project(request: SignedInRequest, response: HttpResponse, body: ProjectIn):
    fields = body.dict(exclude_unset=True)
    project = services.create_project(actor=request.user, key=fields.pop("key"), name=fields.pop("name"), fields=fields)
    return Status(201, show(request, response, project))


@router.patch("/projects/{project_id}", response=answers(ProjectOut, refusals=CHANGE), operation_id="change_project")
def change_project(request: SignedInRequest, response: HttpResponse, project_id: Id, body: ProjectChange):
    fields = body.dict(exclude_unset=True)
    return show(request, response, services.change_project(actor=request.user, project_id=project_id, fields=fields))


@router.delete(
    "/projects/{project_id}", response=answers(None, status=204, refusals=CHANGE), operation_id="delete_project"
)
def delete_project(request: SignedInRequest, project_id: Id):
    services.delete_project(actor=request.user, project_id=project_id)
    return Status(204, None)


@router.put(
    "/projects/{project_id}/people/{person_id}",
    response=answers(PersonWithRole, refusals=CHANGE),
    operation_id="set_project_role",
)
def set_project_role(request: SignedInRequest, project_id: Id, person_id: Id, body: RoleIn):
    services.set_project_role(actor=request.user, project_id=project_id, person_id=person_id, role=body.role)
    return {"person": person_id, "role": body.role}


@router.delete(
    "/projects/{project_id}/people/{person_id}",
    response=answers(None, status=204, refusals=CHANGE),
    operation_id="remove_project_role",
)
def remove_project_role(request: SignedInRequest, project_id: Id, person_id: Id):
    services.set_project_role(actor=request.user, project_id=project_id, person_id=person_id, role=None)
    return Status(204, None)


@router.put(
    "/projects/{project_id}/teams/{team_id}",
    response=answers(TeamWithRole, refusals=CHANGE),
    operation_id="set_project_team_role",
)
def set_project_team_role(request: SignedInRequest, project_id: Id, team_id: Id, body: RoleIn):
    services.set_project_team_role(actor=request.user, project_id=project_id, team_id=team_id, role=body.role)
    return {"team": team_id, "role": body.role}


@router.delete(
    "/projects/{project_id}/teams/{team_id}",
    response=answers(None, status=204, refusals=CHANGE),
    operation_id="remove_project_team_role",
)
def remove_project_team_role(request: SignedInRequest, project_id: Id, team_id: Id):
    services.set_project_team_role(actor=request.user, project_id=project_id, team_id=team_id, role=None)
    return Status(204, None)
