"""Where a proof takes place: the server, what stands before it, its clients, and what can go wrong on purpose."""

import os
import random
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.proofs.client import Client
from tests.proofs.worlds import World
from tests.support.live import Address, LiveServer


class ProofServer(LiveServer):
    """A server that can be broken on purpose; `broken` says by what (tests/proofs/sabotage.py)."""

    def __init__(self, **settings: str) -> None:
        super().__init__(**settings)
        self.switch = Path(os.environ["ACCORD_VAR"]) / f"sabotage-{self.port}"
        self.environment["PROOF_SABOTAGE"] = str(self.switch)
        self.environment.setdefault("LIVE_SLOW", "3")
        self.repair()

    def command(self) -> list[str]:
        return [sys.executable, "-m", "tests.proofs.server", str(self.port)]

    def sabotage(self, *names: str) -> None:
        """From now on these are broken, and nothing else is."""
        beside = self.switch.with_suffix(".new")
        beside.write_text(" ".join(names))
        beside.replace(self.switch)

    def repair(self) -> None:
        self.sabotage()

    @contextmanager
    def broken(self, *names: str) -> Iterator[None]:
        self.sabotage(*names)
        try:
            yield
        finally:
            self.repair()

    def kill(self) -> None:
        """kill -9, as in a crash."""
        self.end(signal.SIGKILL)


@contextmanager
def clients_of(world: World, address: Address, seed: object, number: int = 0) -> Iterator[list[Client]]:
    """Clients of the readers and the writers in turn, each on every board; they run until the end."""
    people = world.readers + world.writers
    chosen = [people[n % len(people)] for n in range(number or len(people))]
    found = [Client(address, one.cookie, world.ids, f"{seed}-{n}", one.pk) for n, one in enumerate(chosen)]
    try:
        for client in found:
            client.start()
        yield found
    finally:
        for client in found:
            client.stopped.set()
        for client in found:
            client.stop()


def chance_of(seed: object) -> random.Random:
    return random.Random(f"{seed}-nemesis")
