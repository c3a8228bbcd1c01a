"""What people were told, what they want to be told, and what leaves the house to tell them."""

from datetime import time
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.timezone import now

from tracker.accounts.models import Account
from tracker.log.models import Event
from tracker.people.models import User
from tracker.work.models import Project, Task


class Reason(models.TextChoices):
    """Why somebody hears of something, most pressing first: of several, the first that applies is the one given."""

    MENTIONED = "mentioned"
    ASSIGNED = "assigned"
    ANNOUNCED = "announced"
    HANDED = "handed"
    ANSWERED = "answered"
    OWNER = "owner"
    ASSIGNEE = "assignee"
    DUE = "due"
    OVERDUE = "overdue"
    UNANSWERED = "unanswered"
    BLOCKS = "blocks"
    LEAD = "lead"
    ACCOUNT_OWNER = "account_owner"
    ACCESS = "access"
    STARTS = "starts"
    STILL = "still"
    WATCHING = "watching"


class Urgency(models.IntegerChoices):
    """What a piece of news may do: wait for the digest, wait for the bundle, interrupt."""

    DIGEST = 0
    BUNDLE = 1
    NOW = 2


class Notification(models.Model):
    """One event that one person was told of, once, and why. The inbox is the record: nothing leaves it unread.

    `key` names what was told, as in `project:42.1f0c9a2e.1241`: the position of the event (of a reminder: `due.9.2026-11-27`). Whatever is tried again
    after a crash finds it there. `subject` groups an inbox: everything about one card stands together.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    key = models.CharField(max_length=80)
    subject = models.CharField(max_length=40)
    reason = models.CharField(max_length=20, choices=Reason)
    urgency = models.SmallIntegerField(choices=Urgency, default=Urgency.BUNDLE)
    event = models.ForeignKey(Event, models.CASCADE, null=True, related_name="+")
    task = models.ForeignKey(Task, models.SET_NULL, null=True, related_name="+")
    project = models.ForeignKey(Project, models.SET_NULL, null=True, related_name="+")
    account = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=300, blank=True, default="")
    facts = models.JSONField(default=dict)  # of a reminder, in the form of an event's body: nobody did it
    at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "key"], name="a_person_is_told_a_thing_once")]
        indexes = [
            models.Index(fields=["recipient", "done_at", "-at"], name="inbox_of_a_person"),
            models.Index(fields=["recipient", "subject"], name="inbox_of_a_person_by_card"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id}: {self.key}"


class Mute(models.Model):
    """A person hears no more of a card, unless they are mentioned or it becomes theirs."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mutes")
    task = models.ForeignKey(Task, models.CASCADE, related_name="mutes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "task"], name="a_card_is_muted_once")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.task_id}"


class Preference(models.Model):
    """What a person chose for one reason and one way of being told; where there is none, the default holds.

    `scope` narrows it, as in `account:7` or `project:42`; empty means everywhere. The narrowest one that fits counts.
    """

    class Way(models.TextChoices):
        INBOX = "inbox"
        MAIL = "mail"
        PUSH = "push"
        CHAT = "chat"

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="preferences")
    reason = models.CharField(max_length=20, choices=Reason)
    way = models.CharField(max_length=10, choices=Way)
    scope = models.CharField(max_length=40, blank=True, default="")
    is_on = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "reason", "way", "scope"], name="a_person_chooses_once")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.reason} {self.way} {self.is_on}"


class Attention(models.Model):
    """When a person may be interrupted: by their own clock, in their own time zone. Who has no row has these defaults."""

    class Digest(models.TextChoices):
        OFF = "off"
        DAILY = "daily"
        WEEKLY = "weekly"

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attention", primary_key=True)
    bundle_minutes = models.PositiveSmallIntegerField(default=5)
    quiet_from = models.TimeField(null=True, blank=True, default=time(20))
    quiet_until = models.TimeField(null=True, blank=True, default=time(8))
    working_days = models.CharField(max_length=7, default="12345")  # 1 is Monday
    urgent_in_quiet = models.BooleanField(default=True)
    digest = models.CharField(max_length=6, choices=Digest, default=Digest.DAILY)
    digest_at = models.TimeField(default=time(8, 30))
    digest_day = models.PositiveSmallIntegerField(default=1)  # of a weekly one; 1 is Monday
    last_digest = models.DateTimeField(null=True, blank=True)
    next_digest = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(bundle_minutes__lte=240), name="a_bundle_waits_four_hours_at_most"
            ),
            models.CheckConstraint(
                condition=models.Q(digest_day__gte=1, digest_day__lte=7), name="a_week_has_seven_days"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.bundle_minutes} min"


class Hook(models.Model):
    """An address outside that is told: a chat, or a program. A person's own has no `scope` and hears what they hear.

    One with a scope (`account:7`, `project:42`) hears what happens there, as far as its owner may manage it at that
    moment. Address and secret are sealed: nobody reads them again, not even from a copy of the database.
    """

    class Kind(models.TextChoices):
        FEISHU = "feishu"
        DINGTALK = "dingtalk"
        WECOM = "wecom"
        SLACK = "slack"
        TEAMS = "teams"
        WEBHOOK = "webhook"

    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=80)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="hooks")
    scope = models.CharField(max_length=40, blank=True, default="", db_index=True)
    sealed_url = models.TextField()
    sealed_secret = models.TextField(blank=True, default="")
    language = models.CharField(max_length=10, choices=User.Language, default=User.Language.EN)
    is_on = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner"],
                condition=models.Q(scope="") & ~models.Q(kind="webhook"),
                name="a_person_has_one_chat",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


class Subscription(models.Model):
    """A browser that a person let us push to. It goes when its push service says that it is gone."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscriptions")
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    agent = models.CharField(max_length=300, blank=True, default="")
    created_at = models.DateTimeField(default=now)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.endpoint[:60]}"


class Delivery(models.Model):
    """What leaves the house for one target: a row of the outbox. Its id is with it on every attempt, so that whoever
    gets it twice can tell.

    It begins as an open bundle, which news join until it is sent: `items` are the ids of notifications, or of events
    where the target is an initiative's hook. What of it may be told is decided when it is sent, not before.
    """

    class Way(models.TextChoices):
        MAIL = "mail"
        PUSH = "push"
        CHAT = "chat"
        WEBHOOK = "webhook"

    class Kind(models.TextChoices):
        NEWS = "news"
        DIGEST = "digest"
        TEST = "test"
        LETTER = "letter"

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"
        DROPPED = "dropped"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    way = models.CharField(max_length=8, choices=Way)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.NEWS)
    target = models.CharField(max_length=40)  # mail:5, push:12, hook:7
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="deliveries")
    hook = models.ForeignKey(Hook, models.CASCADE, null=True, related_name="deliveries")
    subscription = models.ForeignKey(Subscription, models.CASCADE, null=True, related_name="deliveries")
    items = models.JSONField(default=list)
    is_urgent = models.BooleanField(default=False)
    is_open = models.BooleanField(default=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    created_at = models.DateTimeField(default=now)
    due_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True, blank=True)
    task = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True, default="")
    sent_at = models.DateTimeField(null=True, blank=True)
    title = models.CharField(max_length=200, blank=True, default="")
    sealed = models.TextField(blank=True, default="")  # of a letter, what it says and to whom, until it has left
    counts = models.JSONField(default=dict)  # reason → how many news of it were in what was sent

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["target"], condition=models.Q(is_open=True), name="one_bundle_is_open_for_a_target"
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="delivery_that_waits"),
            models.Index(fields=["recipient", "sent_at"], name="delivery_to_a_person"),
            models.Index(fields=["state", "created_at"], name="delivery_by_state"),
            models.Index(fields=["target", "sent_at"], name="delivery_to_a_target"),
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.state}"


class Breaker(models.Model):
    """How a target takes what it is sent. After some failures in a row it is left alone for a while."""

    target = models.CharField(max_length=300, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    open_until = models.DateTimeField(null=True, blank=True)
    busy_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.target}: {self.failures}"
