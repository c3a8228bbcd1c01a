import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.module_loading import import_string


class Command(BaseCommand):
    help = "Write the OpenAPI description of the HTTP API: to a file, or to the terminal."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", help="where to write it")

    def handle(self, *args: Any, file: str | None, **options: Any) -> None:
        api = import_string("tracker.config.api.api")
        text = json.dumps(api.get_openapi_schema(), indent=2, ensure_ascii=False, default=str) + "\n"
        if file:
            Path(file).write_text(text, encoding="utf-8")
        else:
            self.stdout.write(text, ending="")
