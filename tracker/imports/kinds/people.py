"""Colleagues and teams."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

from django.utils.translation import gettext as _
from pydantic import Field

from tracker.errors import Refused
from tracker.imports.identities import Ref
from tracker.imports.kinds.kind import Draft, Kind, Shape
from tracker.imports.mapping import SheetRule
from tracker.imports.run import Values
from tracker.log.change import WORKSPACE, Name
from tracker.log.http import Name as Title
from tracker.log.http import OtherName
from tracker.people import services
from tracker.people.addresses import Address
from tracker.people.fields import Language, OtherPersonName, PersonName, TimeZone
from tracker.people.models import Team
from tracker.people.newcomers import add_person

COLUMNS = {"function": "function_id"}


class PersonShape(Shape):
    email: Address
    name: PersonName
    name_zh: OtherPersonName = ""
    title: OtherPersonName = ""
    title_zh: OtherPersonName = ""
    language: Language = "en"
    time_zone: TimeZone = "UTC"
    hours_per_day: Annotated[Decimal, Field(ge=0, le=24, max_digits=4)] = Decimal(8)
    is_overseer: bool = False


class People(Kind):
    """Found by address: who is here already stays as they are. Nobody becomes administrator by an import."""

    name = "people"
    shape = PersonShape
    references = {"function": "functions"}
    numbers = frozenset({"hours_per_day"})
    needed = ("email", "name")
    kept = frozenset({"email", "language", "time_zone"})

    def streams(self, drafts: Iterable[Draft]) -> list[Name]:
        return [WORKSPACE]

    def ref(self, values: Values) -> Ref | None:
        return self.run.identities.by_own_name("people").get(values["email"])

    def existing(self, values: Values) -> int | None:
        ref = self.ref(values)
        return ref if isinstance(ref, int) else None

    def prepare(self, draft: Draft, sheet: SheetRule) -> None:
        """Two names of one source never become the same person."""
        ref = self.ref(draft.values)
        if ref is None or (draft.object_id is not None and ref == draft.object_id):
            return
        if not isinstance(ref, int) or self.run.identities.has_key("people", ref):
            raise Refused(_("Somebody with this address is here already."), code="taken", field="email")

    def create(self, values: Values) -> int:
        fields = {COLUMNS.get(name, name): value for name, value in values.items() if name not in ("email", "name")}
        return add_person(actor=self.run.actor, email=values["email"], name=values["name"], fields=fields).pk

    def update(self, object_id: int, changes: Values) -> None:
        services.change_person(actor=self.run.actor, person_id=object_id, fields=changes)


class TeamShape(Shape):
    name: Title
    name_zh: OtherName = ""


class Teams(Kind):
    name = "teams"
    shape = TeamShape
    lists = {"members": "people"}
    needed = ("name",)

    def streams(self, drafts: Iterable[Draft]) -> list[Name]:
        names: list[Name] = [WORKSPACE]
        for draft in drafts:
            if draft.object_id:
                names += services.streams_with_roles(draft.object_id)
        return names

    def prepare(self, draft: Draft, sheet: SheetRule) -> None:
        if Team.objects.filter(name=draft.values["name"]).exclude(pk=draft.object_id or 0).exists():
            raise Refused(_("This name is taken."), code="taken", field="name")

    def create(self, values: Values) -> int:
        team = services.add_team(
            actor=self.run.actor,
            name=values["name"],
            name_zh=values.get("name_zh", ""),
            members=values.get("members", []),
        )
        return team.pk

    def update(self, object_id: int, changes: Values) -> None:
        services.change_team(actor=self.run.actor, team_id=object_id, fields=changes)
