"""Secrets that let somebody in once: in the database there is only their hash."""

import hashlib
import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without letters and digits that look alike


def new_token() -> str:
    """256 random bits, fit for an address."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """80 random bits to be typed by hand, as in `7K3M-…`: four groups of four."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(4)) for _ in range(4))
    return "-".join(groups)


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def code_hash(code: str) -> str:
    """The hash of a code as somebody typed it: in any case, with or without its dashes."""
    return token_hash("".join(character for character in code.upper() if character.isalnum()))
