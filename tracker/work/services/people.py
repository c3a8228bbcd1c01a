"""When somebody goes: their way in is closed and their open tasks are given to somebody else."""

from uuid import UUID

from django.utils.translation import gettext as _

from tracker.errors import Refused
from tracker.log.change import WORKSPACE, change, project_stream, user_stream
from tracker.people import access
from tracker.people.models import User
from tracker.people.services import set_active
from tracker.work.events import TaskChanged
from tracker.work.models import Task
from tracker.work.models.workflows import CLOSED

MOST = 450  # open tasks of one person in one project that can be handed over in one go


def deactivate(*, actor: User, person_id: int, cards_to: int | None = None, command_id: UUID | None = None) -> User:
    """Close a person's way in. Their open tasks go to `cards_to` where that person sees them; the others stay as they are.

    Raises Forbidden, NotFound, Refused (nobody to give them to), Conflict (the last administrator).
    """
    access.require_administrator(actor)
    with change(actor=actor, command_id=command_id) as log:
        if cards_to is not None:
            heir = User.objects.filter(pk=cards_to, is_active=True).exclude(pk=person_id).first()
            if heir is None:
                raise Refused(_("There is no such person."), code="unknown", field="cards_to")
            open_tasks = Task.objects.filter(owner_id=person_id, archived_at=None).exclude(status__category__in=CLOSED)
            projects = sorted(set(open_tasks.values_list("project_id", flat=True)))
            log.lock(WORKSPACE, user_stream(person_id), *(project_stream(pk) for pk in projects))
            for project_id in projects:
                if not access.people_who("project", project_id).filter(pk=heir.pk).exists():
                    continue
                (stream,) = log.lock(project_stream(project_id))
                for task in open_tasks.filter(project_id=project_id).order_by("pk")[:MOST]:
                    task.owner, task.version = heir, task.version + 1
                    task.save(update_fields=["owner", "version"])
                    log.record(stream, TaskChanged(id=task.pk, version=task.version, owner=heir.pk))
        return set_active(actor=actor, person_id=person_id, active=False)
