"""SQLite: the online backup API in both directions, never a copy of the file."""

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection

from tracker.log.backup.archive import BackupError
from tracker.log.models import Stream

SECONDS = 60  # to wait for a writer


def dump(target: Path, left_out: list[str]) -> dict[str, int]:
    """Write a moment of the live database to a file of its own; returns the rows of each table."""
    with closing(connected(live())) as source, closing(connected(target)) as copy:
        source.backup(copy)
        forget(copy, left_out)
        copy.execute("PRAGMA journal_mode=DELETE")
        require_sound(copy)
        return counted(copy)


def load(source: Path, counts: dict[str, int], left_out: list[str]) -> None:
    """Put a file in the place of the live database, in one transaction of SQLite's own. Raises BackupError."""
    try:
        with closing(connected(source)) as copy:
            require_sound(copy)
            if counted(copy) != counts:
                raise BackupError("The database in this backup does not hold what its manifest says.")
            forget(copy, left_out)
            copy.execute(f"UPDATE {quoted(Stream._meta.db_table)} SET epoch = lower(hex(randomblob(4)))")  # noqa: S608
            with closing(connected(live())) as target:
                target.execute("PRAGMA journal_mode=WAL")
                target.execute("PRAGMA synchronous=FULL")
                copy.backup(target)
    except sqlite3.Error as error:
        raise BackupError(f"The database could not be put back: {error}.") from None


def live() -> Path:
    return Path(connection.settings_dict["NAME"])


def connected(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=SECONDS, isolation_level=None)


def forget(copy: sqlite3.Connection, left_out: list[str]) -> None:
    copy.execute("PRAGMA secure_delete=ON")  # the rows are overwritten, not only unlinked
    for table in sorted(set(left_out) & set(tables(copy))):
        copy.execute(f"DELETE FROM {quoted(table)}")  # noqa: S608


def require_sound(copy: sqlite3.Connection) -> None:
    (answer,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
    if answer != "ok" or copy.execute("PRAGMA foreign_key_check").fetchone():
        raise BackupError("The database is damaged.")


def counted(copy: sqlite3.Connection) -> dict[str, int]:
    return {table: copy.execute(f"SELECT count(*) FROM {quoted(table)}").fetchone()[0] for table in tables(copy)}  # noqa: S608


def tables(copy: sqlite3.Connection) -> list[str]:
    rows = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite#_%' ESCAPE '#'")
    return sorted(name for (name,) in rows)


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
