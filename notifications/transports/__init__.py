"""The ways out, one module each. A transport hands one delivery over, or says why not; it decides nothing else.

What it gets: the delivery with its address and stable id, and its contents; the reader's language is the active one.
"""

from collections.abc import Callable
from importlib import import_module

from notifications.contents import Contents
from notifications.models import Delivery

Transport = Callable[[Delivery, Contents], None]


class NotTaken(Exception):
    """It was not taken. `is_final`: nor will it ever be. `retry_after`: the seconds that the receiver asked for."""

    def __init__(self, words: str, *, is_final: bool = False, retry_after: float | None = None) -> None:
        super().__init__(words)
        self.is_final = is_final
        self.retry_after = retry_after


class Gone(Exception):
    """There is nobody at this address any more, and that is nobody's fault."""


def transport_of(delivery: Delivery) -> Transport:
    name = delivery.hook.kind if delivery.hook else delivery.way
    found: Transport = import_module(f"notifications.transports.{name}").send
    return found
