"""PostgreSQL: `pg_dump` of one moment, and back in one transaction.

The archive is read by `pg_restore`, but its statements are sent by us: so the tables, the new epochs and the end of all
sessions become visible together, and nothing in the archive can reach a shell as it could through psql.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any, cast

import psycopg
from django.db import connection
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tracker.log.backup.archive import BackupError
from tracker.log.models import Command, Stream

TRIES = 5  # against a deadlock with what the server is doing
OURS_ALONE = {"pool", "prepare_threshold", "options"}  # settings of Django's connections that mean nothing here


def dump(target: Path, left_out: list[str]) -> dict[str, int]:
    """Write a moment of the live database to a file; returns the rows of each table at that moment."""
    with connected() as session, session.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        moment = one(cursor, "SELECT pg_export_snapshot()")
        schema = one(cursor, "SELECT current_schema()")
        names = tables(cursor)
        command = [program("pg_dump"), "--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}"]
        command += [f'--table="{schema}"."{name}"' for name in names]
        command += [f'--exclude-table-data="{schema}"."{name}"' for name in left_out]
        run([*command, f"--file={target}", f"--dbname={conninfo()}"])
        return counted(cursor, names) | dict.fromkeys(set(left_out) & set(names), 0)


def load(source: Path, counts: dict[str, int], left_out: list[str]) -> None:
    """Put a file in the place of the live tables, in one transaction. Raises BackupError, and then nothing is changed."""
    for try_number in range(1, TRIES + 1):
        try:
            with connected() as session, session.cursor() as cursor:
                replace(cursor, source)
                finish(cursor, counts, left_out)
            return
        except psycopg.errors.DeadlockDetected:
            if try_number == TRIES:
                raise BackupError("The database is too busy. Nothing was changed; try again.") from None
        except psycopg.Error as error:
            raise BackupError(f"The database could not be put back: {error}.") from None


def replace(cursor: psycopg.Cursor[Any], source: Path) -> None:
    # In the order in which the server's own changes take their locks, so that each waits for the other only once.
    first = [Command._meta.db_table, Stream._meta.db_table]
    names = sorted(tables(cursor), key=lambda name: (first.index(name) if name in first else len(first), name))
    for name in names:
        cursor.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(sql.Identifier(name)))
    if names:
        cursor.execute(sql.SQL("DROP TABLE {} CASCADE").format(sql.SQL(", ").join(map(sql.Identifier, names))))
    path = one(cursor, "SHOW search_path")
    send(cursor, script(source))
    cursor.execute("SELECT set_config('search_path', %s, false)", [path])


def finish(cursor: psycopg.Cursor[Any], counts: dict[str, int], left_out: list[str]) -> None:
    names = tables(cursor)
    if counted(cursor, names) != counts:
        raise BackupError("The database in this backup does not hold what its manifest says.")
    for name in sorted(set(left_out) & set(names)):
        cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
    epoch = sql.SQL("UPDATE {} SET epoch = left(md5(random()::text || clock_timestamp()::text || id::text), 8)")
    cursor.execute(epoch.format(sql.Identifier(Stream._meta.db_table)))


def script(source: Path) -> Iterator[bytes]:
    """What the archive says to do, line by line."""
    command = [program("pg_restore"), "--no-owner", "--no-privileges", "--file=-", str(source)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as reading:
        output, complaints = cast("IO[bytes]", reading.stdout), cast("IO[bytes]", reading.stderr)
        yield from output
        said = complaints.read().decode(errors="replace").strip()
    if reading.returncode:
        raise BackupError(f"pg_restore could not read the database in this backup: {said}")


def send(cursor: psycopg.Cursor[Any], lines: Iterator[bytes]) -> None:
    """Send statements to the server, and the rows of each COPY after it. Lines meant for psql are left out."""
    statements: list[bytes] = []
    for line in lines:
        if line.startswith(b"COPY ") and line.rstrip().endswith(b" FROM stdin;"):
            execute(cursor, statements)
            with cursor.copy(line.decode()) as rows:
                for row in until_end(lines):
                    rows.write(row)
        elif not line.startswith((b"\\", b"SET transaction_timeout ")):  # the latter is unknown before version 17
            statements.append(line)
    execute(cursor, statements)


def until_end(lines: Iterator[bytes]) -> Iterator[bytes]:
    for row in lines:
        if row.rstrip(b"\r\n") == b"\\.":
            return
        yield row


def execute(cursor: psycopg.Cursor[Any], statements: list[bytes]) -> None:
    text = b"".join(statements)
    statements.clear()
    if text.strip():
        cursor.execute(text)


# --- the database ------------------------------------------------------------------------------------------------


def tables(cursor: psycopg.Cursor[Any]) -> list[str]:
    """The tables of this product that exist."""
    known = {*connection.introspection.django_table_names(), "django_migrations"}
    cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    return sorted(known & {name for (name,) in cursor.fetchall()})


def counted(cursor: psycopg.Cursor[Any], names: Iterable[str]) -> dict[str, int]:
    return {name: one(cursor, sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))) for name in names}


def one(cursor: psycopg.Cursor[Any], query: Any) -> Any:
    return cast("tuple[Any, ...]", cursor.execute(query).fetchone())[0]


def connected() -> psycopg.Connection[Any]:
    limits = "-c statement_timeout=0 -c lock_timeout=60000 -c idle_in_transaction_session_timeout=0"
    return psycopg.connect(conninfo(), password=connection.settings_dict["PASSWORD"] or None, options=limits)


def conninfo() -> str:
    """How to reach the database, without the password: this is seen in the list of processes."""
    known = connection.settings_dict
    parts = {"dbname": known["NAME"], "user": known["USER"], "host": known["HOST"], "port": known["PORT"]}
    parts |= {name: value for name, value in known["OPTIONS"].items() if name not in OURS_ALONE and name != "password"}
    return make_conninfo(**{name: str(value) for name, value in parts.items() if value})


def run(command: list[str]) -> None:
    secret = {"PGPASSWORD": connection.settings_dict["PASSWORD"]} if connection.settings_dict["PASSWORD"] else {}
    done = subprocess.run(command, env=os.environ | secret, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{Path(command[0]).name} failed: {done.stderr.strip()}")


def program(name: str) -> str:
    """The newest installed client. Raises BackupError that says which package has it."""
    found = [str(path) for path in Path("/usr/lib/postgresql").glob(f"*/bin/{name}")]
    found += [path] if (path := shutil.which(name)) else []
    if not found:
        raise BackupError(f"{name} was not found. On Debian: apt-get install postgresql-client")
    return max(found, key=version_of)


def version_of(path: str) -> tuple[int, ...]:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+)(?:\.(\d+))?", said)
    return tuple(int(part or 0) for part in found.groups()) if found else (0,)
