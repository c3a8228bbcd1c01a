"""Brings the database of `make run` up to date, without starting Django when nothing is to be done."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from tools.install import RUN_LOCK
from tools.places import PYTHON, ROOT, VAR
from tools.stamps import Stamp, content_hash
from tools.steps import Steps, quietly

SQLITE = VAR / "accord.sqlite3"
_MIGRATED = Stamp(VAR / "stamps" / "migrated")
_DEMO = Stamp(VAR / "stamps" / "demo")


def database(steps: Steps) -> None:
    """Migrations, then the demo where the database is empty."""
    if not SQLITE.exists():
        _MIGRATED.remove()
        _DEMO.remove()
    with steps.begin("Database") as step:
        inputs = content_hash([RUN_LOCK, *_migrations()])
        if _is_migrated(inputs) and _DEMO.says("loaded"):
            step.already_done()
            return
        quietly(manage("migrate"), log="migrate")
        _MIGRATED.write(inputs)
        quietly(manage("load_demo"), log="demo", ACCORD_DEMO="1")
        _DEMO.write("loaded")


def manage(*arguments: str) -> list[str]:
    return [str(PYTHON), "manage.py", *arguments]


def _migrations() -> list[Path]:
    packages = (ROOT / name for name in ("tracker", "boards", "notifications"))
    return [path for package in packages for path in package.rglob("migrations/*.py")]


def _is_migrated(inputs: str) -> bool:
    """The stamp alone would not notice a database file that was put back from a backup."""
    if os.environ.get("DATABASE_URL") or not _MIGRATED.says(inputs):
        return False
    ours = {(path.parent.parent.name, path.stem) for path in _migrations() if path.stem != "__init__"}
    return ours <= _applied()


def _applied() -> set[tuple[str, str]]:
    with closing(sqlite3.connect(f"{SQLITE.as_uri()}?mode=ro", uri=True)) as connection:
        try:
            return set(connection.execute("SELECT app, name FROM django_migrations"))
        except sqlite3.DatabaseError:
            return set()
