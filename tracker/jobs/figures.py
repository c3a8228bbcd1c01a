"""Figures of background work for `/metrics`: read from the database, so they are the same in every process that is asked."""

from collections.abc import Iterator

from django.db.models import Count, Max
from django.utils.timezone import now
from prometheus_client.core import GaugeMetricFamily as Gauge

from tracker.jobs import selectors
from tracker.jobs.models import Schedule, Worker
from tracker.log.followers import followers, lag
from tracker.log.models import Stumble

SHARED = "The same in every process: "


def figures() -> Iterator[Gauge]:
    """In a fixed number of queries: one for the queues, the workers, the schedules, what could not be taken, each follower."""
    yield from of_queues()
    yield from of_schedules()
    yield from of_followers()


def of_queues() -> Iterator[Gauge]:
    at = now()
    state = Gauge("jobs", SHARED + "background work, by queue; done work is not counted", labels=["queue", "state"])
    oldest = Gauge("jobs_oldest_seconds", SHARED + "how long the oldest work has been due that waits", labels=["queue"])
    for row in selectors.queues():
        for name in ("waiting", "running", "later", "failed"):
            state.add_metric([row["name"], name], row[name])
        oldest.add_metric([row["name"]], (at - row["oldest"]).total_seconds() if row["oldest"] else 0)
    workers = Worker.objects.aggregate(number=Count("pk"), seen=Max("seen_at"))
    yield state
    yield oldest
    yield Gauge("workers", SHARED + "processes that do background work", value=workers["number"])
    if workers["seen"]:
        seen = (at - workers["seen"]).total_seconds()
        yield Gauge("worker_seen_seconds", SHARED + "since a worker was last seen", value=seen)


def of_schedules() -> Iterator[Gauge]:
    last = Gauge("schedule_last_run_timestamp", SHARED + "when work that comes round last began", labels=["schedule"])
    following = Gauge("schedule_next_run_timestamp", SHARED + "when it is to begin again", labels=["schedule"])
    for row in Schedule.objects.all():
        if row.last_run:
            last.add_metric([row.name], row.last_run.timestamp())
        following.add_metric([row.name], row.next_run.timestamp())
    yield last
    yield following


def of_followers() -> Iterator[Gauge]:
    at = now()
    events = Gauge("follower_behind_events", SHARED + "events that a follower has not read yet", labels=["follower"])
    since = Gauge("follower_behind_seconds", SHARED + "how long ago the oldest of them happened", labels=["follower"])
    stumbles = Gauge("follower_stumbles", SHARED + "events that it could not take", labels=["follower"])
    stumbled = dict(Stumble.objects.order_by().values_list("follower").annotate(number=Count("pk")))
    for follower in followers:
        number, oldest = lag(follower)
        events.add_metric([follower.name], number)
        since.add_metric([follower.name], max(0.0, (at - oldest).total_seconds()) if oldest else 0)
        stumbles.add_metric([follower.name], stumbled.get(follower.name, 0))
    yield events
    yield since
    yield stumbles
