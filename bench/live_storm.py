"""The server is restarted under many sockets: how long until all of them are in step again, and who is served meanwhile."""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from bench.figures import Figure, at_most
from bench.live_crowd import Socket, Viewers, run
from bench.live_world import World
from bench.report import Group
from bench.room import Room


@dataclass(frozen=True)
class Size:
    cards: int
    sockets: int


FULL, TINY = Size(cards=1_000, sockets=2_000), Size(cards=20, sockets=3)
RESTART, RESTART_SPREAD = 1012, 5.0  # a page waits a random part of so many seconds before it comes back
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0  # after failures, as in frontend/src/live/back-off.ts
READ_EVERY = 0.25
HOW = (
    "{sockets:,} sockets of as many people on a board of {cards:,} cards. The server is stopped and started again; while"
    " they were away a card was moved. Each comes back as the page does: spread over the first seconds, then with full"
    " jitter. Timed from the first answer of the new server until the last socket has the move. Meanwhile the board is"
    " read over HTTP four times a second; a run in which that fails, or a socket starts anew from a snapshot, fails."
)


class Returning(Viewers):
    """A crowd whose sockets come back when they are cut off, each from where it was."""

    is_over = False
    chance = random.Random(5)
    coming: set["asyncio.Task[None]"] = set()

    async def join(self, cookie: str) -> Socket:
        socket = await super().join(cookie)
        socket.on_end = lambda: self.lost(socket, cookie)
        return socket

    def lost(self, socket: Socket, cookie: str) -> None:
        if not self.is_over:
            self.sockets.remove(socket)
            task = asyncio.create_task(self.come_back(socket, cookie))
            self.coming.add(task)
            task.add_done_callback(self.coming.discard)

    async def come_back(self, socket: Socket, cookie: str) -> None:
        failures = 0
        await asyncio.sleep(self.chance.random() * RESTART_SPREAD if socket.closed == RESTART else 0)
        while not self.is_over:
            try:
                await self.join(cookie)
            except OSError:
                await asyncio.sleep(self.chance.random() * min(LONGEST_WAIT, FIRST_WAIT * 2**failures))
                failures += 1
            else:
                return


def measure(room: Room, size: Size) -> list[Group]:
    world = World(room.product(), size.cards, size.sockets)
    seconds, reads = run(restarted(world))
    figures = [
        Figure(((seconds,),), "until the last socket is in step", "s", (at_most(30),)),
        Figure((reads,), "reading the board meanwhile", "ms", (at_most(1000),)),
    ]
    return [Group(f"{size.sockets:,} sockets come back after a restart", HOW.format(**asdict(size)), figures)]


async def restarted(world: World) -> tuple[float, tuple[float, ...]]:
    """Seconds until everybody is in step, and how long each read took in the meantime, in milliseconds."""
    async with Returning(world.product.port, world.project, world.places()) as crowd:
        await crowd.come(world.viewers)
        await asyncio.to_thread(world.product.stop)
        await asyncio.to_thread(world.product.start)
        world.http.close()  # it was cut
        began = time.monotonic()
        moved = await asyncio.to_thread(world.move)
        reads = asyncio.create_task(read_until(world, lambda: crowd.is_over))
        await crowd.until(lambda: len(crowd.arrivals[moved.seq]) == len(world.viewers), "everybody to be in step", 120)
        seconds = time.monotonic() - began
        crowd.is_over = True
        return seconds, tuple(await reads)


async def read_until(world: World, is_over: Callable[[], bool]) -> list[float]:
    took = []
    while not is_over():
        began = time.monotonic()
        await asyncio.to_thread(world.get, f"/projects/{world.project}/board")
        took.append((time.monotonic() - began) * 1000)
        await asyncio.sleep(READ_EVERY)
    return took
