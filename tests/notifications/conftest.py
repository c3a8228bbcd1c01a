from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.mail_server import MailServer, mail_server
from tests.work.conftest import board, files, other_board

__all__ = ["board", "files", "other_board"]


@pytest.fixture
def post(settings: Any) -> Iterator[MailServer]:
    """A real mail server, to which our mail goes."""
    with mail_server() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.controller.port, 5
        yield server
