"""`make lock`: compile pyproject.toml into the two lock files, for every supported Python and platform.

The compiler (uv) lives in a virtual environment of its own: nothing that Accord needs depends on it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tools import install
from tools.places import ROOT, VAR
from tools.steps import Steps, quietly

COMPILER = ROOT / "var" / "lock-venv"


def main() -> None:
    """Existing pins are kept where they still fit; `make lock UPGRADE=--upgrade` renews them all."""
    steps = Steps(total=3)
    upgrade = sys.argv[1:]
    python = COMPILER / "bin" / "python"
    VAR.mkdir(exist_ok=True)
    with steps.begin("The compiler"):
        if not python.exists():
            install.make_environment(Path(sys.executable), COMPILER)
            quietly([str(python), "-m", "pip", "install", "--quiet", "uv"], log="lock")
    with steps.begin("requirements.txt"):
        _compile(python, "-o", "requirements.txt", "pyproject.toml", *upgrade)
    with steps.begin("requirements-dev.txt"):
        _compile(python, "-o", "requirements-dev.txt", "--group", "dev", "-c", "requirements.txt", *upgrade)


def _compile(python: Path, *arguments: str) -> None:
    command = [str(python), "-m", "uv", "pip", "compile", "--universal", "--python-version", "3.11"]
    quietly([*command, "--generate-hashes", "--no-header", "--quiet", *arguments], log="lock")


if __name__ == "__main__":
    main()
