"""`make run`: from a fresh clone to a served demo; the second time, at once."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from tools import install
from tools.database import database, manage
from tools.places import ROOT, environment
from tools.steps import FailedError, Steps

START_SECONDS = 60


def main() -> None:
    install.require_python()
    port = _free_port()
    steps = Steps(total=6)
    install.virtual_environment(steps)
    install.python_packages(steps, with_tests=False)
    install.node_packages(steps)
    install.front_end(steps)
    database(steps)
    raise SystemExit(_serve(steps, port))


def _free_port() -> int:
    """The port asked for with PORT=, 8000 by default; ends with a message when something listens on it."""
    given = os.environ.get("PORT") or "8000"
    if not given.isdigit() or not 0 < int(given) < 65536:
        raise FailedError(f"PORT={given} is not a port: give a number from 1 to 65535.")
    port = int(given)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise FailedError(
                f"Port {port} is reserved for the administrator. Choose another:  make run PORT=8001"
            ) from None
        except OSError:
            raise FailedError(
                f"Something else already listens on port {port}, perhaps Accord in another terminal.\n"
                f"Stop it, or choose another port:  make run PORT={port + 1}"
            ) from None
    return port


def _serve(steps: Steps, port: int) -> int:
    """Run the server in the foreground until it ends; returns its exit code."""
    address = f"http://127.0.0.1:{port}"
    with steps.begin("Server"):
        server = subprocess.Popen(
            manage("serve", "--port", str(port)), cwd=ROOT, env=environment(ACCORD_DEMO="1", PORT=str(port))
        )
        _pass_on_signals(server)
        _wait_until_it_answers(server, address)
    print(
        f"\n  Accord is ready:  {address}\n"
        "  Sign in by choosing a person, or as  ruoxi.lin@lanbridge.example / accord-demo\n"
        "  Ctrl+C stops it. Its data stays in var/.\n",
        flush=True,
    )
    return max(server.wait(), 0)


def _pass_on_signals(server: subprocess.Popen[bytes]) -> None:
    """Ctrl+C reaches the server by itself, as it is in the same terminal; an order to end is passed on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())


def _wait_until_it_answers(server: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(address):
        if server.poll() is not None:
            raise FailedError("The server ended by itself; the lines above say why.")
        if time.monotonic() > deadline:
            server.terminate()
            raise FailedError(f"The server did not answer on {address} within {START_SECONDS} s.")
        time.sleep(0.05)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


if __name__ == "__main__":
    main()
