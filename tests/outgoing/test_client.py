"""The one client, against real servers on this machine that behave as receivers on the internet may (c48-c50)."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest

from tracker.outgoing.addresses import NotPublic
from tracker.outgoing.client import MOST_READ, Unanswered, post

Answering = Callable[[socket.socket, bytes], None]


@contextmanager
def receiver(answer: Answering) -> Iterator[tuple[int, list[bytes]]]:
    """A server that reads each request, keeps it, and answers as it is told: its port, and what it has received."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    line, _address = server.accept()
                    with line, suppress(OSError):
                        heard.append(whole_request(line))
                        answer(line, heard[-1])

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1], heard
        server.shutdown(socket.SHUT_RDWR)


def whole_request(line: socket.socket) -> bytes:
    found = b""
    while b"\r\n\r\n" not in found:
        found += line.recv(65_536)
    head, _gap, body = found.partition(b"\r\n\r\n")
    length = next(
        (int(row.split(b":")[1]) for row in head.lower().split(b"\r\n") if row.startswith(b"content-length")), 0
    )
    while len(body) < length:
        body += line.recv(65_536)
    return head + b"\r\n\r\n" + body


@pytest.fixture(autouse=True)
def allowed(settings: Any) -> None:
    settings.OUTGOING_ALLOWED_HOSTS = ["127.0.0.1", "hook.example"]


def says(status: str, body: bytes = b"", *headers: str) -> Answering:
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *headers, "", ""])
    return lambda line, _request: line.sendall(head.encode() + body)


def test_a_body_is_sent_and_the_answer_read() -> None:
    with receiver(says("202 Accepted", b"thanks", "Retry-After: 7")) as (port, heard):
        answer = post(f"http://127.0.0.1:{port}/hook?a=1", "你好".encode(), {"Content-Type": "text/plain"})
    assert (answer.status, answer.body, answer.retry_after, answer.is_good) == (202, b"thanks", 7.0, True)
    [request] = heard
    assert request.startswith(b"POST /hook?a=1 HTTP/1.1\r\n")
    assert f"Host: 127.0.0.1:{port}".encode() in request
    assert request.endswith("\r\n\r\n你好".encode())


def test_it_connects_to_the_address_that_was_checked_and_asks_for_it_once() -> None:
    asked = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    with receiver(says("200 OK")) as (port, heard):
        post(f"http://hook.example:{port}/", b"", {}, resolver=rebinding)
    assert asked == ["hook.example"]
    assert f"Host: hook.example:{port}".encode() in heard[0]


def test_what_is_not_public_is_not_even_called() -> None:
    with receiver(says("200 OK")) as (port, heard), pytest.raises(NotPublic):
        post(f"https://public.example:{port}/", b"", {}, resolver=lambda host, number: ["127.0.0.1"])
    assert heard == []


def test_no_redirect_is_followed() -> None:
    with receiver(says("200 OK")) as (inner, reached):
        away = says("307 Temporary Redirect", b"", f"Location: http://127.0.0.1:{inner}/")
        with receiver(away) as (port, _heard):
            assert post(f"http://127.0.0.1:{port}/", b"secret", {}).status == 307
    assert reached == []


def test_no_more_is_read_than_is_of_use() -> None:
    def endless(line: socket.socket, _request: bytes) -> None:
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\nContent-Encoding: gzip\r\n\r\n")
        while True:
            line.sendall(b"x" * 65_536)

    with receiver(endless) as (port, _heard):
        assert len(post(f"http://127.0.0.1:{port}/", b"", {}).body) == MOST_READ


def drips(line: socket.socket, _request: bytes) -> None:
    stop = threading.Event()
    for byte in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 10_000:
        line.sendall(bytes([byte]))
        stop.wait(0.05)


def is_silent(line: socket.socket, _request: bytes) -> None:
    line.recv(1)  # until the other side gives up


def hangs_up(line: socket.socket, _request: bytes) -> None:
    line.close()


def floods_with_headers(line: socket.socket, _request: bytes) -> None:
    line.sendall(b"HTTP/1.1 200 OK\r\n" + b"X-Header: 0123456789\r\n" * 20_000 + b"\r\n")


def talks_nonsense(line: socket.socket, _request: bytes) -> None:
    line.sendall(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")


@pytest.mark.parametrize("answer", [drips, is_silent, hangs_up, floods_with_headers, talks_nonsense])
def test_who_does_not_answer_in_time_or_in_http_is_given_up(answer: Answering) -> None:
    with receiver(answer) as (port, _heard), pytest.raises(Unanswered):
        post(f"http://127.0.0.1:{port}/", b"", {}, seconds=0.5)


def test_who_is_not_there_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Unanswered):
        post(f"http://127.0.0.1:{port}/", b"", {})
    with pytest.raises(Unanswered):
        post("https://no-such-name.invalid/", b"", {})
