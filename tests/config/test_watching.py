"""P7: what those who watch over the product are told, and who is told it."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from boards.live.counters import count, counts, told
from tests.factories import ProjectFactory, TaskFactory, UserFactory
from tracker.config import probes
from tracker.config import settings as configured
from tracker.config.logs import Json, Plain, without_secrets
from tracker.log import newest_backup

HERE = {"HTTP_HOST": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1"}
TOKEN = "t" * 32

pytestmark = pytest.mark.django_db


def figures(**headers: str) -> dict[str, float]:
    answer = Client().get("/metrics", **(headers or HERE))
    assert answer.status_code == 200, answer.content
    rows = [line.rpartition(" ") for line in answer.content.decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _space, value in rows}


# --- /metrics ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"REMOTE_ADDR": "192.0.2.7", "HTTP_HOST": "127.0.0.1"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "accord.example.org"},
        HERE | {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        HERE | {"HTTP_X_REAL_IP": "127.0.0.1"},
        HERE | {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"REMOTE_ADDR": "192.0.2.7", "HTTP_HOST": "127.0.0.1", "HTTP_AUTHORIZATION": "Bearer wrong"},
        {"REMOTE_ADDR": "", "HTTP_HOST": "127.0.0.1"},
    ],
)
def test_figures_are_for_insiders(settings: Any, headers: dict[str, str]) -> None:
    settings.METRICS_TOKEN = TOKEN
    settings.ALLOWED_HOSTS = ["127.0.0.1", "accord.example.org"]
    assert Client().get("/metrics", **headers).status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer ", "Bearer"])
def test_no_token_lets_nobody_in_without_one(settings: Any, given: str) -> None:
    settings.METRICS_TOKEN = ""
    assert Client().get("/metrics", REMOTE_ADDR="192.0.2.7", HTTP_AUTHORIZATION=given).status_code == 404


def test_the_token_lets_in_from_anywhere(settings: Any) -> None:
    settings.METRICS_TOKEN = TOKEN
    assert figures(REMOTE_ADDR="192.0.2.7", HTTP_HOST="127.0.0.1", HTTP_AUTHORIZATION=f"Bearer {TOKEN}")


def test_every_figure_of_the_promise_is_there() -> None:
    count("resync_total", reason="epoch")
    names = set(figures())
    assert {
        "commit_to_send_seconds_count", "commit_to_send_seconds_sum", 'resync_total{reason="epoch"}', "poke_lost_total",
        "poke_failed_total", "replay_events_count", "sockets", "idempotent_replay_total", "conflict_412_total",
        "acl_unsub_total", "login_limit_total",
    } <= names  # fmt: skip
    assert any(name.startswith("request_seconds_bucket") for name in names)


def test_the_data_folder_says_what_is_free_and_how_old_the_newest_backup_is(settings: Any, tmp_path: Path) -> None:
    settings.VAR = tmp_path
    before = figures()
    assert 0 < before["disk_free_bytes"] < before["disk_total_bytes"]
    assert before["backup_last_timestamp"] == 0, "none was made"
    newest_backup.note(datetime(2026, 11, 24, 2, 30, tzinfo=UTC))
    assert figures()["backup_last_timestamp"] == datetime(2026, 11, 24, 2, 30, tzinfo=UTC).timestamp()
    (tmp_path / newest_backup.NOTE).write_text("half a da")
    assert figures()["backup_last_timestamp"] == 0


def test_a_history_that_is_brought_in_is_no_lag() -> None:
    before = figures()["commit_to_send_seconds_count"]
    told(86_400)
    told(0.01)
    told(-1)
    after = figures()
    assert after["commit_to_send_seconds_count"] == before + 2


def test_repeated_changes_stale_texts_and_too_many_sign_ins_are_counted(settings: Any) -> None:
    mei = UserFactory(name="Mei")
    task = TaskFactory(project=ProjectFactory(people={mei: "manager"}))
    client = Client()
    client.force_login(mei, backend="tracker.people.backend.Backend")
    before = dict(figures())

    key = {"HTTP_IDEMPOTENCY_KEY": "8f14e45f-ceea-467f-9b36-3d2b2d3f1a10"}
    for _ in range(2):
        answer = client.patch(f"/api/v1/tasks/{task.pk}", {"title": "New"}, content_type="application/json", **key)
        assert answer.status_code == 200
    stale = client.patch(
        f"/api/v1/tasks/{task.pk}", {"description": "Mine"}, content_type="application/json", HTTP_IF_MATCH='"v1"'
    )
    assert stale.status_code == 412
    settings.ACCOUNT_RATE_LIMITS = configured.ACCOUNT_RATE_LIMITS | {"login_failed": "1/5m/key"}
    wrong = {"email": mei.email, "password": "not the password"}
    codes = [Client().post("/api/v1/session", wrong, content_type="application/json").status_code for _ in range(3)]
    assert 429 in codes

    after = figures()
    for name in ("idempotent_replay_total", "conflict_412_total", "login_limit_total"):
        assert after[name] > before.get(name, 0), name
    assert any(
        name.startswith("request_seconds_count") and "tasks/<" in name and 'status="412"' in name for name in after
    )


def test_counts_are_read_by_name() -> None:
    before = counts["frames_total"], counts['resync_total{reason="ahead"}']
    count("frames_total", 3)
    count("resync_total", reason="ahead")
    assert (counts["frames_total"], counts['resync_total{reason="ahead"}']) == (before[0] + 3, before[1] + 1)


# --- /readyz -----------------------------------------------------------------------------------------------------


def ready(**headers: str) -> tuple[int, dict[str, Any]]:
    answer = Client().get("/readyz", **(headers or HERE))
    return answer.status_code, answer.json()


def test_ready(settings: Any) -> None:
    assert ready() == (200, {"status": "ok", "failing": [], "degraded": []})
    assert ready(REMOTE_ADDR="192.0.2.7") == (200, {"status": "ok"})


def test_a_missing_redis_is_missed_but_not_needed(settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert ready() == (200, {"status": "degraded", "failing": [], "degraded": ["redis"]})


def test_migrations_that_are_not_applied(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probes, "newest_migrations", lambda: {("work", "9999_of_tomorrow")})
    assert ready() == (503, {"status": "failing", "failing": ["migrations"], "degraded": []})
    assert ready(REMOTE_ADDR="192.0.2.7") == (503, {"status": "failing"})


def test_a_folder_that_cannot_be_written_and_a_full_disk(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.MEDIA_ROOT = Path("/proc/nothing/here")
    monkeypatch.setattr(probes, "LEAST_FREE", 1.1)
    assert ready()[1]["failing"] == ["files", "disk"]
    settings.MEDIA_ROOT = Path("/proc")
    assert ready()[1]["failing"] == ["files", "disk"]


def test_a_database_that_hangs_does_not_hang_the_probe(monkeypatch: pytest.MonkeyPatch) -> None:
    from threading import Event

    back = Event()

    def hang() -> list[str]:
        back.wait(60)
        return []

    monkeypatch.setattr(probes, "database_state", hang)
    monkeypatch.setattr(probes, "PATIENCE", 0.05)
    assert ready()[1]["failing"] == ["database"]
    assert ready()[1]["failing"] == ["database"], "one thread waits, not one for each question"
    back.set()
    monkeypatch.setattr(probes, "PATIENCE", 30)
    assert ready()[0] == 200


# --- the log -----------------------------------------------------------------------------------------------------


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """What is logged about requests, as JSON."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    handler.setFormatter(Json())
    watched = [logging.getLogger(name) for name in ("accord.request", "django.request")]
    for log in watched:
        log.addHandler(handler)
    levels = [log.level for log in watched]
    watched[0].setLevel("INFO")
    yield text
    for log, level in zip(watched, levels, strict=True):
        log.removeHandler(handler)
        log.setLevel(level)


def test_every_line_of_a_request_carries_its_id_and_nothing_of_its_content(said: io.StringIO) -> None:
    answer = Client().post(
        "/api/v1/session?next=secret-query",
        {"email": "lin@example.org", "password": "secret-password"},
        "application/json",
    )
    lines = [json.loads(line) for line in said.getvalue().splitlines()]
    assert lines
    assert {line["request_id"] for line in lines} == {answer["X-Request-ID"]}
    own = next(line for line in lines if line["logger"] == "accord.request")
    assert (own["route"], own["status"]) == ("api/v1/session", answer.status_code)
    for secret in ("secret-password", "secret-query", "lin@example.org"):
        assert secret not in said.getvalue()


def test_the_id_of_a_proxy_is_taken_over_only_where_there_is_one(settings: Any) -> None:
    settings.BEHIND_PROXY = False
    assert Client().get("/healthz", HTTP_X_REQUEST_ID="given-by-anybody")["X-Request-ID"] != "given-by-anybody"
    settings.BEHIND_PROXY = True
    assert Client().get("/healthz", HTTP_X_REQUEST_ID="given-by-proxy")["X-Request-ID"] == "given-by-proxy"
    assert " " not in Client().get("/healthz", HTTP_X_REQUEST_ID="two words\n")["X-Request-ID"]


def test_errors_are_logged_without_what_people_wrote() -> None:
    try:
        raise ValueError("duplicate key\nDETAIL:  Key (email)=(lin@example.org) already exists.")
    except ValueError:
        record = logging.getLogger("x").makeRecord("x", 40, "f", 1, "failed at %s", ("/reset/abc?x=1",), None)
        import sys

        record.exc_info = sys.exc_info()
    for formatter in (Json(), Plain()):
        line = formatter.format(record)
        assert "lin@example.org" not in line
        assert "/reset/abc" not in line
        assert "duplicate key" in line
    assert without_secrets("DETAIL: a row") == "DETAIL: …"


def test_the_chosen_format_is_known() -> None:
    assert configured.LOGGING["handlers"]["terminal"]["formatter"] in configured.LOGGING["formatters"]
