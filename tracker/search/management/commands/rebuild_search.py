"""`manage.py rebuild_search`: makes everything that search knows anew, from what there is."""

from typing import Any

from django.core.management import BaseCommand

from tracker.search.services import rebuild


class Command(BaseCommand):
    help = "Make the search index anew. The server may run, and everything is found meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        rebuild(told=lambda kind, count: self.stdout.write(f"{kind}: {count:,}"))
