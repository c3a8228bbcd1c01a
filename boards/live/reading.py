"""The hub's own threads for the database, with connections that stay open between reads."""

import asyncio
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from django.db import DatabaseError, InterfaceError, connection, connections

from boards.live import limits
from boards.live.counters import count

logger = logging.getLogger(__name__)
P = ParamSpec("P")
T = TypeVar("T")
FAILURES = (DatabaseError, InterfaceError)


class Readers:
    """A few threads. Each keeps its connection; one that failed is replaced, and the read is tried once more."""

    def __init__(self) -> None:
        self.threads = ThreadPoolExecutor(limits.READERS, thread_name_prefix="live-reader")

    async def read(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What `work` returns, run in one of the threads. Raises DatabaseError when the database cannot be read."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self.threads, lambda: twice(lambda: work(*args, **kwargs)))

    def close(self) -> None:
        """Close every thread's connection and end the threads."""
        everybody = threading.Barrier(limits.READERS)

        def close_own() -> None:
            everybody.wait(timeout=10)
            connections.close_all()

        for closing in [self.threads.submit(close_own) for _ in range(limits.READERS)]:
            closing.result(timeout=20)
        self.threads.shutdown()


def twice(work: Callable[[], T]) -> T:
    try:
        return work()
    except FAILURES as error:
        logger.warning("reading failed, trying again: %s", error)
        count("read_error_total")
        connection.close()
    try:
        return work()
    except FAILURES:
        connection.close()
        raise
