"""Data with the demo that is made once in a whole run and then copied: making it takes ten seconds of a processor."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.support.product import Product

QUICK = {"DJANGO_SETTINGS_MODULE": "tests.support.quick_settings"}
ORIGINAL = "original"


def begin_with_the_demo(product: Product, *, on_postgres: bool = False) -> None:
    """Instead of `prepare`. On PostgreSQL the product's database is a copy that `copied_database` made."""
    shutil.copytree(original(on_postgres=on_postgres), product.var, dirs_exist_ok=True)


def copied_database(name: str, copy_of: str = ORIGINAL) -> str:
    """The address of a new database on the run's PostgreSQL, with the demo in it, or with all that is in another one."""
    original(on_postgres=True)
    tell_postgres(f'CREATE DATABASE "{name}" TEMPLATE "{copy_of}"')
    return address_of(name)


def original(*, on_postgres: bool) -> Path:
    """The data folder that is copied. Whichever worker comes first makes it, and the others wait."""
    folder = Path(os.environ["ACCORD_TEST_ROOT"], ORIGINAL)
    with one_at_a_time(folder.with_suffix(".lock")):
        if not folder.exists():
            where = {}
            if on_postgres:
                tell_postgres(f"CREATE DATABASE {ORIGINAL}")
                where["DATABASE_URL"] = address_of(ORIGINAL)
            first = Product(folder.with_suffix(".new"), **QUICK, **where)
            first.prepare()
            first.var.rename(folder)
    return folder


def address_of(database: str) -> str:
    return urlsplit(os.environ["ACCORD_TEST_POSTGRES"])._replace(path=f"/{database}").geturl()


def tell_postgres(sql: str) -> None:
    with psycopg.connect(address_of("postgres"), autocommit=True) as server:
        server.execute(sql)


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Of all workers."""
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
