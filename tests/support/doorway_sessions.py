"""Sessions of a database that is away now and then: sockets wait in the doorway until it answers who they belong to."""

import os
from pathlib import Path
from typing import Any

from tests.support.waiting import wait_until
from tracker.people import backend

GATE = Path(os.environ.get("DOORWAY", "/nonexistent"))  # a folder: while `shut` is there, sessions are not found out


class SessionStore(backend.SessionStore):
    def load(self) -> dict[str, Any]:
        """Says that it has been asked, waits for the gate, answers."""
        if (GATE / "shut").exists():
            (GATE / f"asked-{self.session_key}").touch()
            wait_until(lambda: not (GATE / "shut").exists(), "the gate", 300)
        return super().load()
