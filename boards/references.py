"""What a board shows, by the name that addresses and saved views give it: `project:42`, `account:7`, `function:3`,
`team:2`, or `mine`.
"""

import re
from dataclasses import dataclass

from tracker.accounts.models import Account
from tracker.errors import NotFound
from tracker.people import access
from tracker.people.models import Function, Team, User
from tracker.work.models import Project

MINE = "mine"
NAME = re.compile(r"(project|account|function|team):([1-9][0-9]{0,17})", re.ASCII)
GUARDED = {"project": Project, "account": Account}
OPEN_TO_MEMBERS = {"function": Function, "team": Team}


@dataclass(frozen=True, slots=True)
class Reference:
    """One board. `id` is that of the project, account, function, team or, for one's own work, person."""

    kind: str
    id: int

    def __str__(self) -> str:
        return MINE if self.kind == "person" else f"{self.kind}:{self.id}"

    @property
    def is_many(self) -> bool:
        """Whether it shows cards of several initiatives."""
        return self.kind != "project"


def find_reference(*, viewer: User, name: str) -> Reference:
    """The board of this name. Raises NotFound where what it shows is hidden or missing, or where it names none.

    Functions and teams grant nothing: whoever sees the workspace may look at a queue or at a team's work, and finds
    there the cards of the initiatives that they see anyway.
    """
    if name == MINE:
        return Reference("person", viewer.pk)
    found = NAME.fullmatch(name)
    if found is None:
        raise NotFound
    kind, pk = found[1], int(found[2])
    if kind in GUARDED:
        seen = access.visible(viewer, GUARDED[kind]).filter(pk=pk).exists()
    else:
        seen = access.may_see_workspace(viewer) and OPEN_TO_MEMBERS[kind]._default_manager.filter(pk=pk).exists()
    if not seen:
        raise NotFound
    return Reference(kind, pk)
