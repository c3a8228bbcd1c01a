"""Moves in one process, without HTTP: `python -m bench.moves_inside SECONDS ROUNDS BOARD…` prints rates as JSON.

There are as many writers as boards.

Each is a whole command: its key, the service, the events, the stored answer, as CommandMiddleware carries them out.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import django
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import RequestFactory

from bench.moving import Deck

PERSON = "ruoxi.lin@lanbridge.example"

Mover = Callable[[int, dict[str, int]], bool]


def main() -> None:
    seconds, rounds, *boards = sys.argv[1:]
    many = [int(board) for board in boards]
    scenes = {
        "one writer": (1, many[:1]),
        f"{len(many)} writers, 1 board": (len(many), many[:1]),
        f"{len(many)} writers, {len(many)} boards": (len(many), many),
    }
    found: dict[str, dict[str, list[float]]] = {}
    for name, (writers, which) in scenes.items():
        measured = found[name] = {"ours": [], "floor": [], "errors": []}
        for _round in range(int(rounds)):
            for kind, make in (("ours", our_mover), ("floor", bare_mover)):
                rate, errors = together(decks(which, writers), make, float(seconds))
                measured[kind].append(rate)
                measured["errors"].append(errors)
    print(json.dumps(found))


def decks(boards: list[int], writers: int) -> list[Deck]:
    """One for each writer; those of one board share its cards."""
    shown = [board_of(board) for board in boards]
    sharing = writers // len(boards)
    return [Deck(shown[at % len(shown)], seed=at, share=(at // len(shown), sharing)) for at in range(writers)]


def board_of(project_id: int) -> Any:
    from boards.snapshots import board, find_board, places
    from boards.streams import WORKSPACE
    from tracker.log.change import project_stream

    project, can = find_board(viewer=person(), project_id=project_id)
    return json.loads(board(project, can, *places(project_stream(project_id), WORKSPACE)))


def person() -> Any:
    from tracker.people.models import User

    return User.objects.get(email=PERSON)


def our_mover() -> Mover:
    from tracker.log.commands import CommandMiddleware
    from tracker.work.selectors.tasks import card_of
    from tracker.work.services.moves import move_task

    def answer(request: HttpRequest) -> HttpResponse:
        moved = move_task(actor=actor, task_id=int(request.path.split("/")[-2]), **json.loads(request.body))
        return JsonResponse(card_of(moved.task).model_dump(mode="json"))

    actor, requests, carry_out = person(), RequestFactory(), CommandMiddleware(answer)

    def move(task: int, body: dict[str, int]) -> bool:
        request = requests.put(
            f"/api/v1/tasks/{task}/position", body, "application/json", headers={"Idempotency-Key": str(uuid4())}
        )
        request.user = actor
        return carry_out(request).status_code == 200

    return move


def bare_mover() -> Mover:
    from bench.bare_moves import BareMover

    mover = BareMover(settings.DATABASES["default"], person().pk)

    def move(task: int, body: dict[str, int]) -> bool:
        mover.move(task, body)
        return True

    return move


def together(decks: list[Deck], make: Callable[[], Mover], seconds: float) -> tuple[float, int]:
    """Moves a second by one thread for each deck, and how many were refused or failed."""
    counts = [[0, 0] for _ in decks]

    def work(deck: Deck, count: list[int]) -> None:
        move = make()
        for _warm in range(8):
            move(*deck.deal())
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            try:
                count[0 if move(*deck.deal()) else 1] += 1
            except Exception:  # noqa: BLE001  (whatever it was, it is counted)
                count[1] += 1
        connection.close()

    with ThreadPoolExecutor(len(decks)) as writers:
        list(writers.map(work, decks, counts))  # raises what any of them raised
    return sum(done for done, _failed in counts) / seconds, sum(failed for _done, failed in counts)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.config.settings")

if __name__ == "__main__":
    django.setup()
    main()
