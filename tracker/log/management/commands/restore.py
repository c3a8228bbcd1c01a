"""`manage.py restore FILE`: put a backup in the place of everything there is, while the server runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from tracker.log.backup import BackupError, restore


class Command(BaseCommand):
    help = "Put a backup in the place of all data. The server may run; everybody has to sign in again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="an archive that `manage.py backup` wrote")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, file: Path, yes: bool, **options: Any) -> None:
        if not yes and input(f"Everything is replaced by {file}. Type yes to go on: ").strip().lower() != "yes":
            raise CommandError("Nothing was changed.")
        try:
            manifest = restore(file)
        except BackupError as error:
            raise CommandError(str(error)) from None
        rows, files = sum(manifest.counts.values()), len(manifest.parts) - 1
        self.stdout.write(f"Restored {rows:,} rows and {files:,} files of {manifest.created_at:%Y-%m-%d %H:%M} UTC.")
        self.stdout.write("Everybody has to sign in again.")
