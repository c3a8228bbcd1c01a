"""What somebody typed, understood: words and runs that must all be there, or the key of one thing."""

import re
from dataclasses import dataclass

from tracker.search.tokens import LONGEST_WORD, fold, pairs, pieces

MOST_TERMS = 20  # what is typed after so many words does not count
KEY = re.compile(r"([a-z0-9]{1,10}?)[\s_#-]{0,3}([0-9]{1,9})")


@dataclass(frozen=True)
class Term:
    """Tokens that must follow each other. With `is_open` the last one may go on: `expo` finds `export`."""

    tokens: tuple[str, ...]
    is_open: bool
    text: str  # folded, for showing where it was found


@dataclass(frozen=True)
class Question:
    terms: tuple[Term, ...]
    keys: tuple[str, ...]  # the keys of a task that may be meant: `hy12` is HY-12, `a112` is A1-12 or A-112

    @classmethod
    def read(cls, typed: str) -> "Question":
        """Nothing in it has a special meaning: signs separate words, and that is all."""
        folded = fold(typed).strip()
        terms = [term for chunk in folded.split() for term in read_chunk(chunk)]
        return cls(tuple(dict.fromkeys(terms))[:MOST_TERMS], read_keys(folded))


def read_chunk(chunk: str) -> list[Term]:
    """What stands together belongs together: `c-01` is c followed by 01. Where the script changes a new term begins."""
    terms: list[Term] = []
    words: list[str] = []
    for piece in pieces(chunk):
        if not piece.is_run:
            words.append(piece.text[:LONGEST_WORD])
            continue
        terms += [of_words(words)] if words else []
        words = []
        terms.append(of_run(piece.text))
    return [*terms, of_words(words)] if words else terms


def of_words(words: list[str]) -> Term:
    """A single letter stands for itself only: as a beginning it would find nearly everything."""
    return Term(tuple(words), is_open=len(words) > 1 or len(words[0]) > 1, text=" ".join(words))


def of_run(run: str) -> Term:
    return Term((run,), is_open=True, text=run) if len(run) == 1 else Term(tuple(pairs(run)), is_open=False, text=run)


def read_keys(folded: str) -> tuple[str, ...]:
    """Every way to read it as the key of a task: a key may end in digits itself."""
    if len(folded) > 24 or not KEY.fullmatch(folded):
        return ()
    joined = re.sub(r"[\s_#-]+", "-", folded).upper()
    if "-" in joined:
        return (joined,)
    cuts = [place for place in range(1, len(joined)) if joined[place:].isdecimal() and len(joined) - place <= 9]
    return tuple(f"{joined[:place]}-{joined[place:]}" for place in cuts if joined[place] != "0")
