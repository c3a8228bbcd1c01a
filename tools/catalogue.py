"""The server's texts in 简体中文, from the code into the catalogue; with --check: is it complete?

The catalogue is `tracker/config/locale/zh_Hans/LC_MESSAGES/django.po`; Django reads the compiled `.mo` beside it. Both
are kept in the repository, so that a fresh machine needs neither Babel nor gettext to run.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.places import ROOT
from tools.steps import FailedError

PACKAGES = ("boards", "notifications", "tracker")
PO = ROOT / "tracker" / "config" / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")
LAZY = {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
# A card is 任务 and everybody is 你; and no space is typed between Chinese and Latin, in mails as on the pages.
STYLE = re.compile(r"卡片|您|……|[\u4e00-\u9fff] [\w%{]|[a-zA-Z0-9)}] [\u4e00-\u9fff]")
# One date for ever: a catalogue changes only when its texts do.
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)
HEADER = "# The server's texts in 简体中文, in the words of the glossary. `make messages` keeps the list; the translations are ours."


def main() -> None:
    """Without --check, brings the catalogue up to date and names what has no translation yet."""
    catalogue = updated(kept())
    if "--check" in sys.argv:
        check(catalogue)
        return
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(po(catalogue))
    MO.write_bytes(mo(catalogue))
    print(f"wrote {PO.relative_to(ROOT)}: {len(catalogue)} texts")
    if found := problems(catalogue):
        raise FailedError("\n".join(["These still need a translation:", *found]))


def check(catalogue: Catalog) -> None:
    """Fails with the texts that are missing, superfluous, untranslated or wrongly translated; or when the .mo is old."""
    wanted, there = texts(catalogue), texts(kept())
    found = [
        *(f"not in the catalogue: {text}" for text in sorted(wanted - there)),
        *(f"no longer in the code: {text}" for text in sorted(there - wanted)),
        *problems(catalogue),
    ]
    if not found and (not MO.exists() or MO.read_bytes() != mo(catalogue)):
        found.append(f"{MO.name} is older than {PO.name}")
    if found:
        raise FailedError("\n".join([*found, "Run:  make messages"]))


def kept() -> Catalog:
    """The catalogue as it is in the repository."""
    if not PO.exists():
        return Catalog(locale="zh_Hans")
    with PO.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def updated(old: Catalog) -> Catalog:
    """A catalogue of the texts that are in the code now, with the translations of the old one."""
    fresh = Catalog(
        locale="zh_Hans",
        domain="django",
        header_comment=HEADER,
        project="Accord",
        creation_date=WRITTEN,
        revision_date=WRITTEN,
        last_translator="Accord",
        language_team="简体中文",
        copyright_holder="Accord",
        fuzzy=False,
    )
    for file, text, comments, context in sorted(in_code(), key=lambda entry: (entry[0], str(entry[1]))):
        known = old.get(text if isinstance(text, str) else text[0], context)
        translation = known.string if known and known.id == text else ""
        fresh.add(text, translation, locations=[(file, 1)], auto_comments=comments, context=context)
    return fresh


def in_code() -> Iterator[tuple[str, str | tuple[str, ...], list[str], str | None]]:
    """File, text (one, or singular and plural), notes to the translator, context: for every text in the packages."""
    keywords = {**DEFAULT_KEYWORDS, **LAZY}
    for package in PACKAGES:
        found = extract_from_dir(
            ROOT / package,
            [("**.py", "python")],
            keywords=keywords,
            comment_tags=["Translators:"],
            strip_comment_tags=True,
        )
        for name, _line, text, comments, context in found:
            yield f"{package}/{Path(name).as_posix()}", text, comments, context


def problems(catalogue: Catalog) -> list[str]:
    """What is untranslated, names other placeholders than the English does, or is not written in our style."""
    found = []
    for message in catalogue:
        if not message.id:
            continue
        strings = [message.string] if isinstance(message.string, str) else list(message.string or [""])
        if not all(strings):
            found.append(f"untranslated: {shown(message.id)}")
            continue
        found += [f"{error}: {shown(message.id)}" for error in message.check(catalogue)]
        found += [f"not in our style: {string}" for string in strings if STYLE.search(string)]
    return found


def texts(catalogue: Catalog) -> set[str]:
    return {shown(message.id) for message in catalogue if message.id}


def shown(text: str | tuple[str, ...] | list[str]) -> str:
    return text if isinstance(text, str) else " | ".join(text)


def po(catalogue: Catalog) -> bytes:
    file = BytesIO()
    write_po(file, catalogue, width=120, include_lineno=False, ignore_obsolete=True)
    return file.getvalue()


def mo(catalogue: Catalog) -> bytes:
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


if __name__ == "__main__":
    main()
