"""The facts about a machine without which a figure says little."""

from __future__ import annotations

import functools
import os
import platform
import re
import sqlite3
import subprocess
import time
from pathlib import Path

import django

from tests.support.servers import MissingProgramError
from tools.layout import find_nginx
from tools.servers import find_postgres, find_redis
from tools.system import chromium


def facts() -> dict[str, str]:
    """What they are called → what they are; what is not installed is left out."""
    return {**programs(), "load before the run": f"{os.getloadavg()[0]:.2f}"}


def additions() -> float:
    """Milliseconds for a million additions: how fast the machine is just now, where it is shared with others."""

    def once() -> float:
        began, total = time.perf_counter(), 0
        for number in range(1_000_000):
            total += number
        return time.perf_counter() - began

    return min(once() for _ in range(5)) * 1000


@functools.cache
def programs() -> dict[str, str]:
    asked = {
        "PostgreSQL": version_of(postgres()),
        "Redis": version_of(redis()),
        "nginx": version_of(find_nginx(), "-v"),
        "Chromium": version_of(chromium()),
    }
    return {
        "Machine:": f"{processor()}, {os.cpu_count()} cores, {memory()}",
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "Django": django.get_version(),
        "SQLite": sqlite3.sqlite_version,
        **{name: version for name, version in asked.items() if version},
    }


def processor() -> str:
    matched = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    return matched[1].strip() if matched else platform.machine()


def memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB of memory"


def version_of(program: str | None, question: str = "--version") -> str | None:
    if program is None:
        return None
    asked = subprocess.run([program, question], capture_output=True, text=True, check=False)
    matched = re.search(r"\d[\d.]+", asked.stdout + asked.stderr)
    return matched[0] if matched else None


def postgres() -> str | None:
    try:
        return str(find_postgres() / "postgres")
    except MissingProgramError:
        return None


def redis() -> str | None:
    try:
        return str(find_redis())
    except MissingProgramError:
        return None
