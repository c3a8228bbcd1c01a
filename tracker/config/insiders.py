"""Who may see the inside of the process: its figures, and what is wrong with it."""

import ipaddress
from secrets import compare_digest

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port

# What proxies add: whoever comes through one is not this machine, whatever their address looks like.
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-IP", "Via")


def is_insider(request: HttpRequest) -> bool:
    """With the token METRICS_TOKEN, or from this machine itself and through no proxy."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.METRICS_TOKEN and compare_digest(given.encode(), settings.METRICS_TOKEN.encode()):
        return True
    return is_from_here(request)


def is_from_here(request: HttpRequest) -> bool:
    """A proxy on this machine passes on the name that its visitors ask for: so that has to be this machine's, too."""
    if any(name in request.headers for name in FORWARDED):
        return False
    host, _port = split_domain_port(request.headers.get("Host", ""))
    return is_loopback(host) and is_loopback(request.META.get("REMOTE_ADDR", ""))


def is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"
