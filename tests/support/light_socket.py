"""A WebSocket as light as it can be: frames are cut out of the bytes and hardly looked at. Thousands of them fit in a loop.

They share the machine with the server that they watch, so what they cost would count as the server's slowness. They know
no more than our server uses: whole, unmasked, uncompressed frames.
"""

import asyncio
import base64
import json
import os
import resource
import time
from collections.abc import Callable
from typing import Any

HELLO = """GET /ws/live/ HTTP/1.1\r
Host: 127.0.0.1:{port}\r
Upgrade: websocket\r
Connection: Upgrade\r
Sec-WebSocket-Key: {key}\r
Sec-WebSocket-Version: 13\r
Sec-WebSocket-Protocol: accord.v1\r
Origin: http://127.0.0.1:{port}\r
Cookie: {cookie}\r
\r
"""
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


def room_for_sockets() -> None:
    """As many open files as this system lets a process have; processes that are started later have them too."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def masked(opcode: int, payload: bytes) -> bytes:
    """A frame from a client. Its mask is zero: the same bytes, for less work."""
    length = len(payload)
    head = bytes([0x80 | opcode, 0x80 | length]) if length < 126 else b""
    return (head or bytes([0x80 | opcode, 0xFE]) + length.to_bytes(2, "big")) + bytes(4) + payload


class LightSocket(asyncio.Protocol):
    """One client: `on_text` gets every text frame, with the moment at which it came."""

    def __init__(self, port: int, cookie: str, on_text: Callable[[Any, bytes, float], None]) -> None:
        self.on_text = on_text
        self.hello = HELLO.format(port=port, key=base64.b64encode(os.urandom(16)).decode(), cookie=cookie)
        self.buffer = b""
        self.is_open = False
        self.closed = 0  # the code with which it was closed
        self.received = 0  # bytes of frames
        self.transport: Any = None
        self.on_open: Callable[[], None] = lambda: None
        self.on_end: Callable[[], None] = lambda: None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self.hello.encode())

    def connection_lost(self, exc: BaseException | None) -> None:
        self.closed = self.closed or 1006
        self.is_open = False
        self.on_end()

    def send(self, message: dict[str, Any]) -> None:
        self.transport.write(masked(TEXT, json.dumps(message).encode()))

    def data_received(self, data: bytes) -> None:
        now = time.monotonic()
        if self.buffer:
            data = self.buffer + data
        if not self.is_open:
            head, found, data = data.partition(b"\r\n\r\n")
            if not found:
                self.buffer = head
                return
            if b" 101 " not in head[:16]:
                self.transport.close()
                return
            self.is_open = True
            self.on_open()
        self.buffer = self.frames(data, now)

    def frames(self, data: bytes, now: float) -> bytes:
        """Take every whole frame; what is left of the bytes."""
        at, size = 0, len(data)
        while size - at >= 2:
            length, start = data[at + 1], at + 2
            if length >= 126:
                start += 2 if length == 126 else 8
                length = int.from_bytes(data[at + 2 : start], "big")
            if size < start + length or size < start:
                break
            self.received += start + length - at
            self.take(data[at] & 15, data[start : start + length], now)
            at = start + length
        return data[at:]

    def take(self, opcode: int, payload: bytes, now: float) -> None:
        if opcode == TEXT:
            self.on_text(self, payload, now)
        elif opcode == PING:
            self.transport.write(masked(PONG, payload))
        elif opcode == CLOSE:
            self.closed = int.from_bytes(payload[:2], "big")
            self.transport.close()
