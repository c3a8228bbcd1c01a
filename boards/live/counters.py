"""What is counted and measured, under the names of the metrics (`/metrics`). prometheus-client keeps the figures.

count("resync_total", reason="epoch")
counts["resync_total{reason=\"epoch\"}"]     for tests
"""

from collections.abc import Iterator, Mapping
from typing import Any

from prometheus_client import Counter, Gauge, Histogram, disable_created_metrics

disable_created_metrics()

COUNTERS = {
    "poke_lost_total": "news that the tick found before a poke told of it",
    "poke_failed_total": "pokes dropped: they could not be sent to the other processes",
    "layer_error_total": "joining, leaving or listening on the channel layer failed",
    "read_error_total": "the database could not be read for the hub, and was asked again",
    "log_reads_total": "times that the hub read a stream's events, whoever they were for",
    "resync_total": "clients told to start anew, by reason",
    "acl_unsub_total": "subscriptions ended because access was lost",
    "slow_socket_total": "sockets closed because they did not read",
    "fell_behind_total": "subscriptions that left the live stream to catch up at their own pace",
    "socket_closed_total": "sockets closed by the server, by code",
    "frames_total": "frames encoded",
    "events_total": "events in encoded frames",
    "sent_total": "frames handed to sockets",
    "replayed_events_total": "events sent to somebody who came back",
    "idempotent_replay_total": "changes answered from memory, as they had been made before",
    "conflict_412_total": "changes refused because somebody else had changed the text since",
    "login_limit_total": "sign-ins refused because there were too many tries",
}
LABELS = {"resync_total": ["reason"], "socket_closed_total": ["code"]}

SOCKETS = Gauge("sockets", "open sockets of people who are signed in", multiprocess_mode="livesum")
LAG = Histogram(
    "commit_to_send_seconds",
    "from the moment of a change until its events were handed to the sockets",
    buckets=(0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30),
)
REPLAY = Histogram(
    "replay_events",
    "events that somebody had missed who came back",
    buckets=(1, 5, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000),
)
REQUESTS = Histogram(
    "request_seconds",
    "time to answer a request, by method, route and status",
    ["method", "route", "status"],
    buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
)

OLDEST_NEWS = 3600.0  # seconds: what is told as longer ago is a history that was brought in, and no lag

_metrics = {name: Counter(name, text, LABELS.get(name, [])) for name, text in COUNTERS.items()}
_ways: dict[str, Any] = {name: metric for name, metric in _metrics.items() if name not in LABELS}


def count(name: str, by: int = 1, **labels: object) -> None:
    """Add to a counter; labels are part of its name, as in `resync_total{reason="epoch"}`."""
    key = shown(name, labels) if labels else name
    way = _ways.get(key)
    if way is None:
        way = _ways[key] = _metrics[name].labels(**labels)
    way.inc(by)


def shown(name: str, labels: dict[str, object]) -> str:
    return name + "{" + ",".join(f'{key}="{value}"' for key, value in labels.items()) + "}"


def told(seconds_ago: float) -> None:
    """Events of a change that is so long ago have just been handed to the sockets."""
    if seconds_ago < OLDEST_NEWS:
        LAG.observe(max(0.0, seconds_ago))


class Counts(Mapping[str, int]):
    """What this process has counted, by name with labels. Zero where nothing was."""

    def __getitem__(self, key: str) -> int:
        return int(_ways[key]._value.get()) if key in _ways else 0

    def __iter__(self) -> Iterator[str]:
        return iter(_ways)

    def __len__(self) -> int:
        return len(_ways)


counts = Counts()
