"""Who does background work, and what is done again and again. The work itself stands in django-tasks-db's table."""

from django.db import models


class Worker(models.Model):
    """A process that does background work, and when it was last seen at it.

    One that was not seen for `JOBS_LEASE` seconds is taken for dead: what it had begun is begun anew by another.
    """

    name = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name


class Schedule(models.Model):
    """Work that comes round. `rule` is for people to read; the code says what it means (`schedules.py`).

    `next_run` moves on in the transaction that enqueues the work: of several workers, one does it.
    """

    name = models.CharField(max_length=60, unique=True)
    rule = models.CharField(max_length=60)
    next_run = models.DateTimeField(db_index=True)
    last_run = models.DateTimeField(null=True, blank=True)
    last_task = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}: {self.rule}"
