"""The second layout as processes, on data of its own: like `Product`, for tests and benchmarks of several processes."""

import signal
import sys
from pathlib import Path

from tests.support.product import Product
from tools.layout import Layout

QUICK = {"LIVE_NOTICE": "0.1", "LIVE_DRAIN": "0.2"}


class Stack(Product):
    """gunicorn, processes for sockets, and nginx where it is installed; `layout` has them one by one.

    PostgreSQL and Redis are the caller's, so that they can be stopped and started.
    """

    def __init__(self, var: Path, *, database: str, redis: str, sockets: int = 2, **settings: str) -> None:
        super().__init__(var, DATABASE_URL=database, REDIS_URL=redis, **QUICK, **settings)
        self.layout = Layout(var, self.environment, python=sys.executable, sockets=sockets)
        self.environment, self.url = self.layout.environment, self.layout.url

    def start(self, seconds: float = 0) -> None:
        self.layout.start()

    def log_text(self) -> str:
        logs = [process.log for process in self.layout.processes]
        return "\n".join(f"── {log.name}\n{log.read_text(errors='replace')}" for log in logs if log.exists())

    def _end(self, how: signal.Signals) -> None:
        self.layout.stop(how)
