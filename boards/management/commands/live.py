"""`manage.py live`: sockets only, one of several processes. HTTP is gunicorn's; here are just the probes and figures.

Always this command, never daphne's own: our server closes sockets with the right codes, notices who reads too slowly,
and takes its leave.
"""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from boards.management.listening import add_arguments, listen, refuse_unsafe, share_one_heap


class Command(BaseCommand):
    help = "Serve the sockets until told to stop, beside gunicorn and others of this kind (Ctrl+C, SIGTERM)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_arguments(parser)

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        share_one_heap()
        settings.SEVERAL_PROCESSES = True
        settings.ROOT_URLCONF = "tracker.config.urls_of_probes"
        refuse_unsafe(host, port)
        self.stdout.write(f"Accord's sockets on {host}:{port}")
        self.stdout.flush()
        listen(host, port)
