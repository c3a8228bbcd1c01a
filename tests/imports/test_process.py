"""An import as a process of its own, beside a server that people use: seen live, and killed without a warning."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.factories import UserFactory
from tests.imports.conftest import BOARD, Importer
from tests.support.live import LiveServer, Watcher, cookie_of, database_url
from tests.support.product import REPOSITORY
from tests.support.waiting import wait_until
from tracker.imports.models import ExternalKey
from tracker.log.models import Event, Stream
from tracker.work.models import Project, Task

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
CARDS = "id,title,status,due,hours\n"
COUNT = 1500


def started(folder: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "manage.py", "import", str(folder / "mapping.toml"), str(folder)]
    environment = dict(os.environ) | {"DATABASE_URL": database_url()}
    return subprocess.Popen(command, env=environment, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def cards(count: int) -> str:
    return CARDS + "".join(f"{n},Task {n},{'Ready' if n % 3 else 'Doing'},,\n" for n in range(1, count + 1))


def require_gapless(project: Project) -> None:
    stream = Stream.objects.get(kind="project", ref=project.pk)
    told = list(Event.objects.filter(stream=stream).order_by("seq").values_list("seq", flat=True))
    assert told == list(range(1, stream.head + 1))


def test_killed_at_any_moment_and_run_again_it_ends_the_same(importer: Importer) -> None:
    """P1, P8: an import that was cut is run again, goes on where it was, and doubles nothing."""
    importer(BOARD, {"tasks.csv": CARDS})
    project = Project.objects.get()
    importer.write("tasks.csv", cards(COUNT))
    for _kill in range(3):
        before = Task.objects.count()
        process = started(importer.folder)
        wait_until(lambda before=before: Task.objects.count() > before, "a chunk that is committed")
        process.send_signal(signal.SIGKILL)
        process.wait(timeout=60)
        require_gapless(project)
        assert ExternalKey.objects.filter(kind="tasks").count() == Task.objects.count()
    done = started(importer.folder)
    assert done.wait(timeout=120) == 0
    assert list(Task.objects.order_by("number").values_list("title", flat=True)) == [
        f"Task {n}" for n in range(1, COUNT + 1)
    ]
    for status in ("Ready", "Doing"):
        column = [task.number for task in project.tasks.filter(status__name=status).order_by("rank")]
        assert column == sorted(column)
    require_gapless(project)


def test_an_open_board_follows_an_import_in_another_process(importer: Importer) -> None:
    importer(BOARD, {"tasks.csv": CARDS})
    project = Project.objects.get()
    stream = Stream.objects.get(kind="project", ref=project.pk)
    viewer: Any = UserFactory(is_overseer=True)
    importer.write("tasks.csv", cards(450))
    with LiveServer() as server, Watcher(server, cookie_of(viewer)) as watcher:
        watcher.sub(stream.name, stream.epoch, stream.head)
        process = started(importer.folder)
        assert process.wait(timeout=120) == 0
        seqs = watcher.reach(stream.name, stream.head + 450)
    assert seqs == list(range(stream.head + 1, stream.head + 451))
    told = {event["body"]["id"] for event in watcher.events(stream.name) if event["body"]["type"] == "task.created"}
    assert told == set(project.tasks.values_list("pk", flat=True))
