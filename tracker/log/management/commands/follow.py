"""`manage.py follow`: those who follow the log, in a process of their own beside gunicorn and the sockets."""

import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from tracker.log.followers import Following
from tracker.log.manners import step_back
from tracker.starting import refuse_if, unsafe


class Command(BaseCommand):
    help = "Tell people what happened, and whatever else follows the log, until told to stop (Ctrl+C, SIGTERM)."

    def handle(self, *args: Any, **options: Any) -> None:
        settings.SEVERAL_PROCESSES = True
        refuse_if(unsafe())
        told = threading.Event()
        for order in (signal.SIGINT, signal.SIGTERM):
            signal.signal(order, lambda *_: told.set())
        step_back()
        following = Following()
        following.start()
        self.stdout.write("Following the log.")
        self.stdout.flush()
        told.wait()
        following.stop()
