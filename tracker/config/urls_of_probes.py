"""The addresses of a process that serves sockets only."""

from django.urls import path

from tracker.config import probes
from tracker.config.metrics import metrics
from tracker.config.urls import denied, failed, missing, unreadable

urlpatterns = [
    path("healthz", probes.alive),
    path("readyz", probes.ready),
    path("metrics", metrics),
]
handler400, handler403, handler404, handler500 = unreadable, denied, missing, failed
