"""A benchmark's room where little may be spent: what its products start with is made once in a whole run, and copied."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from playwright.sync_api import Browser

from bench.room import Room
from tests.support.product import Product

QUICK = {"DJANGO_SETTINGS_MODULE": "tests.support.quick_settings"}
ORIGINAL = "benchmarks"


class SmallRoom(Room):
    """Its products begin with the demo, on the database of the layout that is tested."""

    def __init__(self, layout: str, browser: Browser | None = None) -> None:
        super().__init__()
        self.is_on_postgres = layout == "postgres"
        self._browser = browser

    def databases(self, name: str) -> dict[str, dict[str, str]]:
        """The layout's own: the other one has its turn in the other stage."""
        return {"PostgreSQL": {"DATABASE_URL": self.database(name)}} if self.is_on_postgres else {"SQLite": {}}

    def database(self, name: str) -> str:
        self.original()
        copy = f"{self.folder.name}-{name}"
        tell_postgres(f'CREATE DATABASE "{copy}" TEMPLATE {ORIGINAL}')
        return address_of(copy)

    def prepare(self, product: Product) -> None:
        product.environment |= QUICK
        if self.is_on_postgres and "DATABASE_URL" not in product.environment:
            product.environment["DATABASE_URL"] = self.database(product.var.name)
        shutil.copytree(self.original(), product.var, dirs_exist_ok=True)

    def original(self) -> Path:
        """The data folder that is copied. Whichever worker comes first makes it, and the others wait."""
        folder = Path(os.environ["ACCORD_TEST_ROOT"], ORIGINAL)
        with one_at_a_time(folder.with_suffix(".lock")):
            if not folder.exists():
                first = Product(folder.with_suffix(".new"), **QUICK, **self.of_the_original())
                first.prepare()
                first.var.rename(folder)
        return folder

    def of_the_original(self) -> dict[str, str]:
        if not self.is_on_postgres:
            return {}
        tell_postgres(f"CREATE DATABASE {ORIGINAL}")
        return {"DATABASE_URL": address_of(ORIGINAL)}


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
