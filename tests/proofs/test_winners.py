"""O8: two want what excludes each other, at once: one defined winner, the other is told, and every screen agrees."""

import random
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from tests.proofs.arena import ProofServer, clients_of
from tests.proofs.checkers import require_gapless, require_in_step, require_no_reason, require_order, require_wire
from tests.proofs.http import Http
from tests.proofs.worlds import World, make_world
from tests.support.asking import at_once
from tracker.log.models import Event
from tracker.people.models import User
from tracker.work.models import Status, Task

pytestmark = pytest.mark.django_db(transaction=True)
Size = Callable[..., Any]
Ask = tuple[str, str, Any]
LOST = {404, 409, 422}  # the thing is not there, does not fit any more, or what the body names is not there


class Race:
    """Several people ask at once, each over a connection of their own."""

    def __init__(self, server: ProofServer, world: World) -> None:
        self.server, self.world = server, world
        self.lines = [Http(server, world.writers[number % 2].cookie) for number in range(3)]

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        return self.lines[0].ask(method, path, body, str(uuid4()))

    def run(self, *asked: Ask) -> list[int]:
        """The status of each answer."""
        jobs = [
            lambda one=one, line=line: line.ask(*one, str(uuid4())).status
            for one, line in zip(asked, self.lines, strict=True)
        ]
        return at_once(jobs)  # type: ignore[return-value]

    def new_card(self) -> int:
        made = self.ask("POST", f"/projects/{self.world.ids[0]}/tasks", {"title": "Wanted by several"})
        assert made.status == 201
        found: int = made.json["id"]
        return found


def delete_or_change(race: Race, chance: random.Random) -> None:
    """Deleted is deleted: whoever comes later finds nothing, and nothing is told of the card after that."""
    card, status = race.new_card(), chance.choice(race.world.boards[0].statuses)
    answers = race.run(
        ("DELETE", f"/tasks/{card}", None),
        ("PATCH", f"/tasks/{card}", {"title": "Late"}),
        ("PUT", f"/tasks/{card}/position", {"status": status}),
    )
    assert answers[0] == 204
    assert set(answers[1:]) <= {200, *LOST}
    assert not Task.objects.filter(pk=card).exists()
    assert Event.objects.filter(subject=f"task:{card}").latest("seq").type == "task.deleted"


def restore_or_delete(race: Race, chance: random.Random) -> None:
    """A card that is put away: taken back and deleted at once, it is gone in the end, and moved by nobody in between."""
    card = race.new_card()
    assert race.ask("POST", f"/tasks/{card}/archive").status == 200
    answers = race.run(
        ("POST", f"/tasks/{card}/restore", None),
        ("DELETE", f"/tasks/{card}", None),
        ("PUT", f"/tasks/{card}/position", {"status": chance.choice(race.world.boards[0].statuses)}),
    )
    assert answers[1] == 204
    assert {answers[0], answers[2]} <= {200, *LOST}
    assert not Task.objects.filter(pk=card).exists()


def remove_the_column_or_move_in(race: Race, chance: random.Random) -> None:
    """The column goes and its cards with it elsewhere, or it stays because somebody was faster: no card is without one."""
    board, card = race.world.boards[0], race.new_card()
    workflow = Status.objects.get(pk=board.statuses[0]).workflow_id
    added = race.ask("POST", f"/workflows/{workflow}/statuses", {"name": f"New {card}", "category": "active"})
    assert added.status == 201
    column = Status.objects.get(workflow=workflow, name=f"New {card}").pk
    goes_to = chance.choice(board.statuses)
    if chance.random() < 0.5:
        assert race.ask("PUT", f"/tasks/{race.new_card()}/position", {"status": column}).status == 200
    removed, moved, _also = race.run(
        ("DELETE", f"/statuses/{column}?move_to={goes_to}", None),
        ("PUT", f"/tasks/{card}/position", {"status": column}),
        ("PATCH", f"/tasks/{card}", {"priority": "high"}),
    )
    assert moved in {200, *LOST}
    assert (removed == 200) != Status.objects.filter(pk=column).exists()
    if moved == 200 and removed == 200:
        assert Task.objects.get(pk=card).status_id == goes_to


@pytest.mark.parametrize("race_of", [delete_or_change, restore_or_delete, remove_the_column_or_move_in])
def test_one_wins(server: ProofServer, seed: int, size: Size, race_of: Callable[..., None]) -> None:
    """O8: delete against edit, restore against delete, removing a column against moving into it."""
    world = make_world(boards=1, cards=6)
    User.objects.filter(pk__in=[one.pk for one in world.writers]).update(is_administrator=True)
    race, chance = Race(server, world), random.Random(seed)
    with clients_of(world, server, seed) as clients:
        for _round in range(size(c=10, r=100)):
            race_of(race, chance)
        require_in_step(clients, server)
        require_wire(clients)
        require_no_reason(clients)
    require_gapless()
    require_order()
