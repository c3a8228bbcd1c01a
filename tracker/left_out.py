"""Modules that libraries load as they start, and that a server never uses: 16 MB of a hundred."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any


@contextmanager
def leaving_out(stand_ins: Mapping[str, Mapping[str, Any] | None]) -> Iterator[None]:
    """While a library is imported. What is loaded already stays, and whoever asks later for what was left out gets it.

    `stand_ins`: the name of a module → the names that the library asks it for, or None where it does without the module.
    """
    modules: dict[str, Any] = sys.modules  # None there stands for a module that is not installed
    left_out = [name for name in stand_ins if name not in modules]
    for name in left_out:
        modules[name] = standing_in(name, stand_ins[name])
    try:
        yield
    finally:
        for name in left_out:
            del modules[name]


def standing_in(name: str, names: Mapping[str, Any] | None) -> ModuleType | None:
    if names is None:
        return None
    module = ModuleType(name)
    vars(module).update(names)
    return module
