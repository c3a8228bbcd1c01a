"""S17: a server restarts under a crowd; everybody comes back, and those who just work hardly notice."""

import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.proofs.arena import ProofServer
from tests.proofs.http import FAILURES, PATIENCE, Http
from tests.proofs.worlds import World, make_world
from tests.support.crowd import Crowd
from tests.support.light_socket import room_for_sockets
from tests.support.waiting import wait_until
from tracker.work.services.tasks import change_task

pytestmark = pytest.mark.django_db(transaction=True)
Size = Callable[..., Any]
BOARDS = 10
TABS_PER_PERSON = 20
AS_DEPLOYED = {"LIVE_TICK": "2", "LIVE_HEARTBEAT": "25", "LIVE_SESSION_CHECK": "30", "LIVE_SLOW": "5"}
LONGEST_RETURN = 60.0  # seconds, judged at full size only
LONGEST_ANSWER = 1.0  # the 95th percentile of ordinary requests meanwhile, likewise


class Worker:
    """Somebody who just works: reads a board, changes a card, again and again, and notes how each was answered."""

    def __init__(self, server: ProofServer, world: World) -> None:
        self.server, self.world = server, world
        self.http = Http(server, world.writers[0].cookie, patience=PATIENCE)
        self.answers: list[tuple[int, float]] = []  # status and seconds
        self.failures = 0  # nobody listens, or nobody answers
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)

    def __enter__(self) -> "Worker":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join(timeout=60)
        self.http.close()

    def run(self) -> None:
        board = self.world.boards[0]
        while not self.over.wait(0.1):
            number = len(self.answers)
            if number % 4 == 3:
                self.ask("PATCH", f"/tasks/{board.cards[0]}", {"title": f"Title {number}"})
            else:
                self.ask("GET", f"/projects/{board.pk}/board")

    def ask(self, method: str, path: str, body: Any = None) -> None:
        began = time.monotonic()
        try:
            status = self.http.ask(method, path, body).status
        except FAILURES:
            self.failures += 1
            return
        self.answers.append((status, time.monotonic() - began))


@pytest.mark.timed
def test_a_crowd_comes_back_after_a_restart(transactional_db: None, seed: int, size: Size) -> None:
    """S17: everybody is in step again, has missed nothing, and the log was not read once for each of them."""
    room_for_sockets()
    tabs = size(c=200, r=2_000)
    world = make_world(boards=BOARDS, cards=20, readers=tabs // TABS_PER_PERSON, writers=1)
    with ProofServer(**AS_DEPLOYED) as server, Crowd(server, seed) as crowd, Worker(server, world) as worker:
        come(crowd, world, tabs)
        wait_until(lambda: crowd.has_reached(heads(world)), "everybody to have come", 300)
        wait_until(lambda: len(worker.answers) > 8, "some work")
        server.kill()
        for board in world.boards:
            change_task(actor=world.writers[0].user, task_id=board.cards[1], fields={"title": "Meanwhile"})
        missed = heads(world)
        server.start()
        before, failures = len(worker.answers), worker.failures
        began = time.monotonic()
        wait_until(lambda: crowd.has_reached(missed), "everybody to be back", 300)
        took = time.monotonic() - began
        reads = figure(server, "log_reads_total")
    during = worker.answers[before:]
    lasted = sorted([seconds for _status, seconds in during] + [PATIENCE] * (worker.failures - failures))
    slowest = lasted[len(lasted) * 95 // 100]
    print(
        f"{tabs} back in {took:.1f} s; {reads:.0f} reads of the log; p95 {slowest * 1000:.0f} ms of {len(during)} answers"
    )
    assert crowd.troubles == []
    assert {status for status, _seconds in worker.answers} == {200}
    assert reads <= BOARDS * (2 + took / 2) + len(during)
    assert size(c=True, r=took <= LONGEST_RETURN)
    assert size(c=True, r=slowest <= LONGEST_ANSWER)


def come(crowd: Crowd, world: World, tabs: int) -> None:
    """Each person has several tabs, each on one board."""
    streams = {board.name: (board.stream.epoch, board.stream.head) for board in world.boards}
    for number in range(tabs):
        board = world.boards[number % BOARDS]
        crowd.add(world.readers[number // TABS_PER_PERSON].cookie, {board.name: streams[board.name]})


def heads(world: World) -> dict[str, int]:
    return {board.name: board.stream.head for board in world.boards}


def figure(server: ProofServer, name: str) -> float:
    """One of the server's own figures, as /metrics gives them."""
    for line in httpx.get(f"{server.url}/metrics", timeout=30).text.splitlines():
        if line.startswith(f"{name} "):
            return float(line.rpartition(" ")[2])
    return 0.0
