"""What lets a browser install Accord and open it without a connection: the manifest and the service worker."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.templatetags.static import static
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tracker.people.language import current_language

WORKER = "service-worker.js"
CANVAS = "#f7f8fa"  # --canvas of tokens.css in the light: what is seen while the app starts


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """The web app manifest, in the reader's language."""
    answer: dict[str, Any] = {
        "id": "/",
        "name": _("Accord: work for key accounts"),
        "short_name": "Accord",
        "description": _("One board for everybody who works for a key account."),
        "lang": current_language(),
        "dir": "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": CANVAS,
        "theme_color": CANVAS,
        "icons": [
            _icon("192.png", "192x192", "any"),
            _icon("512.png", "512x512", "any"),
            _icon("maskable.png", "512x512", "maskable"),
            _icon("mark.svg", "any", "any"),
        ],
        "shortcuts": [
            _shortcut(_("Inbox"), "/inbox"),
            _shortcut(_("Initiatives"), "/initiatives"),
            _shortcut(_("Accounts"), "/accounts"),
        ],
    }
    response = JsonResponse(answer, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "private, max-age=3600"
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_safe
@never_cache
def service_worker(request: HttpRequest) -> HttpResponseBase:
    """The built service worker. It lies at the root because it may only answer for what is below its own address."""
    built = _built()
    if built is None:
        raise Http404
    return FileResponse(built.open("rb"), content_type="text/javascript; charset=utf-8")


def _built() -> Path | None:
    """Where the front end's build has put it; none where it was never built."""
    places = [*settings.STATICFILES_DIRS, settings.STATIC_ROOT]
    return next((file for place in places if (file := Path(place) / WORKER).is_file()), None)


def _shortcut(name: str, address: str) -> dict[str, Any]:
    return {"name": name, "url": address, "icons": [_icon("192.png", "192x192", "any")]}


def _icon(file: str, sizes: str, purpose: str) -> dict[str, str]:
    kind = "image/svg+xml" if file.endswith(".svg") else "image/png"
    return {"src": static(f"icons/{file}"), "sizes": sizes, "type": kind, "purpose": purpose}
