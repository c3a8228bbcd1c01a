"""What an import is told in a TOML file: which rows make what, which column fills which field, how values are read.

`docs/importing.md` explains it by example. A mapping is checked as a whole before any file is opened.
"""

import codecs
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from django.utils.translation import gettext as _
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic import Field as Limits

from tracker.errors import Refused
from tracker.log.http import Name, OtherName
from tracker.problems import problem
from tracker.work.models import Status

FOLDER = Path(__file__).parent / "mappings"
PLACE = re.compile(r"\{([^{}|]+)(?:\|([a-z]+)(?::(\d{1,2}))?)?\}")
"""A place in a text: `{column}`, `{column|address}`, `{column|key:5}`."""

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Makes = Literal["people", "teams", "accounts", "account_team", "projects", "project_team", "tasks"]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def columns_in(text: str) -> set[str]:
    return {found[0] for found in PLACE.findall(text)}


class MostOf(Part):
    """The value that stands most often in `column` of the rows of `file` whose `by` is this row's key; the first of equals."""

    file: str
    sheet: str = ""
    column: str
    by: str
    where: dict[str, list[str]] = {}


class FieldRule(Part):
    """Where a field's value comes from (exactly one of column, text, value, most) and how it is read.

    `values` names the table that translates it; a value that is not there costs the row, or leaves the field empty
    (`unknown = "empty"`). `keep` fields are set when the thing is made and left alone by later imports. `free` gives a
    code that is taken another ending.
    """

    column: str = ""
    text: str = ""
    value: str | int | float | bool | None = None
    most: MostOf | None = None
    values: str = ""
    unknown: Literal["refuse", "empty"] = "refuse"
    required: bool = False
    keep: bool = False
    free: bool = False
    split: str = ""
    dates: list[str] = []
    decimal: Literal[".", ","] = "."

    @model_validator(mode="after")
    def has_one_source(self) -> Self:
        given = [bool(self.column), bool(self.text), self.value is not None, self.most is not None]
        if sum(given) != 1:
            raise ValueError(_("a field needs exactly one of column, text, value and most"))
        return self

    def columns(self) -> set[str]:
        return columns_in(self.text) | ({self.column} if self.column else set())


def short_form(given: Any) -> Any:
    """`name = "account"` is a column, `email = "{agent}@crm.example"` a text with columns in it."""
    if isinstance(given, str):
        return {"text": given} if "{" in given else {"column": given}
    return given


class ColumnRule(Part):
    """What the cells of a column mean, before anything is made of them.

    `correct` names a table of known misspellings: each use is shown in the report. `one_of` lists all values that may
    stand here; others cost the row. `empty` stands for an empty cell.
    """

    correct: str = ""
    one_of: list[str] = []
    empty: str = ""


class SheetRule(Part):
    """The rows of one file (or of one sheet of a workbook, or written here) and what each of them makes.

    `key` names what a row is about where it comes from: the same key leads to the same thing in every later import.
    `where` and `unless` ask for some rows only; what came in once is followed in any case. With `once`, further rows with the same key
    are no mistake: they say the same again, or add to the lists of a team.
    """

    makes: Makes
    file: str = ""
    sheet: str = ""
    encoding: str = ""
    rows: list[dict[str, str]] = []
    key: str
    where: dict[str, list[str]] = {}
    unless: dict[str, list[str]] = {}
    once: bool = False
    columns: dict[str, ColumnRule] = {}
    fields: dict[str, Annotated[FieldRule, BeforeValidator(short_form)]]

    @model_validator(mode="after")
    def has_rows(self) -> Self:
        if bool(self.file) == bool(self.rows):
            raise ValueError(_("a sheet needs either a file or rows"))
        if self.encoding:
            try:
                codecs.lookup(self.encoding)
            except LookupError:
                raise ValueError(_("is not an encoding")) from None
        return self

    @property
    def key_text(self) -> str:
        return self.key if "{" in self.key else f"{{{self.key}}}"

    def columns_used(self) -> set[str]:
        """Every column that the sheet speaks of: its header must have them."""
        found = columns_in(self.key_text) | set(self.where) | set(self.unless) | set(self.columns)
        return found.union(*(rule.columns() for rule in self.fields.values()))


class StatusRule(Part):
    name: Annotated[Name, Limits(max_length=80)]
    name_zh: Annotated[OtherName, Limits(max_length=80)] = ""
    category: Literal["backlog", "ready", "active", "waiting", "review", "done", "cancelled"]
    color: Annotated[str, AfterValidator(lambda color: Status.Color(color).value)] = "grey"


class WorkflowRule(Part):
    """A workflow that is made where there is none with this code; one that is there stays as it is."""

    code: Code
    name: Annotated[Name, Limits(max_length=80)]
    name_zh: Annotated[OtherName, Limits(max_length=80)] = ""
    statuses: list[StatusRule] = Limits(min_length=1, max_length=30)


class LabelRule(Part):
    """A label that is made where there is none with this name."""

    name: Annotated[Name, Limits(max_length=60)]
    name_zh: Annotated[OtherName, Limits(max_length=60)] = ""
    color: Annotated[str, AfterValidator(lambda color: Status.Color(color).value)] = "grey"


class Mapping(Part):
    """`source` is the name under which keys are remembered: another mapping of the same source knows them too."""

    source: Code
    title: str = ""
    workflows: list[WorkflowRule] = []
    labels: list[LabelRule] = []
    corrections: dict[str, dict[str, str]] = {}
    values: dict[str, dict[str, str]] = {}
    sheets: list[SheetRule] = Limits(min_length=1)

    @model_validator(mode="after")
    def names_tables_that_exist(self) -> Self:
        for sheet in self.sheets:
            for rule in sheet.columns.values():
                if rule.correct and rule.correct not in self.corrections:
                    raise ValueError(_("there is no table corrections.%(name)s") % {"name": rule.correct})
            for field in sheet.fields.values():
                if field.values and field.values not in self.values:
                    raise ValueError(_("there is no table values.%(name)s") % {"name": field.values})
        return self


def shipped() -> list[str]:
    """The names of the mappings that come with Accord."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def read_mapping(name: str) -> Mapping:
    """The shipped mapping of this name, or the one in this file. Raises Refused with what is wrong with it."""
    path = FOLDER / f"{name}.toml" if name in shipped() else Path(name)
    try:
        return Mapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except OSError:
        known = ", ".join(shipped())
        raise Refused(
            _("There is no mapping “%(name)s”. There are: %(known)s; or give the path of a file.")
            % {"name": name, "known": known},
            code="no_mapping",
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(_("The mapping is not valid TOML: %(why)s") % {"why": error}, code="bad_mapping") from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise Refused(
            _("The mapping does not fit at %(where)s: %(why)s") % {"where": where or "/", "why": problem(first)},
            code="bad_mapping",
        ) from None
