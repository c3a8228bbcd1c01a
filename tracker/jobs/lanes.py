"""The workers: lanes that each do one thing at a time from one queue, and a clock that looks after all of them.

Several lanes, so that a receiver who is slow holds up nobody who waits in another one. The claiming and the doing are
django-tasks-db's; here a lane waits for news instead of sleeping, takes its turn with the writers on SQLite, and tries
again what failed. News come from this process at once, and of what others enqueued from the clock, which looks for all
lanes: one of them that has nothing to do asks nothing, and holds no connection.
"""

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import now
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as TasksWorker
from django_tasks_db.models import DBTaskResult, get_date_max

from tracker.jobs import schedules
from tracker.jobs.models import Worker
from tracker.jobs.queue import work_waits
from tracker.log.manners import a_piece, behind_people, between_pieces
from tracker.log.statements import compiled
from tracker.log.turns import turn

logger = logging.getLogger(__name__)

LOOK = 1.0  # seconds after which the clock looks: other processes enqueue too
REST = 60.0  # seconds after which a lane looks by itself, whatever has become of the clock
WAITS = (10, 60, 300, 1800, 7200)  # seconds before a task that failed is tried again; then an administrator decides
once: set[str] = set()
"""The tasks that are not tried again when they fail, by path: what they do keeps its own account of it."""


@compiled
def ready(is_locked: bool, *, queue: str, backend: str, at: datetime, any_time: datetime) -> QuerySet[DBTaskResult]:
    """What is to be done next, as `DBTaskResult.objects.ready()` has it."""
    rows = DBTaskResult.objects.filter(Q(run_after=any_time) | Q(run_after__lte=at), status=TaskResultStatus.READY)
    mine = rows.filter(queue_name=queue, backend_name=backend)
    return (mine.select_for_update(skip_locked=True) if is_locked else mine)[:1]


@compiled
def waiting_queues(*, backend: str, at: datetime, any_time: datetime) -> QuerySet[DBTaskResult, tuple[str]]:
    """Where something is to be done now."""
    rows = DBTaskResult.objects.filter(Q(run_after=any_time) | Q(run_after__lte=at), status=TaskResultStatus.READY)
    return rows.filter(backend_name=backend).order_by().values_list("queue_name").distinct()


class Lane(TasksWorker):
    """Does what waits in one queue, one after the other."""

    def __init__(self, queue: str, worker_id: str) -> None:
        super().__init__(
            queue_names=[queue],
            interval=LOOK,
            batch=False,
            backend_name=DEFAULT_TASK_BACKEND_ALIAS,
            startup_delay=False,
            max_tasks=None,
            worker_id=worker_id,
            excluded_queue_names=[],
        )
        self.queue = queue
        self.news = threading.Event()

    def run(self) -> None:
        work_waits.connect(self.wake, dispatch_uid=self.worker_id)
        with behind_people():
            while self.running:
                self.news.wait(REST)
                self.work_off()
                connection.close()

    def work_off(self) -> None:
        """Until there is nothing to do for a while."""
        is_awake = True
        while is_awake and self.running:
            self.news.clear()
            is_awake = survives(self.do_one) or self.news.wait(LOOK)

    def wake(self, **about: object) -> None:
        self.news.set()

    def stop(self) -> None:
        """Finish what is being done, begin nothing more."""
        self.running = False
        work_waits.disconnect(dispatch_uid=self.worker_id)
        self.news.set()

    def do_one(self) -> bool:
        """Whether there was something to do."""
        row = self.claim()
        if row is None:
            return False
        with a_piece():
            self.run_task(row)
        return True

    def claim(self) -> DBTaskResult | None:
        if not self.ready(False):
            return None
        with turn(), transaction.atomic():
            row = next(iter(self.ready(True)), None)
            if row is not None:
                row.claim(self.worker_id)
        return row

    def ready(self, is_locked: bool) -> list[DBTaskResult]:
        return ready(is_locked, queue=self.queue, backend=self.backend_name, at=now(), any_time=get_date_max())

    def run_task(self, db_task_result: DBTaskResult) -> None:
        super().run_task(db_task_result)
        if db_task_result.status == TaskResultStatus.FAILED:
            again(db_task_result)


def again(row: DBTaskResult) -> None:
    """A task that failed waits, each time longer; after the last time it stays failed until somebody replays it."""
    tries = len(row.worker_ids)
    if row.task_path in once or tries > len(WAITS):
        logger.error("background work %s failed for good:\n%s", row.task_path, row.traceback)
        return
    logger.warning("background work %s failed; it is tried again:\n%s", row.task_path, row.traceback)
    row.status, row.run_after = TaskResultStatus.READY, now() + timedelta(seconds=WAITS[tries - 1])
    row.save(update_fields=["status", "run_after"])


def survives(step: Callable[[], Any]) -> Any:
    """A step of a thread that must go on: a database that is gone for a while is asked again later."""
    between_pieces()
    try:
        return step()
    except Exception:
        logger.exception("background work was interrupted; it is tried again")
        connection.close()
        return None
    finally:
        between_pieces()


class Workers:
    """All lanes of this process, and its clock, in threads, until told to stop."""

    def __init__(self) -> None:
        self.name = token_hex(8)
        self.stopping = threading.Event()
        self.lanes = [
            Lane(queue, f"{self.name}:{queue}:{number}")
            for queue, width in settings.JOBS_LANES.items()
            for number in range(width)
        ]
        self.threads = [threading.Thread(target=lane.run, name=lane.worker_id, daemon=True) for lane in self.lanes]
        self.threads.append(threading.Thread(target=self.keep_time, name="clock", daemon=True))

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self, timeout: float = 15) -> None:
        """Finish what is being done and end. What takes longer is begun anew by another worker."""
        self.stopping.set()
        for lane in self.lanes:
            lane.stop()
        for thread in self.threads:
            thread.join(timeout)

    def keep_time(self) -> None:
        with behind_people():
            self.look_after_them()
        connection.close()

    def look_after_them(self) -> None:
        begun, beats = False, 0.0
        while not self.stopping.is_set():
            begun = begun or bool(survives(self.begin))
            if begun and beats <= 0:
                survives(self.beat)
                beats = settings.JOBS_LEASE / 4
            if begun:
                survives(schedules.start_due)
                survives(self.wake_lanes)
            self.stopping.wait(LOOK)
            beats -= LOOK
        survives(lambda: Worker.objects.filter(name=self.name).delete())

    def begin(self) -> bool:
        schedules.write_down()
        return True

    def wake_lanes(self) -> None:
        waiting = waiting_queues(backend=DEFAULT_TASK_BACKEND_ALIAS, at=now(), any_time=get_date_max())
        for lane in self.lanes:
            if (lane.queue,) in waiting:
                lane.wake()

    def beat(self) -> None:
        """Say that this process is alive, and take over from those that are not."""
        at = now()
        Worker.objects.update_or_create(
            name=self.name, defaults={"seen_at": at}, create_defaults={"started_at": at, "seen_at": at}
        )
        take_over()


def take_over() -> int:
    """What a worker had begun that was not seen for a while waits again: how much."""
    at = now()
    Worker.objects.filter(seen_at__lt=at - timedelta(seconds=settings.JOBS_LEASE)).delete()
    alive = set(Worker.objects.values_list("name", flat=True))
    begun = DBTaskResult.objects.running().values_list("pk", "worker_ids")
    left = [pk for pk, names in begun if not names or names[-1].partition(":")[0] not in alive]
    if not left:
        return 0
    return DBTaskResult.objects.running().filter(pk__in=left).update(status=TaskResultStatus.READY)


def drain(*queues: str) -> int:
    """Do here and now what waits in these queues, or in all of them: for tests and for `db_worker --batch`."""
    lanes = [Lane(queue, f"drain:{token_hex(4)}") for queue in queues or settings.JOBS_LANES]
    done = 0
    while any(lane.do_one() for lane in lanes):
        done += 1
    return done
