"""Programs of the operating system: found, or installed with apt where that is allowed."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from pathlib import Path

# What the tests need of the system, by Debian's package names: how to tell that it is there.
_SIGNS = {
    "postgresql": ("initdb", "/usr/lib/postgresql/*/bin/initdb"),
    "redis-server": ("redis-server", ""),
    "nginx": ("nginx", "/usr/sbin/nginx"),
    "chromium": ("chromium", ""),
    "chromium-headless-shell": ("chromium-headless-shell", ""),
    "fonts-noto-cjk": ("", "/usr/share/fonts/**/NotoSansCJK*"),
    "fonts-inter": ("", "/usr/share/fonts/**/Inter*"),
}
_OPTIONAL = {"fonts-inter", "chromium-headless-shell"}


def missing(packages: list[str]) -> list[str]:
    return [package for package in packages if not _is_there(package)]


def provide(packages: list[str]) -> list[str]:
    """Install what is missing, where apt may be used; returns what is still missing and needed."""
    if absent := missing(packages):
        apt_install(absent)
    return [package for package in missing(packages) if package not in _OPTIONAL]


def apt_install(packages: list[str]) -> bool:
    """Whether apt could be used and installed all of them; without the right to, nothing is tried."""
    if not may_install():
        return False
    _update_lists()
    known = [package for package in packages if _is_known(package)]
    return bool(known) and _apt("install", "--no-install-recommends", *known)


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def chromium(*, lean: bool = False) -> str | None:
    """The system's Chromium, or a browser of the same family.

    `lean`: better the program without windows or messages of the system, which is a third less work for the processor.
    """
    whole = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    names = ("chromium-headless-shell", *whole) if lean else whole
    return next((found for name in names if (found := shutil.which(name))), None)


@functools.cache
def _update_lists() -> None:
    _apt("update")


def _is_known(package: str) -> bool:
    asked = subprocess.run(["apt-cache", "show", package], capture_output=True, check=False)
    return asked.returncode == 0


def _apt(*arguments: str) -> bool:
    quiet = {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    command = ["apt-get", "-y", "-q", *arguments]
    print(f"\n    {' '.join(command)}", flush=True)
    done = subprocess.run(command, env=os.environ | quiet, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stdout[-2000:], done.stderr[-2000:], flush=True)
    return done.returncode == 0


def _is_there(package: str) -> bool:
    if package == "chromium":
        return chromium() is not None
    program, pattern = _SIGNS[package]
    if program and shutil.which(program):
        return True
    return bool(pattern) and any(Path("/").glob(pattern.lstrip("/")))
