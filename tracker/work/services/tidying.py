"""What nobody can ask for any more: answers of old commands, what was before a change, and files without a row."""

import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.timezone import now

from tracker.log.commands import forget_old_commands
from tracker.log.floors import raise_floors
from tracker.log.models import UNDO_DAYS, Event
from tracker.work.models import Attachment
from tracker.work.services import thumbnails

GRACE = UNDO_DAYS * 24 * 60 * 60  # seconds; until then a file may come back, with its card or by itself


def tidy() -> dict[str, int]:
    """Forget what is too old to be asked for; returns how many commands, memories and files went, and in how many streams the
    floor was raised."""
    return {
        "commands": forget_old_commands(),
        "memories": forget_what_was_before(),
        "files": remove_orphans(),
        "floors": raise_floors(),
    }


def forget_what_was_before() -> int:
    """Empty what events say of the time before them once it is too late to take them back; returns how many."""
    oldest = now() - timedelta(days=UNDO_DAYS)
    return Event.objects.filter(at__lt=oldest).exclude(before="").update(before="")


def remove_orphans() -> int:
    kept = set(Attachment.objects.values_list("stored_as", flat=True))
    thumbnails.remove_orphans(kept)
    oldest = time.time() - GRACE
    orphans = [
        path
        for path in Path(settings.MEDIA_ROOT).glob("??/*")
        if path.name not in kept and path.is_file() and path.stat().st_mtime < oldest
    ]
    for path in orphans:
        path.unlink(missing_ok=True)
    return len(orphans)
