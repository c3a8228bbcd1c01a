"""What every test shares. Factories live beside the tests that need them, servers in tests/support."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from pytest_django.plugin import blocking_manager_key

from tests.support.emptying import empty_quickly

os.environ.setdefault("LIVE_NOTICE", "0.1")  # servers that tests start are watched by nobody who has to notice


def pytest_configure() -> None:
    """Files of the front end are looked up when one is asked for: each of a thousand clients would read all of them."""
    settings.WHITENOISE_AUTOREFRESH = True
    empty_quickly()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that commit empty every table afterwards, and start with what the migrations brought."""
    for item in items:
        if _commits(item):
            marker = item.get_closest_marker("django_db")
            arguments, options = (marker.args, marker.kwargs) if marker else ((), {})
            again = {**options, "transaction": True, "serialized_rollback": True}
            item.add_marker(pytest.mark.django_db(*arguments, **again), append=False)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, None, None]:
    """After a test that commits, what the migrations brought is there again for whoever comes next.

    The workers of pytest-xdist take tests from each other, so anything may come next: also a fixture of a module, or a
    test in a transaction, which do not put it back by themselves.
    """
    yield
    if _commits(item) and nextitem is not None and not _commits(nextitem):
        with item.config.stash[blocking_manager_key].unblock():
            for connection in connections.all():
                connection.creation.deserialize_db_from_string(connection._test_serialized_contents)


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    fixtures = getattr(item, "fixturenames", [])
    return "transactional_db" in fixtures or bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite's test database is a file: tests with threads need locks that work as in production."""
    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(Path(os.environ["ACCORD_VAR"]) / "test.sqlite3")
