"""Where in a text something was found, and a piece of the text around it. Parts, never HTML."""

from collections.abc import Iterable, Sequence
from typing import TypedDict

from tracker.search.questions import Term
from tracker.search.tokens import Piece, fold, pieces, places

WIDTH = 120  # of an excerpt, in Latin characters; a Chinese one is as wide as two
BEFORE = 30  # of that, before the first place
FIRST_WIDE = 0x2E80  # where Chinese and Japanese begin among the characters
Span = tuple[int, int]


class Part(TypedDict):
    text: str
    hit: bool


def spans(text: str, terms: Iterable[Term]) -> list[Span]:
    """The places of the terms in the text, in order, none touching another."""
    folded = fold(text)
    cut = list(pieces(folded))
    found = sorted(span for term in terms for span in term_spans(term, cut))
    back = places(text)
    merged: list[Span] = []
    for start, end in ((back[start], back[end - 1] + 1) for start, end in found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def term_spans(term: Term, cut: Sequence[Piece]) -> list[Span]:
    """Places in the folded text: of a run anywhere in a run, of words as words that follow each other."""
    first = next(pieces(term.text), None)
    if first and first.is_run:
        return [
            (piece.start + place, piece.start + place + len(term.text))
            for piece in cut
            if piece.is_run
            for place in occurrences(piece.text, term.text)
        ]
    count = len(term.tokens)
    found = []
    for place in range(len(cut) - count + 1):
        group = cut[place : place + count]
        if all(
            fits(piece, token, term.is_open and n == count)
            for n, (piece, token) in enumerate(zip(group, term.tokens, strict=True), 1)
        ):
            found.append((group[0].start, group[-1].start + len(term.tokens[-1])))
    return found


def fits(piece: Piece, token: str, is_open: bool) -> bool:
    return not piece.is_run and (piece.text.startswith(token) if is_open else piece.text == token)


def occurrences(text: str, wanted: str) -> Iterable[int]:
    place = text.find(wanted)
    while place >= 0:
        yield place
        place = text.find(wanted, place + 1)


def parts(text: str, found: Sequence[Span]) -> list[Part]:
    """The whole text in parts, those that were found marked."""
    cut: list[Part] = []
    at = 0
    for start, end in found:
        cut += [Part(text=text[at:start], hit=False), Part(text=text[start:end], hit=True)]
        at = end
    cut.append(Part(text=text[at:], hit=False))
    return [part for part in cut if part["text"]]


def excerpt(texts: Iterable[str], terms: Sequence[Term]) -> list[Part]:
    """A line from the first of the texts in which most of the terms are found; nothing where none is."""
    best, most = "", 0
    for text in texts:
        folded = list(pieces(fold(text)))
        count = sum(bool(term_spans(term, folded)) for term in terms)
        if count > most:
            best, most = text, count
    return around(best, spans(best, terms)) if most else []


def around(text: str, found: Sequence[Span]) -> list[Part]:
    """The line of text around the first place, cut at both ends to the width of an excerpt, on one line."""
    start = whole_word(text, step(text, found[0][0], -1, BEFORE), found[0][0])
    end = step(text, start, 1, WIDTH)
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in found if a < end]
    cut = parts(text[start:end].replace("\n", " "), inside)
    if start > 0:
        cut.insert(0, Part(text="…", hit=False))
    if end < len(text):
        cut.append(Part(text="…", hit=False))
    return cut


def whole_word(text: str, start: int, place: int) -> int:
    """Where the next word begins, if `start` is inside of one and a space comes before `place`."""
    if start == 0 or text[start - 1].isspace() or ord(text[start]) >= FIRST_WIDE:
        return start
    return next((at + 1 for at in range(start, place) if text[at].isspace()), start)


def step(text: str, place: int, direction: int, width: int) -> int:
    """Where one is after so much width; a text is not left."""
    while width > 0 and 0 < place + (direction > 0) <= len(text):
        place += direction
        width -= 2 if ord(text[min(place, len(text) - 1)]) >= FIRST_WIDE else 1
    return max(0, min(place, len(text)))
