"""The samples in deploy/ fit the product: what they name is there, and what they allow is enough."""

from typing import Any

import pytest
import yaml

from tests.support.product import REPOSITORY
from tracker.config import env

DEPLOY = REPOSITORY / "deploy"


@pytest.fixture(scope="module")
def services() -> Any:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]


def sample() -> dict[str, str]:
    lines = (DEPLOY / "accord.env.sample").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def test_every_process_in_containers_may_use_all_of_its_connections(services: Any) -> None:
    (allowed,) = (int(word.partition("=")[2]) for word in services["db"]["command"] if "max_connections" in word)
    processes = [name for name, service in services.items() if service.get("image") == "accord" and name != "migrate"]
    assert processes == ["web", "live-1", "live-2", "follow", "work"]
    most: Any = env.database("postgres://accord@db/accord", REPOSITORY)["OPTIONS"]
    workers = int(sample()["WEB_WORKERS"])
    assert (len(processes) - 1 + workers) * most["pool"]["max_size"] < allowed


def test_containers_wait_for_what_they_need(services: Any) -> None:
    for name, service in services.items():
        for needed, how in service.get("depends_on", {}).items():
            wanted = "service_completed_successfully" if needed == "migrate" else "service_healthy"
            assert how["condition"] == wanted, (name, needed)
            assert ("healthcheck" in services[needed]) == (needed != "migrate"), needed


@pytest.mark.parametrize("name", ["web", "live-1", "live-2"])
def test_containers_are_asked_where_they_listen_by_a_name_that_is_allowed(services: Any, name: str) -> None:
    port = services[name]["environment"]["READY_PORT"]
    listens = services[name]["environment"].get("WEB_BIND", "").split(":") + services[name].get("command", [])
    assert port in listens
    assert "127.0.0.1:$$READY_PORT/readyz" in services[name]["healthcheck"]["test"][1]
    assert "127.0.0.1" in sample()["ALLOWED_HOSTS"].split(",")
