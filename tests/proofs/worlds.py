"""Boards with cards and people, made directly in the tests' database."""

from dataclasses import dataclass, field

from tests.factories import ProjectFactory, UserFactory, WorkflowFactory
from tests.support.live import cookie_of
from tracker.log.models import Stream
from tracker.people.models import User
from tracker.work import ranks
from tracker.work.models import Project, Task

COLUMNS = [("To do", "ready"), ("Doing", "active"), ("Review", "review"), ("Waiting", "waiting"), ("Done", "done")]


@dataclass
class Board:
    pk: int
    statuses: list[int]
    cards: list[int]

    @property
    def name(self) -> str:
        return f"project:{self.pk}"

    @property
    def stream(self) -> Stream:
        return Stream.objects.get(kind="project", ref=self.pk)


@dataclass
class Person:
    pk: int
    cookie: str
    user: User


@dataclass
class World:
    """Writers manage every board, readers see every board, others come and go."""

    boards: list[Board]
    writers: list[Person]
    readers: list[Person]
    others: list[int] = field(default_factory=list)

    @property
    def ids(self) -> list[int]:
        return [board.pk for board in self.boards]


def person(name: str, **fields: object) -> Person:
    user = UserFactory(name=name, **fields)
    return Person(user.pk, cookie_of(user), user)


def make_world(boards: int = 2, cards: int = 20, writers: int = 2, readers: int = 2) -> World:
    writing = [person(f"Writer {number}") for number in range(writers)]
    reading = [person(f"Reader {number}") for number in range(readers)]
    roles = {one.user: "manager" for one in writing} | {one.user: "viewer" for one in reading}
    flow = WorkflowFactory(columns=COLUMNS)
    made = [make_board(ProjectFactory(workflow=flow, people=roles), cards) for _ in range(boards)]
    return World(made, writing, reading, [UserFactory().pk for _ in range(3)])


def make_board(project: Project, cards: int) -> Board:
    statuses = list(project.workflow.statuses.all())
    places = ranks.after(None, cards)
    rows = [
        Task(project=project, number=n + 1, title=f"Task {n}", status=statuses[n % len(statuses)], rank=rank)
        for n, rank in enumerate(places)
    ]
    Task.objects.bulk_create(rows)
    Project.objects.filter(pk=project.pk).update(next_number=cards + 1)
    ids = list(Task.objects.filter(project=project).order_by("number").values_list("pk", flat=True))
    return Board(project.pk, [status.pk for status in statuses], ids)
