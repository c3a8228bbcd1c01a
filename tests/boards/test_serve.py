"""`manage.py serve`: what it refuses, what it says, and how it ends."""

import json
import re
import socket
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from django.db.migrations.recorder import MigrationRecorder
from pytest_django import Settings

from boards.management.listening import reasons_to_refuse
from tests.support.ports import free_port
from tests.support.product import Product


@pytest.mark.django_db
def test_a_sound_installation_is_served(settings: Settings) -> None:
    settings.DEBUG = False
    assert not list(reasons_to_refuse("127.0.0.1", free_port()))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value", "host", "said"),
    [
        ("SECRET_KEY", "short", "127.0.0.1", "SECRET_KEY"),
        ("SECRET_KEY", "django-insecure-" + "x" * 50, "127.0.0.1", "SECRET_KEY"),
        ("ALLOWED_HOSTS", ["*"], "127.0.0.1", "ALLOWED_HOSTS"),
        ("DEBUG", True, "0.0.0.0", "DEBUG"),
        ("DEBUG", True, "192.0.2.1", "DEBUG"),
        ("VAR", Path("/nonexistent/here"), "127.0.0.1", "cannot be written"),
    ],
)
def test_what_is_unsafe_is_refused(settings: Settings, name: str, value: object, host: str, said: str) -> None:
    setattr(settings, name, value)
    assert said in " ".join(reasons_to_refuse(host, free_port()))


@pytest.mark.django_db
def test_a_database_that_is_not_up_to_date_is_refused() -> None:
    MigrationRecorder.Migration.objects.filter(app="work").delete()
    assert "manage.py migrate" in " ".join(reasons_to_refuse("127.0.0.1", free_port()))


@pytest.mark.django_db
def test_a_port_that_is_taken_is_refused() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"127.0.0.1:{port}" in " ".join(reasons_to_refuse("127.0.0.1", port))
    assert "70000" in " ".join(reasons_to_refuse("127.0.0.1", 70000))


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Product]:
    with Product(tmp_path, ACCORD_DEMO="0") as product:
        yield product


@pytest.mark.slow
def test_the_first_person_comes_in_with_the_code_on_the_terminal(empty: Product) -> None:
    (code,) = re.findall(r"^ +((?:[0-9A-Z]{4}-){3}[0-9A-Z]{4})$", empty.log_text(), re.MULTILINE)
    assert f"{empty.url}/setup" in empty.log_text()
    cookies = CookieJar()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
    browser.open(f"{empty.url}/api/v1/status")
    token = next(cookie.value for cookie in cookies if cookie.name == "csrftoken")
    body = {"code": code, "email": "ada@example.org", "name": "Ada", "password": "a long walk by the river"}
    asked = urllib.request.Request(
        f"{empty.url}/api/v1/setup",
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "X-CSRFToken": str(token)},
    )
    assert json.load(browser.open(asked))["is_administrator"] is True
    assert json.load(browser.open(f"{empty.url}/api/v1/me"))["email"] == "ada@example.org"

    process = empty._process
    empty.stop()
    assert process is not None
    assert process.returncode == 0
    empty.start()
    assert len(re.findall("Nobody has an account yet", empty.log_text())) == 1
