"""What an import can make, by the word that a mapping uses for it."""

from tracker.imports.kinds.accounts import Accounts, AccountTeam
from tracker.imports.kinds.kind import Kind
from tracker.imports.kinds.people import People, Teams
from tracker.imports.kinds.projects import Projects, ProjectTeam
from tracker.imports.kinds.tasks import Tasks

KINDS: dict[str, type[Kind]] = {
    kind.name: kind for kind in (People, Teams, Accounts, AccountTeam, Projects, ProjectTeam, Tasks)
}
