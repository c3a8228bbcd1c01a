"""What would make serving unsafe or impossible, each with what to do about it.

`manage.py serve`, `live`, `follow` and `db_worker` do not start while one of these holds, nor does gunicorn with
deploy/gunicorn.conf.py; `manage.py check --deploy` tells of them too.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from channels.layers import DEFAULT_CHANNEL_LAYER
from django.conf import settings
from django.core import checks
from django.db import DatabaseError, InterfaceError, connection

from tracker.config.insiders import is_loopback
from tracker.config.probes import can_be_written, newest_migrations
from tracker.starting import TAG

SHORTEST_SECRET = 32  # characters
FARTHEST_CLOCK = 300  # seconds between this machine's clock and the database's
LONGEST_WAIT = (
    5  # seconds that channels-redis lets Redis wait for news; a shorter time-out would cut every quiet process
)

Reasons = Iterator[tuple[str, str]]  # what is wrong, and what to do


def secret() -> Reasons:
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_SECRET or len(set(key)) < 8 or key.startswith("django-insecure"):
        yield (
            "SECRET_KEY is too short or well known: who guesses it signs in as anybody.",
            f"Leave it unset, and Accord makes one; or choose {SHORTEST_SECRET} random characters.",
        )


def hosts() -> Reasons:
    if "*" in settings.ALLOWED_HOSTS:
        yield "ALLOWED_HOSTS=* lets anybody choose the links in our mail.", "Name the hosts, with commas."


def debug() -> Reasons:
    """The address that people use, and those that gunicorn listens on. `serve` and `live` look at theirs themselves."""
    listening = [place for place in settings.WEB_BIND if not place.startswith("unix:")]
    for address in (settings.BASE_URL, *(f"//{place}" for place in listening)):
        if settings.DEBUG and not is_loopback(urlsplit(address).hostname or ""):
            yield f"DEBUG shows the inside to everybody who reaches {address.removeprefix('//')}.", "Unset it."


def several_processes() -> Reasons:
    """What one process keeps to itself, several have to share."""
    if not settings.SEVERAL_PROCESSES:
        return
    if not settings.REDIS_URL:
        yield (
            "Several processes, but no Redis: none would hear what another has changed.",
            "Set REDIS_URL, or serve everything from one process with  manage.py serve.",
        )
    if connection.vendor == "sqlite":
        yield (
            "Several processes on SQLite: their changes would get into each other's way.",
            "Set DATABASE_URL to a PostgreSQL, or serve everything from one process with  manage.py serve.",
        )


def redis_time_out() -> Reasons:
    """redis-py 8 gives up after 5 s where nothing else is said."""
    layer: dict[str, Any] = settings.CHANNEL_LAYERS[DEFAULT_CHANNEL_LAYER]
    if "redis" not in layer["BACKEND"] or int(version("redis").split(".")[0]) < 8:
        return
    for host in layer.get("CONFIG", {}).get("hosts", ["the default"]):
        given = host.get("socket_timeout") if isinstance(host, dict) else None
        if given is None or given <= LONGEST_WAIT:
            yield (
                "The channel layer's connection to Redis has no time-out of its own: it would be cut whenever it is quiet.",
                'Give each of the layer\'s hosts as {"address": …, "socket_timeout": 20}.',
            )


def folders() -> Reasons:
    for folder in dict.fromkeys((Path(settings.VAR), Path(settings.MEDIA_ROOT))):
        if not can_be_written(folder):
            yield f"{folder} cannot be written.", "Give it to the user that Accord runs as, or set ACCORD_VAR."


def database() -> Reasons:
    """Asks it; what cannot be asked is one reason, not many."""
    try:
        yield from sqlite() if connection.vendor == "sqlite" else clock()
        yield from migrations()
    except (DatabaseError, InterfaceError) as error:
        yield f"The database cannot be reached: {str(error).strip()}", "Start it, or look at DATABASE_URL."


def sqlite() -> Reasons:
    wanted = {"journal_mode": "wal", "foreign_keys": 1}
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    mode = connection.settings_dict["OPTIONS"].get("transaction_mode")
    if found != wanted or mode != "IMMEDIATE":
        yield (
            f"SQLite runs with {found} and transactions {mode or 'DEFERRED'}: changes would fail, or leave strays.",
            "Leave the database's options as tracker/config/env.py sets them. WAL needs a local disk, no network share.",
        )


def clock() -> Reasons:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs((datetime.now(UTC) - cursor.fetchone()[0]).total_seconds())
    if apart > FARTHEST_CLOCK:
        yield (
            f"This machine's clock and the database's are {apart:.0f} s apart: sessions and links would end at odd times.",
            "Have both take their time from the network (NTP).",
        )


def migrations() -> Reasons:
    from django.db.migrations.recorder import MigrationRecorder

    if not newest_migrations() <= MigrationRecorder(connection).applied_migrations().keys():
        yield "The database is not up to date.", "Run  manage.py migrate  first."


CHECKS: dict[str, Callable[[], Reasons]] = {
    "accord.E001": secret,
    "accord.E002": hosts,
    "accord.E003": debug,
    "accord.E004": several_processes,
    "accord.E005": redis_time_out,
    "accord.E006": folders,
    "accord.E007": database,
}


def reasons(**_options: Any) -> list[checks.CheckMessage]:
    """For Django's `check`."""
    return [checks.Error(wrong, hint=advice, id=key) for key, look in CHECKS.items() for wrong, advice in look()]


def register() -> None:
    checks.register(reasons, TAG, deploy=True)
