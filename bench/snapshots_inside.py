"""Snapshots in one process, without HTTP: `python -m bench.snapshots_inside ROUNDS BOARD…` prints what they cost as JSON."""

from __future__ import annotations

import gzip
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import django
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from tracker.config.settling import settle

PERSON = "ruoxi.lin@lanbridge.example"

# What a snapshot reads of the cards, as a program without Django would ask for it.
CARDS = """
SELECT id, number, title, status_id, rank, version, function_id, owner_id, priority, start, due, estimate, parent_id,
  checklist_total, checklist_done, comments_count, files_count, entered_at
FROM work_task WHERE project_id = {0} AND archived_at IS NULL ORDER BY number
"""
TIES = """
SELECT tie.{1}, tie.{2} FROM {0} tie JOIN work_task t ON t.id = tie.{1}
WHERE t.project_id = {3} AND t.archived_at IS NULL ORDER BY tie.{2}
"""
TABLES = (
    ("work_task_assignees", "task_id", "user_id"),
    ("work_task_labels", "task_id", "label_id"),
    ("work_task_blocked_by", "from_task_id", "to_task_id"),
)


def main() -> None:
    rounds, *boards = sys.argv[1:]
    answer(int(boards[0]))  # what a first request loads is not the board's
    settle()
    print(json.dumps({board: costs(int(board), int(rounds)) for board in boards}))


def costs(project_id: int, rounds: int) -> dict[str, Any]:
    """Milliseconds, kilobytes, statements; memory in megabytes that the largest board so far needed beyond the others."""
    before = peak()
    with CaptureQueriesContext(connection) as asked:
        body = answer(project_id).content
    taken: dict[str, Any] = {"snapshot": [], "answer": [], "floor": []}
    for _round in range(rounds):
        for samples in taken.values():
            samples.append([])
        for _sample in range(5):  # by turns: a machine is faster at one moment than at another
            taken["floor"][-1].append(timed(lambda: fetch(project_id)))
            taken["snapshot"][-1].append(timed(lambda: snapshot(project_id)))
            taken["answer"][-1].append(timed(lambda: answer(project_id)))
        if _round == 0:
            memory = peak() - before
    assert len(json.loads(gzip.decompress(body))["tasks"]["rows"]) > 0
    return {**taken, "memory": memory, "kB": len(body) / 1000, "statements": len(asked)}


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def answer(project_id: int) -> HttpResponse:
    """What GET …/board answers, compressed."""
    from boards.api import read_board

    request: Any = RequestFactory().get(f"/api/v1/projects/{project_id}/board", headers={"Accept-Encoding": "gzip"})
    request.user = person()
    found: HttpResponse = read_board(request, project_id)
    return found


def snapshot(project_id: int) -> bytes:
    """Its bytes, before they are compressed."""
    from boards import snapshots
    from boards.moments import one_moment
    from boards.streams import WORKSPACE
    from tracker.log.change import project_stream

    with one_moment():
        project, can = snapshots.find_board(viewer=person(), project_id=project_id)
        return snapshots.board(project, can, *snapshots.places(project_stream(project_id), WORKSPACE))


def fetch(project_id: int) -> list[Any]:
    """The same rows from the driver, in one transaction, without JSON."""
    driver: Any = connection.connection
    begin, end = ("BEGIN", "ROLLBACK") if connection.vendor == "sqlite" else ("BEGIN READ ONLY", "COMMIT")
    driver.execute(begin)
    found = [driver.execute(CARDS.format(project_id)).fetchall()]
    found += [driver.execute(TIES.format(*table, project_id)).fetchall() for table in TABLES]
    driver.execute(end)
    return found


def person() -> Any:
    from tracker.people.models import User

    global _person  # noqa: PLW0603
    _person = _person or User.objects.get(email=PERSON)
    return _person


_person: Any = None


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.config.settings")

if __name__ == "__main__":
    django.setup()
    main()
