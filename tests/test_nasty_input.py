"""Input monsters (abuse cases c60, c61, c63, c65): in every field, every address and every query of every operation.

Whatever comes, the answer is a 4xx in the contract's shape, or a 2xx where it is fine after all, never a 5xx; and what
was refused has changed nothing. The same on every database.
"""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from tests.support.described import openapi
from tests.support.looking import fingerprint, tables_written
from tests.support.world import World, undone, world_for_a_module
from tests.test_permissions import TABLE, Row

pytestmark = pytest.mark.django_db

RAW = "«raw»"  # marks a value that is JSON text of its own
# What no field takes, whatever it is; the second set does not even get past the parser, so one field is enough.
NEVER = {"NUL": "a\0b", "lone surrogate": f'{RAW}"a\\ud800"', "2^70": 2**70, "an object": {"a": {"b": []}}}
NO_JSON = {
    "lone low surrogate in a word": f'{RAW}"ab\\udfffcd"',
    "-2^70": -(2**70),
    "1e400": f"{RAW}1e400",
    "-1e400": f"{RAW}-1e400",
    "NaN": f"{RAW}NaN",
    "Infinity": f"{RAW}Infinity",
    "5,000 digits": f"{RAW}{'9' * 5000}",
    "33 levels": f"{RAW}{'[' * 33}{']' * 33}",
}
# What some field may take, by what its description says it is.
TEXTS = {
    "10,000 combining marks": "a" + "\u0301" * 10_000,
    "bidi override": "\u202egnp.exe",
    "only zero width": "\u200b\u200d\ufeff",
    "blank": " \t\r\n\u3000",
    "noncharacter and controls": "\ufffe\uffff\x01\x1b[31m\x7f",
    "emoji and rare": "👩‍👩‍👧‍👦 𠮷 ﷽ ǅ",
    "grows when normalised": "\ufb2c" * 60,
    "100,000 letters": "x" * 100_000,
    "markup": "<script>alert(1)</script>' OR 1=1 -- {{7*7}} ${jndi:ldap://x} \r\nBcc: a@b.example",
    "1e400 as text": "1e400",
    "20 decimals": "0.12345678901234567890",
    "year 1": "0001-01-01",
    "year 9999": "9999-12-31",
    "30 February": "2023-02-30",
    "25 o'clock": "2024-01-01T25:00:00Z",
    "year 99999": "99999-01-01",
    "zone": "../../etc/passwd",
}
NUMBERS = {
    "2^63": 2**63 - 1,
    "minus one": -1,
    "zero": 0,
    "minus zero": f"{RAW}-0.0",
    "1e308": f"{RAW}1e308",
    "tiny": f"{RAW}1e-320",
    "NaN as text": "NaN",
    "digits of another script": "١٢",
    "true": True,
}
LISTS = {"nested": [[[]]], "many": list(range(1, 1000)), "twice": [1, 1], "text": ["a"], "none": [None]}
OTHERS = {"null": None, "nothing": ""}
BODIES = {
    "nothing": b"",
    "no JSON": b"{",
    "two values": b"{}{}",
    "a list": b"[]",
    "null": b"null",
    "text": b'"x"',
    "invalid UTF-8": b'{"name": "\xff\xfe"}',
    "UTF-16": '{"name": "x"}'.encode("utf-16"),
    "a byte order mark": b'\xef\xbb\xbf{"name": "x"}',
    "100,000 levels of lists": b"[" * 100_000 + b"]" * 100_000,
    "100,000 levels of objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "a field twice": b'{"name": "x", "name": "y"}',
    "100,000 fields": json.dumps({f"f{n}": n for n in range(50_000)}).encode(),
    "a field that is not there": b'{"is_staff": true, "id": 1, "owner_id": 1, "version": 99, "seq": 1}',
}
ADDRESSES = [
    "0",
    "-1",
    str(2**63),
    str(2**70),
    "9" * 5000,
    "abc",
    "1e3",
    "1.5",
    "%00",
    "%ED%A0%80",
    "%FF",
    "٣",
    "%20",
    "..%2f",
    "null",
]
QUERIES = [
    "1000000000", "-1", "0", str(2**63), str(2**70), "9" * 5000, "NaN", "1e9", "%00", "%FF", "%ED%A0%80", "x" * 4000,
    "WyJhIl0:1vXyZ:forged", "%27%20OR%201=1", "٣", "",
]  # fmt: skip


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[World]:
    with django_db_blocker.unblock():
        yield from world_for_a_module(tmp_path_factory.mktemp("files"))


SCHEMA = openapi()
FIRST = {row.operation: row for row in reversed(TABLE)}  # one row of the permission table for each operation
OPERATIONS = {
    op["operationId"]: (verb, path, op) for path, verbs in SCHEMA["paths"].items() for verb, op in verbs.items()
}


def fields_of(operation: Any) -> dict[str, Any]:
    """The fields of its body, and how each is described."""
    content = operation.get("requestBody", {}).get("content", {})
    reference = content.get("application/json", {}).get("schema", {}).get("$ref")
    return SCHEMA["components"]["schemas"][reference.rsplit("/", 1)[-1]]["properties"] if reference else {}


def values_for(description: Any) -> dict[str, Any]:
    said = json.dumps(description)
    kinds = (("string", TEXTS), ("integer", NUMBERS), ("number", NUMBERS), ("array", LISTS))
    return {what: value for kind, values in kinds if f'"{kind}"' in said for what, value in values.items()} | OTHERS


WITH_FIELDS = [name for name, (_verb, _path, op) in OPERATIONS.items() if fields_of(op)]
WITH_IDS = [name for name, (_verb, path, _op) in OPERATIONS.items() if "{" in path]
WITH_QUERY = [
    name for name, (*_, op) in OPERATIONS.items() if any(p["in"] == "query" for p in op.get("parameters", ()))
]


class Asked:
    """One operation, asked as an administrator about what is there."""

    def __init__(self, world: World, name: str) -> None:
        self.world, self.row, self.operation = world, FIRST[name], OPERATIONS[name][2]
        self.names = world.names_for("administrator")
        self.verb, self.address = self.row.ask.format(**self.names).split(" ")
        self.before = fingerprint()
        self.problems: list[str] = []

    def body(self) -> dict[str, Any]:
        given = self.row.body if isinstance(self.row.body, dict) else {}
        return {
            name: self.names.get(value, value) if isinstance(value, str) else value for name, value in given.items()
        }

    def send(self, what: str, body: bytes, address: str = "", content_type: str = "application/json") -> int:
        """Ask, judge the answer in general, take everything back; returns the status."""
        with undone():
            client = self.world.asking("administrator").client
            headers = {"If-Match": '"v1"'}
            path = f"/api/v1{address or self.address}"
            with tables_written() as written:
                answer = client.generic(self.verb, path, body, content_type, headers=headers)
            status = int(answer.status_code)
            if status >= 500 or str(status) not in map(str, self.operation["responses"]):
                self.problems.append(f"{what}: {status} {answer.content[:200]!r}")
            elif status >= 400:
                if set(answer.json()) != {"code", "message", "field", "detail"}:
                    self.problems.append(f"{what}: {answer.content[:200]!r}")
                if not fingerprint(written).items() <= self.before.items():
                    self.problems.append(f"{what}: {status}, but something changed")
        return status

    def must_refuse(self, what: str, *allowed: int, **sent: Any) -> None:
        status = self.send(what, **sent)
        if status not in allowed:
            self.problems.append(f"{what}: {status}")


def with_value(body: dict[str, Any], field: str, value: Any) -> bytes:
    text = json.dumps(body | {field: value}, ensure_ascii=False)
    if isinstance(value, str) and value.startswith(RAW):
        text = text.replace(json.dumps(value, ensure_ascii=False), value.removeprefix(RAW))
    return text.encode()


@pytest.mark.parametrize("name", WITH_FIELDS)
def test_every_field(world: World, name: str) -> None:
    asked = Asked(world, name)
    refusals = {400, 401, 404, 422, 428} if asked.row.ok < 400 else {400, asked.row.ok}
    for place, (field, description) in enumerate(fields_of(asked.operation).items()):
        for what, value in (NEVER if place else NEVER | NO_JSON).items():
            asked.must_refuse(f"{field}: {what}", *refusals, body=with_value(asked.body(), field, value))
        for what, value in values_for(description).items():
            asked.send(f"{field}: {what}", with_value(asked.body(), field, value))
    assert asked.problems == []


@pytest.mark.parametrize("name", WITH_FIELDS)
def test_every_body(world: World, name: str) -> None:
    asked = Asked(world, name)
    refusals = (400, 422, 428) if asked.row.ok < 400 else (400, asked.row.ok)
    for what, body in BODIES.items():
        asked.must_refuse(what, *refusals, body=body)
    asked.must_refuse("more than a mebibyte", 413, body=b'{"name": "' + b"x" * (1024 * 1024) + b'"}')
    good = json.dumps(asked.body()).encode()
    for content_type in ("text/plain", "application/x-www-form-urlencoded", "application/xml", "multipart/form-data"):
        asked.must_refuse(content_type, 400, body=good, content_type=content_type)
    form = b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\nvalue\r\n--x--\r\n'
    asked.must_refuse("a form", 400, body=form, content_type="multipart/form-data; boundary=x")
    assert asked.problems == []


@pytest.mark.parametrize("name", WITH_IDS)
def test_every_address(world: World, name: str) -> None:
    asked = Asked(world, name)
    parts = asked.address.partition("?")[0].split("/")
    template = OPERATIONS[name][1].removeprefix("/api/v1").split("/")
    body = json.dumps(asked.body()).encode()
    for place, part in enumerate(template):
        for monster in ADDRESSES if part.startswith("{") else ():
            address = "/".join([*parts[:place], monster if "%" in monster else quote(monster), *parts[place + 1 :]])
            asked.must_refuse(f"{part}: {monster[:30]}", 400, 404, 422, body=body, address=address)
    assert asked.problems == []


@pytest.mark.parametrize("name", WITH_QUERY)
def test_every_query(world: World, name: str) -> None:
    asked = Asked(world, name)
    path = asked.address.partition("?")[0]
    for parameter in [p["name"] for p in asked.operation["parameters"] if p["in"] == "query"]:
        for monster in QUERIES:
            value = monster if "%" in monster else quote(monster)
            asked.send(f"{parameter}={monster[:30]}", b"", address=f"{path}?{parameter}={value}")
        asked.must_refuse(f"{parameter}: NUL", 400, body=b"", address=f"{path}?{parameter}=%00")
    if "limit" in str(asked.operation["parameters"]):
        asked.must_refuse("a page of 10^9", 400, body=b"", address=f"{path}?limit=1000000000")
        asked.must_refuse("a forged cursor", 400, body=b"", address=f"{path}?cursor=MTA:1vXyZ0:forged")
    asked.must_refuse("1,000 parameters", 400, body=b"", address=f"{path}?" + "&".join(f"a{n}=1" for n in range(1000)))
    assert asked.problems == []


@pytest.mark.parametrize(
    ("headers", "statuses"),
    [
        ({"Idempotency-Key": "not a uuid"}, {400}),
        ({"Idempotency-Key": "1" * 5000}, {400}),
        ({"Idempotency-Key": ""}, {400}),
        ({"If-Match": "W/\"v99999999999999999999\""}, {400}),
        ({"If-Match": "*"}, {400}),
        ({"If-Match": "x" * 10_000}, {400}),
        ({"If-Match": '"v٣"'}, {400, 412}),
        ({"Accept-Language": "zh" * 50_000}, {412}),
        ({"Accept-Language": "é,*;q=nan"}, {412}),
    ],
)  # fmt: skip
def test_headers(world: World, headers: dict[str, str], statuses: set[int]) -> None:
    asking = world.asking("administrator")
    headers = {"If-Match": '"v0"'} | headers
    answer = asking.patch(f"/tasks/{world.ids['task']}", {"description": "New"}, **headers)
    assert answer.status_code in statuses
    assert set(answer.json()) == {"code", "message", "field", "detail"}


def test_a_cookie_may_spell_anything(world: World) -> None:
    asking = world.asking("anonymous")
    for cookie in ('"\\000\\000\\000\\000\\000\\000\\000\\000\\000"', "x" * 4000, "é", '"\\355\\240\\200"'):
        answer = asking.get("/me", Cookie=f"sessionid={cookie}; csrftoken={cookie}; known_device={cookie}")
        assert answer.status_code == 401


@pytest.mark.parametrize(
    "path", ["", "/", "/nothing", "/cards", "/tasks/1/nothing", "/projects//board", "/accounts/1/", "/%F0%9F%92%A9"]
)
@pytest.mark.parametrize("verb", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_addresses_that_are_not_there(world: World, verb: str, path: str) -> None:
    for role in ("administrator", "anonymous"):
        answer = world.asking(role).send(verb, path, {} if verb != "GET" else None)
        assert answer.status_code == 404
        assert answer.json()["code"] == "not_found"


@pytest.mark.parametrize(
    ("verb", "path"),
    [
        ("PUT", "/accounts"),
        ("DELETE", "/projects"),
        ("GET", "/labels"),
        ("GET", "/tasks"),
        ("TRACE", "/me"),
        ("HEAD", "/me"),
        ("OPTIONS", "/me"),
        ("FOO", "/me"),
    ],
)
def test_verbs_that_are_not_there(world: World, verb: str, path: str) -> None:
    answer = world.asking("administrator").send(verb, path)
    assert answer.status_code == 405
    assert answer["Allow"]
    if verb != "HEAD":
        assert answer.json()["code"] == "method_not_allowed"


def test_rows_are_there_for_every_operation() -> None:
    assert all(isinstance(FIRST[name], Row) for name in OPERATIONS)
