from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tracker.work.services.verifying import verify

MOST_SHOWN = 20  # findings of one kind


class Command(BaseCommand):
    help = "Look whether everything holds that must: events, columns, counters, files. Changes nothing; the server may run."

    def handle(self, *args: Any, **options: Any) -> None:
        found = verify()
        for name, findings in found.items():
            self.stdout.write(f"{'ok ' if not findings else 'NOT'}  {name}")
            for finding in findings[:MOST_SHOWN]:
                self.stdout.write(f"       {finding}")
            if len(findings) > MOST_SHOWN:
                self.stdout.write(f"       … and {len(findings) - MOST_SHOWN} more")
        if any(found.values()):
            raise CommandError(
                "Something does not hold. Keep this output, and restore the newest backup that is sound."
            )
