"""`/metrics`, for Prometheus. With gunicorn the figures of all its processes, summed.

Figures of background work and of what leaves the house are not a process's: they are read from the database, once for each
answer, and are the same whichever process is asked.
"""

import logging
import os
from collections.abc import Iterator
from typing import Any

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

import notifications.figures
import tracker.jobs.figures
from tracker.config.insiders import is_insider
from tracker.errors import NotFound
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
            answers = 1
        except (DatabaseError, InterfaceError):
            logger.warning("the figures of the database could not be read", exc_info=True)
            found, answers = [], 0
        yield GaugeMetricFamily("database_answers", "1 where the figures of the database could be read", value=answers)
        yield from found


shared = CollectorRegistry()
shared.register(Shared())
