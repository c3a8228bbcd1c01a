"""Many sockets that nothing happens on: what each takes of the server's memory, and what all of them take of its time."""

import asyncio
import time
from dataclasses import asdict, dataclass

from bench.figures import Figure, Floor, at_most
from bench.live_cost import processor_seconds, resident_bytes
from bench.live_crowd import Crowd, run
from bench.live_floor import FloorServer
from bench.live_world import World
from bench.report import Group
from bench.room import Room


@dataclass(frozen=True)
class Size:
    sockets: int
    first: int  # come before the memory is read for the first time: what is loaded once is no socket's
    settle: float  # seconds
    windows: int
    window: float  # seconds


FULL = Size(sockets=2_000, first=100, settle=3.0, windows=6, window=5.0)
TINY = Size(sockets=6, first=2, settle=0.1, windows=1, window=0.5)
HOW = (
    "{sockets:,} sockets of as many people, each following a board and the workspace, one server process. Memory: what"
    " the process holds for itself, less what it held with the first {first}, for each of the others. Time: with its"
    " pings, heartbeats, safety ticks and session checks, over {windows} windows of {window:g} s. The floor is daphne as it"
    " comes, with sockets that it only keeps open."
)


def measure(room: Room, size: Size) -> list[Group]:
    world = World(room.product(), 100, size.sockets)
    memory, shares = run(kept(world.crowd(), world.viewers, world.product.pid, size))
    with FloorServer() as floor:
        bare_memory, bare_shares = run(
            kept(Crowd(floor.port, lambda _socket, _text, _at: None), ["nobody=1"] * size.sockets, floor.pid, size)
        )
    figures = [
        Figure(((memory,),), "memory for a socket", "KiB", (at_most(40),), Floor(((bare_memory,),), "bare sockets")),
        Figure((shares,), "of one core", "%", (at_most(5),), Floor((bare_shares,), "bare sockets")),
    ]
    return [Group(f"{size.sockets:,} idle sockets", HOW.format(**asdict(size)), figures)]


async def kept(crowd: Crowd, cookies: list[str], pid: int, size: Size) -> tuple[float, tuple[float, ...]]:
    """KiB for each socket, and the share of a core in each window."""
    async with crowd:
        await crowd.come(cookies[: size.first])
        await asyncio.sleep(size.settle)
        before = resident_bytes(pid)
        await crowd.come(cookies[size.first :])
        await asyncio.sleep(size.settle)
        memory = (resident_bytes(pid) - before) / 1024 / (len(cookies) - size.first)
        return memory, tuple([await share_of_a_core(pid, size.window) for _ in range(size.windows)])


async def share_of_a_core(pid: int, window: float) -> float:
    """Per cent, over one window."""
    before, began = processor_seconds(pid), time.monotonic()
    await asyncio.sleep(window)
    return (processor_seconds(pid) - before) / (time.monotonic() - began) * 100
