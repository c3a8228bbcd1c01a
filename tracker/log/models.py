"""What happened, in order: streams, their events, and the commands that caused them."""

import secrets

from django.conf import settings
from django.db import models

UNDO_DAYS = 30
"""For so long the log knows what was before, so that it can be taken back."""


def new_epoch() -> str:
    return secrets.token_hex(4)


class Stream(models.Model):
    """The ordered story of one thing that people are given access to.

    Whoever may read a stream may read every event in it. `head` is the last `seq` used, `floor` the oldest position
    from which events are replayed; `epoch` changes when history is rewritten, as by a restore.
    """

    class Kind(models.TextChoices):
        WORKSPACE = "workspace"
        ACCOUNT = "account"
        PROJECT = "project"
        USER = "user"

    kind = models.CharField(max_length=16, choices=Kind.choices)
    ref = models.BigIntegerField(default=0)
    epoch = models.CharField(max_length=16, default=new_epoch)
    head = models.BigIntegerField(default=0)
    floor = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "ref"], name="a_thing_has_one_stream")]

    @property
    def name(self) -> str:
        """`workspace`, or the kind and the id of the thing, as in `project:42`."""
        return self.kind if self.kind == self.Kind.WORKSPACE else f"{self.kind}:{self.ref}"

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """One thing that happened, with the new values. Never changed, except to scrub an erased person.

    `seq` is 1, 2, 3, … in commit order within its stream. `tx` is shared by all events of one transaction, `span` says
    to how many streams it wrote. `subject` (as in `task:9`) finds the history of one thing. `body` is JSON text, kept as
    it is sent, so that a frame is put together without parsing.

    `before` is never sent: what the same values were until then, as JSON text, for taking it back; empty where nothing
    was, where it cannot be taken back, and after `UNDO_DAYS`. `undoes` is the command that this event takes back.
    """

    stream = models.ForeignKey(Stream, models.CASCADE, related_name="events")
    seq = models.BigIntegerField()
    tx = models.CharField(max_length=32)
    span = models.PositiveSmallIntegerField()
    command_id = models.UUIDField()
    undoes = models.UUIDField(null=True)
    actor = models.ForeignKey(  # found through the index of commands
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, db_index=False
    )
    at = models.DateTimeField()
    type = models.CharField(max_length=40)
    subject = models.CharField(max_length=40)
    body = models.TextField()
    before = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="a_stream_has_no_seq_twice")]
        indexes = [
            models.Index(fields=["subject", "id"], name="event_history_of_a_thing"),
            models.Index(fields=["actor", "command_id"], name="event_of_a_command"),
            models.Index(fields=["undoes"], name="event_that_undoes", condition=models.Q(undoes__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.type}"


class Command(models.Model):
    """One intention of one person, and the answer it got, so that a repeated request is answered and not done again.

    `places` are the streams that the command touched and the things that it showed: whoever may no longer see them gets no
    stored answer.
    """

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.UUIDField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(default="")
    headers = models.TextField(default="{}")
    places = models.TextField(default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="a_person_uses_a_key_once")]

    def __str__(self) -> str:
        return str(self.key)


class Cursor(models.Model):
    """How far a follower has read a stream: everything up to `seq` has had its effect, and nothing after it.

    An effect is written in the transaction that moves the cursor. So none is missed, and none happens twice.
    """

    follower = models.CharField(max_length=40)
    stream = models.ForeignKey(Stream, models.CASCADE, related_name="cursors")
    seq = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["follower", "stream"], name="a_follower_reads_a_stream_once")]

    def __str__(self) -> str:
        return f"{self.follower} {self.stream_id}: {self.seq}"


class Stumble(models.Model):
    """An event that a follower could not take: it was passed over, so that those after it are not held up.

    It stays here until an administrator lets the follower try again.
    """

    follower = models.CharField(max_length=40)
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    error = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["follower", "event"], name="a_follower_stumbles_once_on_an_event")
        ]

    def __str__(self) -> str:
        return f"{self.follower} {self.event_id}"
