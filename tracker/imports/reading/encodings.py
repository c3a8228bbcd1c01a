"""In which encoding a text file was written: UTF-8, UTF-16, GB 18030, or else Latin-1."""

import codecs
from collections.abc import Iterator
from pathlib import Path

PIECE = 1024 * 1024  # bytes read at a time
BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
FALLBACK = "latin-1"


def encoding_of(path: Path) -> str:
    """The encoding's name, found in the whole file. FALLBACK reads anything, so its letters may be wrong."""
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if start.startswith(mark):
            return encoding
    if start.count(0) * 4 > len(start):
        return "utf-16-le" if start[1::2].count(0) >= start[::2].count(0) else "utf-16-be"
    if decodes(path, "utf-8"):
        return "utf-8"
    return "gb18030" if decodes(path, "gb18030") and looks_chinese(path) else FALLBACK


def pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for piece in pieces(path):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def looks_chinese(path: Path) -> bool:
    """Tell GB 18030 from Latin-1, whose accented letters often form valid pairs with the letter after them.

    Nearly every character of real Chinese text is in GB 2312, whose two bytes both lie above 0xA0; an accented letter
    is followed by an ASCII one.
    """
    pairs = common = 0
    decoder = codecs.getincrementaldecoder("gb18030")()
    for piece in pieces(path):
        for character in decoder.decode(piece):
            if character > "\x7f":
                pairs += 1
                common += is_common(character)
    return common * 10 >= pairs * 9


def is_common(character: str) -> bool:
    code = character.encode("gb18030")
    return len(code) == 2 and code[1] > 0xA0
