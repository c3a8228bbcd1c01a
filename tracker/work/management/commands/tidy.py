from typing import Any

from django.core.management.base import BaseCommand

from tracker.work.services.tidying import tidy


class Command(BaseCommand):
    help = "Forget the answers of commands older than a day, and files that no task has. Run it once a day."

    def handle(self, *args: Any, **options: Any) -> None:
        gone = tidy()
        self.stdout.write(f"{gone['commands']} old commands and {gone['files']} files without a task removed.")
