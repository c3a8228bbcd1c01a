"""Secrets that have to be used again, as the address of a chat's hook: kept under a key made from SECRET_KEY.

`cryptography` is loaded when there is something to seal or open: it is 7 MB, which a server that keeps no secret does without.
"""

import base64
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


class Unreadable(Exception):
    """It was sealed under another SECRET_KEY, or is no sealed text."""


def derived(purpose: str, length: int = 32) -> bytes:
    """A key for one purpose: whoever learns it learns neither SECRET_KEY nor another purpose's key."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), length, salt=None, info=purpose.encode()).derive(settings.SECRET_KEY.encode())


@cache
def fernet(key: bytes) -> "Fernet":
    from cryptography.fernet import Fernet

    return Fernet(base64.urlsafe_b64encode(key))


def seal(text: str) -> str:
    return fernet(derived("accord sealing")).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises Unreadable."""
    from cryptography.fernet import InvalidToken

    try:
        return fernet(derived("accord sealing")).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable from None
