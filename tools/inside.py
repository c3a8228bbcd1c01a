"""Starts a program of the repository with the virtual environment's Python, when all it needs is installed."""

from __future__ import annotations

import os
import sys

from tools import install, system
from tools.places import PYTHON, ROOT, environment
from tools.steps import FailedError, Steps


def main() -> None:
    """`python -m tools.inside bench.run …`: for benchmarks and screenshots, which need the browser."""
    install.require_python()
    steps = Steps(total=4)
    install.everything_for_tests(steps)
    install.front_end(steps)
    if absent := system.provide(["chromium", "fonts-noto-cjk", "fonts-inter"]):
        raise FailedError(f"A browser is needed:  apt-get install {' '.join(absent)}")
    os.chdir(ROOT)
    os.execve(PYTHON, [str(PYTHON), "-m", *sys.argv[1:]], environment())


if __name__ == "__main__":
    main()
