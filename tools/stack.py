"""`make stack`: the second layout on this machine, from installed programs, without containers.

A private PostgreSQL and a private Redis, gunicorn, two processes for sockets, and nginx where it is installed. What
they write is in a folder of its own; it goes when they do.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path
from threading import Event

from tools import install, system
from tools.layout import Layout
from tools.places import PYTHON, ROOT, environment
from tools.ports import is_free
from tools.servers import Postgres, Redis
from tools.steps import FailedError, Steps

PORT = 8000


def main() -> None:
    port = int(os.environ.get("PORT") or PORT)
    if not is_free(port):
        raise FailedError(f"Nothing can listen on port {port}. Choose another:  make stack PORT={port + 1}")
    steps = Steps(total=6)
    install.require_python()
    install.virtual_environment(steps)
    install.python_packages(steps, with_tests=False)
    install.node_packages(steps)
    install.front_end(steps)
    if absent := system.provide(["postgresql", "redis-server"]):
        raise FailedError(f"This layout needs:  apt-get install {' '.join(absent)}")
    told = Event()
    for order in (signal.SIGINT, signal.SIGTERM):
        signal.signal(order, lambda *_: told.set())
    with ExitStack() as running:
        layout = _start(steps, running, port)
        print(_where_to_click(layout), flush=True)
        told.wait()
        print("\n  Stopping …", flush=True)
        layout.stop()


def _start(steps: Steps, running: ExitStack, port: int) -> Layout:
    folder = Path(tempfile.mkdtemp(prefix="accord-stack-"))
    running.callback(shutil.rmtree, folder, ignore_errors=True)
    with steps.begin("PostgreSQL, Redis, the demo"):
        postgres, redis = running.enter_context(Postgres()), running.enter_context(Redis())
        settings = {
            "ACCORD_VAR": str(folder),
            "ACCORD_DEMO": "1",
            "DATABASE_URL": postgres.create_database("accord"),
            "REDIS_URL": redis.url(),
        }
        layout = Layout(folder, environment(**settings), python=str(PYTHON), port=port)
        _manage(layout, "migrate", "--verbosity", "0")
        _manage(layout, "load_demo")
        if layout.nginx:
            _manage(layout, "collectstatic", "--no-input", "--verbosity", "0")
    running.callback(layout.stop, signal.SIGKILL)
    with steps.begin("gunicorn, sockets, nginx" if layout.nginx else "gunicorn, sockets"):
        layout.start()
    return layout


def _manage(layout: Layout, *arguments: str) -> None:
    done = subprocess.run(
        [str(PYTHON), "manage.py", *arguments],
        cwd=ROOT,
        env=layout.environment,
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
    )
    if done.returncode:
        raise FailedError(f"manage.py {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")


def _where_to_click(layout: Layout) -> str:
    lines = [
        f"\n  Accord is ready:  {layout.url}",
        "  Sign in by choosing a person, or as  ruoxi.lin@lanbridge.example / accord-demo",
        f"  HTTP is answered by {layout.web.url}; sockets by {', '.join(process.url for process in layout.live)}",
        "  (each has /healthz, /readyz and /metrics). Logs are in",
        f"  {layout.folder}, which goes when this ends: Ctrl+C.",
    ]
    if layout.nginx is None:
        lines.append(
            "\n  nginx is not installed: nothing brings sockets to that address, so pages only ask now and then."
        )
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
