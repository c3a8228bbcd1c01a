from typing import Any

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from tracker.people.models import Function

from .projects import Project
from .workflows import Status


class RankField(models.CharField):
    """A short string that sorts in byte order on every database (see `work/ranks.py`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 80)
        super().__init__(*args, **kwargs)

    def db_parameters(self, connection: Any) -> dict[str, Any]:
        byte_order = "C" if connection.vendor == "postgresql" else "BINARY"
        return {**super().db_parameters(connection), "collation": byte_order}


class Label(models.Model):
    name = models.CharField(max_length=60, unique=True)
    name_zh = models.CharField(max_length=60, blank=True, default="")
    color = models.CharField(max_length=10, choices=Status.Color, default=Status.Color.GREY)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Task(models.Model):
    """One piece of work; on a board it is a card.

    `status` says which column it is in and `rank` where in that column; they change only through `move_task`.
    The counters equal a recount at any time. `entered_at` and `completed_at` keep the times that flow figures need.
    """

    class Priority(models.TextChoices):
        NONE = ""
        LOW = "low"
        MEDIUM = "medium"
        HIGH = "high"
        URGENT = "urgent"

    project = models.ForeignKey(Project, models.CASCADE, related_name="tasks")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    description = models.TextField(blank=True, default="")
    function = models.ForeignKey(Function, models.SET_NULL, null=True, blank=True, related_name="tasks")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="tasks_owned"
    )
    assignees = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="tasks_assigned")
    status = models.ForeignKey(Status, models.PROTECT, related_name="tasks")
    rank = RankField()
    priority = models.CharField(max_length=10, choices=Priority, blank=True, default=Priority.NONE)
    start = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    estimate = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)  # hours
    labels = models.ManyToManyField(Label, blank=True, related_name="tasks")
    blocked_by = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="blocks")
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="subtasks")
    related = models.ManyToManyField("self", symmetrical=True, blank=True)
    watchers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="tasks_watched")
    waits_for = models.ForeignKey(
        Function, models.PROTECT, null=True, blank=True, related_name="tasks_awaited"
    )  # asked to take it up, and has not answered: the open hand-over, for the board
    waits_since = models.DateTimeField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    checklist_total = models.PositiveIntegerField(default=0)
    checklist_done = models.PositiveIntegerField(default=0)
    comments_count = models.PositiveIntegerField(default=0)
    files_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    updated_at = models.DateTimeField(default=now)
    entered_at = models.DateTimeField(default=now)
    completed_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="a_number_is_used_once_in_a_project"),
            models.UniqueConstraint(fields=["project", "status", "rank"], name="no_two_cards_on_one_place"),
            models.CheckConstraint(condition=~models.Q(title=""), name="a_task_has_a_title"),
            models.CheckConstraint(
                condition=models.Q(due=None) | models.Q(start=None) | models.Q(due__gte=models.F("start")),
                name="a_task_is_due_on_or_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(checklist_done__lte=models.F("checklist_total")), name="no_more_done_than_there_is"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "archived_at", "due"], name="task_of_owner_by_due"),
            models.Index(fields=["project"], condition=models.Q(waits_for__isnull=False), name="task_that_waits"),
        ]

    def __str__(self) -> str:
        return self.title


class ChecklistItem(models.Model):
    task = models.ForeignKey(Task, models.CASCADE, related_name="checklist")
    text = models.CharField(max_length=500)
    done = models.BooleanField(default=False)
    position = RankField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["task", "position"], name="no_two_items_on_one_place")]

    def __str__(self) -> str:
        return self.text


class Comment(models.Model):
    """What somebody said on a task, in Markdown. A mention is the link `[@Name](/people/5)`."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    body = models.TextField()
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="mentioned_in")
    created_at = models.DateTimeField(default=now)
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [models.CheckConstraint(condition=~models.Q(body=""), name="a_comment_says_something")]

    def __str__(self) -> str:
        return self.body[:60]


class Reaction(models.Model):
    """What somebody feels about a comment, in one sign; several people may share one, and each gives it once."""

    class Sign(models.TextChoices):
        LIKE = "like", "👍"
        HEART = "heart", "❤️"
        PARTY = "party", "🎉"
        LAUGH = "laugh", "😄"
        EYES = "eyes", "👀"
        THANKS = "thanks", "🙏"

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reactions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    sign = models.CharField(max_length=10, choices=Sign)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["comment", "person", "sign"], name="a_person_gives_a_sign_once"),
        ]

    def __str__(self) -> str:
        return self.sign


class Attachment(models.Model):
    """A file on a task. Stored under a random name; `media_type` was found in its content."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="files")
    name = models.CharField(max_length=200)
    size = models.BigIntegerField()  # bytes
    media_type = models.CharField(max_length=100)
    stored_as = models.CharField(max_length=100, unique=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.name


class FormerKey(models.Model):
    """A key that a task had in a project it was moved out of: it still leads to the task."""

    key = models.CharField(max_length=24, unique=True)
    task = models.ForeignKey(Task, models.CASCADE, related_name="former_keys")

    def __str__(self) -> str:
        return self.key
