"""Something to back up, and archives that are not what they should be."""

import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import connection
from pytest_django import Settings

from tests.factories import UserFactory
from tracker.log.backup import back_up
from tracker.log.backup.archive import SEAL, seal
from tracker.people.models import User
from tracker.people.profile import change_self


@pytest.fixture
def files(settings: Settings, tmp_path: Path) -> Path:
    root = tmp_path / "data" / "files"
    (root / "7").mkdir(parents=True)
    (root / "7" / "plan.pdf").write_bytes(b"the plan" * 1000)
    (root / "logo").write_bytes(b"\x89PNG")
    settings.MEDIA_ROOT = root
    return root


@pytest.fixture
def person() -> User:
    mei = UserFactory(email="mei@example.org", name="Mei 0", password=make_password("a long walk"))
    return rename(mei, "Mei 1")


@pytest.fixture
def archive(person: User, files: Path, tmp_path: Path) -> Path:
    path = tmp_path / "today.backup"
    back_up(path)
    return path


def rename(person: User, name: str) -> User:
    return change_self(actor=person, fields={"name": name})


def everything(files: Path) -> dict[str, Any]:
    """All that a refused restore must leave as it is."""
    tables = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            tables[table] = sorted(map(repr, cursor.fetchall()))
    return tables | {str(path): path.read_bytes() for path in files.rglob("*") if path.is_file()}


def rewritten(archive: Path, change: Callable[[dict[str, bytes]], None], *, honest: bool = False) -> Path:
    """The archive with other parts; `honest`: with a manifest that agrees with them."""
    with zipfile.ZipFile(archive) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    if honest:
        manifest = json.loads(parts["manifest.json"])
        manifest["parts"] = {
            name: {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in parts.items()
            if name != "manifest.json"
        }
        parts["manifest.json"] = json.dumps(manifest).encode()
    path = archive.with_name("changed.backup")
    with zipfile.ZipFile(path, "w") as new:
        for name, data in parts.items():
            new.writestr(name, data)
        new.comment = bytes(SEAL)
    with path.open("r+b") as file:
        seal(file)
    return path


def with_manifest(archive: Path, **values: Any) -> Path:
    def change(parts: dict[str, bytes]) -> None:
        parts["manifest.json"] = json.dumps(json.loads(parts["manifest.json"]) | values).encode()

    return rewritten(archive, change)


@pytest.fixture
def unchanged(archive: Path, files: Path) -> Iterator[None]:
    before = everything(files)
    yield
    assert everything(files) == before
