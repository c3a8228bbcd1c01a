"""Chooses where the suite runs, before Django reads its settings.

`--layout=sqlite` (the default) uses a SQLite file and the in-memory layer; `--layout=postgres` starts a private
PostgreSQL and a private Redis, one pair for all workers of pytest-xdist. Every worker has a data folder of
its own, and nothing of the machine's own settings reaches the tests.
"""

import atexit
import gc
import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Generator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from tests.support.servers import MissingProgramError, Postgres, PrivateServer, Redis
from tests.support.waiting import GaveUpError

LAYOUTS = ("sqlite", "postgres")
LONG = ("tests/proofs/", "tests/bench/", "tests/work/test_races.py")
TOGETHER = "tests/boards/test_stack.py"  # one layout of many processes for all of them, and not one for each worker
Server = TypeVar("Server", bound=PrivateServer)
_started: list[PrivateServer] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--layout",
        choices=LAYOUTS,
        default=os.environ.get("ACCORD_TEST_LAYOUT", "sqlite"),
        help="sqlite with the in-memory layer, or PostgreSQL with Redis (private servers)",
    )
    parser.addoption(
        "--size",
        choices=("C", "R"),
        default=os.environ.get("ACCORD_TEST_SIZE", "C"),
        help="how much the proofs do: C in every run, R in `make soak`",
    )


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None, Any, Any]:
    layout = early_config.known_args_namespace.layout
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        _prepare_run(layout)
    _prepare_process(layout, worker or "main")
    return (yield)


def pytest_unconfigure(config: pytest.Config) -> None:
    _clear_up()


def pytest_report_header(config: pytest.Config) -> str:
    return f"layout: {config.getoption('layout')}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this layout or this machine has no servers or data for."""
    absent = {"postgres", "redis"} if config.getoption("layout") == "sqlite" else {"sqlite"}
    if not os.environ.get("ACCORD_CRM_DATA"):
        absent.add("crm")
    left_out = [item for item in items if any(item.get_closest_marker(name) for name in absent)]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
    items[:] = _spread(items, _workers(config))


def pytest_collection_finish(session: pytest.Session) -> None:
    """The garbage collector need not look through what the tests are made of: it took up to half of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 20)


def _workers(config: pytest.Config) -> int:
    return int(getattr(config, "workerinput", {}).get("workercount", 1))


def _spread(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """Each worker begins with as many long tests as the others, which mostly wait; the rest fills the gaps.

    A worker of pytest-xdist begins with a part of the list, and takes from another's end when it is done.
    """
    if workers == 1:
        return items
    together = [item for item in items if item.nodeid.startswith(TOGETHER)]
    long = [item for item in items if item.nodeid.startswith(LONG)]
    others = [item for item in items if not item.nodeid.startswith((TOGETHER, *LONG))]
    size = -(-len(others) // workers)
    parts = [[*long[n::workers], *others[n * size : (n + 1) * size]] for n in range(workers)]
    return [*together, *(item for part in parts for item in part)]


def _prepare_run(layout: str) -> None:
    """Once for the whole run, before any worker exists: what the workers share."""
    root = Path(tempfile.mkdtemp(prefix="accord-tests-"))
    atexit.register(_clear_up)
    os.environ["ACCORD_TEST_ROOT"] = str(root)
    os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
    if layout == "postgres":
        try:
            postgres, redis = _start(Postgres), _start(Redis)
        except MissingProgramError as missing:
            raise pytest.UsageError(str(missing)) from missing
        os.environ["ACCORD_TEST_POSTGRES"] = postgres.url("accord")
        os.environ["ACCORD_TEST_REDIS"] = redis.url().removesuffix("/0")


def _start(kind: type[Server]) -> Server:
    """Somebody else may take the port between looking and listening: a second one is tried, and why is said."""
    for is_last in (False, True):
        server = kind()
        _started.append(server)
        try:
            server.start()
        except GaveUpError as gave_up:
            print(gave_up, file=sys.stderr, flush=True)
            if is_last:
                raise
            _started.pop().discard()
        else:
            break
    return server


def _prepare_process(layout: str, worker: str) -> None:
    """For this worker: a data folder, and on Redis a database and a prefix of its own."""
    folder = Path(os.environ["ACCORD_TEST_ROOT"], worker)
    folder.mkdir(exist_ok=True)
    for name in ("DATABASE_URL", "REDIS_URL", "ACCORD_DEMO", "DEBUG", "ALLOWED_HOSTS", "EMAIL_URL"):
        os.environ.pop(name, None)
    os.environ["ACCORD_VAR"] = str(folder)
    os.environ["ACCORD_LAYER_PREFIX"] = f"test-{worker}"
    if layout == "postgres":
        number = 1 + int(worker.removeprefix("gw")) if worker.startswith("gw") else 0
        os.environ["DATABASE_URL"] = os.environ["ACCORD_TEST_POSTGRES"]
        os.environ["REDIS_URL"] = f"{os.environ['ACCORD_TEST_REDIS']}/{number}"


def _clear_up() -> None:
    """Only the process that prepared the run ends its servers and removes its folder."""
    if os.environ.get("PYTEST_XDIST_WORKER"):
        return
    while _started:
        _started.pop().discard()
    if root := os.environ.pop("ACCORD_TEST_ROOT", None):
        shutil.rmtree(root, ignore_errors=True)
