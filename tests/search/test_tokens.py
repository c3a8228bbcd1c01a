"""How texts are cut, how questions are read, and where in a text something was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.search.conftest import joined
from tracker.search.documents import readable
from tracker.search.excerpts import excerpt, parts, spans
from tracker.search.fields import vector
from tracker.search.questions import MOST_TERMS, Question
from tracker.search.tokens import fold, places, tokens

texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=60)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("数据导出", "数据 据导 导出 出"),
        ("Roll-out, plant 3", "roll out plant 3"),
        ("修复CIO周报v2", "修复 复 cio 周报 报 v2"),
        ("Ｃａｆé ＨＹ－１２", "cafe hy 12"),
        ("Größe Ĳ ﬁn", "grosse ij fin"),
        ("が ガ", "が か゛"[:2].strip() + " ガ"),
        ("snake_case's", "snake case s"),
        ("𠮷野家", "𠮷野 野家 家"),
        ("한국어 텍스트", "한국어 텍스트"),
        ("，。！?", ""),
    ],
)
def test_how_a_text_is_cut(text: str, cut: str) -> None:
    assert list(tokens(text)) == cut.split()


@given(texts)
def test_tokens_hold_nothing_that_a_database_could_take_for_a_sign(text: str) -> None:
    for token in tokens(text):
        assert token
        assert not set(token) & set(" '\"\\:*()&|!<>+-^{}\t\n\0")
        assert token.isalnum() or not token.isascii()


@given(texts)
def test_places_lead_back(text: str) -> None:
    assert len(places(text)) == len(fold(text)) + 1
    assert places(text) == sorted(places(text))
    assert places(text)[-1] == len(text)


@given(texts, texts)
def test_a_text_is_found_by_its_own_words_and_shown_unchanged(text: str, other: str) -> None:
    question = Question.read(text)
    found = spans(f"{other} {text}", question.terms)
    assert bool(found) is bool(question.terms)
    assert "".join(part["text"] for part in parts(text, spans(text, question.terms))) == text


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("HY-12", ("HY-12",)),
        ("hy12", ("HY-12", "HY1-2")),
        ("ｈｙ １２", ("HY-12",)),
        ("hy#12", ("HY-12",)),
        ("A1-3", ("A1-3",)),
        ("a112", ("A-112", "A1-12", "A11-2")),
        ("hy-", ()),
        ("12", ("1-2",)),
        ("hy 12 more", ()),
        ("x" * 30 + "1", ()),
    ],
)
def test_the_key_of_a_card_however_it_is_typed(typed: str, keys: tuple[str, ...]) -> None:
    assert Question.read(typed).keys == keys


def test_what_stands_together_must_be_found_together() -> None:
    read = Question.read("c-01 HY客户 导")
    assert [(term.tokens, term.is_open) for term in read.terms] == [
        (("c", "01"), True),
        (("hy",), True),
        (("客户",), False),
        (("导",), True),
    ]
    assert not Question.read("a").terms[0].is_open
    assert len(Question.read(" ".join(f"w{n}" for n in range(60))).terms) == MOST_TERMS


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Roll out the patch", "pat", "Roll out the [pat]ch"),
        ("停导出任务", "导出", "停[导出]任务"),
        ("停导出任务", "停 任务", "[停]导出[任务]"),
        ("导导导", "导导", "[导导导]"),
        ("Ｃafé au lait", "cafe", "[Ｃafé] au lait"),
        ("reports, report", "report", "[report]s, [report]"),
        ("report C-01 c 01", "c-01", "report [C-01] [c 01]"),
        ("export", "port", "export"),
    ],
)
def test_where_it_was_found(text: str, typed: str, shown: str) -> None:
    assert joined(parts(text, spans(text, Question.read(typed).terms))) == shown


def test_an_excerpt_is_a_line_around_the_first_place() -> None:
    long = "前面的话。" * 40 + "这里要导出报告。" + "后面的话。" * 40
    line = joined(excerpt(["nothing here", long], Question.read("导出").terms))
    assert line.startswith("…")
    assert line.endswith("…")
    assert "[导出]" in line
    assert len(line) < 80
    assert excerpt(["nothing here"], Question.read("导出").terms) == []


def test_an_excerpt_begins_with_a_whole_word() -> None:
    text = "Without the log I cannot prove that the lock of two o'clock is gone"
    line = joined(excerpt([text], Question.read("gone").terms))
    assert line.startswith("…")
    assert text.endswith(" " + line.removeprefix("…").replace("[", "").replace("]", "")), line


def test_markdown_is_found_as_it_reads() -> None:
    assert (
        readable("## Goal\n- **05:30** `txn_daily` [@Mei](/people/5), ![a](b.png)") == "Goal\n05:30 txn_daily @Mei, a"
    )


@pytest.mark.parametrize("evil", ["[" * 100_000, "[a](" * 30_000, "*`" * 60_000, "a" * 100_000 + "!", "导" * 100_000])
def test_no_text_makes_it_slow(evil: str) -> None:
    """Every pattern looks at a character once (c64): with a square of these lengths this would not end."""
    assert list(tokens(readable(evil))) or evil.startswith(("[", "*"))
    excerpt([readable(evil)], Question.read(evil[:200]).terms)


def test_a_vector_numbers_its_tokens() -> None:
    assert vector(["a", "导出", "a"]) == "'a':1,3 '导出':2"
    assert vector(["a"] * 400).count(",") == 254
    assert vector([f"w{n}" for n in range(20_000)]).endswith("'w19999':16383")
