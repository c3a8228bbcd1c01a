"""Inside of the product: what a move costs while people are told of the moves before. Prints JSON.

python -m bench.telling_beside threads|processes CROWD ROUNDS MOVES
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import cycle
from typing import Any

from bench.telling_inside import add_people, add_project, move, say, seconds

EVERY = 0.05  # seconds between two moves, as on a busy board
PEOPLE, CARDS = 60, 30
MAILS = 4  # that are due in a second


def main(where: str, crowd: int, rounds: int, moves: int) -> None:
    beside = {"threads": threads, "processes": processes}[where]
    found = {
        "ordinary": measured(Ordinary(), beside, rounds, moves),
        "crowd": measured(Crowd(crowd), beside, rounds, moves // 3),
    }
    print(json.dumps(found))


class Ordinary:
    """Each card has an owner, somebody who works on it and three who watch. Four mails a second are due, as if 1,200 people
    got one every five minutes."""

    def __init__(self) -> None:
        from tracker.work.services.tasks import create_task

        self.manager, self.project = add_project("DAY")
        people = add_people(PEOPLE, "day", self.project, bundle_minutes=5)
        self.cards = [create_task(actor=self.manager, project_id=self.project.pk, title=f"{n}") for n in range(CARDS)]
        for card, owner in zip(self.cards, people, strict=False):
            a, *others = random.sample([person for person in people if person is not owner], 4)
            type(card).objects.filter(pk=card.pk).update(owner=owner)
            card.assignees.add(a)
            card.watchers.add(*others)
        self.next = cycle(self.cards)

    def get_ready(self, lasts: float) -> None:
        """Mails of what happened before, due one after the other."""
        from django.utils.timezone import now
        from django_tasks_db.models import DBTaskResult

        from notifications.models import Delivery
        from tracker.log.followers import catch_up

        level()
        for card in self.cards:
            say(self.manager, card)
        catch_up()
        for number, row in enumerate(Delivery.objects.filter(state="waiting", way="mail")):
            at = now() + timedelta(seconds=1 + number / MAILS if number < MAILS * lasts else 3600)
            Delivery.objects.filter(pk=row.pk).update(due_at=at)
            DBTaskResult.objects.filter(pk=str(row.task)).update(run_after=at)

    def move(self) -> None:
        move(self.manager, next(self.next))


class Crowd:
    """Every move is told to so many people, and mailed at once to all of them."""

    def __init__(self, people: int) -> None:
        from tracker.work.services.tasks import create_task

        self.manager, project = add_project("CROWD")
        them = add_people(people, "crowd", project, bundle_minutes=0)
        self.card = create_task(actor=self.manager, project_id=project.pk, title="What all of them work on")
        self.card.assignees.add(*them)

    def get_ready(self, lasts: float) -> None:
        level()

    def move(self) -> None:
        move(self.manager, self.card)


def measured(
    scene: Ordinary | Crowd, beside: Callable[[], Any], rounds: int, moves: int
) -> dict[str, list[list[float]]]:
    """Milliseconds of each move, in rounds that take turns: alone, and beside."""
    found: dict[str, list[list[float]]] = {"alone": [], "beside": []}
    for _round in range(rounds):
        scene.get_ready(moves * EVERY)
        found["alone"].append(times(scene.move, moves))
        scene.get_ready(moves * EVERY)
        with beside():
            found["beside"].append(times(scene.move, moves))
    return found


def level() -> None:
    """Everybody is told of everything, and nothing waits to be sent."""
    from django_tasks_db.models import DBTaskResult

    from notifications.models import Delivery
    from tracker.log.followers import catch_up

    catch_up()
    Delivery.objects.all().delete()
    DBTaskResult.objects.all().delete()


@contextmanager
def threads() -> Iterator[None]:
    """As in `manage.py serve`."""
    from boards.live.server import TURN
    from tracker.jobs.beside import Beside

    sys.setswitchinterval(TURN)
    one = Beside()
    one.start()
    time.sleep(1)
    try:
        yield
    finally:
        one.stop(60)


@contextmanager
def processes() -> Iterator[None]:
    """As in the second layout."""
    names = ("follow", "db_worker")
    started = [subprocess.Popen([sys.executable, "manage.py", name], stdout=subprocess.PIPE) for name in names]
    try:
        for one in started:
            if not (one.stdout and one.stdout.readline()):
                raise RuntimeError("it did not start; what it said stands above")
        time.sleep(1)
        yield
    finally:
        for one in started:
            one.terminate()
            one.wait(60)


def times(work: Callable[[], object], number: int) -> list[float]:
    found = []
    for _warm in range(10):
        work()
        time.sleep(EVERY)
    for _time in range(number):
        found.append(seconds(work) * 1000)
        time.sleep(EVERY)
    return found


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.config.settings")
    django.setup()
    main(sys.argv[1], *(int(argument) for argument in sys.argv[2:]))
