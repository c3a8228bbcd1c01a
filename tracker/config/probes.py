"""Is the process alive, and is it ready for work? For whoever watches over it; details only for insiders."""

import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache

from boards.live.leaving import is_leaving
from tracker.config.insiders import is_insider

LEAST_FREE = 0.05  # share of the disk that must be free
PATIENCE = 1.0  # seconds: what takes longer counts as failed


@never_cache
def alive(request: HttpRequest) -> JsonResponse:
    """The process answers. Touches nothing else."""
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """200, or 503 where the process should get no work: it stops, or something that it needs fails.

    Redis is not needed, only missed: without it the answer is 200, `degraded`.
    """
    database, hints = Asked(database_state), Asked(redis_answers)
    failing = [name for name, holds in (("files", files()), ("disk", disk())) if not holds]
    failing += database.answer(["database"])
    degraded = [] if hints.answer(False) else ["redis"]
    status = "draining" if is_leaving() else "failing" if failing else "degraded" if degraded else "ok"
    details = {"failing": failing, "degraded": degraded} if is_insider(request) else {}
    return JsonResponse({"status": status, **details}, status=503 if status in {"draining", "failing"} else 200)


class Asked:
    """A question to another server, asked in a thread of its own: a server that hangs does not hang the probe.

    The same question is asked once at a time: while one is unanswered, the next waits for that.
    """

    threads = ThreadPoolExecutor(2, thread_name_prefix="probe")
    under_way: dict[Callable[[], Any], "Future[Any]"] = {}

    def __init__(self, question: Callable[[], Any]) -> None:
        waiting = self.under_way.get(question)
        if waiting is None or waiting.done():
            waiting = self.under_way[question] = self.threads.submit(question)
        self.future = waiting

    def answer(self, default: Any) -> Any:
        try:
            return self.future.result(timeout=PATIENCE)
        except TooSlow:
            return default


def database_state() -> list[str]:
    """What is wrong with the database, in a word: it does not answer, or it is not up to date."""
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except (DatabaseError, InterfaceError):
        return ["database"]
    finally:
        connection.close()
    return [] if newest_migrations() <= applied.keys() else ["migrations"]


@cache
def newest_migrations() -> set[tuple[str, str]]:
    return set(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())


def redis_answers() -> bool:
    """Also where none is used."""
    if not settings.REDIS_URL:
        return True
    import redis  # 18 MB that a process without Redis need not hold

    client = redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=PATIENCE / 2, socket_connect_timeout=PATIENCE / 2, retry=None
    )
    try:
        return bool(client.ping())
    except (redis.RedisError, OSError):
        return False
    finally:
        client.close()


def files() -> bool:
    """Whether the folder of files can be written, and the data folder around it."""
    return all(can_be_written(folder) for folder in (Path(settings.VAR), Path(settings.MEDIA_ROOT)))


def can_be_written(folder: Path) -> bool:
    """Tries, as permissions do not tell of a file system that is read-only. A folder that is not there yet can be made."""
    if not folder.exists():
        return folder.parent.exists() and os.access(folder.parent, os.W_OK)
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def disk() -> bool:
    usage = shutil.disk_usage(settings.VAR)
    return usage.free >= LEAST_FREE * usage.total
