"""Many people who are signed in and may see the large board: `python -m bench.live_people CARDS PEOPLE` prints them."""

import json
import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.config.settings")
BACKEND = "tracker.people.backend.Backend"


def make(cards: int, people: int) -> dict[str, Any]:
    """A board with so many cards, so many viewers of it, each signed in once, and one person who may move its cards."""
    from django.contrib.auth.models import Group
    from django.db import transaction

    from bench.large_board import fill
    from tracker.people import access
    from tracker.people.models import Team, User
    from tracker.work.models import Project, Task

    with transaction.atomic():
        project = Project.objects.get(pk=fill(cards))
        group = Group.objects.create(name="bench-viewers")
        Team.objects.create(name="Viewers of the large board", group=group)
        access.grant(project, group, "viewer")
        viewers = User.objects.bulk_create(
            [User(email=f"viewer{n}@example.org", name=f"Viewer {n}", password="!") for n in range(people)]
        )
        group.user_set.add(*viewers)
        mover = User.objects.create(email="mover@example.org", name="Mover", password="!")
        access.grant(project, mover, "manager")
        return {
            "project": project.pk,
            "mover": cookie_of(mover),
            "viewers": [cookie_of(viewer) for viewer in viewers],
            "cards": list(Task.objects.filter(project=project).order_by("number").values_list("pk", "status_id")),
        }


def cookie_of(user: Any) -> str:
    """The cookie of a new session, as signing in makes it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session.update(
        {SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: BACKEND, HASH_SESSION_KEY: user.get_session_auth_hash()}
    )
    session.create()
    return f"sessionid={session.session_key}"


if __name__ == "__main__":
    django.setup()
    print(json.dumps(make(int(sys.argv[1]), int(sys.argv[2]))))
