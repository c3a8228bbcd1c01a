"""Taking turns on SQLite, which lets one write at a time.

Whoever finds it locked asks again and again with pauses, and under load may never be lucky. Within one process, changes
queue here instead: first come, first served, and the next begins the moment the one before has ended. Background work
lets people pass, until it has waited long enough itself.
"""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from django.db import connection

from tracker.errors import Busy

PATIENCE = 20  # seconds, as long as SQLite itself would be asked
LET_PASS = 1.0  # seconds for which background work lets everybody else go first

_here = threading.local()


class Queue:
    """A lock that is handed on in the order of arrival; to those who let others pass when nobody else waits."""

    def __init__(self) -> None:
        self.guard = Lock()
        self.taken = False
        self.waiting: deque[Lock] = deque()
        self.behind: deque[tuple[float, Lock]] = deque()  # since when each waits

    def enter(self, *, is_behind: bool = False) -> None:
        """Wait for one's turn. Raises Busy when it does not come."""
        with self.guard:
            if not self.taken:
                self.taken = True
                return
            mine = Lock()
            mine.acquire()
            place = (monotonic(), mine)
            if is_behind:
                self.behind.append(place)
            else:
                self.waiting.append(mine)
        if mine.acquire(timeout=PATIENCE):
            return
        with self.guard:
            if mine in self.waiting:
                self.waiting.remove(mine)
                raise Busy
            if place in self.behind:
                self.behind.remove(place)
                raise Busy
        # It was handed over just now.

    def leave(self) -> None:
        with self.guard:
            if self.behind and (not self.waiting or monotonic() - self.behind[0][0] > LET_PASS):
                self.behind.popleft()[1].release()
            elif self.waiting:
                self.waiting.popleft().release()
            else:
                self.taken = False


writers = Queue()


def is_behind_people() -> bool:
    """Whether what this thread does is background work."""
    return getattr(_here, "is_behind", False)


@contextmanager
def as_background() -> Iterator[None]:
    """Meanwhile this thread lets people go first."""
    _here.is_behind = True
    try:
        yield
    finally:
        _here.is_behind = False


def has_turn() -> bool:
    """Whether this thread has it already."""
    return getattr(_here, "has_turn", False)


@contextmanager
def turn() -> Iterator[None]:
    """Until the transaction inside has ended, no other change of this process begins on SQLite.

    Inside a transaction that is already under way, it is this one's turn already.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block or has_turn():
        yield
        return
    writers.enter(is_behind=is_behind_people())
    _here.has_turn = True
    try:
        yield
    finally:
        _here.has_turn = False
        writers.leave()
