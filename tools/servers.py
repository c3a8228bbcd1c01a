"""Private PostgreSQL and Redis servers, started from the installed programs.

Each has a port and a folder of its own, and can be stopped, killed, paused and started again on the same
data. The machine's own servers are never touched.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Self

from tools.ports import free_port
from tools.waiting import GaveUpError, wait_until

START_SECONDS = 60


class MissingProgramError(RuntimeError):
    """A server's program is not installed; the message says which package has it."""


def find_postgres() -> Path:
    """The folder of the newest installed PostgreSQL's programs."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).resolve().parent)
    if not folders:
        raise MissingProgramError("PostgreSQL's server was not found. On Debian: apt-get install postgresql")
    return max(folders, key=lambda folder: [int(part) for part in folder.parts if part.isdigit()])


def find_redis() -> Path:
    """The installed redis-server, or Valkey's, which speaks the same."""
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    if not found:
        raise MissingProgramError("redis-server was not found. On Debian: apt-get install redis-server")
    return Path(found)


class PrivateServer:
    """One server process with its children, on a port and a folder of its own."""

    name = "server"

    def __init__(self) -> None:
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix=f"accord-{self.name}-"))
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()

    @property
    def log(self) -> Path:
        return self.folder / "log.txt"

    def start(self) -> None:
        """Start and return once it answers; starting again keeps the data."""
        try:
            wait_until(self._try_to_start, f"{self.name} on port {self.port}", START_SECONDS)
        except GaveUpError as gave_up:
            ended = self._process.poll() if self._process else None
            raise GaveUpError(f"{gave_up}; ended with {ended}; its log:\n{self._last_words()}") from gave_up

    def stop(self) -> None:
        """Shut down in order."""
        self._end(signal.SIGINT)

    def kill(self) -> None:
        """kill -9 of the server and its children, as in a crash."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        self.stop()
        self.start()

    def pause(self) -> None:
        """Freeze: connections stay open and nothing is answered."""
        for pid in self._family():
            _send(pid, signal.SIGSTOP)

    def resume(self) -> None:
        for pid in self._family():
            _send(pid, signal.SIGCONT)

    def discard(self) -> None:
        """Kill it and remove its folder."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _command(self) -> list[str]:
        raise NotImplementedError

    def _answers(self) -> bool:
        raise NotImplementedError

    def _last_words(self) -> str:
        return self.log.read_text(errors="replace")[-4000:] if self.log.exists() else ""

    def _try_to_start(self) -> bool:
        """Start it where it does not run, also again where it gave up; true once it answers."""
        if self._process is None or self._process.poll() is not None:
            with self.log.open("ab") as log:
                self._process = subprocess.Popen(
                    self._command(), stdout=log, stderr=log, start_new_session=True, **self._owner()
                )
        return self._answers()

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self.resume()
        for pid in self._family() if how == signal.SIGKILL else [self._process.pid]:
            _send(pid, how)
        self._process.wait(timeout=START_SECONDS)
        self._process = None

    def _family(self) -> list[int]:
        """The server's process id, then those of its children."""
        if self._process is None:
            return []
        children = f"/proc/{self._process.pid}/task/{self._process.pid}/children"
        try:
            return [self._process.pid, *map(int, Path(children).read_text().split())]
        except FileNotFoundError:
            return [self._process.pid]

    def _owner(self) -> dict[str, Any]:
        return {}


class Postgres(PrivateServer):
    """PostgreSQL with trust authentication for the user `accord` on 127.0.0.1."""

    name = "postgres"

    def __init__(self) -> None:
        self.programs = find_postgres()
        super().__init__()
        self._create_cluster()

    def url(self, database: str = "postgres") -> str:
        return f"postgres://accord@127.0.0.1:{self.port}/{database}"

    def create_database(self, name: str, copy_of: str = "template1") -> str:
        """A database, empty or with all that is in another one to which nobody is connected; and its URL."""
        command = [str(self.programs / "createdb"), "-h", "127.0.0.1", "-p", str(self.port), "-U", "accord"]
        command += ["-T", copy_of, name]
        subprocess.run(command, check=True, capture_output=True)
        return self.url(name)

    def _create_cluster(self) -> None:
        data = self.folder / "data"
        data.mkdir()
        if owner := self._owner():
            for path in (self.folder, data):
                shutil.chown(path, owner["user"], owner["group"])
        command = [str(self.programs / "initdb"), "-D", str(data), "-U", "accord", "--auth=trust", "--no-sync"]
        command += ["--encoding=UTF8", "--locale=C.UTF-8"]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, **owner)

    def _command(self) -> list[str]:
        # Without fsync a commit still survives kill -9 of the server, only not a crash of the machine.
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": "",
            "fsync": "off",
            "full_page_writes": "off",
            "jit": "off",  # compiling a statement takes longer than any of ours runs
            "max_connections": 200,
            "timezone": "UTC",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self.programs / "postgres"), "-D", str(self.folder / "data"), *options]

    def _answers(self) -> bool:
        asked = [str(self.programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port), "-t", "1"]
        return subprocess.run(asked, check=False).returncode == 0

    def _owner(self) -> dict[str, Any]:
        """PostgreSQL refuses to run as root: give its processes to somebody else."""
        if os.geteuid() != 0:
            return {}
        known = {account.pw_name: account for account in pwd.getpwall()}
        account = known.get("postgres") or known["nobody"]
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


class Redis(PrivateServer):
    """Redis that keeps nothing on disk."""

    name = "redis"

    def __init__(self) -> None:
        self.program = find_redis()
        super().__init__()

    def url(self, database: int = 0) -> str:
        return f"redis://127.0.0.1:{self.port}/{database}"

    def _command(self) -> list[str]:
        options = {"--bind": "127.0.0.1", "--port": self.port, "--dir": self.folder, "--save": ""}
        options |= {"--appendonly": "no", "--databases": 64}
        return [str(self.program), *(str(part) for option in options.items() for part in option)]

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def _send(pid: int, how: signal.Signals) -> None:
    try:
        os.kill(pid, how)
    except ProcessLookupError:
        return
