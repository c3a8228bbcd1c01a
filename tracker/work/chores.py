"""What comes round: every night it is looked whether everything holds."""

import logging

from django_tasks import task

from tracker.jobs.schedules import comes_round, daily

logger = logging.getLogger(__name__)


@task(queue_name="slow")
def verify() -> dict[str, int]:
    """How much is wrong with each thing; `/metrics` has it from the queue (figures.py). What is wrong is in the log."""
    from tracker.work.services import verifying  # with what reads pictures, which no process for sockets needs

    found = verifying.verify()
    for name, findings in found.items():
        if findings:
            logger.error("manage.py verify, %s: %s things do not hold; the first: %s", name, len(findings), findings[0])
    return {name: len(findings) for name, findings in found.items()}


comes_round("work.verify", verify, daily(4, 0))
