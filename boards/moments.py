"""Reading several things as they stood at one moment, without holding any writer up."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Every query inside sees the same state of the database: what was committed before the first of them.

    Read only. Inside a transaction that is already under way, that transaction decides.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        yield from sqlite_moment()


def sqlite_moment() -> Iterator[None]:
    """`atomic()` would begin an IMMEDIATE transaction, which waits for the writer; in WAL a DEFERRED one never does."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")
