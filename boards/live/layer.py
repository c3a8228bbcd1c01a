"""The channel layer as the hub uses it: hints from other processes. It may be slow, lossy or gone; nothing depends on it."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Any

from channels.layers import InMemoryChannelLayer, get_channel_layer

from boards.live import limits
from boards.live.counters import count

logger = logging.getLogger(__name__)
REST_AFTER_ERROR = 1.0  # seconds


def shared_layer() -> Any:
    """The layer that connects processes; None where there is only this one."""
    layer = get_channel_layer()
    return None if layer is None or isinstance(layer, InMemoryChannelLayer) else layer


class Listener:
    """One channel of this process, in the group of every stream that it follows."""

    def __init__(self, hear: Callable[[dict[str, Any]], None]) -> None:
        self.layer = shared_layer()
        self.hear = hear
        self.channel = ""
        self.groups: set[str] = set()

    @property
    def lapse(self) -> float:
        """Seconds after which a membership silently ends."""
        return float(getattr(self.layer, "group_expiry", 86_400))

    async def listen(self) -> None:
        """Hear messages for as long as the process lives, through any failure of the layer."""
        while self.layer is not None:
            try:
                if not self.channel:
                    self.channel = await self.layer.new_channel()
                    await self.join(list(self.groups))
                self.hear(await self.layer.receive(self.channel))
            except Exception as error:  # noqa: BLE001  (whatever the layer raises, pokes are only hints)
                count("layer_error_total")
                logger.warning("the channel layer failed: %r", error)
                await asyncio.sleep(REST_AFTER_ERROR)

    async def join(self, groups: Iterable[str]) -> None:
        """Be in these groups, again where we were already. A failure is counted: the tick finds what a poke would tell."""
        for group in groups:
            self.groups.add(group)
            if self.layer is not None and self.channel:
                await self.attempt(self.layer.group_add(group, self.channel))

    async def leave(self, group: str) -> None:
        self.groups.discard(group)
        if self.layer is not None and self.channel:
            await self.attempt(self.layer.group_discard(group, self.channel))

    async def tell(self, group: str, message: dict[str, Any]) -> None:
        if self.layer is not None:
            await self.attempt(self.layer.group_send(group, message))

    async def attempt(self, call: Any) -> None:
        try:
            await asyncio.wait_for(call, limits.POKE_PATIENCE)
        except Exception as error:  # noqa: BLE001
            count("layer_error_total")
            logger.warning("the channel layer failed: %r", error)
