"""Key accounts, and who serves them."""

from collections.abc import Iterable
from functools import cached_property

from django.utils.translation import gettext as _

from tracker.accounts import services
from tracker.accounts.api import Code, Country, TeamRole, Tier
from tracker.accounts.models import Account, AccountMember
from tracker.errors import Conflict, Refused
from tracker.imports.identities import Ref
from tracker.imports.kinds.kind import Draft, Kind, Shape
from tracker.imports.mapping import SheetRule
from tracker.imports.run import Run, Values
from tracker.imports.texts import free
from tracker.log.change import Name, account_stream
from tracker.log.http import Name as Title
from tracker.log.http import OtherName, Text

LONGEST_CODE = 20


class AccountShape(Shape):
    code: Code
    name: Title
    name_zh: OtherName = ""
    industry: OtherName = ""
    industry_zh: OtherName = ""
    country: Country = ""
    tier: Tier = "C"
    notes: Text = ""


class Accounts(Kind):
    """An account without an owner is owned by whoever imports it."""

    name = "accounts"
    shape = AccountShape
    references = {"parent": "accounts", "owner": "people"}
    needed = ("code", "name")
    parent = "parent"

    @cached_property
    def codes(self) -> dict[str, int]:
        """Code → account; 0 for one that a row of this import takes."""
        return dict(Account.objects.values_list("code", "pk"))

    @cached_property
    def parents(self) -> dict[int, int | None]:
        return dict(Account.objects.values_list("pk", "parent_id"))

    def prepare(self, draft: Draft, sheet: SheetRule) -> None:
        code = draft.values["code"]
        if draft.object_id is None or "code" in draft.changed:
            if sheet.fields["code"].free:
                code = draft.values["code"] = free(code, self.codes, LONGEST_CODE, "-")
            if self.codes.get(code, draft.object_id) != draft.object_id:
                raise Refused(_("This code is taken."), code="taken", field="code")
            self.codes[code] = draft.object_id or 0
        if draft.object_id is not None and "parent" in draft.changed:
            self.require_no_circle(draft.object_id, draft.values["parent"])

    def require_no_circle(self, account_id: int, parent: object) -> None:
        at, seen = parent, set[int]()
        while isinstance(at, int) and at not in seen:
            if at == account_id:
                raise Conflict(_("An account cannot be its own subsidiary."), code="cycle", field="parent")
            seen.add(at)
            at = self.parents.get(at)
        self.parents[account_id] = parent if isinstance(parent, int) else None

    def streams(self, drafts: Iterable[Draft]) -> list[Name]:
        names: list[Name] = []
        for draft in drafts:
            if draft.object_id:
                names.append(account_stream(draft.object_id))
                names += services.inheriting(draft.object_id) if "owner" in draft.changed else []
        return names

    def create(self, values: Values) -> int:
        fields = {name: value for name, value in values.items() if name not in ("code", "name")}
        account = services.create_account(actor=self.run.actor, code=values["code"], name=values["name"], fields=fields)
        return account.pk

    def update(self, object_id: int, changes: Values) -> None:
        services.change_account(actor=self.run.actor, account_id=object_id, fields=changes)


class AccountTeamShape(Shape):
    role: TeamRole = "member"


class AccountTeam(Kind):
    """People on account teams. Who is on the team already keeps the role they have."""

    name = "account_team"
    shape = AccountTeamShape
    references = {"account": "accounts", "person": "people", "function": "functions"}
    needed = ("account", "person")
    kept = frozenset({"account", "person"})

    def __init__(self, run: Run) -> None:
        super().__init__(run)
        self.places: set[tuple[Ref, Ref]] = set()

    def prepare(self, draft: Draft, sheet: SheetRule) -> None:
        """A person is named once for each account."""
        place = (draft.values["account"], draft.values["person"])
        if place in self.places:
            raise Refused(_("Another row stands for the same thing."), code="repeated", field="person")
        self.places.add(place)

    def existing(self, values: Values) -> int | None:
        if not (isinstance(values["account"], int) and isinstance(values["person"], int)):
            return None
        rows = AccountMember.objects.filter(account=values["account"], person=values["person"])
        return rows.values_list("pk", flat=True).first()

    def existing_in_plan(self, values: Values) -> bool:
        return self.run.planned(values["account"]).get("owner") == values["person"]

    def streams(self, drafts: Iterable[Draft]) -> list[Name]:
        accounts = {draft.values["account"] for draft in drafts}
        return [name for pk in accounts for name in (account_stream(pk), *services.inheriting(pk))]

    def create(self, values: Values) -> int:
        return self.put(values).pk

    def put(self, values: Values) -> AccountMember:
        return services.set_team_member(
            actor=self.run.actor,
            account_id=values["account"],
            person_id=values["person"],
            role=values.get("role", "member"),
            function=values.get("function"),
        )

    def update(self, object_id: int, changes: Values) -> None:
        member = AccountMember.objects.get(pk=object_id)
        now = {
            "account": member.account_id, "person": member.person_id, "role": member.role, "function": member.function_id,
        }  # fmt: skip
        self.put(now | changes)
