"""What was brought in from elsewhere, and where it is now."""

from django.db import models
from django.utils.timezone import now


class ExternalKey(models.Model):
    """The name that something has where it came from, and the thing it became here.

    A thing is imported once: its key leads to it for good, also after it was deleted here. `digests` holds, for each
    field, a fingerprint of what the source said last; only what has changed there since is brought in again, so that
    people's own changes stay. The values themselves are not kept.
    """

    source = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    key = models.CharField(max_length=200)
    object_id = models.BigIntegerField()
    digests = models.JSONField(default=dict)
    imported_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "kind", "key"], name="a_key_leads_to_one_thing"),
            models.UniqueConstraint(fields=["source", "kind", "object_id"], name="a_thing_has_one_key_in_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.key}"
