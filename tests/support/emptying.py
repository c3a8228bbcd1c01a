"""Empties the database between tests that commit, and puts back what the migrations brought.

Django does both through its models and with `TRUNCATE`: half a second for each of some hundred tests. Here rows are
kept as the driver gives them, and PostgreSQL deletes the few rows that there are.
"""

from typing import Any

from django.core.management.commands import flush
from django.core.management.sql import sql_flush
from django.db import connection, transaction
from django.db.backends.base.creation import BaseDatabaseCreation

_brought: dict[str, tuple[list[str], list[tuple[Any, ...]]]] = {}


def empty_quickly() -> None:
    """From now on Django's test cases empty and fill the database this way."""
    creation: Any = BaseDatabaseCreation
    creation.serialize_db_to_string = lambda _self: remember()
    creation.deserialize_db_from_string = lambda _self, _data: put_back()
    flush.sql_flush = emptying  # type: ignore[attr-defined]


def remember() -> str:
    """Keep what is in the tables now. Django wants a text for it, which nobody reads."""
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT * FROM {quoted(table)}")
            columns = [column[0] for column in cursor.description]
            if rows := cursor.fetchall():
                _brought[table] = columns, list(rows)
    return "kept"


def put_back() -> None:
    """What was kept is there again; rows that are there stay as they are. Foreign keys are looked at in the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, rows) in _brought.items():
            names, marks = ", ".join(map(quoted, columns)), ", ".join(["%s"] * len(columns))
            lines = ", ".join([f"({marks})"] * len(rows))
            cursor.execute(
                f"INSERT INTO {quoted(table)} ({names}) VALUES {lines} ON CONFLICT DO NOTHING",
                [value for row in rows for value in row],
            )


def emptying(style: Any, using: Any, **options: Any) -> list[str]:
    """The statements that empty every table. Who is still writing is waited for, as by `TRUNCATE`."""
    if connection.vendor != "postgresql":
        return list(sql_flush(style, using, **options))
    names = [quoted(table) for table in tables()]
    statements = [
        f"LOCK TABLE {', '.join(names)} IN ACCESS EXCLUSIVE MODE",
        "SET LOCAL session_replication_role = replica",  # in any order, whatever refers to what
        *(f"DELETE FROM {name}" for name in names),
        "SET LOCAL session_replication_role = DEFAULT",
    ]
    return ["; ".join(statements)]


def tables() -> list[str]:
    return sorted(connection.introspection.django_table_names(only_existing=True, include_views=False))


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)
