"""The samples in deploy/ fit the product: what they name is there, and what they allow is enough."""

import re
import runpy
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from django.test import Client

from boards.live import limits
from tests.config.test_watching import HERE
from tests.support.product import REPOSITORY
from tracker.config import env, settings
from tracker.config.gate import FORM_OVERHEAD

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


# --- nginx -------------------------------------------------------------------------------------------------------


def nginx(name: str) -> str:
    """A file without its comments."""
    return re.sub("#.*", "", (DEPLOY / "nginx" / name).read_text())


def seconds(block: str, name: str) -> int:
    found = re.search(rf"\b{name} (\d+)s;", block)
    assert found, name
    return int(found[1])


def test_a_socket_that_is_only_quiet_is_not_cut() -> None:
    (sockets,) = re.findall(r"location /ws/ \{(.*?)\}", nginx("locations.conf"), re.DOTALL)
    for name in ("proxy_read_timeout", "proxy_send_timeout"):
        assert seconds(sockets, name) > 2 * limits.HEARTBEAT * (1 + limits.HEARTBEAT_SPREAD)


def test_the_proxy_takes_in_what_accord_does_and_not_much_more() -> None:
    (most,) = re.findall(r"client_max_body_size (\d+)m;", nginx("locations.conf"))
    assert 0 <= int(most) * 1024**2 - (settings.FILE_LIMIT + FORM_OVERHEAD) < 1024**2


@pytest.mark.parametrize("name", ["upstreams.conf", "upstreams-compose.conf"])
def test_the_proxy_ends_a_connection_before_gunicorn_does(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or a request could meet one that is just being closed."""
    for changed in ("WEB_WORKERS", "PROMETHEUS_MULTIPROC_DIR"):  # it sets them for gunicorn's processes
        monkeypatch.setenv(changed, "2")
    gunicorn = runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))
    assert seconds(nginx(name), "keepalive_timeout") < gunicorn["keepalive"]


# --- alerts ------------------------------------------------------------------------------------------------------

NO_FIGURES = r'"[^"]*"|\{.*?\}|\[.*?\]|\w+ (by|without) \(.*?\)|\w+\(|\boffset \w+|\d\w*'


def alerts() -> Iterator[Any]:
    for group in yaml.safe_load((DEPLOY / "alerts.yml").read_text())["groups"]:
        yield from group["rules"]


@pytest.mark.django_db
def test_alerts_name_figures_that_there_are() -> None:
    said = Client().get("/metrics", **HERE).content.decode()
    kinds = dict(line.split()[2:] for line in said.splitlines() if line.startswith("# TYPE "))
    parts = {"histogram": ("_bucket", "_count", "_sum")}
    known = {name + part for name, kind in kinds.items() for part in parts.get(kind, ("",))}
    named = {name for rule in alerts() for name in re.findall("[a-z_]+", re.sub(NO_FIGURES, " ", rule["expr"]))}
    assert len(named) > 15
    assert named - known == set()


def test_each_alert_has_a_name_of_its_own_and_says_what_it_means() -> None:
    names = [rule["alert"] for rule in alerts()]
    assert len(names) == len(set(names))
    assert all(rule["annotations"]["summary"] for rule in alerts())
