"""Figures of what leaves the house for `/metrics`: by way and by kind of target. They name no person, address or hook."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.utils.timezone import now
from prometheus_client.core import GaugeMetricFamily as Gauge

from notifications.models import Breaker, Delivery, Hook
from tracker.jobs.figures import SHARED

DAY = timedelta(days=1)
KINDS = ["mail", "push", *Hook.Kind.values]
State = Delivery.State


def figures() -> Iterator[Gauge]:
    """In four queries."""
    yield from of_what_waits()
    yield from of_a_day()
    yield from of_breakers()


def of_what_waits() -> Iterator[Gauge]:
    at = now()
    waiting = Gauge("outbox_waiting", SHARED + "deliveries that wait, also for their time", labels=["way"])
    due = Gauge("outbox_due", SHARED + "deliveries whose time has come", labels=["way"])
    oldest = Gauge("outbox_oldest_due_seconds", SHARED + "how long the oldest has been due", labels=["way"])
    rows = Delivery.objects.filter(state=State.WAITING).order_by().values("way")
    counted: dict[str, Any] = {
        row["way"]: row
        for row in rows.annotate(all=Count("pk"), due=Count("pk", filter=Q(due_at__lte=at)), oldest=Min("due_at"))
    }
    for way in Delivery.Way.values:
        row = counted.get(way, {"all": 0, "due": 0, "oldest": at})
        waiting.add_metric([way], row["all"])
        due.add_metric([way], row["due"])
        oldest.add_metric([way], max(0.0, (at - row["oldest"]).total_seconds()))
    yield from (waiting, due, oldest)


def of_a_day() -> Iterator[Gauge]:
    """Of a day, and not since ever: the log of deliveries forgets, and a day of it is quickly counted."""
    ended = Gauge(
        "outbox_day", SHARED + "deliveries made in the last 24 hours that have ended, by way and how", labels=["way", "state"]
    )  # fmt: skip
    again = Gauge("outbox_day_retried", SHARED + "those of them that took more than one attempt", labels=["way"])
    states = [State.SENT, State.FAILED, State.DROPPED]
    rows = Delivery.objects.filter(state__in=states, created_at__gt=now() - DAY).order_by().values("way", "state")
    found, retried = Counter[tuple[str, str]](), Counter[str]()
    for row in rows.annotate(all=Count("pk"), again=Count("pk", filter=Q(attempts__gt=1))):
        found[row["way"], row["state"]] = row["all"]
        retried[row["way"]] += row["again"]
    for way in Delivery.Way.values:
        for state in states:
            ended.add_metric([way, state.value], found[way, state.value])
        again.add_metric([way], retried[way])
    yield from (ended, again)


def of_breakers() -> Iterator[Gauge]:
    at = now()
    opened = Gauge("breakers_open", SHARED + "targets that are left alone because they failed", labels=["kind"])
    failing = Gauge("breakers_failing", SHARED + "targets whose last attempt failed", labels=["kind"])
    rows = list(Breaker.objects.filter(failures__gt=0))
    hooks = {row.target.partition(":")[2] for row in rows if row.target.startswith("hook:")}
    kinds = {f"hook:{pk}": kind for pk, kind in Hook.objects.filter(pk__in=hooks).values_list("pk", "kind")}
    kind_of = {row.target: kinds.get(row.target) or row.target.partition(":")[0] for row in rows}
    all_failing = Counter(kind_of[row.target] for row in rows)
    all_open = Counter(kind_of[row.target] for row in rows if row.open_until is not None and row.open_until > at)
    for kind in KINDS:
        opened.add_metric([kind], all_open[kind])
        failing.add_metric([kind], all_failing[kind])
    yield from (opened, failing)
