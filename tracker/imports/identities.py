"""Which thing a name from elsewhere stands for: made by an earlier import, about to be made, or here by its own right."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from tracker.accounts.models import Account, AccountMember
from tracker.imports.models import ExternalKey
from tracker.people.addresses import normal_address
from tracker.people.models import Function, Team, User
from tracker.work.models import Label, Project, ProjectMember, Task, Workflow

MODELS: dict[str, type[Model]] = {
    "people": User,
    "teams": Team,
    "accounts": Account,
    "account_team": AccountMember,
    "projects": Project,
    "project_team": ProjectMember,
    "tasks": Task,
}
# What people call these things here, without an import: the fields by which they are found.
OWN_NAMES: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "people": (User, ("email",)),
    "accounts": (Account, ("code",)),
    "projects": (Project, ("key",)),
    "functions": (Function, ("code", "name", "name_zh")),
    "labels": (Label, ("name", "name_zh")),
    "workflows": (Workflow, ("code",)),
}


@dataclass(frozen=True)
class Planned:
    """A thing that a dry run has come across and would have made."""

    kind: str
    key: str


Ref = int | Planned


@dataclass(frozen=True, slots=True)
class Known:
    object_id: int
    digests: dict[str, str]


class Identities:
    """The names of one source. Read when first asked for, and kept in step with what the import makes."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.known: dict[str, dict[str, Known]] = {}
        self.own_names: dict[str, dict[str, Ref]] = {}
        self.there: dict[str, set[int]] = {}
        self.keyed: dict[str, set[int]] = {}
        self.planned: dict[tuple[str, str], Planned] = {}

    def of(self, kind: str) -> dict[str, Known]:
        """Key → what it became, for one kind of things."""
        if kind not in self.known:
            rows = ExternalKey.objects.filter(source=self.source, kind=kind)
            self.known[kind] = {
                key: Known(object_id, digests)
                for key, object_id, digests in rows.values_list("key", "object_id", "digests")
            }
        return self.known[kind]

    def find(self, kind: str, name: str) -> Ref | None:
        """The thing that this name stands for: first by its key at the source, then by its own name here."""
        if kind in MODELS:
            known = self.of(kind).get(name)
            if known is not None and self.is_there(kind, known.object_id):
                return known.object_id
        return self.planned.get((kind, name)) or self.by_own_name(kind).get(normal(kind, name))

    def by_own_name(self, kind: str) -> dict[str, Ref]:
        if kind not in self.own_names:
            found: dict[str, Ref] = {}
            if kind in OWN_NAMES:
                model, fields = OWN_NAMES[kind]
                for pk, *names in model._default_manager.values_list("pk", *fields):
                    # The first field comes last, and so wins over what others have as their second name.
                    found |= {normal(kind, name): pk for name in reversed(names) if name}
            self.own_names[kind] = found
        return self.own_names[kind]

    def is_there(self, kind: str, object_id: int) -> bool:
        """Has it not been deleted since?"""
        if kind not in self.there:
            self.there[kind] = set(MODELS[kind]._default_manager.values_list("pk", flat=True))
        return object_id in self.there[kind]

    def has_key(self, kind: str, object_id: int) -> bool:
        """Does a name of this source lead to it already?"""
        if kind not in self.keyed:
            self.keyed[kind] = {known.object_id for known in self.of(kind).values()}
        return object_id in self.keyed[kind]

    def plan(self, kind: str, key: str, values: dict[str, Any]) -> None:
        """From now on the key stands for something that a dry run would have made."""
        self.planned[kind, key] = Planned(kind, key)
        self.call(kind, values, self.planned[kind, key])

    def call(self, kind: str, values: dict[str, Any], ref: Ref) -> None:
        for field in OWN_NAMES[kind][1] if kind in OWN_NAMES else ():
            if values.get(field):
                self.by_own_name(kind).setdefault(normal(kind, values[field]), ref)

    def keep(self, kind: str, made: Iterable[tuple[str, int, dict[str, str]]]) -> None:
        """Write down what keys became: in the transaction in which it was made."""
        ExternalKey.objects.bulk_create(
            ExternalKey(source=self.source, kind=kind, key=key, object_id=object_id, digests=digests)
            for key, object_id, digests in made
        )

    def follow(self, kind: str, key: str, digests: dict[str, str]) -> None:
        """Write down what the source says now."""
        ExternalKey.objects.filter(source=self.source, kind=kind, key=key).update(digests=digests)

    def learn(self, kind: str, key: str, object_id: int, digests: dict[str, str], values: dict[str, Any]) -> None:
        """After the commit: what was written down is known."""
        self.of(kind)[key] = Known(object_id, digests)
        for ids in (self.there, self.keyed):
            if kind in ids:
                ids[kind].add(object_id)
        self.call(kind, values, object_id)


def normal(kind: str, name: Any) -> str:
    return normal_address(str(name)) if kind == "people" else str(name).casefold()
