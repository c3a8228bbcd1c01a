from django.conf import settings
from django.db import models
from django.utils.timezone import now
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from tracker.accounts.models import Account
from tracker.people.models import Function, Team

from .workflows import Workflow


class Project(models.Model):
    """An initiative: work for one account (or an internal one), shown as a board.

    `next_number` is the number the next task gets. A private project shuts the roles of its account out.
    """

    class State(models.TextChoices):
        PLANNED = "planned"
        ACTIVE = "active"
        WAITING = "waiting"
        DONE = "done"
        CANCELLED = "cancelled"

    class Health(models.TextChoices):
        UNKNOWN = ""
        ON_TRACK = "on_track"
        AT_RISK = "at_risk"
        OFF_TRACK = "off_track"

    key = models.CharField(max_length=10, unique=True)
    account = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="projects")
    name = models.CharField(max_length=160)
    name_zh = models.CharField(max_length=160, blank=True, default="")
    summary = models.TextField(blank=True, default="")
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="projects_led"
    )
    functions = models.ManyToManyField(Function, blank=True, related_name="+")
    workflow = models.ForeignKey(Workflow, models.PROTECT, related_name="projects")
    start = models.DateField(null=True, blank=True)
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    health = models.CharField(max_length=10, choices=Health, blank=True, default=Health.UNKNOWN)
    health_note = models.CharField(max_length=500, blank=True, default="")
    is_private = models.BooleanField(default=False)
    next_number = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["key"]
        permissions = [
            ("visit_project", "See the tasks one was given"),
            ("see_project", "See the initiative"),
            ("comment_project", "Comment"),
            ("work_project", "Create, change and move tasks"),
            ("manage_project", "Change the initiative and its people"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="a_project_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(due=None) | models.Q(start=None) | models.Q(due__gte=models.F("start")),
                name="a_project_is_due_on_or_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.name}"


class ProjectUserObjectPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey(Project, models.CASCADE)


class ProjectGroupObjectPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey(Project, models.CASCADE)


class ProjectMember(models.Model):
    """A person with a role of their own on a project, beside what they have through the account."""

    class Role(models.TextChoices):
        MANAGER = "manager"
        MEMBER = "member"
        COMMENTER = "commenter"
        VIEWER = "viewer"
        GUEST = "guest"

    project = models.ForeignKey(Project, models.CASCADE, related_name="members")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="project_roles")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "person"], name="a_person_has_one_role_on_a_project")]

    def __str__(self) -> str:
        return f"{self.person} {self.role}"


class ProjectTeamRole(models.Model):
    """A team that holds a role on a project."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="team_roles")
    team = models.ForeignKey(Team, models.CASCADE, related_name="project_roles")
    role = models.CharField(max_length=10, choices=ProjectMember.Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["project", "team"], name="a_team_has_one_role_on_a_project")]

    def __str__(self) -> str:
        return f"{self.team} {self.role}"
