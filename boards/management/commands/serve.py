"""`manage.py serve`: the whole product in one process: HTTP, sockets, those who follow the log, and background work.

It runs no migrations.
"""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from boards.management.listening import add_arguments, listen, refuse_unsafe, share_one_heap
from tracker.jobs.beside import Beside
from tracker.people.setup import setup_code


class Command(BaseCommand):
    help = "Serve Accord until told to stop (Ctrl+C, SIGTERM)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        share_one_heap()
        refuse_unsafe(host, port)
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        if not (os.environ.get("BASE_URL") or os.environ.get("BASE_URL_FILE")):
            settings.BASE_URL = address
        self.stdout.write(f"Accord serves on {address}")
        if code := setup_code():
            self.stdout.write(
                f"\n  Nobody has an account yet. Open  {settings.BASE_URL}/setup  and enter this code, which works once:"
                f"\n\n      {code}\n"
            )
        self.stdout.flush()
        beside = Beside()
        beside.start()
        listen(host, port)
        beside.stop()
