"""A channel layer on Redis that is no better than it has to be."""

import asyncio
import random
from typing import Any

from channels_redis.core import RedisChannelLayer

LONGEST_DELAY = 0.5  # seconds


class FaultyLayer(RedisChannelLayer):
    """Of what is sent to a group, 30 % is lost, 10 % doubled, 20 % late and so out of order."""

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        fate = random.choices(["lost", "doubled", "late", "sent"], [30, 10, 20, 40])[0]
        if fate == "lost":
            return
        if fate == "late":
            await asyncio.sleep(random.random() * LONGEST_DELAY)
        for _time in range(1 + (fate == "doubled")):
            await super().group_send(group, message)
