"""A step is repeated when the content of its inputs changed, and only then."""

import os
from pathlib import Path

import pytest

from tools import stamps
from tools.stamps import Stamp, content_hash


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "a.ts").write_text("one")
    return tmp_path


def test_a_touched_file_is_the_same(folder: Path) -> None:
    before = content_hash([folder])
    os.utime(folder / "src" / "a.ts", (0, 0))
    assert content_hash([folder]) == before


def test_a_changed_renamed_or_added_file_is_noticed(folder: Path) -> None:
    seen = {content_hash([folder])}
    (folder / "src" / "a.ts").write_text("two")
    seen.add(content_hash([folder]))
    (folder / "src" / "a.ts").rename(folder / "src" / "b.ts")
    seen.add(content_hash([folder]))
    (folder / "src" / "c.ts").write_text("two")
    seen.add(content_hash([folder]))
    assert len(seen) == 4


def test_what_was_made_is_no_input(folder: Path) -> None:
    before = content_hash([folder])
    (folder / "node_modules").mkdir()
    (folder / "node_modules" / "x.js").write_text("made")
    assert content_hash([folder]) == before


def test_a_stamp_speaks_for_its_inputs_only(tmp_path: Path) -> None:
    stamp = Stamp(tmp_path / "deep" / "stamp")
    assert not stamp.says("inputs")
    stamp.write("inputs")
    assert stamp.says("inputs")
    assert not stamp.says("other inputs")
