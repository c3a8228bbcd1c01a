"""Which Python `.venv` is made with: the one that runs this, or the system's where that is clearly faster.

Distributions build theirs with profile-guided optimisation; pyenv and the like don't unless told to, and everything takes
a third longer then. Neither kind says so of itself, so both are measured.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

SYSTEM = Path("/usr/bin/python3")
CLEARLY = 0.9  # of the time that the other takes
# What a server needs that distributions leave out of their smallest Python, then 0.1 s of ordinary work, the best of five.
QUESTION = """
import ensurepip, sqlite3, ssl, sys, time
class Thing:
    def __init__(self, number):
        self.number = number
    def text(self):
        return str(self.number + 2)
def work():
    began, found = time.process_time(), {}
    for number in range(40_000):
        found[Thing(number).text()] = number
    sorted(found.items(), key=lambda item: item[1] % 977)
    return time.process_time() - began
print("%d.%d" % sys.version_info[:2], min(work() for _ in range(5)))
"""


@dataclass(frozen=True)
class Answer:
    version: str
    seconds: float


def chosen(own: Path = Path(sys.executable), system: Path = SYSTEM) -> Path:
    """The system's only where it has the same version, and where the user named none with PYTHON=."""
    if os.environ.get("PYTHON_NAMED") or not system.exists() or system.samefile(own):
        return own
    mine, other = ask(own), ask(system)
    if mine is None or other is None or mine.version != other.version:
        return own
    return system if other.seconds < CLEARLY * mine.seconds else own


def ask(python: Path) -> Answer | None:
    """None where it lacks something or does not run."""
    said = subprocess.run([str(python), "-I", "-c", QUESTION], capture_output=True, text=True, check=False)
    if said.returncode:
        return None
    version, seconds = said.stdout.split()
    return Answer(version, float(seconds))
