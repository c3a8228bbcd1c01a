"""A client that stops reading, on a bare socket: what a library would read for it would hide that."""

import socket
from contextlib import suppress

from tests.support.live import LiveServer


class SilentSocket:
    """A client that subscribes and then reads nothing, on a bare socket with a small window."""

    def __init__(self, server: LiveServer, cookie: str) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8192)
        self.socket.connect(("127.0.0.1", server.port))
        self.socket.sendall(
            f"GET /ws/live/ HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nOrigin: {server.url}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Protocol: accord.v1\r\nCookie: {cookie}\r\n\r\n".encode()
        )
        self.read = b""
        while b"\r\n\r\n" not in self.read:
            self.read += self.socket.recv(4096)
        assert b" 101 " in self.read

    def sub(self, stream: str, epoch: str, after: int) -> None:
        text = f'{{"t":"sub","id":1,"stream":"{stream}","epoch":"{epoch}","after":{after}}}'.ljust(200).encode()
        self.socket.sendall(bytes([0x81, 0x80 | 126]) + len(text).to_bytes(2, "big") + bytes(4) + text)
        while b"sub_ok" not in self.read:
            self.read += self.socket.recv(4096)

    def is_closed(self) -> bool:
        """Only looks whether the other side has ended the connection, by trying to send."""
        try:
            self.socket.sendall(bytes([0x89, 0x80]) + bytes(4))  # a ping
        except OSError:
            return True
        return False

    def last_code(self) -> int:
        """What arrives after all, and the code in the close frame at its end; 4408 also where the connection was cut."""
        self.socket.settimeout(5)
        read = self.read
        with suppress(OSError):
            while more := self.socket.recv(65536):
                read += more
        tail = read.rfind(bytes([0x88, 0x02]))
        return int.from_bytes(read[tail + 2 : tail + 4], "big") if tail >= 0 else 4408
