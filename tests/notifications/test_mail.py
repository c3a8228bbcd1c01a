"""Letters: in the reader's language, with text and HTML."""

from typing import Any

import pytest

from notifications.mail import AccountAdapter, written

INVITATION = {
    "language": "en",
    "invited_by": "Ada <b>Lovelace</b> & Co",
    "link": "https://accord.example/invite/abc",
    "days": 7,
}
RESET = {"language": "en", "name": "Mei", "link": "https://accord.example/reset/abc", "minutes": 60}


def html_of(letter: Any) -> str:
    ((html, kind),) = letter.alternatives
    assert kind == "text/html"
    return str(html)


@pytest.mark.parametrize(("template", "context"), [("invitation", INVITATION), ("password_reset", RESET)])
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_letter_is_there_in_both_languages(template: str, context: dict[str, Any], language: str) -> None:
    letter = written("mei@example.org", template=template, language=language, context=context | {"language": language})
    assert letter.subject
    assert "\n" not in letter.subject
    assert context["link"] in letter.body
    assert f'href="{context["link"]}"' in html_of(letter)
    assert f'lang="{language}"' in html_of(letter)
    assert "Accord" in letter.subject
    assert "{{" not in letter.body + html_of(letter)
    is_chinese = any("\u4e00" <= character <= "\u9fff" for character in letter.subject)
    assert is_chinese == (language == "zh-Hans")
    assert letter.message()["Auto-Submitted"] == "auto-generated"


def test_an_unknown_language_is_answered_in_english() -> None:
    assert "invites you" in written("a@example.org", template="invitation", language="fr", context=INVITATION).subject


def test_names_are_inert_in_html_and_plain_in_text() -> None:
    letter = written("mei@example.org", template="invitation", language="en", context=INVITATION)
    assert "Ada &lt;b&gt;Lovelace&lt;/b&gt; &amp; Co" in html_of(letter)
    assert "Ada <b>Lovelace</b> & Co" in letter.body


@pytest.mark.parametrize("name", ["Ada\r\nBcc: all@example.org", "Ada\n\nBcc: all@example.org", "Ada\x0bBcc: x\u2028y"])
def test_a_name_adds_no_header(name: str) -> None:
    letter = written("mei@example.org", template="invitation", language="en", context=INVITATION | {"invited_by": name})
    message = letter.message()
    assert message["Bcc"] is None
    assert letter.recipients() == ["mei@example.org"]
    assert len(letter.subject.splitlines()) == 1


def test_allauth_opens_no_door(rf: Any) -> None:
    assert AccountAdapter().is_open_for_signup(rf.get("/")) is False
