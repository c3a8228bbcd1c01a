"""O6: the rule that no save() writes back what it has not changed."""

from pathlib import Path

import pytest

from tools import saves


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("task.title = 'New'\ntask.save()", [2]),
        ("task.project.save(using='default')", [1]),
        ("task.save(update_fields=['title'])", []),
        ("Task(title='New').save(force_insert=True)", []),
        ("attachment.content.save(name, file)", []),
    ],
)
def test_a_save_says_what_it_writes(source: str, lines: list[int]) -> None:
    assert list(saves.careless(source)) == lines


def test_every_save_of_the_product_does() -> None:
    assert saves.findings() == []


def test_what_is_found_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tracker").mkdir()
    (tmp_path / "tracker" / "new.py").write_text("row.save()\n")
    monkeypatch.setattr(saves, "ROOT", tmp_path)
    with pytest.raises(SystemExit, match=r"tracker/new\.py:1"):
        saves.main()
