"""Runs inside the proofs' server only: faults of the surroundings, and mutants that each break one rule of the protocol.

What is on stands in a file, so that one server can be broken in many ways one after the other. The product itself has
no such switch: everything here is put over it from outside.
"""

import asyncio
import os
import random
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

POKE_LOSS, POKE_DOUBLE, POKE_SWAP, POKE_DELAY = 0.3, 0.1, 0.2, 0.2
LONGEST_DELAY = 0.5  # seconds

_path = Path(os.devnull)
chance = random.Random(os.environ.get("PROOF_SEED") or "0")


def active() -> set[str]:
    """What is broken now."""
    try:
        return set(_path.read_text().split())
    except FileNotFoundError:
        return set()


def install(path: str) -> None:
    """Put the faults and the mutants over the product; the file at `path` says which of them are on."""
    global _path  # noqa: PLW0603
    _path = Path(path)
    lossy_pokes()
    late_tick()
    death_before_the_poke()
    from tests.proofs import mutants

    mutants.install(active)


def over(holder: Any, name: str, make: Callable[[Any], Any]) -> None:
    """Replace a function by what `make` makes of it."""
    setattr(holder, name, make(getattr(holder, name)))


def pause(seconds: float) -> None:
    threading.Event().wait(seconds)


# --- faults ------------------------------------------------------------------------------------------------------


class LossyEar:
    """What the hub hears while pokes are lost, doubled, swapped with the next, and late."""

    def __init__(self, hear: Any) -> None:
        self.hear = hear
        self.held: list[tuple[Any, Any]] = []

    def __call__(self, hub: Any, message: dict[str, Any]) -> None:
        fate = chance.choices(
            ["lost", "doubled", "swapped", "late", "heard"],
            [POKE_LOSS, POKE_DOUBLE, POKE_SWAP, POKE_DELAY, 1 - POKE_LOSS - POKE_DOUBLE - POKE_SWAP - POKE_DELAY],
        )[0]
        if fate == "swapped":
            self.held.append((hub, message))
        elif fate == "late":
            asyncio.get_running_loop().call_later(chance.random() * LONGEST_DELAY, self.hear, hub, message)
        elif fate != "lost":
            for _time in range(1 + (fate == "doubled")):
                self.hear(hub, message)
            while self.held:
                self.hear(*self.held.pop())


def lossy_pokes() -> None:
    """`lossy`: pokes go astray on their way to the hub; `deaf`: none arrives."""
    from boards.live.hub import Hub

    def make(hear: Any) -> Any:
        ear = LossyEar(hear)

        def lossy(self: Any, message: dict[str, Any]) -> None:
            now = active()
            if "deaf" not in now:
                (ear if "lossy" in now else hear)(self, message)

        return lossy

    over(Hub, "hear", make)


def late_tick() -> None:
    """`late_tick`: what the tick has read reaches the hub when it is out of date."""
    from boards.live import hub

    def make(heads: Any) -> Any:
        def late(ids: list[int]) -> Any:
            found = heads(ids)
            if "late_tick" in active():
                pause(LONGEST_DELAY)
            return found

        return late

    over(hub, "heads", make)


def death_before_the_poke() -> None:
    """`die`: after a commit, before anybody is told of it, the process kills itself; `die_before_commit`: before."""
    from tracker.log.change import Change, event_recorded

    def die(sender: Any, **kwargs: Any) -> None:
        if "die" in active():
            os.kill(os.getpid(), signal.SIGKILL)

    def make(write: Any) -> Any:
        def dying(self: Any) -> None:
            write(self)
            if "die_before_commit" in active():
                os.kill(os.getpid(), signal.SIGKILL)

        return dying

    from boards.live.poke import poke

    event_recorded.disconnect(dispatch_uid="boards.live.poke")
    event_recorded.connect(die, dispatch_uid="tests.proofs.die", weak=False)
    event_recorded.connect(poke, dispatch_uid="boards.live.poke")
    over(Change, "write", make)
