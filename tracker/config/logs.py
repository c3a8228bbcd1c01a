"""How log lines look, and what they must not say: whatever lets somebody in, and what people have written."""

import json
import logging
import re
from datetime import UTC, datetime

SECRET = re.compile(r"(/(?:reset|invite|password-reset|invitations)/)[^/?\s\"']+")
# PostgreSQL quotes the row that a constraint refused: what people wrote, their addresses.
QUOTED = re.compile(r"(DETAIL|CONTEXT): .*")
JOINED = ("stream", "seq", "command")  # what a line may name besides the request


def without_secrets(text: str) -> str:
    return QUOTED.sub(r"\1: …", SECRET.sub(r"\1…", text))


class WithoutSecrets(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        """Keeps every line; only blanks the secrets out."""
        message = record.getMessage()
        cleaned = without_secrets(message)
        if cleaned != message:
            record.msg, record.args = cleaned, None
        return True


def request_of_line(record: logging.LogRecord) -> str:
    """The id of the request that the line is written in, or about (Django logs a refusal once all is done)."""
    from tracker.config.requests import request_id  # needs Django set up; logging is there before

    about = getattr(record, "request", None)
    return getattr(about, "request_id", "") or request_id() or "-"


class Plain(logging.Formatter):
    """For people at a terminal."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        record.request_id = request_of_line(record)
        return without_secrets(super().format(record))


class Json(logging.Formatter):
    """One JSON object a line, for programs that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, tz=UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_secrets(record.getMessage()),
            "request_id": request_of_line(record),
            "process": record.process,
        }
        line |= {name: vars(record)[name] for name in JOINED if name in vars(record)} | getattr(record, "facts", {})
        if record.exc_info:
            line["error"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)
