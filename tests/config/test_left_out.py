"""What a server keeps out of its memory until somebody needs it."""

import subprocess
import sys

from tests.support.product import REPOSITORY

LOADED = """
import boards.live.server, sys
from tracker.config import asgi
print(*sorted(name for name in sys.argv[1:] if name in sys.modules))
"""
LATER = """
import boards.live.server
from tracker.config import asgi
from django.test.signals import template_rendered, setting_changed
from django.core import signals
import OpenSSL.SSL, click
from autobahn.twisted.wamp import ApplicationSession
print(setting_changed is signals.setting_changed, ApplicationSession)
"""


def in_a_new_process(program: str, *names: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", program, *names], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_server_that_has_settled_has_not_loaded_what_it_does_not_use() -> None:
    never = ("OpenSSL", "cryptography", "httpcore", "django.test", "unittest", "cbor2", "click", "autobahn.wamp.auth")
    assert in_a_new_process(LOADED, "boards.live.server", *never) == "boards.live.server"


def test_what_was_left_out_is_there_for_whoever_asks_later() -> None:
    assert in_a_new_process(LATER) == "True <class 'autobahn.twisted.wamp.ApplicationSession'>"
