"""Every `save()` of a row says which fields it writes, or that the row is new.

Without that, whoever changes one field writes all the others back as they were read, and so undoes what somebody else
has changed meanwhile.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tools.places import ROOT

PACKAGES = ("tracker", "boards", "notifications")
SAID = {"update_fields", "force_insert"}


def careless(source: str) -> Iterator[int]:
    """The lines with a `….save()` that says neither. Whoever saves a file gives its name and content."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "save":
            said = {keyword.arg for keyword in node.keywords}
            if not node.args and not said & SAID:
                yield node.lineno


def findings() -> list[str]:
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    return [f"{path.relative_to(ROOT)}:{line}" for path in paths for line in careless(path.read_text(encoding="utf-8"))]


def main() -> None:
    if found := findings():
        raise SystemExit("save() without update_fields= (or force_insert=True for a new row):\n" + "\n".join(found))


if __name__ == "__main__":
    main()
