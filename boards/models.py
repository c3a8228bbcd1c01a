from django.conf import settings
from django.db import models
from django.utils.timezone import now

from tracker.accounts.models import Account
from tracker.people.models import Function, Team
from tracker.work.models import Project

THINGS = ("project", "account", "function", "team", "person")
EXACTLY_ONE = models.Q()
for thing in THINGS:
    EXACTLY_ONE |= models.Q(**{f"{other}__isnull": other != thing for other in THINGS})


class Board(models.Model):
    """A board that somebody keeps something about: of one project, one account, a function, a team, or a person's own.

    It goes with what it shows, and takes its views along.
    """

    project = models.OneToOneField(Project, models.CASCADE, null=True, blank=True, related_name="board")
    account = models.OneToOneField(Account, models.CASCADE, null=True, blank=True, related_name="board")
    function = models.OneToOneField(Function, models.CASCADE, null=True, blank=True, related_name="board")
    team = models.OneToOneField(Team, models.CASCADE, null=True, blank=True, related_name="board")
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="own_board"
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=EXACTLY_ONE, name="a_board_shows_one_thing")]

    def __str__(self) -> str:
        kind = next(thing for thing in THINGS if getattr(self, f"{thing}_id") is not None)
        return f"{kind}:{getattr(self, f'{kind}_id')}"


class View(models.Model):
    """A way to look at a board that somebody has given a name: its columns and lanes, order, filter, and what stands
    on the cards. A shared one is offered to everybody who sees the board.
    """

    board = models.ForeignKey(Board, models.CASCADE, related_name="views")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="board_views")
    name = models.CharField(max_length=80)
    is_shared = models.BooleanField(default=False)
    settings = models.JSONField()
    created_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="a_view_has_a_name")]

    def __str__(self) -> str:
        return self.name


class Look(models.Model):
    """How one person looks at one board: the view they start with, and the columns and lanes they have folded."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="looks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="looks")
    default = models.ForeignKey(View, models.SET_NULL, null=True, blank=True, related_name="+")
    folded = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["board", "person"], name="a_person_looks_at_a_board_in_one_way")]

    def __str__(self) -> str:
        return f"{self.person} at {self.board}"
