"""S10, S11, S12: losing access is a point in the log, an ended session closes its sockets, and nobody is told what is hidden."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password

from boards.streams import may_read
from tests.factories import AccountFactory, ProjectFactory
from tests.proofs.arena import ProofServer, chance_of
from tests.proofs.checkers import require_none_above, require_wire
from tests.proofs.client import Client
from tests.proofs.http import Http
from tests.proofs.load import Load
from tests.proofs.sending import Sender
from tests.proofs.worlds import Person, World, make_board, make_world, person
from tests.support.live import Watcher, cookie_of
from tests.support.waiting import wait_until
from tracker.log.models import Event
from tracker.people.models import User
from tracker.work.models import Project
from tracker.work.services.comments import add_comment
from tracker.work.services.moves import move_task
from tracker.work.services.tasks import change_task, create_task

pytestmark = pytest.mark.django_db(transaction=True)
Size = Callable[..., Any]
SOCKETS = 3


class Contest:
    """A board that the victim may read by a role of their own or by their account team, and an owner who changes both."""

    def __init__(self, server: ProofServer, seed: int) -> None:
        self.server, self.chance = server, chance_of(seed)
        self.world = make_world(boards=1, cards=10)
        self.board, owner = self.world.boards[0], self.world.writers[0]
        self.victim = person("Victim")
        User.objects.filter(pk=owner.pk).update(is_administrator=True)
        self.account = AccountFactory(team={owner.user: "lead", self.victim.user: "member"})
        Project.objects.filter(pk=self.board.pk).update(account=self.account)
        self.owner = Sender(Http(server, owner.cookie), self.chance, owner.pk)
        self.clients = [
            Client(server, self.victim.cookie, [self.board.pk], f"{seed}-{n}", self.victim.pk) for n in range(SOCKETS)
        ]
        self.periods = [(0, 10**9)]
        self.may = True

    def act(self) -> None:
        """One change of access by the owner, noted with its positions; whoever is let in again asks for a snapshot."""
        path = f"/projects/{self.board.pk}"
        own, team = f"{path}/people/{self.victim.pk}", f"/accounts/{self.account.pk}/team/{self.victim.pk}"
        sent = self.chance.choice(
            [
                lambda: self.owner.send("PUT", own, {"role": self.chance.choice(["viewer", "member", "guest"])}),
                lambda: self.owner.send("DELETE", own),
                lambda: self.owner.send("PATCH", path, {"is_private": self.chance.random() < 0.6}),
                lambda: self.owner.send("PUT", team, {"role": self.chance.choice(["viewer", "member"])}),
                lambda: self.owner.send("DELETE", team),
            ]
        )()
        assert sent.status in {200, 201, 204, 404}, sent
        self.note(sent.key)

    def note(self, key: str) -> None:
        now = may_read(User.objects.get(pk=self.victim.pk), ("project", self.board.pk))
        told = Event.objects.filter(command_id=key, stream__kind="project", stream__ref=self.board.pk)
        seqs = list(told.order_by("seq").values_list("seq", flat=True))
        if self.may and not now:
            self.periods[-1] = (self.periods[-1][0], seqs[0] - 1)
        elif now and not self.may:
            self.periods.append((seqs[-1], 10**9))
        self.may = now
        if now:
            for client in self.clients:
                client.wants_snapshot.add(self.board.name)


def test_nothing_above_a_revocation_reaches_anybody(server: ProofServer, seed: int, size: Size) -> None:
    """S10: roles come and go, the board becomes private and open, while others write; three sockets of the victim."""
    contest = Contest(server, seed)
    try:
        for client in contest.clients:
            client.start()
        with Load(server, contest.world, seed, writers=1) as load:
            for _turn in range(size(c=20, r=200)):
                due = len(load.done) + contest.chance.randrange(1, 6)
                wait_until(lambda d=due: len(load.done) >= d, "some changes")
                contest.act()
            while contest.may:
                contest.act()
            due = len(load.done) + 10
            wait_until(lambda: len(load.done) >= due, "changes afterwards")
        for client in contest.clients:
            wait_until(lambda c=client: c.copy(contest.board.pk).is_gone, "the board to be gone")
        assert Http(server, contest.victim.cookie).get(f"/projects/{contest.board.pk}/board").status == 404
    finally:
        for client in contest.clients:
            client.stop()
    require_none_above(contest.clients, contest.board.name, contest.periods)
    require_wire(contest.clients)


# --- sessions ----------------------------------------------------------------------------------------------------


def sign_out(server: ProofServer, mine: str, other: str) -> None:
    assert Http(server, mine).ask("DELETE", "/session").status == 204


def end_the_session(server: ProofServer, mine: str, other: str) -> None:
    http = Http(server, other)
    sessions = http.get("/me/sessions").json["items"]
    (one,) = [session for session in sessions if not session["current"]]
    assert http.ask("DELETE", f"/me/sessions/{one['id']}").status == 204


def change_the_password(server: ProofServer, mine: str, other: str) -> None:
    body = {"current_password": "a long walk home", "new_password": "another long walk home"}
    assert Http(server, other).ask("POST", "/me/password", body).status == 204


@pytest.mark.parametrize("pokes", ["pokes arrive", "no poke arrives"])
@pytest.mark.parametrize("end", [sign_out, end_the_session, change_the_password])
def test_a_session_that_ends_closes_all_its_sockets(
    server: ProofServer, end: Callable[[ProofServer, str, str], None], pokes: str
) -> None:
    """S11: each way to end a session closes its three sockets, and the cookie opens none any more."""
    one = person("Mei", password=make_password("a long walk home"))
    other = cookie_of(User.objects.get(pk=one.pk))
    for cookie in (one.cookie, other):
        assert Http(server, cookie).get("/me").status == 200
    sockets = [Watcher(server, one.cookie) for _ in range(SOCKETS)]
    try:
        for socket in sockets:
            socket.told("hb")
        with server.broken(*(["deaf"] if pokes == "no poke arrives" else [])):
            end(server, one.cookie, other)
            assert [socket.closed() for socket in sockets] == [4401] * SOCKETS
        with Watcher(server, one.cookie) as again:
            assert again.closed() == 4401
    finally:
        for socket in sockets:
            socket.close()


# --- what is told ------------------------------------------------------------------------------------------------

CANARIES = ("canary-private-card", "canary-private-comment", "canary-after-it-left", "canary@hidden.example")


def tell_secrets(world: World, roles: dict[str, Person]) -> None:
    """Things happen on a board that none of them sees, to a card that came from theirs, and to people they do not know."""
    boss = world.writers[0].user
    hidden = make_board(ProjectFactory(is_private=True, people={boss: "manager"}), 1)
    project = Project.objects.get(pk=world.ids[0])
    Project.objects.filter(pk=hidden.pk).update(workflow=project.workflow)
    card = world.boards[0].cards[0]
    change_task(actor=boss, task_id=world.boards[0].cards[1], fields={"blocked_by": [card]})
    change_task(actor=boss, task_id=hidden.cards[0], fields={"title": CANARIES[0]})
    add_comment(actor=boss, task_id=hidden.cards[0], body=CANARIES[1])
    moved = move_task(actor=boss, task_id=card, project=hidden.pk)
    change_task(actor=boss, task_id=moved.task.pk, fields={"title": CANARIES[2]})
    create_task(actor=boss, project_id=world.ids[0], title="The last one")


def test_no_stream_tells_what_its_reader_may_not_read(server: ProofServer) -> None:
    """S12: for every role, no secret of another board or person is in any byte of the stream, nor in a snapshot."""
    world = make_world(boards=1, cards=4)
    project = Project.objects.get(pk=world.ids[0])
    found = {role: person(role.title()) for role in ("manager", "member", "commenter", "viewer", "guest")}
    owner = Sender(Http(server, world.writers[0].cookie), random.Random(12))
    for role, one in found.items():
        done = owner.send("PUT", f"/projects/{project.pk}/people/{one.pk}", {"role": role})
        assert done.is_done
    person("Hidden", email=CANARIES[3], is_guest=True)
    clients = {role: Client(server, one.cookie, world.ids, role, one.pk) for role, one in found.items()}
    try:
        for client in clients.values():
            client.start()
        readers = [client for role, client in clients.items() if role != "guest"]
        for client in readers:
            wait_until(lambda c=client: c.copy(project.pk).epoch, "the snapshot")
        tell_secrets(world, found)
        head = world.boards[0].stream.head
        for client in readers:
            wait_until(lambda c=client: c.copy(project.pk).seq >= head, "the last one")
        for role, client in clients.items():
            said = str([talk.frames for talk in client.talks]) + str(client.copy(project.pk).state())
            assert not [canary for canary in CANARIES if canary in said], role
            if role != "guest":
                told = {key for t in client.talks for f in t.frames for e in f.get("events", []) for key in e["body"]}
                assert told <= {"type", "task", *client.http.get(f"/tasks/{world.boards[0].cards[1]}").json}, role
    finally:
        for client in clients.values():
            client.stop()
    assert not [f for talk in clients["guest"].talks for f in talk.frames if f["t"] == "ev"]
