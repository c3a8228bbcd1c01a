"""What `manage.py verify` found last night, for `/metrics`."""

from collections.abc import Iterator

from django_tasks_db.models import DBTaskResult
from prometheus_client.core import GaugeMetricFamily as Gauge

from tracker.jobs.figures import SHARED
from tracker.work.chores import verify


def figures() -> Iterator[Gauge]:
    """In one query: what was found is the answer of the work that looked. Nothing until it has looked once."""
    findings = Gauge("verify_findings", SHARED + "what did not hold when it was last looked at", labels=["what"])
    at = Gauge("verify_last_timestamp", SHARED + "when that was")
    done = DBTaskResult.objects.successful().filter(task_path=verify.module_path)
    ended, found = done.order_by("-finished_at").values_list("finished_at", "return_value").first() or (None, None)
    if ended and found:
        at.add_metric([], ended.timestamp())
        for what, number in found.items():
            findings.add_metric([what.replace(" ", "_")], number)
    yield findings
    yield at
