"""P3, S9: a backup made while everybody works is put back on an empty machine, and everybody goes on there."""

import json
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection

from tests.proofs.arena import ProofServer, clients_of
from tests.proofs.checkers import require_answers, require_in_step, require_wire
from tests.proofs.http import Http
from tests.proofs.load import Load
from tests.proofs.sending import Command, Sender
from tests.proofs.worlds import World, make_world
from tests.support.live import QUICK
from tests.support.product import Product
from tests.support.waiting import wait_until
from tracker.work.services.files import add_file

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
SIGN_IN = """
import django, json, sys
django.setup()
from tests.support.live import cookie_of
from tracker.people.models import User
print(json.dumps({user.pk: cookie_of(user) for user in User.objects.filter(pk__in=map(int, sys.argv[1:]))}))
"""


class Machine(Product):
    """An empty machine: a data folder and a database of its own, and another secret key."""

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/ws/live/"

    def sign_in(self, people: list[int]) -> dict[int, str]:
        """Person → session cookie."""
        return {int(pk): cookie for pk, cookie in json.loads(self.run("-c", SIGN_IN, *map(str, people))).items()}


@contextmanager
def empty_machine(folder: Path) -> Iterator[Machine]:
    settings = {"ACCORD_DEMO": "0", "DJANGO_SETTINGS_MODULE": "tracker.config.settings", **QUICK}
    if connection.vendor == "sqlite":
        with Machine(folder, **settings) as machine:
            yield machine
        return
    url, name = urlsplit(os.environ["ACCORD_TEST_POSTGRES"]), f"machine_{uuid4().hex}"
    with psycopg.connect(url._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            with Machine(folder, DATABASE_URL=url._replace(path=f"/{name}").geturl(), **settings) as machine:
                yield machine
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_the_restore_drill(server: ProofServer, seed: int, tmp_path: Path) -> None:
    """P3: nothing is missing that was acknowledged before the backup began; the epoch is new, and nobody mixes histories.

    S9: what was acknowledged later is in no history any more. Its clients send it again under the same key, and it is
    done once.
    """
    world, archive = make_world(boards=2), tmp_path / "drill.zip"
    papers = {number: os.urandom(50_000 + number) for number in range(3)}
    boss, cards = world.writers[0].user, world.boards[0].cards
    files = {
        add_file(actor=boss, task_id=cards[n], upload=SimpleUploadedFile(f"{n}.bin", paper)).pk: paper
        for n, paper in papers.items()
    }
    with clients_of(world, server, seed) as clients:
        with Load(server, world, seed) as load:
            wait_until(lambda: len(load.done) > 60, "some work")
            early = list(load.done)
            call_command("backup", str(archive))
            later = len(load.done)
            wait_until(lambda: len(load.done) > later + 20, "more work")
        require_in_step(clients, server)
        for client in clients:
            client.stop()

        began = time.monotonic()
        with empty_machine(tmp_path / "machine") as machine:
            machine.manage("restore", str(archive), "--yes")
            assert "NOT" not in machine.manage("verify")
            print(f"restored and looked through after {time.monotonic() - began:.1f} s")
            cookies = machine.sign_in([person.pk for person in world.writers + world.readers])
            for client in clients:
                client.move(machine, cookies[client.person])
                client.start()
            require_in_step(clients, machine)
            assert {tuple(client.reasons) for client in clients} == {("epoch", "epoch")}

            reader = Http(machine, cookies[world.writers[0].pk])
            told = commands_told(reader, world)
            assert [command for command in early if command.answer.positions and not told[command.key]] == []
            assert {pk: reader.get(f"/files/{pk}").body for pk in files} == files

            again = send_again([c for c in load.done if c.answer.positions and not told[c.key]], machine, cookies)
            assert again
            require_answers(again)
            require_in_step(clients, machine)
            told = commands_told(reader, world)
            assert all(told[command.key] for command in again if command.is_done and command.answer.positions)
            assert "NOT" not in machine.manage("verify")
            reader.close()
        require_wire(clients)


def commands_told(http: Http, world: World) -> Counter[str]:
    """Command → how many transactions told of it, over all boards."""
    told = set()
    for board in world.ids:
        after, head = 0, 1
        while after < head:
            page = http.get(f"/projects/{board}/events?after={after}").json
            told |= {(event["command_id"], event["tx"]) for event in page["events"]}
            head = page["head"]
            after = page["events"][-1]["seq"] if page["events"] else head
    counted = Counter(command for command, _tx in told)
    assert set(counted.values()) <= {1}, "a command was done twice"
    return counted


def send_again(commands: list[Command], machine: Machine, cookies: dict[int, str]) -> list[Command]:
    """As a page does whose answer belongs to a history that is gone: the same request under the same key, in order."""
    senders = {pk: Sender(Http(machine, cookie), random.Random(pk), pk) for pk, cookie in cookies.items()}
    for command in commands:
        command.answer = None
        senders[command.person].deliver(command)
    for sender in senders.values():
        sender.http.close()
    return commands
