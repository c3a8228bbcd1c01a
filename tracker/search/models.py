"""The index of what can be found."""

from django.conf import settings
from django.db import models

from tracker.accounts.models import Account
from tracker.search.fields import WordsField
from tracker.work.models import Comment, Project, Task


class Entry(models.Model):
    """One thing that can be found, as it reads now; `kind` says which of the references it is about.

    `title_words` hold what it is called, `all_words` everything including that. Both begin with the token of the kind. An entry
    is never changed but made anew, so a higher id means that its text changed later. It goes with its thing. A comment
    also refers to its task, which says who may see it.

    On SQLite three triggers keep the full-text table `search_words` in step: a migration that lets Django make this
    table anew has to make them anew too.
    """

    class Kind(models.TextChoices):
        CARD = "card"
        COMMENT = "comment"
        ACCOUNT = "account"
        INITIATIVE = "initiative"
        PERSON = "person"

    kind = models.CharField(max_length=10, choices=Kind)
    task = models.ForeignKey(Task, models.CASCADE, null=True, related_name="+")
    comment = models.OneToOneField(Comment, models.CASCADE, null=True, related_name="+")
    account = models.OneToOneField(Account, models.CASCADE, null=True, related_name="+")
    initiative = models.OneToOneField(Project, models.CASCADE, null=True, related_name="+")
    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    title_words = WordsField()
    all_words = WordsField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="card", task__isnull=False, comment=None)
                | models.Q(kind="comment", task__isnull=False, comment__isnull=False)
                | models.Q(kind="account", account__isnull=False)
                | models.Q(kind="initiative", initiative__isnull=False)
                | models.Q(kind="person", person__isnull=False),
                name="an_entry_is_about_a_thing_of_its_kind",
            ),
            models.UniqueConstraint(
                fields=["task"], condition=models.Q(kind="card"), name="a_task_has_one_entry_as_a_card"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


def mark(kind: str) -> str:
    """The token that all entries of a kind have, so that rare kinds are found at once among many cards.

    It begins with a character that no text is cut into. `mark("text")` stands before every text, so that its first
    word doesn't follow the last one of the text before.
    """
    return f"\ue000{kind}"
