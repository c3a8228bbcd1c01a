"""S1, S5: the log has no gap whoever writes, and a command that comes again is answered and not done again."""

import random
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.utils.timezone import now

from tests.proofs.arena import ProofServer
from tests.proofs.checkers import require_gapless
from tests.proofs.http import Answer, Http
from tests.proofs.sending import Command as Sent
from tests.proofs.sending import Sender
from tests.proofs.worlds import World, make_world
from tests.support.asking import at_once
from tests.support.waiting import wait_until
from tracker.log.change import change, project_stream
from tracker.log.commands import forget_old_commands
from tracker.log.models import Command, Event
from tracker.log.selectors import events_after
from tracker.people.models import User
from tracker.work.events import TaskChanged
from tracker.work.models import Comment
from tracker.work.services.projects import set_project_role

pytestmark = pytest.mark.django_db(transaction=True)
Size = Callable[..., Any]
WRITERS = 8


class RolledBack(Exception):
    """On purpose."""


def write_at_random(board: int, card: int, seed: str, times: int) -> int:
    """Some are rolled back, some wait a moment before they commit; how many were committed."""
    chance, done = random.Random(seed), 0
    for number in range(times):
        try:
            with change(actor=None) as log:
                (stream,) = log.lock(project_stream(board))
                log.record(stream, TaskChanged(id=card, version=1, title=f"{seed} {number}"))
                if chance.random() < 0.5:
                    threading.Event().wait(chance.random() * 0.005)
                if chance.random() < 0.05:
                    raise RolledBack
            done += 1
        except RolledBack:
            pass
    return done


def test_a_reader_never_meets_a_smaller_position_later(transactional_db: None, seed: int, size: Size) -> None:
    """S1: eight writers, some of whose changes are rolled back; who reads along has seen exactly what the table holds."""
    world = make_world(boards=1, cards=1)
    board, card = world.boards[0], world.boards[0].cards[0]
    stream, read, over = board.stream, [0], threading.Event()

    def tail() -> list[int]:
        while not over.is_set() or events_after(stream.pk, read[-1]):
            read.extend(line.seq for line in events_after(stream.pk, read[-1]))
            over.wait(0.002)
        connection.close()
        return read[1:]

    def all_write() -> list[Any]:
        times = size(c=50, r=500)
        jobs = [lambda n=n: write_at_random(board.pk, card, f"{seed}-{n}", times) for n in range(WRITERS)]
        found = at_once(jobs)
        over.set()
        return found

    seen, done = at_once([tail, all_write])
    assert isinstance(done, list), done
    assert not [problem for problem in done if isinstance(problem, BaseException)], done
    assert seen == list(range(1, sum(done) + 1))
    assert seen == list(stream.events.order_by("seq").values_list("seq", flat=True))
    require_gapless()


# --- commands ----------------------------------------------------------------------------------------------------


def comment(world: World, server: ProofServer, key: str, text: str = "Once", person: int = 0) -> Answer:
    http = Http(server, world.writers[person].cookie)
    answer = http.ask("POST", f"/tasks/{world.boards[0].cards[0]}/comments", {"body": text}, key)
    http.close()
    return answer


@pytest.mark.parametrize("times", [2, 8, 20])
def test_the_same_command_at_once_is_done_once(server: ProofServer, times: int) -> None:
    """S5: over as many connections at once: one effect, and the same answer to all."""
    world, key = make_world(boards=1, cards=1), str(uuid4())
    answers = at_once([lambda: comment(world, server, key)] * times)
    assert {(answer.status, answer.body) for answer in answers} == {(201, answers[0].body)}
    assert {answer.headers["stream-position"] for answer in answers} == {answers[0].headers["stream-position"]}
    assert Comment.objects.count() == 1
    assert Event.objects.filter(command_id=key, type="comment.added").count() == 1


def test_another_body_is_refused_and_another_person_is_somebody_else(server: ProofServer) -> None:
    """S5: the same key with another body: 422; by another person: their own."""
    world, key = make_world(boards=1, cards=1), str(uuid4())
    assert comment(world, server, key).status == 201
    refused = comment(world, server, key, "Twice")
    assert (refused.status, refused.json["code"]) == (422, "key_reused")
    assert comment(world, server, key, person=1).status == 201
    assert sorted(Comment.objects.values_list("author_id", "body")) == sorted((w.pk, "Once") for w in world.writers)


def test_a_key_is_kept_for_a_day(server: ProofServer) -> None:
    """S5: after 23 hours the same answer again; after a day the key is forgotten."""
    world, key = make_world(boards=1, cards=1), str(uuid4())
    first = comment(world, server, key)
    Command.objects.update(at=now() - timedelta(hours=23))
    forget_old_commands()
    assert comment(world, server, key).body == first.body
    Command.objects.update(at=now() - timedelta(hours=25))
    assert forget_old_commands() == 1


def test_a_refused_command_leaves_no_key(server: ProofServer) -> None:
    """S5: what was refused may be asked again under the same key, and is then done."""
    world, key = make_world(boards=1, cards=1), str(uuid4())
    boss, writer = world.writers[0].user, world.writers[1]
    role = {"actor": boss, "project_id": world.ids[0], "person_id": writer.pk}
    set_project_role(**role, role="viewer")
    assert comment(world, server, key, person=1).status == 403
    assert not Command.objects.exists()
    set_project_role(**role, role="member")
    assert comment(world, server, key, person=1).status == 201


def test_who_lost_the_board_gets_no_stored_answer(server: ProofServer) -> None:
    """S5: a repeated command after losing access answers 404 and tells nothing."""
    world, key = make_world(boards=1, cards=1), str(uuid4())
    assert comment(world, server, key, person=1).status == 201
    boss = User.objects.get(pk=world.writers[0].pk)
    set_project_role(actor=boss, project_id=world.ids[0], person_id=world.writers[1].pk, role=None)
    again = comment(world, server, key, person=1)
    assert again.status == 404
    assert b"Once" not in again.body
    assert Comment.objects.count() == 1


def test_a_command_whose_answer_was_lost_in_a_crash_is_answered_afterwards(transactional_db: None) -> None:
    """S5: the server dies after the commit and before the answer; the same command again finds it done."""
    world = make_world(boards=1, cards=1)
    with ProofServer() as server:
        server.sabotage("die")
        sender = Sender(Http(server, world.writers[0].cookie), random.Random(5))
        path = f"/tasks/{world.boards[0].cards[0]}/comments"
        sent: list[Sent] = []
        thread = threading.Thread(target=lambda: sent.append(sender.send("POST", path, {"body": "Once"})))
        thread.start()
        wait_until(lambda: server.process and server.process.poll() is not None, "the server to die")
        server.repair()
        server.start()
        thread.join(timeout=300)
    assert sent[0].status == 201
    assert sent[0].sent > 1
    assert Comment.objects.count() == 1
    require_gapless()
