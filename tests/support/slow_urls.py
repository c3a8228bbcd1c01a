"""The product's addresses and a slow one, for tests of a server that stops. See `slow_settings`."""

import os
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import path

from tests.support.waiting import wait_until
from tracker.config.urls import handler404, handler500
from tracker.config.urls import urlpatterns as product

GATE = Path(os.environ.get("SLOW_GATE", "/nonexistent"))  # a folder: requests leave a file each, `open` lets them go


def slow(request: HttpRequest) -> HttpResponse:
    """Says that it has begun, waits for the gate, answers."""
    (GATE / f"request-{request.GET['number']}").touch()
    wait_until((GATE / "open").exists, "the gate", 300)
    return HttpResponse("done " * 20_000)


urlpatterns = [path("slow/", slow), *product]
__all__ = ["handler404", "handler500", "urlpatterns"]
