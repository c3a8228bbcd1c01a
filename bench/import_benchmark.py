"""The import of the CRM data set into SQLite, from nothing; only where ACCORD_CRM_DATA names its folder.

At its tiny size, the sample that comes with Accord.
"""

import os
import time
from dataclasses import dataclass

from bench.figures import Figure, at_most
from bench.report import Group
from bench.room import Room
from tests.support.product import REPOSITORY


@dataclass(frozen=True)
class Size:
    rounds: int
    mapping: str
    folder: str


FULL = Size(rounds=3, mapping="crm", folder=os.environ.get("ACCORD_CRM_DATA", ""))
TINY = Size(rounds=1, mapping="accord", folder=str(REPOSITORY / "samples"))
# The one who imports: a fresh installation has nobody yet.
IMPORTER = "bench@example.org"
ADMINISTRATOR = f"""
from tracker.people.newcomers import add_person
add_person(actor=None, email="{IMPORTER}", name="Bench", fields={{"is_administrator": True}})
"""


HOW = "Each round starts with an empty database of its own."


def measure(room: Room, size: Size) -> list[Group]:
    if not size.folder:
        return []
    rounds = tuple((_import(room, size),) for _ in range(size.rounds))
    return [Group("The CRM data set", HOW, [Figure(rounds, "import on SQLite", "s", (at_most(60),))])]


def _import(room: Room, size: Size) -> float:
    fresh = room.prepared(ACCORD_DEMO="0")
    fresh.manage("shell", "--command", ADMINISTRATOR)
    started = time.monotonic()
    fresh.manage("import", size.mapping, size.folder, "--actor", IMPORTER)
    return time.monotonic() - started
