"""Bringing in what was kept elsewhere: from CSV and XLSX files, through a mapping, as often as needed."""

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from tracker.errors import Refused, TooLarge
from tracker.imports.kinds import KINDS
from tracker.imports.mapping import Mapping
from tracker.imports.reading.rows import MOST_ROWS
from tracker.imports.reading.tables import Files, Table, require_columns
from tracker.imports.report import THINGS, Report
from tracker.imports.run import Run
from tracker.imports.steps import Progress, Step, Teller, tables_of
from tracker.imports.ways import prepare_ways
from tracker.people import access
from tracker.people.models import User


def nobody(progress: Progress) -> None:
    """For those who do not want to hear how far it is."""


def import_files(
    *, actor: User, mapping: Mapping, files: Iterable[Path], is_dry: bool = False, tell: Teller = nobody
) -> Report:
    """Bring in the rows of these files and folders, as the mapping says; returns what became of each row.

    A dry run changes nothing and foretells the rest. Rows are written in chunks, each in one transaction, so that an
    import that is broken off can simply be run again; what came in before is found by its key and left alone unless it
    has changed at the source. Raises Forbidden, Refused (a file, a column or a field that is not there), TooLarge:
    then nothing has been changed.
    """
    access.require_administrator(actor)
    given = Files(files)
    require_known_fields(mapping)
    totals = measured(tables_of(mapping.sheets, given))
    run, report = Run(actor, mapping, is_dry), Report(is_dry)
    for table in totals:
        if table.is_guessed:
            report.warnings.append(
                _("%(file)s is in no encoding that can be recognised; read as Latin-1. Look at its accented letters.")
                % {"file": table.name}
            )
    prepare_ways(run, report)
    for rule in mapping.sheets:
        step = Step(run, report, rule, given)
        step.carry_out(totals[step.table] if step.table else len(rule.rows), tell)
    return report


def require_known_fields(mapping: Mapping) -> None:
    """Raises Refused where the mapping fills a field that there is not, or leaves one out that is needed."""
    for rule in mapping.sheets:
        kind = KINDS[rule.makes]
        for name in rule.fields:
            if name not in kind.fields():
                raise Refused(
                    _("The %(things)s have no field “%(field)s”.") % {"things": THINGS[rule.makes], "field": name},
                    code="unknown_field",
                    field=name,
                )
        for name in kind.needed:
            if name not in rule.fields:
                raise Refused(
                    _("The mapping does not say where the “%(field)s” of the %(things)s comes from.")
                    % {"things": THINGS[rule.makes], "field": name},
                    code="missing_field",
                    field=name,
                )


def measured(tables: dict[Table, set[str]]) -> dict[Table, int]:
    """Each table's number of rows, read once from end to end. Raises Refused (a column is missing), TooLarge."""
    found = {}
    for table, columns in tables.items():
        require_columns(table, columns)
        found[table] = sum(1 for _row in table.rows())
        if sum(found.values()) > MOST_ROWS:
            raise TooLarge(_("An import holds %(limit)s rows at most.") % {"limit": f"{MOST_ROWS:,}"})
    return found
