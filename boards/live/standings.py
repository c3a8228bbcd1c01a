"""Who may follow a stream, and where it stands: asked together for everybody who wants to know at the same time."""

import asyncio
from typing import TYPE_CHECKING

from boards.live.questions import Standing, Wish, look_up
from tracker.log.change import Name

if TYPE_CHECKING:
    from boards.live.hub import Hub


class Standings:
    """One question for each stream is under way at a time; what comes meanwhile is the next one.

    So after a restart, when everybody comes back at once, the database is asked a few times for each stream and not a few
    times for each socket. Somebody who comes alone waits for nothing.
    """

    def __init__(self, hub: "Hub") -> None:
        self.hub = hub
        self.waiting: dict[Name, list[tuple[Wish, asyncio.Future[Standing | None]]]] = {}
        self.asking: set[Name] = set()

    async def of(self, name: Name, wish: Wish) -> Standing | None:
        """What `look_up` says, or raises. It is asked after this call, never before."""
        answer: asyncio.Future[Standing | None] = self.hub.loop.create_future()
        self.waiting.setdefault(name, []).append((wish, answer))
        if name not in self.asking:
            self.asking.add(name)
            self.hub.spawn(self.ask(name))
        return await answer

    async def ask(self, name: Name) -> None:
        try:
            while asked := self.waiting.pop(name, None):
                try:
                    found = await self.hub.ask(look_up, name, [wish for wish, _answer in asked])
                except Exception as error:  # noqa: BLE001  (theirs to handle: without an answer they would wait for ever)
                    for _wish, answer in asked:
                        if not answer.done():
                            answer.set_exception(error)
                    continue
                for (_wish, answer), standing in zip(asked, found, strict=True):
                    if not answer.done():  # its socket may have gone
                        answer.set_result(standing)
        finally:
            self.asking.discard(name)
