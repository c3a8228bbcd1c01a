"""A board with people on it."""

from dataclasses import dataclass, field

import pytest

from tests.factories import ProjectFactory, TaskFactory, UserFactory
from tracker.people.models import User
from tracker.work.models import Project, Status, Task


@dataclass
class Board:
    """A project of three columns (To do, Doing, Done) and one person of each role."""

    project: Project
    manager: User
    member: User
    viewer: User
    statuses: dict[str, Status] = field(default_factory=dict)

    def status(self, name: str) -> Status:
        return self.statuses[name]

    def card(self, column: str = "To do", **fields: object) -> Task:
        return TaskFactory(project=self.project, in_status=column, **fields)

    def cards(self, number: int, column: str = "To do") -> list[Task]:
        return [self.card(column) for _ in range(number)]

    def order(self, column: str = "To do") -> list[int]:
        """The cards of a column from top to bottom, archived ones apart."""
        rows = Task.objects.filter(project=self.project, status=self.statuses[column], archived_at=None)
        return list(rows.order_by("rank").values_list("pk", flat=True))


def make_board(**fields: object) -> Board:
    manager, member, viewer = UserFactory(), UserFactory(), UserFactory()
    project = ProjectFactory(people={manager: "manager", member: "member", viewer: "viewer"}, lead=manager, **fields)
    statuses = {status.name: status for status in project.workflow.statuses.all()}
    return Board(project, manager, member, viewer, statuses)


@pytest.fixture
def board(db: None) -> Board:
    return make_board()


@pytest.fixture
def other_board(db: None) -> Board:
    return make_board()


@pytest.fixture
def files(tmp_path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path
