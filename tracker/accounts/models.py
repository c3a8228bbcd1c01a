"""Key accounts, and who serves them."""

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from tracker.people.models import Function, Team


class Account(models.Model):
    """A customer. `owner` is the account manager and always leads the account team."""

    class Tier(models.TextChoices):
        STRATEGIC = "S"
        KEY = "A"
        GROWTH = "B"
        STANDARD = "C"
        CANDIDATE = "candidate"
        EXITED = "exited"

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=160)
    name_zh = models.CharField(max_length=160, blank=True, default="")
    industry = models.CharField(max_length=120, blank=True, default="")
    industry_zh = models.CharField(max_length=120, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="")  # ISO 3166-1 alpha-2
    parent = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="children")
    tier = models.CharField(max_length=12, choices=Tier, default=Tier.STANDARD)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="accounts_owned"
    )
    notes = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["code"]
        permissions = [
            ("see_account", "See the account"),
            ("comment_account", "Comment on the account"),
            ("work_account", "Work on the account"),
            ("manage_account", "Change the account and its people"),
            ("see_revenue", "See revenue, margin and prices"),
            ("see_contacts", "See contacts' phone, e-mail and birthday"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name=""), name="an_account_has_a_name"),
            models.CheckConstraint(condition=~models.Q(code=""), name="an_account_has_a_code"),
            models.CheckConstraint(condition=~models.Q(parent=models.F("id")), name="an_account_is_not_its_own_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class AccountUserObjectPermission(UserObjectPermissionBase):
    content_object = models.ForeignKey(Account, models.CASCADE)


class AccountGroupObjectPermission(GroupObjectPermissionBase):
    content_object = models.ForeignKey(Account, models.CASCADE)


class AccountMember(models.Model):
    """One person of the account team: what they do there, and the role that says what they may do."""

    class Role(models.TextChoices):
        LEAD = "lead"
        MEMBER = "member"
        SPONSOR = "sponsor"
        VIEWER = "viewer"

    account = models.ForeignKey(Account, models.CASCADE, related_name="team")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="account_roles")
    function = models.ForeignKey(Function, models.SET_NULL, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=10, choices=Role)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "person"], name="a_person_is_on_an_account_team_once")
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.role}"


class AccountTeamRole(models.Model):
    """A team that holds a role on an account."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="team_roles")
    team = models.ForeignKey(Team, models.CASCADE, related_name="account_roles")
    role = models.CharField(max_length=10, choices=AccountMember.Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "team"], name="a_team_has_one_role_on_an_account")]

    def __str__(self) -> str:
        return f"{self.team} {self.role}"
