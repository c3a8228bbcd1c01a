import time
from typing import Any

from django.core.management.base import BaseCommand

from tracker.demo.load import load_demo


class Command(BaseCommand):
    help = (
        "Load the demo into an empty installation. Its people share a password that everybody knows: not for real work."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        loaded = load_demo()
        if loaded is None:
            self.stdout.write("Somebody has an account here already: the demo is not loaded.")
            return
        self.stdout.write(
            f"The demo is loaded: {loaded.people} people, {loaded.accounts} accounts, {loaded.initiatives} initiatives, "
            f"{loaded.cards} cards ({time.monotonic() - started:.1f} s)."
        )
