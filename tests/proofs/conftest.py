"""What the proofs share: a seed that is printed, how much is done, and a server that can be broken."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.proofs.arena import ProofServer
from tests.support.seeds import pytest_generate_tests, seed, size

__all__ = ["pytest_generate_tests", "seed", "size"]


@pytest.fixture(scope="session")
def shared_server(django_db_setup: None, django_db_blocker: Any) -> Iterator[ProofServer]:
    with django_db_blocker.unblock():
        server = ProofServer()
    with server:
        yield server


@pytest.fixture
def server(shared_server: ProofServer, transactional_db: None) -> Iterator[ProofServer]:
    """One server for all proofs that do not stop it; mended after each."""
    yield shared_server
    shared_server.repair()
