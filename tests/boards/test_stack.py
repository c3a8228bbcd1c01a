"""The second layout: gunicorn for HTTP, several processes for sockets, on a PostgreSQL and a Redis that come and go."""

import json
import os
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import httpx
import pytest
from django.conf import settings as configured

from tests.support.live import Watcher
from tests.support.servers import Postgres
from tests.support.stack import Stack
from tests.support.waiting import PATIENCE, wait_until
from tools.layout import Process

pytestmark = [pytest.mark.postgres, pytest.mark.redis, pytest.mark.slow]

PERSON = {"email": "lin@example.org", "password": "a long walk by the river"}
PREPARE = f"""
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.config.settings"
django.setup()
from tests.factories import ProjectFactory, TaskFactory, UserFactory
lin = UserFactory(email="{PERSON["email"]}", name="Lin")
lin.set_password("{PERSON["password"]}")
lin.save()
task = TaskFactory(project=ProjectFactory(people={{lin: "manager"}}))
print(task.project_id, task.pk)
"""


@dataclass
class Door:
    """One process for sockets, reached past the proxy; pages come from the layout's own address."""

    process: Process
    url: str

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.process.port}/ws/live/"


@dataclass
class Front:
    """The layout's own address, for sockets too: the proxy's."""

    url: str

    @property
    def socket_url(self) -> str:
        return f"{self.url.replace('http', 'ws', 1)}/ws/live/"


class Small(Stack):
    """With one person, one board and one card, which is quicker than the demo."""

    ids: tuple[int, int]

    def prepare(self) -> None:
        super().prepare()
        project, task = self.run("-c", PREPARE).split()
        self.ids = int(project), int(task)


class Colleague:
    """Somebody signed in over HTTP, as a browser does it."""

    def __init__(self, stack: Small) -> None:
        self.http = httpx.Client(base_url=stack.url, headers={"Origin": stack.url}, timeout=PATIENCE)
        self.http.get("/api/v1/status")
        assert self.change("POST", "/api/v1/session", PERSON).status_code == 200
        self.project, self.task = stack.ids

    def change(self, method: str, path: str, body: dict[str, Any]) -> httpx.Response:
        headers = {"X-CSRFToken": self.http.cookies["csrftoken"], "Content-Type": "application/json"}
        return self.http.request(method, path, content=json.dumps(body), headers=headers)

    def rename(self, title: str) -> httpx.Response:
        return self.change("PATCH", f"/api/v1/tasks/{self.task}", {"title": title})

    def attach(self, size: int) -> httpx.Response:
        headers = {"X-CSRFToken": self.http.cookies["csrftoken"]}
        files = {"file": ("plan.bin", bytes(size))}
        return self.http.post(f"/api/v1/tasks/{self.task}/files", headers=headers, files=files)

    def place(self) -> tuple[str, str, int]:
        board = self.http.get(f"/api/v1/projects/{self.project}/board").json()
        return f"project:{self.project}", board["epoch"], board["seq"]

    @property
    def cookie(self) -> str:
        return f"sessionid={self.http.cookies['sessionid']}"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with Postgres() as server:
        yield server


@pytest.fixture(scope="module")
def stack(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Small]:
    var: Path = tmp_path_factory.mktemp("stack")
    database = postgres.create_database("stack")
    settings = {"ACCORD_LAYER_PREFIX": "stack", "ACCORD_DEMO": "0"}
    with Small(var, database=database, redis=os.environ["REDIS_URL"], **settings) as stack:
        yield stack


@pytest.fixture
def doors(stack: Small) -> list[Door]:
    return [Door(process, stack.url) for process in stack.layout.live]


def test_a_change_on_one_process_reaches_the_sockets_of_all(stack: Small, doors: list[Door]) -> None:
    lin = Colleague(stack)
    name, epoch, seq = lin.place()
    watchers = [Watcher(door, lin.cookie) for door in doors]
    for watcher in watchers:
        assert watcher.sub(name, epoch, seq)["t"] == "sub_ok"
    for number in range(1, 6):
        assert lin.rename(f"Title {number}").status_code == 200
    for watcher in watchers:
        assert watcher.reach(name, seq + 5) == list(range(seq + 1, seq + 6))
        watcher.close()
    metrics = [httpx.get(f"{door.process.url}/metrics", timeout=PATIENCE).text for door in doors]
    assert all("commit_to_send_seconds_count" in text for text in metrics)
    summed = httpx.get(f"{stack.layout.web.url}/metrics", timeout=PATIENCE).text
    assert 'route="api/v1/tasks/<' in summed
    assert httpx.get(f"{doors[0].process.url}/api/v1/status", timeout=PATIENCE).status_code == 404, "sockets only"


def test_who_loses_their_process_comes_back_on_another(stack: Small, doors: list[Door]) -> None:
    lin = Colleague(stack)
    name, epoch, seq = lin.place()
    watcher = Watcher(doors[0], lin.cookie)
    watcher.sub(name, epoch, seq)
    assert lin.rename("Before").status_code == 200
    watcher.reach(name, seq + 1)

    doors[0].process.tell(signal.SIGKILL)
    doors[0].process.wait()
    assert lin.rename("Meanwhile").status_code == 200
    assert watcher.closed() == 1006
    back = Watcher(doors[1], lin.cookie)
    assert back.sub(name, epoch, seq + 1)["t"] == "sub_ok"
    assert back.reach(name, seq + 2) == [seq + 2]

    doors[0].process.start()
    wait_until(doors[0].process.answers, "the process to be back")
    back.close()
    watcher.close()


def test_a_database_that_goes_and_comes(stack: Small, doors: list[Door], postgres: Postgres) -> None:
    """P5. Not ready, but alive; whoever asks is told to come again; sockets stay, and catch up."""
    lin = Colleague(stack)
    name, epoch, seq = lin.place()
    watchers = [Watcher(door, lin.cookie) for door in doors]
    for watcher in watchers:
        watcher.sub(name, epoch, seq)
    servers = [stack.layout.web.url, *(door.process.url for door in doors)]

    postgres.stop()
    for url in servers:
        wait_until(
            lambda at=url: httpx.get(f"{at}/readyz", timeout=PATIENCE).status_code == 503, f"{url} not to be ready"
        )
        assert httpx.get(f"{url}/healthz", timeout=PATIENCE).status_code == 200
    for answer in (lin.rename("Lost"), lin.http.get(f"/api/v1/projects/{lin.project}/board"), lin.http.get("/")):
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
    assert all(watcher.code is None for watcher in watchers)

    postgres.start()
    for url in servers:
        wait_until(lambda at=url: httpx.get(f"{at}/readyz", timeout=PATIENCE).status_code == 200, f"{url} to be ready")
    wait_until(lambda: lin.rename("Back again").status_code == 200, "changes to be taken again")
    for watcher in watchers:
        assert watcher.reach(name, seq + 1) == [seq + 1]
        watcher.close()


def test_the_processes_for_sockets_take_their_leave(stack: Small, doors: list[Door]) -> None:
    lin = Colleague(stack)
    watcher = Watcher(doors[1], lin.cookie)
    doors[1].process.tell(signal.SIGTERM)
    assert watcher.closed() == 1012
    assert doors[1].process.wait() == 0
    doors[1].process.start()
    wait_until(doors[1].process.answers, "the process to be back")


def test_gunicorn_begins_anew_without_losing_a_request(stack: Small) -> None:
    """SIGHUP: its address stays open, new workers take over, the old ones finish what they have begun."""
    web, done = stack.layout.web, Event()
    before = workers(web)
    assert len(before) == 2

    def ask() -> set[int]:
        codes = set()
        while not done.is_set():
            with urllib.request.urlopen(f"{web.url}/api/v1/status", timeout=PATIENCE) as answer:
                codes.add(answer.status)
        return codes

    with ThreadPoolExecutor(3) as pool:
        asking = [pool.submit(ask) for _ in range(3)]
        try:
            web.tell(signal.SIGHUP)
            wait_until(
                lambda: len(workers(web)) == 2 and not before & workers(web), "new workers in the old ones' place"
            )
        finally:
            done.set()
    assert [asked.result() for asked in asking] == [{200}] * 3


def workers(gunicorn: Process) -> set[str]:
    """Their process ids."""
    assert gunicorn.process is not None
    asked = ["ps", "-A", "-o", "ppid=", "-o", "pid="]
    rows = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.splitlines()
    return {child for parent, child in map(str.split, rows) if parent == str(gunicorn.process.pid)}


@pytest.mark.nginx
def test_the_proxy_passes_on_sockets_and_files_up_to_their_limit(stack: Small) -> None:
    assert stack.layout.nginx, "nginx is not installed:  apt-get install nginx"
    lin = Colleague(stack)
    name, epoch, seq = lin.place()
    with Watcher(Front(stack.url), lin.cookie) as watcher:
        assert watcher.sub(name, epoch, seq)["t"] == "sub_ok"

        kept, refused, stopped = (lin.attach(configured.FILE_LIMIT + more) for more in (0, 1, 2 * 1024 * 1024))
        assert kept.status_code == 201
        assert kept.json()["size"] == configured.FILE_LIMIT
        for answer in (refused, stopped):
            assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
        assert "X-Request-ID" in refused.headers, "Accord says how large a file may be"
        assert "X-Request-ID" not in stopped.headers, "the proxy takes in no more than Accord could"
        assert refused.json().keys() == stopped.json().keys()

        assert lin.rename("Through the proxy").status_code == 200
        assert watcher.reach(name, lin.place()[2])[0] == seq + 1, "the socket is still the same one"
