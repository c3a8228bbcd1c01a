"""From the sending of a move to the moment at which every viewer has it, and what each delivery costs the server."""

import asyncio
import time
from dataclasses import asdict, dataclass

from bench.figures import Figure, Floor, at_most, at_most_floors
from bench.live_cost import processor_seconds
from bench.live_crowd import Crowd, run
from bench.live_floor import FloorServer
from bench.live_world import World
from bench.report import Group
from bench.room import Room


@dataclass(frozen=True)
class Size:
    cards: int
    limits: dict[int, int]  # viewers: milliseconds
    moves: int
    many: int
    many_moves: int
    warm_up: int = 10
    a_second: float = 5
    many_a_second: float = 2


FULL = Size(cards=1_000, limits={50: 20, 200: 25, 500: 40}, moves=60, many=2_000, many_moves=24)
TINY = Size(cards=20, limits={2: 20, 3: 25}, moves=2, many=5, many_moves=2, warm_up=1, a_second=20, many_a_second=20)
MANY_LIMIT = 150
HOW = (
    "A board of {cards:,} cards; each viewer is a socket of a person of their own, as light as it can be, in one process"
    " beside the server. Timed from before the request is sent to the bytes in the viewer's process. The floor is daphne"
    " as it comes, on the same loop, with a bare loop that sends the same frame: no request to answer, no log, no access."
    " What a delivery costs: the server's processor time for a move with so many viewers, less that with one viewer."
)


@dataclass(frozen=True)
class Pace:
    """So many moves that are measured, after some that are not."""

    warm_up: int
    moves: int
    a_second: float


@dataclass(frozen=True)
class Run:
    """What so many viewers saw, in milliseconds; and the server's processor time for each move, in microseconds."""

    delays: tuple[float, ...]
    cost: float


def measure(room: Room, size: Size) -> list[Group]:
    world = World(room.product(), size.cards, size.many)
    few, many = Pace(size.warm_up, size.moves, size.a_second), Pace(size.warm_up, size.many_moves, size.many_a_second)
    scenes = [*((viewers, few) for viewers in (1, *size.limits)), (size.many, many)]
    ours = {viewers: run(watched(world, viewers, pace)) for viewers, pace in scenes}
    with FloorServer() as floor:
        bare = {viewers: run(sent_bare(floor, world.frame, viewers, pace)) for viewers, pace in scenes}
    limits = {**size.limits, size.many: MANY_LIMIT}
    figures = [
        Figure(
            (ours[viewers].delays,),
            f"a move to {viewers:,} viewers, {pace.a_second:g} moves/s",
            "ms",
            (at_most(limits[viewers]),),
            Floor((bare[viewers].delays,), "a bare loop"),
        )
        for viewers, pace in scenes[1:]
    ]
    figures += [
        Figure(
            ((each(ours, viewers),),),
            f"processor time for a delivery, {viewers} viewers",
            "µs",
            (at_most_floors(1.3),) if viewers >= 200 else (),
            Floor(((each(bare, viewers),),), "a bare loop"),
        )
        for viewers in size.limits
    ]
    return [Group("From a move to every viewer", HOW.format(**asdict(size)), figures)]


def each(runs: dict[int, Run], viewers: int) -> float:
    return (runs[viewers].cost - runs[1].cost) / (viewers - 1)


async def watched(world: World, viewers: int, pace: Pace) -> Run:
    async with world.crowd() as crowd:
        await crowd.come(world.viewers[:viewers])
        await world.moves(pace.warm_up, pace.a_second)
        sent, cost = await world.moves(pace.moves, pace.a_second)
        last = sent[-1].seq
        await crowd.until(lambda: crowd.has(last), "the last move to reach everybody")
        world.frame = crowd.frames[-1]
    delays = [(at - move.at) * 1000 for move in sent for at in crowd.arrivals[move.seq]]
    if len(delays) != viewers * pace.moves:
        raise RuntimeError(f"{viewers} viewers of {pace.moves} moves had {len(delays)} frames")
    return Run(tuple(delays), cost * 1e6)


async def sent_bare(floor: FloorServer, frame: bytes, viewers: int, pace: Pace) -> Run:
    arrivals: list[float] = []
    async with Crowd(floor.port, lambda _socket, _text, at: arrivals.append(at)) as crowd:
        await crowd.come(["nobody=1"] * viewers)
        for _ in range(pace.warm_up):
            await asyncio.to_thread(floor.post, frame)
        await asyncio.sleep(1 / pace.a_second)
        delays: list[float] = []
        before, began = processor_seconds(floor.pid), time.monotonic()
        for number in range(pace.moves):
            await asyncio.sleep(max(0.0, began + number / pace.a_second - time.monotonic()))
            arrivals.clear()
            at = time.monotonic()
            await asyncio.to_thread(floor.post, frame)
            await crowd.until(lambda: len(arrivals) == viewers, "the frame to reach everybody")
            delays += [(arrival - at) * 1000 for arrival in arrivals]
        await asyncio.sleep(1 / pace.a_second)
        cost = (processor_seconds(floor.pid) - before) / pace.moves
    return Run(tuple(delays), cost * 1e6)
