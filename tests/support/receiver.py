"""An HTTP server on this machine that keeps what it is given and answers as it is told: what a hook or a push leads to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Answer = tuple[int, bytes]


@dataclass
class Heard:
    path: str
    headers: dict[str, str]  # names in lower case
    body: bytes


class Receiver:
    """`heard` is what came, oldest first. `answer` says what to: a status and a body, or a function of the request."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.answer: Answer | Callable[[Heard], Answer] = (200, b"ok")
        self.gate = threading.Event()  # while it is cleared, nobody is answered
        self.gate.set()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler(self))
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def take(self, heard: Heard) -> Answer:
        self.heard.append(heard)
        self.gate.wait(30)
        return self.answer(heard) if callable(self.answer) else self.answer


def handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, said = receiver.take(Heard(self.path, headers, body))
            self.send_response(status)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *arguments: Any) -> None:
            """Nothing to the terminal."""

    return Handler


@contextmanager
def receiver() -> Iterator[Receiver]:
    found = Receiver()
    thread = threading.Thread(target=found.server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield found
    finally:
        found.gate.set()
        found.server.shutdown()
        found.server.server_close()
        thread.join()
