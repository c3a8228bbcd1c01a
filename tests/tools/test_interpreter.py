"""Which Python the environment is made with: a clearly faster one of the same version, unless the user named one."""

import sys
from pathlib import Path

import pytest

from tools.interpreter import Answer, ask, chosen


def python_that_says(folder: Path, name: str, said: str) -> Path:
    """A program that answers as a Python of that version and speed would; `exit 1` for one that lacks something."""
    program = folder / name
    program.write_text(f"#!/bin/sh\n{said}\n")
    program.chmod(0o755)
    return program


@pytest.mark.parametrize(
    ("system", "is_taken"),
    [
        ("echo 3.11 0.06", True),
        ("echo 3.11 0.095", False),
        ("echo 3.12 0.06", False),
        ("echo 3.9 0.06", False),
        ("exit 1", False),
    ],
)
def test_a_clearly_faster_one_of_the_same_version_is_taken(tmp_path: Path, system: str, is_taken: bool) -> None:
    own = python_that_says(tmp_path, "own", "echo 3.11 0.1")
    other = python_that_says(tmp_path, "system", system)
    assert chosen(own, other) == (other if is_taken else own)


def test_the_one_that_was_named_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = python_that_says(tmp_path, "own", "echo 3.11 0.1")
    other = python_that_says(tmp_path, "system", "echo 3.11 0.01")
    monkeypatch.setenv("PYTHON_NAMED", "command line")
    assert chosen(own, other) == own


def test_where_there_is_no_other_the_own_is_taken(tmp_path: Path) -> None:
    own = python_that_says(tmp_path, "own", "exit 1")
    assert chosen(own, tmp_path / "missing") == chosen(own, own) == own


def test_a_real_one_answers() -> None:
    answer = ask(Path(sys.executable))
    assert isinstance(answer, Answer)
    assert answer.version == "{}.{}".format(*sys.version_info)
    assert answer.seconds > 0
