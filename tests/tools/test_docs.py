"""What the documents name exists: files, links to other documents, and lines of code that they quote."""

import re
from pathlib import Path

import pytest

from tools.places import ROOT

DOCS = sorted((ROOT / "docs").rglob("*.md"))
PATH = re.compile(r"`((?:[\w.-]+/)+[\w.*-]*\.(?:py|ts|tsx|json|toml|po|mo|md|txt|html))`")
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")
# Folders that a table names once for all its rows.
FOLDERS = (ROOT, ROOT / "frontend" / "src", ROOT / "tracker", ROOT / "frontend")


@pytest.mark.parametrize("document", DOCS, ids=lambda path: path.name)
def test_every_file_that_is_named_exists(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    named = {name for name in PATH.findall(text) if "<" not in name}
    missing = sorted(name for name in named if not any(list(folder.glob(name)) for folder in FOLDERS))
    links = sorted(name for name in LINK.findall(text) if not (document.parent / name).exists())
    assert missing + links == []


def test_the_worked_example_quotes_the_code_as_it_is() -> None:
    """Each quoted statement stands in one of the files that the example names; “…” stands for what was left out."""
    text = (ROOT / "docs" / "adding-a-feature.md").read_text(encoding="utf-8")
    code = squeezed("\n".join(source(name) for name in sorted(set(PATH.findall(text)))))
    quoted = re.findall(r"```(?:python|ts)\n(.*?)```", text, re.DOTALL)
    parts = [part for block in quoted for part in re.split(r"…|\n\n", block) if part.strip(" \n,{}()[]")]
    assert [part for part in parts if squeezed(part).strip(",{}[]") not in code] == []


def source(name: str) -> str:
    found = next(path for folder in FOLDERS for path in folder.glob(name))
    return found.read_text(encoding="utf-8")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
