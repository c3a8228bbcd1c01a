"""What a backup and a restore do, one step after the other."""

import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.timezone import now

from tracker.log import newest_backup
from tracker.log.backup import postgres, sqlite
from tracker.log.backup.archive import (
    DATABASE,
    FILES,
    MANIFEST,
    SEAL,
    BackupError,
    Manifest,
    Part,
    add_part,
    files_below,
    new_file,
    opened,
    seal,
    unpack,
)

ENGINES: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgres}


def back_up(path: Path) -> Manifest:
    """Write everything to a new archive while the server runs. Raises BackupError."""
    with scratch() as folder, new_file(path) as file:
        # The database comes first: a file that is added meanwhile is one too many, not one too few.
        counts = engine().dump(folder / DATABASE, left_out())
        migrations = sorted(".".join(key) for key in MigrationLoader(connection).applied_migrations)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            manifest = Manifest(
                version=settings.VERSION,
                engine=connection.vendor,
                created_at=now(),
                migrations=migrations,
                counts=counts,
                parts=add_parts(archive, folder / DATABASE),
            )
            archive.writestr(MANIFEST, json.dumps(manifest.model_dump(mode="json"), ensure_ascii=False, indent=1))
            archive.comment = bytes(SEAL)
        seal(file)
    newest_backup.note(manifest.created_at)
    return manifest


def add_parts(archive: zipfile.ZipFile, database: Path) -> dict[str, Part]:
    with database.open("rb") as source:
        parts = {DATABASE: add_part(archive, DATABASE, source)}
    root = Path(settings.MEDIA_ROOT)
    for path in files_below(root):
        name = f"{FILES}/{path.relative_to(root).as_posix()}"
        try:
            source = path.open("rb")
        except FileNotFoundError:
            continue  # it was removed while the backup was being made
        with source:
            parts[name] = add_part(archive, name, source)
    return parts


def restore(path: Path) -> Manifest:
    """Put an archive back in the place of everything there is, while the server runs.

    Raises BackupError, and then nothing is changed: damaged or strange archive, another engine, a newer schema.
    """
    with opened(path) as (archive, manifest), scratch() as folder:
        require_fitting(manifest)
        unpack(archive, manifest, folder)
        with files_in_place(folder / FILES):
            engine().load(folder / DATABASE, manifest.counts, left_out())
    if is_older(manifest):
        call_command("migrate", interactive=False, verbosity=0)
    return manifest


def require_fitting(manifest: Manifest) -> None:
    if manifest.engine != connection.vendor:
        raise BackupError(f"This is a backup of {manifest.engine}, and this installation uses {connection.vendor}.")
    unknown = sorted(set(manifest.migrations) - known_migrations())
    if unknown:
        raise BackupError(
            f"This backup was made by a newer version ({manifest.version}): it holds {unknown[-1]}, which is unknown here."
        )


def is_older(manifest: Manifest) -> bool:
    return bool(known_migrations() - set(manifest.migrations))


def known_migrations() -> set[str]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return {".".join(key) for key in {*loader.disk_migrations, *replaced}}


def engine() -> ModuleType:
    return ENGINES[connection.vendor]


def left_out() -> list[str]:
    """The tables whose rows stay behind: what lets somebody in today must not do so from a backup."""
    return [apps.get_model(label)._meta.db_table for label in settings.BACKUP_LEAVES_OUT]


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder of one's own beside the files, so that they can be moved rather than copied."""
    beside = Path(settings.MEDIA_ROOT).parent
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="backup-", dir=beside) as folder:
        yield Path(folder)


@contextmanager
def files_in_place(staged: Path) -> Iterator[None]:
    """Move the files to where they belong; those that are new go away again if what follows fails.

    Files that the backup does not know stay: nothing refers to them, and an upload may be under way.
    """
    root = Path(settings.MEDIA_ROOT)
    added: list[Path] = []
    try:
        for path in files_below(staged):
            target = root / path.relative_to(staged)
            if not target.parent.resolve().is_relative_to(root.resolve()):
                raise BackupError(f"{target.parent} leads out of the folder of files.")
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                added.append(target)
            path.replace(target)
        yield
    except BaseException:
        for target in added:
            target.unlink(missing_ok=True)
        raise
