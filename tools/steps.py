"""Steps on the terminal: what is being done, how far it is, how long it took, and everything it said if it failed."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tools.places import LOGS, ROOT, environment


class FailedError(SystemExit):
    """Ends the tool with a message for the person at the terminal."""

    def __init__(self, message: str) -> None:
        print(f"\n{message}", file=sys.stderr, flush=True)
        super().__init__(1)


class Steps:
    """Counts the steps of one tool and prints a line for each."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.done = 0

    def begin(self, title: str) -> Step:
        self.done += 1
        return Step(f"[{self.done}/{self.total}] {title}")


class Step:
    """One line on the terminal; used as a context manager around the work."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.outcome = ""

    def __enter__(self) -> Step:
        print(f"{self.title} … ", end="", flush=True)
        self._started = time.monotonic()
        return self

    def __exit__(self, failure: object, *_: object) -> None:
        if not failure:
            print(self.outcome or seconds(time.monotonic() - self._started), flush=True)

    def already_done(self) -> None:
        self.outcome = "up to date"


def seconds(duration: float) -> str:
    return f"{duration:.1f} s" if duration < 60 else f"{duration // 60:.0f} min {duration % 60:.0f} s"


def quietly(command: Sequence[str], *, log: str, cwd: Path = ROOT, **extra: str) -> None:
    """Run a command with its output in var/log/<log>.log; when it fails, show that output and end."""
    LOGS.mkdir(parents=True, exist_ok=True)
    path = LOGS / f"{log}.log"
    with path.open("wb") as output:
        done = subprocess.run(
            command, cwd=cwd, env=environment(**extra), stdout=output, stderr=subprocess.STDOUT, check=False
        )
    if done.returncode:
        said = path.read_text(errors="replace")[-8000:]
        raise FailedError(f"This failed:  {' '.join(map(str, command))}\n\n{said}\n(all of it is in {path})")
