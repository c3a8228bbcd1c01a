"""P1: a server that is told to stop says so first, sends its sockets elsewhere, and cuts no request."""

import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.factories import UserFactory
from tests.support.crowd import Crowd
from tests.support.live import LiveServer, cookie_of
from tests.support.waiting import PATIENCE, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SOCKETS, REQUESTS = 200, 20


def test_a_server_that_stops_cuts_nothing_off(transactional_db: None, tmp_path: Path) -> None:
    cookie = cookie_of(UserFactory(name="Mei"))
    settings = {
        "DJANGO_SETTINGS_MODULE": "tests.support.slow_settings",
        "SLOW_GATE": str(tmp_path),
        "LIVE_SOCKETS_PER_PERSON": "1000",
        "LIVE_NOTICE": "8",
        "LIVE_DRAIN": "2",
        "LIVE_FINISH": "300",
        "LIVE_STOP": "400",
    }
    with LiveServer(**settings) as server, Crowd(server) as crowd, ThreadPoolExecutor(REQUESTS) as pool:
        for _ in range(SOCKETS):
            crowd.add(cookie, {})
        answers = [pool.submit(ask, server, number) for number in range(REQUESTS)]
        wait_until(crowd.has_reached, "the sockets to be open")
        crowd.comes_back = False
        before = [len(tab.ends) for tab in crowd.tabs]
        wait_until(lambda: len(list(tmp_path.glob("request-*"))) == REQUESTS, "every request to be under way")

        assert server.process is not None
        server.process.send_signal(signal.SIGTERM)
        refused = wait_until(lambda: not_ready(server), "the server to say that it is not ready")
        assert refused["status"] == "draining"
        assert crowd.has_reached(), "it says so before it closes anything"
        assert httpx.get(f"{server.url}/healthz", timeout=PATIENCE).status_code == 200

        wait_until(lambda: not any(tab.line for tab in crowd.tabs), "every socket to be closed")
        ends = [tab.ends[-1] for tab in crowd.tabs]
        assert [len(tab.ends) for tab in crowd.tabs] == [number + 1 for number in before]
        assert {code for code, _at in ends} == {1012}
        assert max(at for _code, at in ends) - min(at for _code, at in ends) > 0.5, (
            "spread: they won't come back at once"
        )
        assert server.process.poll() is None, "requests are still under way"
        assert not any(answer.done() for answer in answers)

        (tmp_path / "open").touch()
        assert [answer.result(timeout=PATIENCE) for answer in answers] == [(200, 100_000)] * REQUESTS
        assert server.process.wait(timeout=PATIENCE) == 0


def ask(server: LiveServer, number: int) -> tuple[int, int]:
    answer = httpx.get(f"{server.url}/slow/?number={number}", timeout=300)
    return answer.status_code, len(answer.content)


def not_ready(server: LiveServer) -> Any:
    answer = httpx.get(f"{server.url}/readyz", timeout=PATIENCE)
    return answer.json() if answer.status_code == 503 else None


def test_what_takes_too_long_is_cut_in_the_end(transactional_db: None, tmp_path: Path) -> None:
    """A request that never ends does not keep the server from stopping."""
    settings = {
        "DJANGO_SETTINGS_MODULE": "tests.support.slow_settings",
        "SLOW_GATE": str(tmp_path),
        "LIVE_FINISH": "0.2",
        "LIVE_STOP": "2",
    }
    with LiveServer(**settings) as server, ThreadPoolExecutor(1) as pool:
        answer = pool.submit(ask, server, 1)
        wait_until(lambda: list(tmp_path.glob("request-*")), "the request to be under way")
        assert server.end() == 1
        assert answer.exception() is not None
