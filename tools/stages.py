"""What `make test` consists of, in order."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass

from tools.places import FRONTEND, PYTHON, ROOT, npm

WORKERS = os.environ.get("TEST_WORKERS", "3")  # many tests wait for servers: three keep two cores busy
BROWSERS = "2"  # each has Chromium and a product beside it
LAYOUTS = ("sqlite", "postgres")
BROWSER = ("chromium", "chromium-headless-shell", "fonts-noto-cjk", "fonts-inter")


@dataclass(frozen=True)
class Command:
    """One program; its folder is the repository's unless it belongs to the front end."""

    title: str
    arguments: Sequence[str]
    folder: str = str(ROOT)


@dataclass(frozen=True)
class Stage:
    """A part of the run with a line of its own in the summary."""

    name: str
    title: str
    commands: Sequence[Command]
    packages: Sequence[str] = ()  # what it needs of the system, by Debian's names
    only_warns: bool = False
    at_once: bool = False  # its commands don't disturb each other, and their output is shown when they end


def module(title: str, name: str, *arguments: str) -> Command:
    return Command(title, [str(PYTHON), "-m", name, *arguments])


def script(title: str, name: str) -> Command:
    return Command(title, npm("run", "--silent", name), str(FRONTEND))


def pytest(title: str, *arguments: str, workers: str = WORKERS) -> Command:
    return module(title, "pytest", "-n", workers, "--dist", "worksteal", "--durations", "5", *arguments)


def on_layout(layout: str) -> list[Command]:
    """All but browsers, and but nginx: a machine without it still runs the rest."""
    return [_BUILT, pytest("pytest", "tests", "--ignore=tests/e2e", "-m", "not nginx", f"--layout={layout}")]


_BUILT = module("the front end is built", "tools.build")


def stages() -> list[Stage]:
    return [
        Stage(
            "checks",
            "lint, types, imports, migrations",
            [
                module("mypy", "mypy"),
                script("TypeScript and Biome", "check"),
                module("API types are fresh", "tools.api_types", "--check"),
                Command(
                    "migrations are complete", [str(PYTHON), "manage.py", "makemigrations", "--check", "--dry-run"]
                ),
                module("who imports whom", "tools.imports"),
                module("every save names its fields", "tools.saves"),
                module("server's texts are translated", "tools.catalogue", "--check"),
                module("ruff", "ruff", "check", "."),
                module("ruff format", "ruff", "format", "--check", "--quiet", "."),
            ],
            at_once=True,
        ),
        Stage("vitest", "front end's unit tests", [script("Vitest", "test")]),
        Stage("build", "front end's build and size budget", [_BUILT]),
        Stage("sqlite", "pytest on SQLite, in-memory layer", on_layout("sqlite")),
        Stage(
            "postgres",
            "pytest on PostgreSQL and Redis",
            on_layout("postgres"),
            packages=("postgresql", "redis-server"),
        ),
        Stage(
            "proxy",
            "the second layout behind nginx",
            [pytest("pytest", "tests/boards/test_stack.py", "-m", "nginx", "--layout=postgres", workers="1")],
            packages=("postgresql", "redis-server", "nginx"),
        ),
        Stage(
            "browser",
            "browser tests in Chromium",
            [_BUILT, pytest("pytest", "tests/e2e", workers=BROWSERS)],
            packages=BROWSER,
        ),
        Stage(
            "newest",
            "newest Python and Django (only warns)",
            [module("early warning", "tools.early_warning")],
            only_warns=True,
        ),
    ]


def on_request() -> list[Stage]:
    """What runs only when it is named, because it takes long."""
    proofs = [
        pytest(f"{title} on {layout}", "tests/proofs", f"--layout={layout}", "--size=R", "-m", which, workers=workers)
        for layout in LAYOUTS
        for title, which, workers in (("proofs that judge times", "timed", "1"), ("other proofs", "not timed", WORKERS))
    ]
    crowd = pytest("browsers at random work", "tests/e2e/test_random_work.py", "--size=R", workers=BROWSERS)
    packages = ("postgresql", "redis-server", *BROWSER)
    return [Stage("soak", "the proofs at full size", [*proofs, _BUILT, crowd], packages=packages)]
