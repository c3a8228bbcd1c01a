"""What can happen to people, functions and teams. All of it is told in the `workspace` stream."""

from typing import ClassVar

from pydantic import BaseModel

from tracker.log.events import EventBody


class PersonRow(BaseModel):
    """A person as every member sees them."""

    id: int
    name: str
    name_zh: str
    email: str
    title: str
    title_zh: str
    function: int | None
    hours_per_day: str
    time_zone: str
    is_active: bool
    is_administrator: bool
    is_overseer: bool
    is_guest: bool
    version: int


class FunctionRow(BaseModel):
    id: int
    code: str
    name: str
    name_zh: str
    color: str
    icon: str
    position: int
    version: int


class TeamRow(BaseModel):
    id: int
    name: str
    name_zh: str
    members: list[int]
    version: int


class PersonEvent(EventBody):
    subject_kind: ClassVar[str] = "person"
    id: int
    person: PersonRow


class PersonAdded(PersonEvent):
    type = "person.added"


class PersonChanged(PersonEvent):
    type = "person.changed"


class FunctionEvent(EventBody):
    subject_kind: ClassVar[str] = "function"
    id: int


class FunctionAdded(FunctionEvent):
    type = "function.added"
    function: FunctionRow


class FunctionChanged(FunctionEvent):
    type = "function.changed"
    function: FunctionRow


class FunctionRemoved(FunctionEvent):
    type = "function.removed"


class TeamEvent(EventBody):
    subject_kind: ClassVar[str] = "team"
    id: int


class TeamAdded(TeamEvent):
    type = "team.added"
    team: TeamRow


class TeamChanged(TeamEvent):
    type = "team.changed"
    team: TeamRow


class TeamRemoved(TeamEvent):
    type = "team.removed"


class AccessChanged(EventBody):
    """Somebody's access to the thing this stream belongs to may have changed; `people` is None when anybody's may have.

    `person` or `team` with `role` say what was set, when one role was: None means it was taken away.
    """

    type = "access.changed"
    subject_kind: ClassVar[str] = "access"
    subject_field: ClassVar[str] = "thing"
    thing: str
    people: list[int] | None
    person: int | None = None
    team: int | None = None
    role: str | None = None


class SessionEnded(EventBody):
    """In the person's own stream: these sessions let nobody in any more. Sockets that came with one of them close."""

    type = "session.ended"
    subject_kind: ClassVar[str] = "session"
    ids: list[int]
