from django.db import models

from tracker.people.models import Function


class Workflow(models.Model):
    """A reusable set of statuses and of the ways between them."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_zh = models.CharField(max_length=80, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class Status(models.Model):
    """A column of the board. `limit` is the most cards it should hold; a hard one refuses the next."""

    class Category(models.TextChoices):
        BACKLOG = "backlog"
        READY = "ready"
        ACTIVE = "active"
        WAITING = "waiting"
        REVIEW = "review"
        DONE = "done"
        CANCELLED = "cancelled"

    class Color(models.TextChoices):
        GREY = "grey"
        BLUE = "blue"
        TEAL = "teal"
        GREEN = "green"
        AMBER = "amber"
        RED = "red"
        VIOLET = "violet"

    workflow = models.ForeignKey(Workflow, models.CASCADE, related_name="statuses")
    name = models.CharField(max_length=80)
    name_zh = models.CharField(max_length=80, blank=True, default="")
    category = models.CharField(max_length=10, choices=Category)
    color = models.CharField(max_length=10, choices=Color, default=Color.GREY)
    position = models.PositiveSmallIntegerField(default=0)
    limit = models.PositiveIntegerField(null=True, blank=True)
    limit_is_hard = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["workflow", "name"], name="a_status_name_is_used_once_in_a_workflow"),
            models.CheckConstraint(
                condition=models.Q(limit=None) | models.Q(limit__gt=0), name="a_limit_is_at_least_one"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_closed(self) -> bool:
        return self.category in CLOSED


CLOSED = {Status.Category.DONE, Status.Category.CANCELLED}


class Transition(models.Model):
    """A way from one status to another, and who may take it.

    Without functions and without a role: whoever may move the card. Else: people of one of the functions, or with at
    least that role on the project.
    """

    class Role(models.TextChoices):
        ANYBODY = ""
        MEMBER = "member"
        MANAGER = "manager"

    source = models.ForeignKey(Status, models.CASCADE, related_name="ways_out")
    target = models.ForeignKey(Status, models.CASCADE, related_name="ways_in")
    functions = models.ManyToManyField(Function, blank=True, related_name="+")
    role = models.CharField(max_length=10, choices=Role, blank=True, default=Role.ANYBODY)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="one_way_between_two_statuses"),
            models.CheckConstraint(condition=~models.Q(source=models.F("target")), name="a_way_leads_elsewhere"),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
