"""People go first: what is done in the background of the same process, or of the same database, lets them pass.

A thread of background work says so of itself (`behind_people`). From then on it waits, before every statement outside of a
transaction, while somebody's change is under way here; on SQLite whatever it writes takes its turn, after people's. While
people are at work here, it rests after each piece of its own for longer than that had the processor.
"""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic, sleep, thread_time
from typing import Any

from django.db import close_old_connections, connection

from tracker.log.turns import as_background, has_turn, is_behind_people, turn

PATIENCE = 0.02  # seconds that background work waits for people before each step: it goes on, however busy they are
LATELY = 1.0  # seconds since the last change by somebody, while which they count as at work
RESTS = 2.0  # times as long as a piece of background work had the processor
LONGEST_REST = 0.2  # seconds
NICER = 10  # of a process that does nothing but background work: how far behind others the system puts it
WRITES = ("INSERT", "UPDATE", "DELETE")


class Doorway:
    """How many changes by people are under way in this process, and somewhere to wait until there are none."""

    def __init__(self) -> None:
        self.is_free = threading.Condition()
        self.inside = 0
        self.left_at = float("-inf")

    def enter(self) -> None:
        with self.is_free:
            self.inside += 1

    def leave(self) -> None:
        with self.is_free:
            self.inside -= 1
            self.left_at = monotonic()
            if not self.inside:
                self.is_free.notify_all()

    def wait(self) -> None:
        with self.is_free:
            self.is_free.wait_for(lambda: not self.inside, timeout=PATIENCE)

    def is_in_use(self) -> bool:
        return bool(self.inside) or monotonic() - self.left_at < LATELY


people = Doorway()


@contextmanager
def before_others() -> Iterator[None]:
    """While a person's change is under way. Of background work's own changes nothing is noted."""
    if is_behind_people():
        yield
        return
    people.enter()
    try:
        yield
    finally:
        people.leave()


def give_way() -> None:
    """Let people's changes pass that are under way. Only for who holds nothing that they wait for."""
    if people.inside and is_behind_people():
        people.wait()


@contextmanager
def a_piece() -> Iterator[None]:
    """Around one piece of background work. Only for who holds nothing afterwards that people wait for."""
    began = thread_time()
    try:
        yield
    finally:
        if is_behind_people() and people.is_in_use():
            sleep(min(RESTS * (thread_time() - began), LONGEST_REST))


@contextmanager
def behind_people() -> Iterator[None]:
    """What this thread does from here on is background work."""
    with as_background(), connection.execute_wrapper(politely):
        yield


def politely(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if connection.in_atomic_block or has_turn():
        return execute(sql, params, many, context)
    give_way()
    if not str(sql).startswith(WRITES):
        return execute(sql, params, many, context)
    with turn():
        return execute(sql, params, many, context)


def between_pieces() -> None:
    """A connection to PostgreSQL may have gone meanwhile, and goes back into its pool; SQLite's is a file, and stays open:
    opening it anew takes longer than most statements."""
    if connection.vendor != "sqlite":
        close_old_connections()


def step_back() -> None:
    """For a process that does nothing but background work: it gets what the others leave of the processor."""
    with suppress(OSError, AttributeError):
        os.nice(NICER)
