"""HTTP as a page of ours speaks it: the session's cookie, the CSRF token, an idempotency key, and answers with positions."""

import json
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

from tests.support.live import Address

TOKEN = "a" * 32
PATIENCE = 6.0  # seconds for one answer while something is broken on purpose; then the connection counts as lost
ALL_THE_TIME = 60.0  # seconds where nothing is broken: a machine may be busy with something else
FAILURES = (OSError, HTTPException)


@dataclass
class Answer:
    """What a request was answered."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def positions(self) -> dict[str, int]:
        """Stream → seq, as the answer's Stream-Position says."""
        said = self.headers.get("stream-position", "")
        pairs = [entry.strip().partition("=") for entry in said.split(",") if entry.strip()]
        return {name: int(at.rpartition(".")[2]) for name, _equals, at in pairs}


class Http:
    """One connection that is opened again when it was cut. Not for several threads."""

    def __init__(self, address: Address, cookie: str, *, patience: float = ALL_THE_TIME) -> None:
        self.address = address
        self.patience = patience
        self.cookie = cookie
        self.connection: HTTPConnection | None = None

    def ask(self, method: str, path: str, body: Any = None, key: str = "") -> Answer:
        """Ask once. Raises one of FAILURES where no whole answer came."""
        headers = {"Cookie": f"{self.cookie}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN, "Origin": self.address.url}
        if key:
            headers["Idempotency-Key"] = key
        data = None
        if body is not None:
            data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
        try:
            connection = self.connected()
            connection.request(method, f"/api/v1{path}", data, headers)
            found = connection.getresponse()
            return Answer(found.status, {name.lower(): value for name, value in found.getheaders()}, found.read())
        except FAILURES:
            self.close()
            raise

    def get(self, path: str) -> Answer:
        return self.ask("GET", path)

    def connected(self) -> HTTPConnection:
        if self.connection is None:
            self.connection = HTTPConnection(urlsplit(self.address.url).netloc, timeout=self.patience)
        return self.connection

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None
