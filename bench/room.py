"""What a benchmark works with: a folder of its own, and whatever it asks for of the product, its servers and a browser."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Self, TypeVar

from playwright.sync_api import Browser

from tests.support.browser import launched_browser
from tests.support.product import Product
from tests.support.servers import Postgres, Redis
from tests.support.stack import Stack

P = TypeVar("P", bound=Product)


class Room:
    """As a context manager; everything that was started in it ends with it, the newest first."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._made = 0
        self._browser: Browser | None = None
        self._postgres: Postgres | None = None

    def __enter__(self) -> Self:
        self.folder = Path(self._open.enter_context(tempfile.TemporaryDirectory(prefix="accord-bench-")))
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def new_folder(self) -> Path:
        self._made += 1
        return self.folder / f"data-{self._made}"

    def product(self, **settings: str) -> Product:
        """The embedded layout, prepared with the demo and running. `settings` are environment variables."""
        product = self.prepared(**settings)
        product.start()
        return product

    def prepared(self, **settings: str) -> Product:
        """The same, not yet running."""
        return self._with(Product(self.new_folder(), **settings))

    def stack(self, *, database: str, sockets: int = 2) -> Stack:
        """The second layout, prepared with the demo and running, with a Redis of its own."""
        stack = Stack(self.new_folder(), database=database, redis=self.redis(), sockets=sockets)
        self._with(stack).start()
        return stack

    def databases(self, name: str) -> dict[str, dict[str, str]]:
        """Each database that Accord runs on, by what it is called, and the settings of a product on it."""
        return {"PostgreSQL": {"DATABASE_URL": self.database(name)}, "SQLite": {}}

    def database(self, name: str, copy_of: str | None = None) -> str:
        """The address of a new one on PostgreSQL; with all that is in another of them, to which nobody is connected."""
        self._postgres = self._postgres or self._open.enter_context(Postgres())
        return self._postgres.create_database(name, copy_of or "template1")

    def redis(self) -> str:
        """The address of a new one."""
        return self._open.enter_context(Redis()).url()

    def browser(self) -> Browser:
        """The same one each time: Playwright can't be started twice. The whole program, as people have it."""
        self._browser = self._browser or self._open.enter_context(launched_browser(lean=False))
        return self._browser

    def prepare(self, product: Product) -> None:
        """Fill its database."""
        product.prepare()

    def _with(self, product: P) -> P:
        self._open.callback(product.kill)
        self.prepare(product)
        return product
