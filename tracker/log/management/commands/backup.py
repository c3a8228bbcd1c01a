"""`manage.py backup FILE`: the database and the files in one archive, while the server runs."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from tracker.log.backup import BackupError, back_up


class Command(BaseCommand):
    help = "Write the database and the files to one archive. The server may run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the archive to write; it must not exist yet")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            manifest = back_up(file)
        except BackupError as error:
            raise CommandError(str(error)) from None
        rows, files = sum(manifest.counts.values()), len(manifest.parts) - 1
        self.stdout.write(f"{file}: {rows:,} rows and {files:,} files, {file.stat().st_size:,} bytes.")
        self.stdout.write("The secret key is not in it: keep var/secret-key (or SECRET_KEY) in another place.")
