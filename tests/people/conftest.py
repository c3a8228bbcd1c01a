"""Browsers that come in by the front door, with and without what the server asks for."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from pytest_django import Settings

from notifications import mail
from tests.factories import UserFactory
from tracker.people.models import User

PASSWORD = "a long walk by the river"


class Visitor:
    """A browser: keeps its cookies, sends the CSRF token and JSON, and comes from an address of its own."""

    def __init__(self, source: str = "203.0.113.7", language: str = "en") -> None:
        self.client = Client(
            enforce_csrf_checks=True, REMOTE_ADDR=source, HTTP_USER_AGENT="Tests", HTTP_ACCEPT_LANGUAGE=language
        )
        self.client.get("/api/v1/status")

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        sent = {"X-CSRFToken": self.client.cookies["csrftoken"].value} | headers
        data = "" if body is None else json.dumps(body)
        return self.client.generic(method, f"/api/v1{path}", data, "application/json", headers=sent)

    def get(self, path: str) -> Any:
        return self.send("GET", path)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.send("POST", path, body, **headers)

    def sign_in(self, email: str, password: str = PASSWORD) -> Any:
        return self.post("/session", {"email": email, "password": password})

    @property
    def session_key(self) -> str:
        return self.client.cookies["sessionid"].value


@pytest.fixture(autouse=True)
def quick_and_at_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords that cost nothing to check, and mail that has gone when the request is answered."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setattr(mail, "send", send_at_once)


into_the_outbox = mail.send


def send_at_once(to: str, **said: Any) -> None:
    if to:
        mail.written(to, **said).send()


@pytest.fixture
def person(db: None) -> User:
    return UserFactory(email="mei.chen@example.org", name="Mei Chen", password=make_password(PASSWORD))


@pytest.fixture
def administrator(db: None) -> User:
    return UserFactory(
        email="ada@example.org", name="Ada Lovelace", password=make_password(PASSWORD), is_administrator=True
    )


@pytest.fixture
def signed_in(person: User) -> Visitor:
    visitor = Visitor()
    assert visitor.sign_in(person.email).status_code == 200
    return visitor


@pytest.fixture
def boss(administrator: User) -> Visitor:
    visitor = Visitor(source="203.0.113.1")
    assert visitor.sign_in(administrator.email).status_code == 200
    return visitor


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Run the jobs in threads that start together, each with a database connection of its own; their results in order."""
    import threading

    from django.db import connection

    results: list[Any] = [None] * len(jobs)
    start = threading.Barrier(len(jobs))

    def run(place: int) -> None:
        start.wait()
        try:
            results[place] = jobs[place]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
