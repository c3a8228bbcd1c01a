"""Texts made of a row's cells: `{agent|address}@crm.example`, with what stands after the bar making codes and addresses."""

import re
import unicodedata
from collections.abc import Callable, Container

from tracker.imports.mapping import PLACE
from tracker.imports.reading.rows import column_name


def fill(text: str, cells: dict[str, str]) -> str:
    """The text with the cells in their places."""

    def cell(place: re.Match[str]) -> str:
        column, form, length = place.groups()
        value = cells.get(column_name(column), "")
        shaped = FORMS[form](value) if form else value
        return shaped[: int(length)] if length else shaped

    return PLACE.sub(cell, text)


def latin(text: str) -> str:
    """Without accents; what has no plain Latin letter is left out."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


def address(text: str) -> str:
    """`Mei-Mei Johns` → `mei-mei.johns`."""
    return ".".join(filter(None, re.split(r"[^a-z0-9-]+", latin(text).lower())))


def code(text: str) -> str:
    """`Gekko & Co` → `GEKKO-CO`."""
    return "-".join(filter(None, re.split(r"[^A-Z0-9]+", latin(text).upper())))[:20].rstrip("-")


def key(text: str) -> str:
    """`3M Deutschland` → `MDEUTSCHLA`: letters and digits, with a letter first, as the key of an initiative."""
    return re.sub(r"[^A-Z0-9]", "", latin(text).upper()).lstrip("0123456789")[:10]


FORMS: dict[str, Callable[[str], str]] = {
    "address": address,
    "code": code,
    "key": key,
    "lower": str.lower,
    "upper": str.upper,
}


def free(base: str, taken: Container[str], longest: int, joint: str = "") -> str:
    """The code, or where it is taken the code with the first number that makes it free."""
    if base not in taken or not base:
        return base
    for number in range(2, 1_000_000):
        ending = f"{joint}{number}"
        found = base[: longest - len(ending)] + ending
        if found not in taken:
            return found
    raise RuntimeError(f"A million codes begin with {base}.")
