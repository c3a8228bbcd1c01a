"""`manage.py db_worker`: background work in a process of its own, beside gunicorn and the sockets.

It takes the place of django-tasks-db's command of this name: with several lanes, with schedules, and it tries again.
"""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from tracker.jobs.lanes import Workers, drain
from tracker.log.manners import step_back
from tracker.starting import refuse_if, unsafe


class Command(BaseCommand):
    help = "Do background work until told to stop (Ctrl+C, SIGTERM). Several may run: they share the work."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--batch", action="store_true", help="do what waits now, then end")

    def handle(self, *args: Any, batch: bool, **options: Any) -> None:
        settings.SEVERAL_PROCESSES = settings.SEVERAL_PROCESSES or not batch
        refuse_if(unsafe())
        if batch:
            self.stdout.write(f"{drain()} done.")
            return
        told = threading.Event()
        for order in (signal.SIGINT, signal.SIGTERM):
            signal.signal(order, lambda *_: told.set())
        step_back()
        workers = Workers()
        workers.start()
        self.stdout.write("Doing background work.")
        self.stdout.flush()
        told.wait()
        workers.stop()
