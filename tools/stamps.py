"""Stamps: a step is done again only when the content of its inputs has changed.

Names and times of files say nothing (a fresh clone is all new), so a stamp is a hash of what the files hold.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.places import ROOT

_LEFT_OUT = {"node_modules", "dist", "__pycache__"}


def content_hash(paths: Iterable[Path], *facts: str) -> str:
    """One hash over the named files, all files below the named folders, and further facts."""
    summary = hashlib.sha256("\0".join(facts).encode())
    for path in sorted(set(_files(paths))):
        summary.update(f"\0{path.relative_to(ROOT)}\0".encode())
        summary.update(hashlib.sha256(path.read_bytes()).digest())
    return summary.hexdigest()


class Stamp:
    """A small file that says from which inputs something was made."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def says(self, inputs: str) -> bool:
        return self.path.is_file() and self.path.read_text() == inputs

    def write(self, inputs: str) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(inputs)

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_file():
            yield path
        elif path.is_dir() and path.name not in _LEFT_OUT:
            yield from _files(path.iterdir())
