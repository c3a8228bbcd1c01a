import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation
from django.utils.translation import gettext as _

from tracker.errors import DomainError
from tracker.imports.mapping import read_mapping, shipped
from tracker.imports.report import Report, row_text, summary, write_csv
from tracker.imports.services import import_files
from tracker.imports.steps import Progress
from tracker.people.language import CODES
from tracker.people.models import User

MOST_SHOWN = 50  # rows that did not come in; --report has them all


class Command(BaseCommand):
    help = "Bring in accounts, people, initiatives and tasks from CSV and XLSX files (docs/importing.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        names = ", ".join(shipped())
        parser.add_argument("mapping", help=f"a mapping that comes with Accord ({names}), or the path of one")
        parser.add_argument("files", nargs="+", type=Path, help="files, or folders of files")
        parser.add_argument("--dry-run", action="store_true", help="only say what would become of each row")
        parser.add_argument("--actor", default="", help="the address of the administrator who imports")
        parser.add_argument(
            "--report", type=argparse.FileType("w", encoding="utf-8-sig"), help="write every row's fate here, as CSV"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        actor = find_actor(options["actor"])
        with translation.override(CODES.get(actor.language, "en")):
            try:
                report = import_files(
                    actor=actor,
                    mapping=read_mapping(options["mapping"]),
                    files=options["files"],
                    is_dry=options["dry_run"],
                    tell=self.tell,
                )
            except DomainError as refusal:
                raise CommandError(str(refusal)) from None
            self.show(report)
            if options["report"]:
                with options["report"] as file:
                    write_csv(report, file)

    def tell(self, progress: Progress) -> None:
        """How far it is, on one line that is written over, and only for somebody who watches."""
        if self.stderr.isatty():
            text = f"{progress.makes}  {progress.file}  {progress.done:,} / {progress.total:,}"
            self.stderr.write(f"\r{text:<78}", ending="")

    def show(self, report: Report) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{'':<78}\r", ending="")
        for line in summary(report):
            self.stdout.write(line)
        problems = report.problems()
        for row in problems[:MOST_SHOWN]:
            self.stdout.write(row_text(row))
        if len(problems) > MOST_SHOWN:
            self.stdout.write(
                _("… and %(count)s more rows; --report writes them all.") % {"count": len(problems) - MOST_SHOWN}
            )
        if report.is_dry:
            self.stdout.write(_("This was a dry run: nothing has been changed."))


def find_actor(email: str) -> User:
    """The administrator with this address, or the only one there is."""
    administrators = User.objects.filter(is_active=True, is_administrator=True)
    found = list((administrators.filter(email=email.lower()) if email else administrators)[:2])
    if not found:
        raise CommandError(_("There is no such administrator."))
    if len(found) > 1:
        raise CommandError(_("There are several administrators: say with --actor who imports."))
    return found[0]
