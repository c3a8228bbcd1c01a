"""The hub of this process."""

import asyncio
from weakref import WeakKeyDictionary

from boards.live.hub import Hub

_hubs: "WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = WeakKeyDictionary()


def running_hub() -> Hub:
    """The hub of the running loop, started when it is first needed. A server has one loop, so one hub."""
    loop = asyncio.get_running_loop()
    hub = _hubs.get(loop)
    if hub is None:
        hub = _hubs[loop] = Hub()
        hub.start()
    return hub


def hubs() -> list[Hub]:
    """Every hub that runs, for pokes from other threads."""
    return [hub for loop, hub in list(_hubs.items()) if not loop.is_closed()]


async def stop_hub() -> None:
    """Close what the running loop's hub holds open."""
    hub = _hubs.pop(asyncio.get_running_loop(), None)
    if hub is not None:
        await hub.stop()
