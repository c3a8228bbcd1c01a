"""Accord does not start on settings that are unsafe, and says what to do."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from tests.support.live import REPOSITORY
from tests.support.waiting import PATIENCE
from tracker.config import startup

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sound(settings: Any) -> None:
    settings.DEBUG = False


def found() -> str:
    return "\n".join(f"{reason.id} {reason.msg} {reason.hint}" for reason in startup.reasons())


def test_a_sound_installation_has_nothing_to_say() -> None:
    assert found() == ""


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SECRET_KEY", "short", "E001"),
        ("SECRET_KEY", "x" * 60, "E001"),
        ("SECRET_KEY", "django-insecure-" + "abcdefghij" * 5, "E001"),
        ("ALLOWED_HOSTS", ["accord.example.org", "*"], "E002"),
        ("VAR", Path("/proc"), "E006"),
        ("MEDIA_ROOT", Path("/proc"), "E006"),
    ],
)
def test_an_unsafe_setting_is_named(settings: Any, name: str, value: object, said: str) -> None:
    setattr(settings, name, value)
    assert said in found()


@pytest.mark.parametrize(
    ("address", "is_refused"),
    [("http://127.0.0.1:8000", False), ("http://localhost", False), ("https://accord.example.org", True)],
)
def test_debug_is_for_this_machine_only(settings: Any, address: str, is_refused: bool) -> None:
    settings.DEBUG, settings.BASE_URL = True, address
    assert ("E003" in found()) == is_refused


@pytest.mark.parametrize(
    ("bind", "is_refused"),
    [
        ("127.0.0.1:8000", False),
        ("localhost", False),
        ("[::1]:8000", False),
        ("unix:/run/accord.sock", False),
        ("0.0.0.0:8000", True),
        ("[::]:8000", True),
        (":8000", True),
    ],
)
def test_debug_is_not_for_a_gunicorn_that_others_reach(settings: Any, bind: str, is_refused: bool) -> None:
    settings.DEBUG, settings.BASE_URL, settings.WEB_BIND = True, "http://127.0.0.1:8000", ["127.0.0.1:8000", bind]
    assert ("E003" in found()) == is_refused


def test_several_processes_need_what_they_share(settings: Any) -> None:
    settings.SEVERAL_PROCESSES, settings.REDIS_URL = True, ""
    said = found()
    assert "Set REDIS_URL" in said
    assert ("Set DATABASE_URL" in said) == (connection.vendor == "sqlite")
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert "Set REDIS_URL" not in found()


@pytest.mark.parametrize(
    ("host", "is_refused"),
    [
        ("redis://cache:6379/0", True),
        ({"address": "redis://cache:6379/0"}, True),
        ({"address": "redis://cache:6379/0", "socket_timeout": 5}, True),
        ({"address": "redis://cache:6379/0", "socket_timeout": 20}, False),
    ],
)
def test_redis_needs_a_time_out(settings: Any, host: object, is_refused: bool) -> None:
    layer = {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [host]}}
    settings.CHANNEL_LAYERS = {"default": layer}
    assert ("E005" in found()) == is_refused


def test_a_database_that_is_not_up_to_date() -> None:
    MigrationRecorder.Migration.objects.filter(app="work").delete()
    assert "manage.py migrate" in found()


def test_a_database_that_cannot_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def gone() -> startup.Reasons:
        raise OperationalError("connection refused\n")
        yield

    monkeypatch.setattr(startup, "migrations", gone)
    assert "E007 The database cannot be reached: connection refused" in found()


@pytest.mark.sqlite
def test_sqlite_that_is_set_up_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    options = connection.settings_dict["OPTIONS"] | {"transaction_mode": None}
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)
    assert "E007 SQLite runs with" in found()
    assert "DEFERRED" in found()


@pytest.mark.postgres
def test_a_clock_that_is_far_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(startup, "FARTHEST_CLOCK", -1)
    assert "NTP" in found()


def test_the_check_of_django_tells_too(settings: Any) -> None:
    settings.SECRET_KEY = "short"
    with pytest.raises(CommandError, match=r"accord\.E001"):
        call_command("check", "--deploy", "--tag", "start")
    call_command("check")


GUNICORN = "-m gunicorn -c deploy/gunicorn.conf.py"


@pytest.mark.parametrize(
    "command", ["manage.py serve", "manage.py live", "manage.py follow", "manage.py db_worker", GUNICORN]
)
def test_a_process_does_not_start(command: str) -> None:
    """All but `serve` are one of several processes: they want a Redis."""
    done = started(command, SECRET_KEY="short", REDIS_URL="", DATABASE_URL="", ACCORD_TEST_DB="")
    assert done.returncode == 1
    assert "SECRET_KEY" in done.stderr
    assert "manage.py migrate" in done.stderr
    assert ("REDIS_URL" in done.stderr) == (command != "manage.py serve")


def test_gunicorn_with_debug_does_not_listen_where_others_reach_it() -> None:
    done = started(f"{GUNICORN} --bind 0.0.0.0:0", DEBUG="1")
    assert done.returncode == 1
    assert "accord.E003" in done.stderr


def started(command: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """It is to end by itself."""
    return subprocess.run(
        [sys.executable, *command.split()],
        cwd=REPOSITORY,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
