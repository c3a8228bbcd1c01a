"""The API as it describes itself, put together once for all tests that read it: it takes a second."""

from functools import cache
from typing import Any

from tracker.config.api import api


@cache
def openapi() -> dict[str, Any]:
    return api.get_openapi_schema()
