from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "tracker.search"
    label = "search"

    def ready(self) -> None:
        from tracker.log.change import kept_in_step
        from tracker.search.services import follow

        kept_in_step.append(follow)
        post_migrate.connect(fill_where_empty, sender=self)


def fill_where_empty(**_signal: Any) -> None:
    """After an update from a version without an index, or the restore of an old backup, there is one at once."""
    from tracker.people.models import User
    from tracker.search.models import Entry
    from tracker.search.services import rebuild

    if User.objects.exists() and not Entry.objects.exists():
        rebuild()
