"""The sheets and their columns, as ``sheets.toml`` lists them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib import resources

from supercargo.connectors.records.tables import TABLES

_WORDS = tomllib.loads((resources.files("supercargo.connectors.own_sheets") / "sheets.toml").read_text(encoding="utf-8"))
SHARES: dict[str, str] = {word: ours for ours, words in _WORDS["share_by"].items() for word in words}
SHARE_NAMES: dict[str, tuple[str, str]] = {ours: (words[1], words[0]) for ours, words in _WORDS["share_by"].items()}
"""The basis of a share in Chinese and English."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One of our own sheets."""

    key: str
    noun: str
    columns: dict[str, tuple[str, ...]]
    """Our column -> its headers: Chinese, English, others that are understood."""
    needed: tuple[str, ...]
    marks: tuple[str, ...]

    def header(self, language: str) -> tuple[str, ...]:
        """Give the headers of the template in a language."""
        return tuple(words[0 if language == "zh" else 1] for words in self.columns.values())


SHEETS: dict[str, Sheet] = {
    key: Sheet(
        key,
        each["noun"],
        {ours: tuple(each["columns"][ours]) for ours in TABLES[each["noun"]] if ours in each["columns"]},
        tuple(each["needed"]),
        tuple(each["marks"]),
    )
    for key, each in _WORDS.items()
    if key != "share_by"
}
"""Every sheet by its key, its columns in the order of the record table."""
