"""Saying which card it was, where one of several is refused and with it the whole lot."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from tracker.errors import DomainError
from tracker.work.models import Task
from tracker.work.selectors.tasks import key_of


@contextmanager
def naming(task: Task) -> Iterator[None]:
    """A refusal inside says the card's key, and its `detail` has `task` and `key`. Only for a card that may be seen."""
    try:
        yield
    except DomainError as error:
        if "key" not in error.detail:
            key = key_of(task)
            error.detail |= {"task": task.pk, "key": key}
            error.args = (_("%(key)s: %(reason)s") % {"key": key, "reason": error},)
        raise


@contextmanager
def counting(index: int) -> Iterator[None]:
    """A refusal inside says which of the things asked for it was, by its place: all that may be said of what is hidden."""
    try:
        yield
    except DomainError as error:
        error.detail |= {"index": index}
        raise
