"""The real product as a process, on data of its own: for browser tests, benchmarks and screenshots."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Self

from tests.support.ports import free_port
from tests.support.waiting import wait_until

REPOSITORY = Path(__file__).resolve().parents[2]
PASSED_ON = ("PATH", "LANG", "LD_LIBRARY_PATH", "TMPDIR", "ACCORD_CRM_DATA")


class Product:
    """A server of Accord with its own data folder; as a context manager, prepared with the demo and running."""

    def __init__(self, var: Path, **settings: str) -> None:
        """`settings` are environment variables: DATABASE_URL, REDIS_URL, …; the demo is on unless they say otherwise."""
        self.var = var
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = var / "server.log"
        self._process: subprocess.Popen[bytes] | None = None
        passed_on = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
        own = {
            "ACCORD_VAR": str(var),
            "HOME": str(var),
            "PORT": str(self.port),
            "PYTHONUNBUFFERED": "1",
            "ACCORD_DEMO": "1",
            "LIVE_NOTICE": "0.1",  # nobody watches it who has to notice that it stops
        }
        self.environment = passed_on | own | settings
        var.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Self:
        self.prepare()
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def prepare(self) -> None:
        """Migrate, and load the demo's people and boards."""
        self.manage("migrate", "--verbosity", "0")
        if self.environment["ACCORD_DEMO"] == "1":
            self.manage("load_demo")

    def manage(self, *arguments: str) -> str:
        """Run a management command on this product's data; returns what it printed."""
        return self.run("manage.py", *arguments)

    def run(self, *arguments: str) -> str:
        """Run Python with this product's settings; returns what it printed."""
        done = subprocess.run(
            [sys.executable, *arguments],
            env=self.environment,
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def start(self, seconds: float = 60) -> None:
        """Serve; returns once it answers."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "manage.py", "serve", "--port", str(self.port)],
                env=self.environment,
                cwd=REPOSITORY,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        wait_until(self._answers, f"Accord on {self.url}", seconds)

    def stop(self) -> None:
        """Ask it to end, as a service manager does, and wait until it has."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    @property
    def pid(self) -> int:
        """Of the server's process. Only while it runs."""
        assert self._process is not None
        return self._process.pid

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/live/"

    def log_text(self) -> str:
        """What the server wrote, to be shown when something failed."""
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def _answers(self) -> bool:
        assert self._process is not None
        if self._process.poll() is not None:
            raise RuntimeError(f"the server ended by itself:\n{self.log_text()}")
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                return True
        except urllib.error.HTTPError as answer:
            return answer.code < 500
        except OSError:
            return False

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        if self._process.poll() is None:
            os.killpg(self._process.pid, how)
        self._process.wait(timeout=60)
        self._process = None
