"""The catalogue of the server's texts is complete, and its check names what is not."""

import pytest
from babel.messages import Catalog

from tools import catalogue


def with_texts(*added: tuple[str, str]) -> Catalog:
    found = catalogue.kept()
    for text, translation in added:
        found.add(text, translation)
    return found


def test_the_catalogue_in_the_repository_is_complete() -> None:
    catalogue.check(catalogue.updated(catalogue.kept()))


@pytest.mark.parametrize(
    ("text", "translation", "complaint"),
    [
        ("A text of tomorrow.", "", "not in the catalogue: A text of tomorrow."),
        ("%(number)s cards", "项任务", "%(number)s cards"),
        ("One card of tomorrow.", "明天的一张卡片。", "not in our style: 明天的一张卡片。"),
        ("Three days of tomorrow.", "明天起 3 天。", "not in our style: 明天起 3 天。"),
    ],
)
def test_the_check_names_what_is_not_as_it_should_be(
    capsys: pytest.CaptureFixture[str], text: str, translation: str, complaint: str
) -> None:
    with pytest.raises(SystemExit):
        catalogue.check(with_texts((text, translation)))
    assert complaint in capsys.readouterr().err


def test_a_text_that_left_the_code_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there = with_texts(("A text of yesterday.", "昨天的文字。"))
    fresh = catalogue.updated(there)
    monkeypatch.setattr(catalogue, "kept", lambda: there)
    with pytest.raises(SystemExit):
        catalogue.check(fresh)
    assert "no longer in the code: A text of yesterday." in capsys.readouterr().err


def test_a_translation_survives_an_update() -> None:
    assert catalogue.updated(catalogue.kept()).get("Please sign in.").string == "请登录。"
