"""The floor of memory: Django without an application, on daphne, with one address. `python -m bench.empty_site PORT`."""

import sys

from daphne.server import Server
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("healthz", answer)]

if __name__ == "__main__":
    settings.configure(
        ROOT_URLCONF="bench.empty_site",
        ALLOWED_HOSTS=["*"],
        SECRET_KEY="nothing to keep",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
    )
    Server(get_asgi_application(), endpoints=[f"tcp:{sys.argv[1]}:interface=127.0.0.1"]).run()
