"""The manifest and the service worker: at the root, in both languages, and never cached for longer than they hold."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tracker.people.models import User

NAMES = {"en": "Accord: work for key accounts", "zh-CN": "Accord：大客户协同"}


@pytest.fixture
def built(tmp_path: Path, settings: Settings) -> Path:
    """A front end with a service worker."""
    (tmp_path / "service-worker.js").write_text("self.addEventListener('fetch', () => {});")
    settings.STATICFILES_DIRS = [tmp_path]
    return tmp_path


@pytest.mark.parametrize(("language", "name"), NAMES.items())
def test_the_manifest_is_in_the_readers_language(client: Client, language: str, name: str) -> None:
    answer = client.get("/manifest.webmanifest", headers={"accept-language": language})
    assert answer["Content-Type"] == "application/manifest+json"
    assert {"Cookie", "Accept-Language"} <= set(answer["Vary"].split(", "))
    manifest = answer.json()
    assert manifest["name"] == name
    assert manifest["start_url"] == manifest["scope"] == "/"


@pytest.mark.django_db
def test_whoever_is_signed_in_reads_their_own_language(client: Client) -> None:
    client.force_login(User.objects.create_user("a@example.org", name="A", language="zh-Hans"))
    assert client.get("/manifest.webmanifest", headers={"accept-language": "en"}).json()["lang"] == "zh-Hans"


def test_every_icon_is_there_and_one_may_be_cut_into_any_shape(client: Client) -> None:
    icons = client.get("/manifest.webmanifest").json()["icons"]
    drawn = Path(__file__).parents[2] / "frontend" / "public" / "icons"
    assert all((drawn / Path(icon["src"]).name).is_file() for icon in icons)
    assert {"any", "maskable"} == {icon["purpose"] for icon in icons}


def test_the_worker_answers_for_the_whole_site_and_is_asked_for_anew(client: Client, built: Path) -> None:
    answer = client.get("/service-worker.js")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-cache" in answer["Cache-Control"]
    assert "connect-src 'self'" in answer["Content-Security-Policy"]
    assert b"".join(answer.streaming_content) == (built / "service-worker.js").read_bytes()
    assert client.post("/service-worker.js").status_code in (403, 405)


def test_without_a_built_front_end_there_is_no_worker(client: Client, tmp_path: Path, settings: Settings) -> None:
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [], tmp_path
    assert client.get("/service-worker.js").status_code == 404
