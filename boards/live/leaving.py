"""How a server stops: whoever watches hears it first, sockets are sent elsewhere, requests in flight are finished."""

import asyncio
import logging
import os
import threading
from typing import Any

from boards.live import limits

logger = logging.getLogger(__name__)
PAUSE = 0.05  # seconds between two looks at what is still under way
_leaving = threading.Event()


def is_leaving() -> bool:
    """Whether this process has been told to stop. From then on it is not ready for work (`/readyz`)."""
    return _leaving.is_set()


async def take_leave(server: Any, *, in_a_hurry: bool) -> None:
    """Everything between the order to stop and the moment at which nothing is lost by ending.

    In a hurry (Ctrl+C) nobody is given the time to notice first.
    """
    from boards.live.running import stop_hub  # this module is there before Django is set up

    _leaving.set()
    end_at_last()
    if not in_a_hurry:
        await asyncio.sleep(limits.NOTICE)
    await server.stop_listening()
    await asyncio.gather(send_away(server), finish(server))
    await stop_hub()


def end_at_last() -> None:
    """Whatever hangs, the process ends. A thread in a request would otherwise hold it as long as it likes."""
    timer = threading.Timer(limits.STOP, cut)
    timer.daemon = True
    timer.start()


def cut() -> None:
    logger.error("still at work %s s after the order to stop: cut", limits.STOP)
    os._exit(1)


async def send_away(server: Any) -> None:
    """Close the sockets, spread over a few seconds, and wait until they have gone."""
    from boards.live.running import running_hub

    await running_hub().drain()
    await until(lambda: not server.sockets(), limits.FAREWELL)


async def finish(server: Any) -> None:
    """Wait for the requests in flight, and until their answers have left."""
    if not await until(lambda: not server.requests(), limits.FINISH):
        logger.error("%s requests were cut after %s s", len(server.requests()), limits.FINISH)
    await until(lambda: not server.is_writing(), limits.FAREWELL)


async def until(look: Any, seconds: float) -> bool:
    """Whether it came about within so many seconds."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while not look():
        if loop.time() > deadline:
            return False
        await asyncio.sleep(PAUSE)
    return True
