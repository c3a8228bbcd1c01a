"""The second layout on one machine: gunicorn, sockets in processes of their own, nginx where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

from tools.places import ROOT
from tools.ports import free_port
from tools.waiting import wait_until

START_SECONDS = 90
STOP_SECONDS = 60
NGINX = ROOT / "deploy" / "nginx"
MIME_TYPES = {
    "text/html": "html", "text/css": "css", "application/javascript": "js mjs", "application/json": "json map",
    "image/svg+xml": "svg", "image/png": "png", "font/woff2": "woff2", "application/manifest+json": "webmanifest",
}  # fmt: skip


def find_nginx() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


class Process:
    """One process of the layout, with its log beside its data; on a port of its own, or 0 where nobody asks it."""

    def __init__(self, name: str, command: list[str], port: int, folder: Path, environment: dict[str, str]) -> None:
        self.name, self.command, self.port, self.environment = name, command, port, environment
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / f"{name}.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns at once; see `answers`."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, env=self.environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )

    def answers(self) -> bool:
        """Raises RuntimeError where it has ended by itself."""
        if self.process is None or self.process.poll() is not None:
            raise RuntimeError(f"{self.name} ended by itself:\n{self.log.read_text(errors='replace')}")
        if self.port == 0:
            return True
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=5):
                return True
        except urllib.error.HTTPError:
            return False
        except OSError:
            return False

    def tell(self, how: signal.Signals) -> None:
        """SIGKILL is for the whole family; what else there is to say, its head passes on."""
        if self.process is None or self.process.poll() is not None:
            return
        if how == signal.SIGKILL:
            os.killpg(self.process.pid, how)
        else:
            self.process.send_signal(how)

    def wait(self) -> int | None:
        if self.process is None:
            return None
        code = self.process.wait(timeout=STOP_SECONDS)
        self.process = None
        return code


class Layout:
    """All processes of the second layout but PostgreSQL and Redis, which `environment` names.

    `web` is gunicorn, `live` are the processes for sockets, `follow` tells people, `work` does what is done in the
    background, `front` is nginx, or gunicorn itself where there is none.
    """

    def __init__(
        self, folder: Path, environment: dict[str, str], *, python: str, port: int | None = None, sockets: int = 2
    ) -> None:
        self.folder = folder
        program = find_nginx()
        front = port or free_port()
        web = free_port() if program else front
        self.url = f"http://127.0.0.1:{front}"
        own = {"BASE_URL": self.url, "WEB_BIND": f"127.0.0.1:{web}", "BEHIND_PROXY": "1" if program else "0"}
        self.environment = {"WEB_WORKERS": "2"} | environment | own
        self.web = self.process("web", [python, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"], web)
        self.live = [
            self.process(f"live-{number + 1}", [python, "manage.py", "live", "--port", str(at)], at)
            for number, at in enumerate(free_port() for _ in range(sockets))
        ]
        self.follow = self.process("follow", [python, "manage.py", "follow"], 0)
        self.work = self.process("work", [python, "manage.py", "db_worker"], 0)
        self.nginx = self.process("nginx", self.nginx_command(program), front) if program else None

    def process(self, name: str, command: list[str], port: int) -> Process:
        return Process(name, command, port, self.folder, self.environment)

    @property
    def processes(self) -> list[Process]:
        return [self.web, *self.live, self.follow, self.work, *([self.nginx] if self.nginx else [])]

    def start(self) -> None:
        """Returns once everything answers."""
        if self.nginx:
            self.write_nginx_settings(self.nginx.port)
        for process in self.processes:
            process.start()
        for process in self.processes:
            wait_until(process.answers, f"{process.name} on {process.url}; see {process.log}", START_SECONDS)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """The proxy last: what it has passed on is still answered."""
        servers = [self.web, *self.live, self.follow, self.work]
        for process in servers:
            process.tell(how)
        for process in servers:
            process.wait()
        if self.nginx:
            self.nginx.tell(how)
            self.nginx.wait()

    def nginx_command(self, program: str) -> list[str]:
        return [program, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"), "-e", "stderr"]

    def write_nginx_settings(self, port: int) -> None:
        """The sample's own files with this machine's ports and folders, so that what is shipped is what is tried."""
        (self.folder / "nginx-tmp").mkdir(exist_ok=True)
        types = " ".join(f"{kind} {endings};" for kind, endings in MIME_TYPES.items())
        locations = (NGINX / "locations.conf").read_text().replace("/srv/accord/var", str(self.folder))
        (self.folder / "locations.conf").write_text(locations)
        lives = " ".join(f"server 127.0.0.1:{process.port};" for process in self.live)
        kinds = "client_body proxy fastcgi uwsgi scgi"
        scratch = " ".join(f"{kind}_temp_path {self.folder}/nginx-tmp/{kind};" for kind in kinds.split())
        (self.folder / "nginx.conf").write_text(
            f"{'user root; ' if os.geteuid() == 0 else ''}daemon off; pid {self.folder}/nginx.pid; worker_processes 1; error_log stderr warn;\n"
            "events { worker_connections 8192; }\n"
            f"http {{ types {{ {types} }} {scratch}\n"
            f"include {NGINX}/http.conf;\n"
            f"upstream accord_web {{ server 127.0.0.1:{self.web.port}; keepalive 16; }}\n"
            f"upstream accord_live {{ least_conn; {lives} }}\n"
            f"server {{ listen 127.0.0.1:{port}; access_log {self.folder}/access.log accord;"
            f" include {self.folder}/locations.conf; }} }}\n"
        )
