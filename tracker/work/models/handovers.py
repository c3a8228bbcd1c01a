from django.conf import settings
from django.db import models
from django.utils.timezone import now

from tracker.people.models import Function

from .tasks import Task


class HandOver(models.Model):
    """A request that another function take a task up: asked once, and answered once or taken back.

    While it is open the task says so too (`Task.waits_for`, `waits_since`, `answer_by`), for the board. The time between
    `asked_at` and `answered_at` is what the task waited between functions.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        ACCEPTED = "accepted"
        RETURNED = "returned"
        WITHDRAWN = "withdrawn"

    task = models.ForeignKey(Task, models.CASCADE, related_name="handovers")
    from_function = models.ForeignKey(Function, models.SET_NULL, null=True, related_name="+")
    to_function = models.ForeignKey(Function, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    note = models.TextField(blank=True, default="")
    answer_by = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=now)
    reason = models.TextField(blank=True, default="")  # why it was returned
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"], condition=models.Q(state="asked"), name="a_task_waits_for_one_answer_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(state="asked", answered_at=None)
                | (~models.Q(state="asked") & models.Q(answered_at__gte=models.F("asked_at"))),
                name="an_answer_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.state}"
