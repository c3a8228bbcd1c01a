"""What all kinds have in common: which fields there are, and how a row becomes a change made by the services."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import ClassVar

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from tracker.imports.identities import Ref
from tracker.imports.mapping import FieldRule, SheetRule
from tracker.imports.report import THINGS
from tracker.imports.run import Missing, Run, Values
from tracker.imports.values import DoesNotFit, Reading, Unknown, as_date, as_list, as_number
from tracker.log.change import Name
from tracker.problems import problem


class Shape(BaseModel):
    """The fields of a row that are not references, with the types that the services' callers over HTTP must keep too."""

    model_config = ConfigDict(extra="forbid")


@dataclass
class Draft:
    """A row that is ready to be carried out: typed values, references resolved.

    `object_id` is the thing that is here already; `changed` names the fields that the source says differently now.
    """

    reading: Reading
    key: str
    values: Values
    digests: dict[str, str]
    object_id: int | None = None
    changed: set[str] = field(default_factory=set)

    def changes(self) -> Values:
        return {name: value for name, value in self.values.items() if name in self.changed}


class Kind:
    """One kind of things. A subclass names its fields, and calls the services that make and change it."""

    name: ClassVar[str]
    shape: ClassVar[type[Shape]]
    references: ClassVar[dict[str, str]] = {}  # field → the kind of thing it names
    lists: ClassVar[dict[str, str]] = {}  # the same, for fields that name several
    dates: ClassVar[frozenset[str]] = frozenset()
    numbers: ClassVar[frozenset[str]] = frozenset()
    needed: ClassVar[tuple[str, ...]] = ()
    kept: ClassVar[frozenset[str]] = frozenset()  # what an import sets once and never changes
    parent: ClassVar[str | None] = None  # the reference to another thing of the same kind
    together: ClassVar[str | None] = None  # rows with the same value here are cheaper to write one after another

    def __init__(self, run: Run) -> None:
        self.run = run

    # --- from texts to values ---

    @classmethod
    def fields(cls) -> set[str]:
        return set(cls.shape.model_fields) | set(cls.references) | set(cls.lists)

    def values(self, reading: Reading, sheet: SheetRule) -> Values:
        """The typed values of a row. Raises DoesNotFit, Missing, DomainError."""
        found: Values = {}
        plain: Values = {}
        for name, text in reading.texts.items():
            if name in self.lists:
                refs = (self.resolve(name, self.lists[name], one, reading, sheet) for one in as_list(text) if one)
                found[name] = list(dict.fromkeys(ref for ref in refs if ref is not None))
            elif name in self.references:
                found[name] = self.resolve(name, self.references[name], str(text), reading, sheet) if text else None
            elif text:
                plain[name] = self.typed(name, str(text), sheet.fields[name])
            elif name not in self.needed:
                found[name] = self.shape.model_fields[name].get_default()
        for name in self.needed:
            if not (plain.get(name) or found.get(name)):
                raise DoesNotFit(_("%(field)s is missing.") % {"field": name})
        return found | self.shaped(plain)

    def typed(self, name: str, text: str, rule: FieldRule) -> object:
        try:
            if name in self.dates:
                return as_date(text, rule)
            return as_number(text, rule) if name in self.numbers else text
        except DoesNotFit as why:
            raise DoesNotFit(f"{name}: {why}") from None

    def shaped(self, plain: Values) -> Values:
        try:
            return self.shape.model_validate(plain).model_dump(exclude_unset=True)
        except ValidationError as error:
            raise DoesNotFit(said(error.errors()[0])) from None

    def resolve(self, field: str, kind: str, name: str, reading: Reading, sheet: SheetRule) -> Ref | None:
        """The thing that a cell names. Raises Missing, unless the mapping leaves the field empty then."""
        ref = self.run.identities.find(kind, name)
        if ref is not None:
            return ref
        rule = sheet.fields[field]
        things = THINGS[kind]
        gap = Unknown(rule.column or field, name, _("the %(things)s that there are") % {"things": things})
        if rule.unknown == "empty":
            reading.left_empty.append(gap)
            return None
        raise Missing(
            _("%(field)s: there is no “%(name)s” among the %(things)s.")
            % {"field": field, "name": name, "things": things},
            gap if kind in ("functions", "labels", "workflows") else None,
        )

    # --- what a subclass says ---

    def prepare(self, draft: Draft, sheet: SheetRule) -> None:
        """Look at the row as a whole before it is carried out; a dry run gets this far. Raises DomainError."""

    def existing(self, values: Values) -> int | None:
        """The id of the thing that is here without having been imported, if the row is about it."""
        return None

    def existing_in_plan(self, values: Values) -> bool:
        """The same, for what a dry run would have made."""
        return False

    def streams(self, drafts: Iterable[Draft]) -> list[Name]:
        """All streams that carrying out these rows locks, so that they can be locked in order."""
        return []

    def create(self, values: Values) -> int:
        raise NotImplementedError

    def create_all(self, drafts: list[Draft]) -> list[int]:
        """Make several things; their ids in the same order. All or none. Raises DomainError."""
        return [self.create(draft.values) for draft in drafts]

    def update(self, object_id: int, changes: Values) -> None:
        raise NotImplementedError


def said(error: ErrorDetails) -> str:
    """What Pydantic found, with the value where it is short enough to be recognised by."""
    text = f"{'.'.join(str(part) for part in error['loc'])}: {problem(error)}"
    value = str(error["input"])
    return f"{text} (“{value}”)" if len(value) <= 80 else text
