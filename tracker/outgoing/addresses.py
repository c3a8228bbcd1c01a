"""Which servers may be asked: only those that anybody on the internet could ask.

A person chooses where a webhook goes, and the server stands where a person does not: beside its own database, in the
company's network, in a cloud that gives away its keys at 169.254.169.254. So every address is looked at, whatever way it
is written in, and the connection is made to the very address that was looked at.
"""

import ipaddress
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy

from tracker.errors import Refused

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], list[str]]

MOST = 2000  # characters of an address
PORTS = {"http": 80, "https": 443}
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
COMPATIBLE = ipaddress.IPv6Network("::/96")
SITE_LOCAL = ipaddress.IPv6Network("fec0::/10")

# One sentence for all reasons: an answer that told them apart would tell what stands in the network behind.
NOT_ALLOWED = gettext_lazy("This address can't be used. It must be a public https:// address.")


class NotPublic(Refused):
    """The address is not one that anybody on the internet could ask, or is not an address at all."""

    def __init__(self, field: str | None = None) -> None:
        super().__init__(str(NOT_ALLOWED), code="address_not_allowed", field=field)


@dataclass(frozen=True)
class Target:
    """An address taken apart: `host` in its ASCII form, `path` with the query."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Host and port as they stand in a request."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def parse(url: str) -> Target:
    """Take an address apart. Raises NotPublic for what is not plainly one: other schemes, names and passwords in it, a
    fragment, spaces, back-slashes, a host in other letters than ASCII, http:// where no setting allows the host."""
    if len(url) > MOST or not url.isprintable() or any(mark in url for mark in " \\#<>\"'"):
        raise NotPublic
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").encode("ascii").decode()
    except ValueError:
        raise NotPublic from None
    if parts.scheme not in PORTS or not host or host.endswith(".") or "@" in parts.netloc or port == 0:
        raise NotPublic
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not path.isascii():
        raise NotPublic
    target = Target(parts.scheme, host, port or PORTS[parts.scheme], path)
    if target.scheme == "http" and not is_allowed(host, target.port):
        raise NotPublic
    return target


def require_public(url: str, field: str | None = None) -> None:
    """What is asked before an address is kept. Raises NotPublic, also where the name is not known."""
    try:
        target = parse(url)
        checked(target.host, target.port)
    except (OSError, NotPublic):
        raise NotPublic(field) from None


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system knows them. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def checked(host: str, port: int, resolver: Resolve = resolve) -> list[str]:
    """The addresses to connect to. Raises NotPublic if one of them is not public, OSError if there are none.

    A host that `OUTGOING_ALLOWED_HOSTS` names, as `name` or `name:port`, may be anywhere.
    """
    found = resolver(host, port)
    if not found:
        raise OSError(f"{host} has no address")
    if is_allowed(host, port):
        return found
    if is_own(host) or not all(is_public(address) for address in found):
        raise NotPublic
    return found


def is_allowed(host: str, port: int) -> bool:
    names = settings.OUTGOING_ALLOWED_HOSTS
    return host in names or f"{host}:{port}" in names


def is_own(host: str) -> bool:
    """Whether that is Accord itself: a request to it would come from inside."""
    return host == urlsplit(settings.BASE_URL).hostname


def is_public(text: str) -> bool:
    """Whether it is an address of the internet: also that which is hidden in it, as old and new nets are joined."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(one.is_global and not one.is_multicast and not is_odd(one) for one in [address, *hidden_in(address)])


def is_odd(address: Address) -> bool:
    """Reserved for what never was: Python takes some of them for global."""
    return address.is_reserved or (address.version == 6 and address in SITE_LOCAL)


def hidden_in(address: Address) -> list[Address]:
    """The IPv4 addresses that an IPv6 address leads to: mapped, compatible, 6to4, Teredo, NAT64."""
    if address.version == 4:
        return []
    found: list[Address | None] = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in NAT64 or address in COMPATIBLE:
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in found if one is not None]
