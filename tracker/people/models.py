"""Who works here: people, the functions they work in, teams, and how somebody comes in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from guardian.mixins import GuardianUserMixin

from tracker.people.addresses import normal_address


class Function(models.Model):
    """What somebody does (sales, marketing, support, …). A row that an administrator edits; it grants no access."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=80)
    name_zh = models.CharField(max_length=80, blank=True, default="")
    color = models.CharField(max_length=20, default="management")
    icon = models.CharField(max_length=20, default="box")
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A new person. Without a password they cannot sign in until they set one."""
        user = self.model(email=normal_address(email), **fields)
        user.set_password(password)
        user.save(using=self._db, force_insert=True)
        return user


class User(AbstractBaseUser, PermissionsMixin, GuardianUserMixin):
    """A person. Signs in with the e-mail address, kept in lower case.

    An *overseer* reads all accounts and projects. An *administrator* may do everything. A *guest* sees only the tasks
    they were given. Who is not active has nothing.
    """

    class Language(models.TextChoices):
        EN = "en", "English"
        ZH = "zh-Hans", "简体中文"

    class Theme(models.TextChoices):
        SYSTEM = "system"
        LIGHT = "light"
        DARK = "dark"

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    name_zh = models.CharField(max_length=120, blank=True, default="")
    title = models.CharField(max_length=120, blank=True, default="")
    title_zh = models.CharField(max_length=120, blank=True, default="")
    function = models.ForeignKey(Function, models.SET_NULL, null=True, blank=True, related_name="people")
    language = models.CharField(max_length=10, choices=Language, default=Language.EN)
    time_zone = models.CharField(max_length=64, default="UTC")
    theme = models.CharField(max_length=10, choices=Theme, default=Theme.SYSTEM)
    hours_per_day = models.DecimalField(max_digits=4, decimal_places=2, default=8)
    is_active = models.BooleanField(default=True)
    is_administrator = models.BooleanField(default=False)
    is_overseer = models.BooleanField(default=False)
    is_guest = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=now)
    # When being active, administrator or overseer last changed: what that shows or hides is told in no stream of its own.
    access_changed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="an_address_belongs_to_one_person"),
            models.CheckConstraint(condition=~models.Q(name=""), name="a_person_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(hours_per_day__gte=0, hours_per_day__lte=24), name="a_day_has_24_hours"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def shown_name(self) -> str:
        """The name as this person's own language shows it."""
        return self.name_zh if self.language == self.Language.ZH and self.name_zh else self.name


class Team(models.Model):
    """People who hold roles together. The group carries the permissions and the members."""

    name = models.CharField(max_length=80, unique=True)
    name_zh = models.CharField(max_length=80, blank=True, default="")
    group = models.OneToOneField(Group, models.CASCADE, related_name="team")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Invitation(models.Model):
    """A way in for one address: single use, kept only as a hash, valid until `expires_at`."""

    email = models.EmailField(max_length=254)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    function = models.ForeignKey(Function, models.SET_NULL, null=True, blank=True, related_name="+")
    is_guest = models.BooleanField(default=False)
    language = models.CharField(max_length=10, choices=User.Language, default=User.Language.EN)
    created_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")

    def __str__(self) -> str:
        return self.email


class PasswordReset(models.Model):
    """The way back in that was asked for last for an address: single use, kept only as a hash.

    A newer one, a sign-in and an hour make it void. A row is written for unknown addresses too, so that asking takes
    the same time for every address.
    """

    email = models.EmailField(max_length=254, unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.email


class SetupCode(models.Model):
    """The one-time code with which the first person sets up an empty installation, kept only as a hash."""

    code_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return str(self.created_at)


class Limit(models.Model):
    """How often something was tried lately: the table of Django's database cache, in which allauth keeps its limits.

    In the database, so that a restart or a lost Redis opens no door. Only the cache reads and writes it.
    """

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key
