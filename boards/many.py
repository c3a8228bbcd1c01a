"""A board over several initiatives as it stood at one moment: an account's whole work, a function's queue, a team's
work, one's own.

Each initiative stays a stream of its own, and the answer says where each of them stands. Only the cards of the board
are in it, and not two hundred whole boards. The number of queries depends neither on the initiatives nor on the cards.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from boards import snapshots
from boards.references import Reference
from boards.streams import WORKSPACE, Place
from tracker.errors import Refused
from tracker.log.change import project_stream
from tracker.people import access
from tracker.people.models import User
from tracker.work.models import Project, Task
from tracker.work.models.workflows import CLOSED
from tracker.work.selectors.projects import head, with_people

CLOSED_DAYS = 30
"""Cards that were finished longer ago are left out: a board shows what is under way and what has just come of it."""
MOST_CARDS = 20_000


@dataclass(frozen=True)
class ManyBoards:
    """Which initiatives the board consists of, where their streams stand, and since when finished cards are shown."""

    reference: Reference
    projects: list[tuple[Project, list[str]]]
    places: list[Place]
    workspace: Place
    closed_since: date
    tasks: QuerySet[Task]

    @property
    def state(self) -> str:
        """Changes with whatever the answer is made of, apart from the reader and the workspace."""
        parts = [
            (project.pk, place.epoch, place.head, can, project.account.version if project.account else 0)
            for (project, can), place in zip(self.projects, self.places, strict=True)
        ]
        return hashlib.sha256(repr((str(self.reference), self.closed_since, parts)).encode()).hexdigest()[:24]


def find_many(*, viewer: User, reference: Reference, project_id: int | None = None) -> ManyBoards:
    """What the board consists of for this viewer. `project_id` narrows it to one initiative, with or without cards.

    To be called in one moment. Raises StreamIsMissing.
    """
    closed_since = now().astimezone(ZoneInfo(viewer.time_zone)).date() - timedelta(days=CLOSED_DAYS)
    seen = access.visible(viewer, Project)
    tasks = shown_tasks(reference, seen, datetime.combine(closed_since, time.min, ZoneInfo(viewer.time_zone)))
    if project_id is not None:
        seen, tasks = seen.filter(pk=project_id), tasks.filter(project=project_id)
        if reference.kind == "account":
            seen = seen.filter(account=reference.id)
    elif reference.kind == "account":
        over = [Project.State.DONE, Project.State.CANCELLED]
        seen = seen.filter(~Q(state__in=over) | Q(pk__in=tasks.values("project")), account=reference.id)
    else:
        seen = seen.filter(pk__in=tasks.values("project"))
    rows = list(access.with_abilities(with_people(seen.order_by("pk")), viewer, "project"))
    workspace, *places = snapshots.places(WORKSPACE, *(project_stream(project.pk) for project in rows))
    projects = [(project, access.shown(access.abilities_in(project, viewer))) for project in rows]
    return ManyBoards(reference, projects, places, workspace, closed_since, tasks)


def shown_tasks(reference: Reference, seen: QuerySet[Project], since: datetime) -> QuerySet[Task]:
    """The cards of the board: under way, or finished since then."""
    fresh = ~Q(status__category__in=CLOSED) | Q(completed_at__gte=since)
    return Task.objects.filter(fresh, belonging(reference), archived_at=None, project__in=seen)


def belonging(reference: Reference) -> Q:
    """Which cards a board is about."""
    if reference.kind == "account":
        return Q(project__account=reference.id)
    if reference.kind == "function":
        return Q(function=reference.id) | Q(waits_for=reference.id)
    people = [reference.id]
    if reference.kind == "team":
        people = list(User.objects.filter(groups__team=reference.id).values_list("pk", flat=True))
    helped = Task.assignees.through._default_manager.filter(user__in=people).values("task")
    return Q(owner__in=people) | Q(pk__in=helped)


def many_boards(found: ManyBoards) -> bytes:
    """The board as JSON. In the same moment as `find_many`. Raises Refused where it would hold too many cards."""
    blockers = Task.blocked_by.through._default_manager.filter(from_task__in=found.tasks.values("pk"))
    # What a card waits for comes along, or nobody could tell whether it still does.
    waited_for = Q(pk__in=blockers.values("to_task")) & ~Q(status__category__in=CLOSED)
    tasks = Task.objects.filter(Q(pk__in=found.tasks.values("pk")) | waited_for, archived_at=None)
    rows, recent = snapshots.rows_of(tasks[: MOST_CARDS + 1], tasks, also=("project_id",))
    if len(rows) > MOST_CARDS:
        raise Refused(
            _("This board would hold more than %(most)s cards. Open an account or an initiative.")
            % {"most": f"{MOST_CARDS:,}"},
            code="too_many_cards",
        )
    above: dict[str, Any] = {
        "board": str(found.reference),
        "workspace_seq": found.workspace.head,
        "closed_since": found.closed_since,
        "projects": [
            {"epoch": place.epoch, "seq": place.head, "project": {**head(project), "can": can}}
            for (project, can), place in zip(found.projects, found.places, strict=True)
        ],
        "recent": recent,
    }
    return snapshots.with_tasks(above, (*snapshots.COLUMNS, "project"), rows)
