from django.conf import settings
from django.db import models
from django.utils.timezone import now

from tracker.accounts.models import Account

from .projects import Project


class Announcement(models.Model):
    """What everybody on an account or an initiative should know; where it `asks`, each of them confirms having read it."""

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="announcements")
    project = models.ForeignKey(Project, models.CASCADE, null=True, related_name="announcements")
    title = models.CharField(max_length=160)
    body = models.TextField(blank=True, default="")
    asks = models.BooleanField(default=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(account=None, project__isnull=False) | models.Q(account__isnull=False, project=None),
                name="an_announcement_is_about_one_thing",
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="an_announcement_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title


class Reading(models.Model):
    """Somebody has confirmed that they have read an announcement."""

    announcement = models.ForeignKey(Announcement, models.CASCADE, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["announcement", "person"], name="a_person_confirms_once")]

    def __str__(self) -> str:
        return f"{self.announcement_id}: {self.person_id}"
