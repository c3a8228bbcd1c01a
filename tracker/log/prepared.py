"""PostgreSQL's side of `statements`: cursors that have the server keep what it has planned."""

from typing import Any

import psycopg
from psycopg.types.numeric import Int8Dumper


class PreparedCursor(psycopg.Cursor[Any]):
    """Sends statements with their values apart, so that the server plans each statement once per connection.

    Where the connection's `prepare_threshold` is None (see DATABASE_PREPARE), nothing is kept.
    """

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        super().__init__(connection)
        # By themselves numbers have the type of their size, and each combination of sizes would be another statement.
        self.adapters.register_dumper(int, Int8Dumper)

    def execute(self, query: Any, params: Any = None, **options: Any) -> "PreparedCursor":
        return super().execute(query, params, **{"prepare": True, **options})
