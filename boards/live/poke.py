"""After a commit: wake the hub of this process, and those of the others. Never waits, never fails.

Processes without a loop of their own (gunicorn's, commands, the worker) send from a thread beside: a Redis that is slow
or gone costs their answers nothing.
"""

import asyncio
import logging
import os
import threading
from typing import Any

from boards.live import limits
from boards.live.counters import count
from boards.live.feeds import group_of
from boards.live.layer import shared_layer
from boards.live.running import hubs

logger = logging.getLogger(__name__)


def poke(sender: Any, stream: str, seq: int, **kwargs: Any) -> None:
    """Receiver of `event_recorded`."""
    message = {"type": "poke", "stream": stream, "seq": seq}
    for hub in hubs():
        try:
            hub.loop.call_soon_threadsafe(hub.hear, message)
        except RuntimeError:  # its loop has just been closed
            count("poke_failed_total")
    if shared_layer() is not None:
        Sender.of_this_process().send(stream, seq)


class Sender:
    """A thread with a loop of its own that tells other processes. Of each stream only the newest position waits."""

    one: "Sender | None" = None
    guard = threading.Lock()

    def __init__(self) -> None:
        self.process = os.getpid()
        self.waiting: dict[str, int] = {}
        self.loop = asyncio.new_event_loop()
        self.wake = asyncio.Event()
        threading.Thread(target=self.run, name="live-pokes", daemon=True).start()

    @classmethod
    def of_this_process(cls) -> "Sender":
        """A server that forks takes no threads along: each process starts its own."""
        with cls.guard:
            if cls.one is None or cls.one.process != os.getpid():
                cls.one = cls()
            return cls.one

    def send(self, stream: str, seq: int) -> None:
        if stream not in self.waiting and len(self.waiting) >= limits.POKES_WAITING:
            count("poke_failed_total")
            return
        self.waiting[stream] = seq
        self.loop.call_soon_threadsafe(self.wake.set)

    def run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self.work())

    async def work(self) -> None:
        layer = shared_layer()
        while True:
            await self.wake.wait()
            self.wake.clear()
            while self.waiting:
                stream, seq = self.waiting.popitem()
                try:
                    message = {"type": "poke", "stream": stream, "seq": seq}
                    await asyncio.wait_for(layer.group_send(group_of(stream), message), limits.POKE_PATIENCE)
                except Exception as error:  # noqa: BLE001  (whatever the layer raises, pokes are only hints)
                    count("poke_failed_total")
                    logger.warning("a poke was not sent: %r", error)
