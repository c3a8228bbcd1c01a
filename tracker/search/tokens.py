"""How texts are cut into what the index holds. Our own cut, so that both databases find the same, in Chinese too.

A Chinese text has no spaces, so it is cut into pairs: 数据导出 becomes 数据, 据导, 导出 and 出. Every character begins
exactly one of them. So one character is found as the beginning of a pair, and several as pairs in a row. Other scripts
are cut into words. Letters are folded: full and half width, case, accents (NFKC; `Ｃａｆé` is `cafe`).
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# Scripts that are written without spaces: Chinese, Japanese, Thai, Lao, Khmer, Burmese.
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# A run of such characters, or a word. Each character is looked at once: no text makes it slow.
PIECE = re.compile(rf"(?P<run>[{UNSPACED}]+)|[^\W_{UNSPACED}]+")
LONGEST_WORD = 64  # characters of a word that count
MOST_TOKENS = 20_000  # of one thing; what comes after is not found


class Piece(NamedTuple):
    """A word, or a run of characters without spaces, with its place in the folded text."""

    text: str
    start: int
    is_run: bool


class Folding(dict[int, str]):
    """What each character is folded to, worked out when it is first met: for `str.translate`."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", chr(code)).casefold())
        plain = "".join(mark for mark in folded if not "\u0300" <= mark <= "\u036f")
        self[code] = text = unicodedata.normalize("NFKC", plain)
        return text


FOLDING = Folding()


def fold(text: str) -> str:
    """The text as it is compared. Each character by itself, so that places in it lead back (see `places`)."""
    return text.lower() if text.isascii() else text.translate(FOLDING)


def places(text: str) -> list[int]:
    """For each character of `fold(text)`, and for its end: the character of the text that it comes from."""
    if text.isascii():
        return list(range(len(text) + 1))
    found = [place for place, character in enumerate(text) for _ in FOLDING[ord(character)]]
    return [*found, len(text)]


def pieces(folded: str) -> Iterator[Piece]:
    for match in PIECE.finditer(folded):
        yield Piece(match[0], match.start(), match["run"] is not None)


def pairs(run: str) -> list[str]:
    """The pairs of a run, without its last character, which stands alone only in what is searched, not in questions."""
    return [run[place : place + 2] for place in range(len(run) - 1)]


def tokens(text: str) -> Iterator[str]:
    """Everything by which a text is found, in its order."""
    for piece in pieces(fold(text)):
        if piece.is_run:
            yield from pairs(piece.text)
            yield piece.text[-1]
        else:
            yield piece.text[:LONGEST_WORD]
