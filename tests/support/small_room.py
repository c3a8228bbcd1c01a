"""A benchmark's room where little may be spent: its products begin with a copy of the demo."""

from playwright.sync_api import Browser

from bench.room import Room
from tests.support.originals import ORIGINAL, QUICK, begin_with_the_demo, copied_database
from tests.support.product import Product


class SmallRoom(Room):
    """Its products begin with the demo, on the database of the layout that is tested."""

    def __init__(self, layout: str, browser: Browser | None = None) -> None:
        super().__init__()
        self.is_on_postgres = layout == "postgres"
        self._browser = browser

    def databases(self, name: str) -> dict[str, dict[str, str]]:
        """The layout's own: the other one has its turn in the other stage."""
        return {"PostgreSQL": {"DATABASE_URL": self.database(name)}} if self.is_on_postgres else {"SQLite": {}}

    def database(self, name: str, copy_of: str | None = None) -> str:
        mine = f"{self.folder.name}-"
        return copied_database(mine + name, mine + copy_of if copy_of else ORIGINAL)

    def prepare(self, product: Product) -> None:
        product.environment |= QUICK
        if self.is_on_postgres and "DATABASE_URL" not in product.environment:
            product.environment["DATABASE_URL"] = self.database(product.var.name)
        begin_with_the_demo(product, on_postgres=self.is_on_postgres)
