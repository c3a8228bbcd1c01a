"""Private PostgreSQL and Redis servers. The code is in tools, which `make stack` shares."""

from tools.servers import (
    MissingProgramError,
    Postgres,
    PrivateServer,
    Redis,
    find_postgres,
    find_redis,
)

__all__ = ["MissingProgramError", "Postgres", "PrivateServer", "Redis", "find_postgres", "find_redis"]
