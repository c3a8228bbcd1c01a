"""Asking the API as somebody: a signed-in client that speaks JSON, and several of them at once."""

import json
import threading
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.test.client import Client, ClientHandler

from tracker.people.models import User

Found = TypeVar("Found")
BACKEND = "tracker.people.backend.Backend"


@cache
def handler() -> ClientHandler:
    """One for all clients: putting the middleware together takes longer than most requests."""
    made = ClientHandler(enforce_csrf_checks=False)
    made.load_middleware()
    return made


class Asking:
    """Requests under /api/v1 in the name of one person, or of nobody."""

    def __init__(self, person: User | None = None, *, cookies: Any = None) -> None:
        self.client = Client(raise_request_exception=False)
        self.client.handler = handler()
        if cookies is not None:
            self.client.cookies = cookies
        elif person is not None:
            self.client.force_login(person, backend=BACKEND)

    def twin(self) -> "Asking":
        """Another window of the same browser: for threads, which must not share a client."""
        return Asking(cookies=self.client.cookies)

    def send(self, method: str, path: str, body: Any = None, *, key: UUID | str | None = None, **headers: str) -> Any:
        if key is not None:
            headers["Idempotency-Key"] = str(key)
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        return self.client.generic(method, f"/api/v1{path}", data, "application/json", headers=headers)

    def get(self, path: str, **headers: str) -> Any:
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        return self.send("POST", path, body, **more)

    def patch(self, path: str, body: Any = None, **more: Any) -> Any:
        return self.send("PATCH", path, body, **more)

    def put(self, path: str, body: Any = None, **more: Any) -> Any:
        return self.send("PUT", path, body, **more)

    def delete(self, path: str, body: Any = None, **more: Any) -> Any:
        return self.send("DELETE", path, body, **more)


def at_once(jobs: Sequence[Callable[[], Found]]) -> list[Found | BaseException]:
    """Run the jobs in threads that start together, each with its own connection; what each returned or raised, in order."""
    results: list[Any] = [None] * len(jobs)
    start = threading.Barrier(len(jobs))

    def run(place: int) -> None:
        start.wait()
        try:
            results[place] = jobs[place]()
        except BaseException as problem:  # noqa: BLE001  (the test judges it)
            results[place] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
