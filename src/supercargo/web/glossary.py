"""The words of the trade, as docs/glossary.md defines them, in the reader's language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supercargo.kernel.words import Language

_ROW = re.compile(
    r'^\| <a id="(?P<id>[a-z0-9-]+)"></a>\*\*(?P<en>.+?)\*\* \| (?P<zh>.*?) \| (?P<meaning>.*?) \| (?P<sense>.*?) \|$', re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the trade with its meaning."""

    id: str
    word: str
    other: str
    meaning: str


@cache
def glossary(language: Language) -> tuple[Term, ...]:
    """List the words of the trade in the order of the glossary; empty where the file was not shipped."""
    path = _file()
    text = path.read_text(encoding="utf-8") if path else ""
    rows = [row.groupdict() for row in _ROW.finditer(text)]
    if language == "zh":
        return tuple(Term(row["id"], row["zh"], row["en"], row["sense"]) for row in rows)
    return tuple(Term(row["id"], row["en"], row["zh"], row["meaning"]) for row in rows)


def _file() -> Path | None:
    """Find the glossary in the package, or in the repository that the package is run from."""
    package = Path(str(resources.files("supercargo")))
    places = (package / "glossary.md", package.parent.parent / "docs" / "glossary.md")
    return next((place for place in places if place.is_file()), None)
