"""When the newest backup was made: noted in the data folder, as nobody else knows where backups are kept."""

import logging
from datetime import datetime
from pathlib import Path

from django.conf import settings

NOTE = "newest-backup"
logger = logging.getLogger(__name__)


def note(at: datetime) -> None:
    path = Path(settings.VAR) / NOTE
    fresh = path.with_suffix(".fresh")
    try:
        fresh.write_text(at.isoformat())
        fresh.replace(path)  # also where another user wrote the one before
    except OSError:
        logger.warning("the backup is whole, but %s cannot be written: /metrics does not know of it", path)


def made_at() -> datetime | None:
    try:
        return datetime.fromisoformat((Path(settings.VAR) / NOTE).read_text())
    except (OSError, ValueError):
        return None
