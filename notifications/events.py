"""What can happen to a person's inbox. It is told in their own stream, which nobody else reads."""

from typing import ClassVar

from tracker.log.events import EventBody


class InboxChanged(EventBody):
    """Something came, was read or was put away. What it was is asked for: by then it may be hidden again."""

    type = "inbox.changed"
    subject_kind: ClassVar[str] = "inbox"
    subject_field: ClassVar[str] = "none"
