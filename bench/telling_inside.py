"""Inside of the product: what telling many people costs. Prints JSON.

python -m bench.telling_inside PEOPLE EVENTS
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any


def main(people: int, events: int) -> None:
    from django.conf import settings

    from notifications.models import Delivery, Notification
    from notifications.notifier import NOTIFIER
    from tracker.jobs.lanes import drain
    from tracker.log.followers import catch_up
    from tracker.work.services.tasks import create_task

    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    manager, project = add_project("TELL")
    others = add_people(people, "p", project, bundle_minutes=0)
    task = create_task(actor=manager, project_id=project.pk, title="What all of them work on")
    task.assignees.add(*others)
    for _event in range(events):
        say(manager, task)
    found: dict[str, Any] = {"telling": [seconds(lambda: catch_up([NOTIFIER]))]}
    found["notifications"] = Notification.objects.filter(recipient__in=others).count()
    found["sending"] = [seconds(lambda: drain("mail"))]
    found["sent"] = Delivery.objects.filter(recipient__in=others, state="sent").count()
    print(json.dumps(found))


AT_WORK = {"quiet_from": None, "quiet_until": None, "working_days": ""}


def add_project(key: str) -> tuple[Any, Any]:
    """Somebody who works, and an initiative of theirs."""
    from tracker.people.newcomers import add_person
    from tracker.work.services.projects import create_project

    name = key.lower()
    manager = add_person(actor=None, email=f"{name}@bench.example", name=key, fields={"is_administrator": True})
    return manager, create_project(actor=manager, key=key, name="Telling", fields={})


def add_people(number: int, name: str, project: Any, *, bundle_minutes: int) -> list[Any]:
    """So many members, who may be told at any hour."""
    from notifications.models import Attention
    from tracker.people import access
    from tracker.people.models import User

    people = User.objects.bulk_create(
        [User(email=f"{name}{n}@bench.example", name=f"Person {n}", password="!") for n in range(number)]
    )
    for person in people:
        access.grant(project, person, "member")
    Attention.objects.bulk_create(
        [Attention(person=person, bundle_minutes=bundle_minutes, **AT_WORK) for person in people]
    )
    return people


def say(manager: Any, task: Any) -> None:
    from tracker.work.services.comments import add_comment

    add_comment(actor=manager, task_id=task.pk, body="It goes on, and everybody should know how.")


def move(manager: Any, task: Any) -> None:
    """To another column and back, so that all of them hear of it."""
    from tracker.work.models import Task
    from tracker.work.services.moves import move_task

    here = Task.objects.select_related("project").get(pk=task.pk)
    other = here.project.workflow.statuses.exclude(pk=here.status_id).earliest("position")
    move_task(actor=manager, task_id=task.pk, status=other.pk)


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.config.settings")
    django.setup()
    main(*(int(argument) for argument in sys.argv[1:]))
