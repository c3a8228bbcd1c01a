"""For servers that speak ASGI: HTTP as in wsgi.py, and the socket at /ws/live/."""

import os
from typing import Any

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.config.settings")
http = get_asgi_application()

from boards.live.consumer import live_socket  # noqa: E402  (needs Django set up)
from boards.live.door import no_such_socket  # noqa: E402
from tracker.config.settling import settle  # noqa: E402

SOCKETS = {"/ws/live/": live_socket}


def sockets(scope: Any, receive: Any, send: Any) -> Any:
    """By address. The socket reads its session cookie itself, in one step with the access check (boards/live/door.py)."""
    return SOCKETS.get(scope["path"], no_such_socket)(scope, receive, send)


application = ProtocolTypeRouter({"http": http, "websocket": sockets})
settle()
