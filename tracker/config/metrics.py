"""`/metrics`, for Prometheus. With gunicorn the figures of all its processes, summed.

Figures of background work, of what leaves the house and of the data folder are not a process's: they are read anew for
each answer, and are the same whichever process is asked.
"""

import logging
import os
import shutil
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

import notifications.figures
import tracker.jobs.figures
import tracker.work.figures
from tracker.config.insiders import is_insider
from tracker.errors import NotFound
from tracker.jobs.figures import SHARED
from tracker.log import newest_backup
from tracker.log.commands import refusal

logger = logging.getLogger(__name__)


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """For insiders; for everybody else there is nothing here."""
    if not is_insider(request):
        return refusal(NotFound())
    return HttpResponse(generate_latest(registry()) + generate_latest(shared), content_type=CONTENT_TYPE_LATEST)


def registry() -> CollectorRegistry:
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return REGISTRY
    summed = CollectorRegistry()
    MultiProcessCollector(summed)
    return summed


class Shared:
    """What stands in the database. Where that does not answer, it says so, and the process's own figures are there."""

    def collect(self) -> Iterator[Any]:
        found: list[Any] = []
        try:
            found += tracker.jobs.figures.figures()
            found += notifications.figures.figures()
            found += tracker.work.figures.figures()
            answers = 1
        except (DatabaseError, InterfaceError):
            logger.warning("the figures of the database could not be read", exc_info=True)
            found, answers = [], 0
        yield GaugeMetricFamily("database_answers", "1 where the figures of the database could be read", value=answers)
        yield from found
        yield from of_the_data_folder()


def of_the_data_folder() -> Iterator[GaugeMetricFamily]:
    disk, made = shutil.disk_usage(settings.VAR), newest_backup.made_at()
    yield GaugeMetricFamily("disk_free_bytes", SHARED + "free where the data folder is", value=disk.free)
    yield GaugeMetricFamily("disk_total_bytes", SHARED + "how much there is of it", value=disk.total)
    yield GaugeMetricFamily(
        "backup_last_timestamp",
        SHARED + "when the newest backup was made; 0 where none was",
        value=made.timestamp() if made else 0,
    )


shared = CollectorRegistry()
shared.register(Shared())
