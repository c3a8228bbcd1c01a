"""A viewer who comes back after some moves: the bytes that come over the socket, and the time until it is in step."""

import asyncio
import time
from dataclasses import asdict, dataclass
from functools import partial

from bench.figures import Figure, Floor, at_most
from bench.live_crowd import Viewers, run
from bench.live_world import World
from bench.report import Group
from bench.room import Room


@dataclass(frozen=True)
class Size:
    cards: int
    missed: int
    rounds: int


FULL, TINY = Size(cards=1_000, missed=20, rounds=15), Size(cards=20, missed=2, rounds=1)
HOW = (
    "A socket that has missed {missed} moves on a board of {cards:,} cards opens and follows from where it was. Timed from"
    " the connection to the last missed move; all bytes of frames count. The floor is what a viewer who stayed was sent"
    " for the same moves. A run in which anything else came than what was missed fails."
)


def measure(room: Room, size: Size) -> list[Group]:
    world = World(room.product(), size.cards, 2)
    rounds = run(coming_back(world, size))[1:]
    weights, floors, times = zip(*rounds, strict=True)
    figures = [
        Figure((weights,), "bytes to come back", "kB", (at_most(10),), Floor((floors,), "the missed frames")),
        Figure((times,), "time to be in step", "ms", (at_most(30),)),
    ]
    return [Group(f"Back after {size.missed} missed moves", HOW.format(**asdict(size)), figures)]


async def coming_back(world: World, size: Size) -> list[tuple[float, float, float]]:
    """For each round: kilobytes, those of the viewer who stayed, and milliseconds."""
    found = []
    async with world.crowd() as staying:
        await staying.come(world.viewers[:1])
        for _ in range(size.rounds + 1):
            left = world.places()
            before = staying.sockets[0].received
            sent = [await asyncio.to_thread(world.move) for _ in range(size.missed)]
            last = sent[-1].seq
            await staying.until(partial(staying.has, last), "the moves to arrive")
            async with Viewers(world.product.port, world.project, left) as back:
                began = time.monotonic()
                await back.come(world.viewers[1:2])
                took = back.arrivals[last][0] - began
                events = sum(frame.count(b'"tx":') for frame in back.frames)
                if events != size.missed:
                    raise RuntimeError(f"{events} events came, {size.missed} were missed")
                found.append(
                    (back.sockets[0].received / 1000, (staying.sockets[0].received - before) / 1000, took * 1000)
                )
    return found
