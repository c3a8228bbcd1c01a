"""HTTP: accounts with the work that is done for them."""

from datetime import date
from typing import Any, Literal

from django.http import HttpResponse
from django.utils.timezone import localdate
from ninja import Query, Router, Schema, Status

from tracker.accounts import selectors, services
from tracker.accounts.api import AccountChange, AccountIn
from tracker.accounts.models import Account
from tracker.log.change import account_stream, streams_of
from tracker.log.http import CHANGE, Id, PageIn, Search, answers, page, tag, version_wanted
from tracker.people import access
from tracker.people.requests import SignedInRequest
from tracker.work.selectors.projects import work_of_accounts

router = Router(tags=["accounts"])


class AccountRow(Schema):
    id: int
    code: str
    name: str
    name_zh: str
    industry: str
    industry_zh: str
    country: str
    parent: int | None
    tier: str
    owner: int | None
    projects: int
    tasks_open: int
    tasks_overdue: int
    vacancies: int
    version: int


class TeamMember(Schema):
    person: int
    function: int | None
    role: str


class TeamWithRole(Schema):
    team: int
    role: str


class Subsidiary(Schema):
    id: int
    code: str
    name: str
    name_zh: str


class AccountOut(AccountRow):
    notes: str
    team: list[TeamMember]
    teams: list[TeamWithRole]
    vacant_functions: list[int]
    children: list[Subsidiary]
    parent_account: Subsidiary | None
    epoch: str
    seq: int
    can: list[str]


class AccountPage(Schema):
    items: list[AccountRow]
    next: str | None


class AccountQuery(PageIn):
    tier: Literal["", "S", "A", "B", "C", "candidate", "exited"] = ""
    owner: Id | None = None
    q: Search = ""


@router.get("/accounts", response=answers(AccountPage), operation_id="list_accounts")
def list_accounts(request: SignedInRequest, wanted: Query[AccountQuery]):
    """The accounts that the reader may see, with the work on each that they may see."""
    rows = selectors.matching(selectors.accounts_for(request.user), tier=wanted.tier, owner=wanted.owner, text=wanted.q)
    found = page(rows, wanted, lambda account: account)
    return {"items": with_work(found["items"], request), "next": found["next"]}


def with_work(accounts: list[Account], request: SignedInRequest) -> list[dict[str, Any]]:
    work = work_of_accounts([account.pk for account in accounts], request.user, today(request))
    empty = selectors.vacancies(accounts)
    rows = [{**selectors.row(account, empty[account.pk]), **work[account.pk]} for account in accounts]
    above = {row["parent"] for row in rows if row["parent"]}
    seen = set(selectors.accounts_for(request.user).filter(pk__in=above).values_list("pk", flat=True)) if above else ()
    return [{**row, "parent": row["parent"] if row["parent"] in seen else None} for row in rows]


def today(request: SignedInRequest) -> date:
    """The reader's date."""
    from zoneinfo import ZoneInfo

    return localdate(timezone=ZoneInfo(request.user.time_zone))


@router.get("/accounts/{account_id}", response=answers(AccountOut), operation_id="get_account")
def get_account(request: SignedInRequest, response: HttpResponse, account_id: Id):
    return show(request, response, selectors.find_account(viewer=request.user, account_id=account_id))


def show(request: SignedInRequest, response: HttpResponse, account: Account) -> dict[str, Any]:
    tag(response, account.version)
    team = account.team.order_by("id").values("person", "function", "role")
    seen = selectors.accounts_for(request.user)
    near = {row["id"]: row for row in seen.filter(parent=account).values("id", "code", "name", "name_zh")}
    above = seen.filter(pk=account.parent_id or 0).values("id", "code", "name", "name_zh").first()
    stream = next(iter(streams_of([account_stream(account.pk)])), None)
    return {
        **with_work([account], request)[0],
        "notes": account.notes,
        "team": list(team),
        "teams": list(account.team_roles.values("team", "role")),
        "vacant_functions": selectors.vacancies([account])[account.pk],
        "children": list(near.values()),
        "parent_account": above,
        "epoch": stream.epoch if stream else "",
        "seq": stream.head if stream else 0,
        "can": access.shown(access.abilities(request.user, account)),
    }


@router.post("/accounts", response=answers(AccountOut, status=201, refusals=CHANGE), operation_id="create_account")
def create_account(request: SignedInRequest, response: HttpResponse, body: AccountIn):
    fields = body.dict(exclude_unset=True)
    account = services.create_account(
        actor=request.user, code=fields.pop("code"), name=fields.pop("name"), fields=fields
    )
    return Status(201, show(request, response, account))


@router.patch(
    "/accounts/{account_id}", response=answers(AccountOut, refusals=(*CHANGE, 412, 428)), operation_id="change_account"
)
def change_account(request: SignedInRequest, response: HttpResponse, account_id: Id, body: AccountChange):
    """Change what is given. `notes` needs If-Match with the version that was read."""
    fields = body.dict(exclude_unset=True)
    read = version_wanted(request) if "notes" in fields else None
    account = services.change_account(actor=request.user, account_id=account_id, fields=fields, read_version=read)
    # The change may be the actor's own way out: show what is left to see.
    return show(request, response, account)
