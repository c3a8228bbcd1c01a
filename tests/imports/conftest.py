"""An importer with a folder to put files in, and a way to see that nothing has changed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from tests.factories import UserFactory
from tracker.imports.mapping import read_mapping
from tracker.imports.report import Level, Report
from tracker.imports.services import import_files
from tracker.log.models import Stream
from tracker.people.models import User

ACCOUNTS = """
source = "test"
[corrections.country]
Philipines = "Philippines"
[values.country]
Philippines = "PH"
China = "CN"
[[sheets]]
makes = "accounts"
file = "accounts.csv"
key = "code"
[sheets.columns]
country = { correct = "country" }
[sheets.fields]
code = "code"
name = "name"
country = { column = "country", values = "country" }
parent = "parent"
"""
BOARD = """
source = "test"
[[sheets]]
makes = "projects"
rows = [{ key = "BRD", name = "Board" }]
key = "key"
[sheets.fields]
key = "key"
name = "name"
workflow = { value = "delivery" }
[[sheets]]
makes = "tasks"
file = "tasks.csv"
key = "id"
[sheets.fields]
project = { value = "BRD" }
title = "title"
status = "status"
due = { column = "due", dates = ["%d.%m.%Y"] }
estimate = { column = "hours", decimal = "," }
"""


class Importer:
    """`importer(mapping, "tasks.csv"="…")` writes the files and imports them."""

    def __init__(self, actor: User, folder: Path) -> None:
        self.actor = actor
        self.folder = folder

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def __call__(self, mapping: str, files: dict[str, str | bytes] | None = None, **options: Any) -> Report:
        for name, content in (files or {}).items():
            self.write(name, content)
        options = {"actor": self.actor, "files": [self.folder]} | options
        return import_files(mapping=read_mapping(str(self.write("mapping.toml", mapping))), **options)


@pytest.fixture
def boss(db: None) -> User:
    return UserFactory(name="Boss", is_administrator=True)


@pytest.fixture
def importer(boss: User, tmp_path: Path) -> Importer:
    return Importer(boss, tmp_path)


def everything() -> dict[str, Any]:
    """Every table's number of rows, and where every stream stands."""
    rows = {model._meta.label: model._default_manager.count() for model in apps.get_models()}
    return rows | {"heads": sorted(Stream.objects.values_list("kind", "ref", "epoch", "head"))}


@pytest.fixture
def state() -> Callable[[], dict[str, Any]]:
    return everything


def levels(report: Report, makes: str) -> dict[int, Level]:
    """Row → what became of it."""
    return {line.row: line.level for line in report.lines if line.makes == makes}


def message(report: Report, makes: str, row: int) -> str:
    return next(line.message for line in report.lines if (line.makes, line.row) == (makes, row))
