"""gunicorn for the second layout:  gunicorn -c deploy/gunicorn.conf.py

Its settings come from the environment, as Accord's do: WEB_BIND, WEB_WORKERS, WEB_THREADS.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FIGURES = Path(os.environ.get("ACCORD_VAR") or ROOT / "var").absolute() / "metrics"

chdir = str(ROOT)
wsgi_app = "tracker.config.wsgi:application"
bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
workers = int(os.environ.setdefault("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))  # of each worker; they share its pool of connections (DATABASE_POOL)
worker_class = "gthread"
timeout = 60  # without a sign of life a worker is replaced
graceful_timeout = 20  # for the requests in flight at a stop
keepalive = 75  # longer than the proxy keeps its connections, so that it is the one who ends them
loglevel = "warning"

# Each worker writes its figures there; whichever answers /metrics sums them.
os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(FIGURES)


def on_starting(server: Any) -> None:
    """Refuse what is unsafe, in a process of its own: workers must not inherit connections."""
    check = [sys.executable, "manage.py", "check", "--deploy", "--tag", "start"]
    environment = {name: value for name, value in os.environ.items() if name != "PROMETHEUS_MULTIPROC_DIR"}
    environment["WEB_BIND"] = ",".join(server.cfg.bind)  # a --bind at the terminal counts as well
    if subprocess.run(check, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=False).returncode:
        raise SystemExit("Accord does not start; the lines above say why.")
    shutil.rmtree(FIGURES, ignore_errors=True)
    FIGURES.mkdir(parents=True)


def child_exit(server: Any, worker: Any) -> None:
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)
