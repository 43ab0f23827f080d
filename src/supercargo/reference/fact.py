"""The nouns of the reference book: a fact, its history, its bands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from supercargo.kernel.words import Bilingual, Text

UNDATED_FROM = date(2024, 1, 1)
"""A fact whose first day nobody recorded answers from here on: the years it was gathered for."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What held from one day on: a value, a text, a ladder; or its end, or that nobody knows."""

    since: date | None
    content: dict[str, Any]
    sources: tuple[str, ...]
    confidence: str
    doubt: Text = ""

    @property
    def first_day(self) -> date:
        """Give the first day on which this entry may be read."""
        return self.since or UNDATED_FROM

    @property
    def repealed(self) -> bool:
        """Tell that the fact ended on this day."""
        return bool(self.content.get("repealed"))

    @property
    def unknown(self) -> bool:
        """Tell that the value was looked for and not found."""
        return bool(self.content.get("unknown"))

    @property
    def value(self) -> Any:
        """Give the value as the file states it: a Decimal for numbers."""
        raw = self.content.get("value")
        return Decimal(raw) if isinstance(raw, int) and not isinstance(raw, bool) else raw


@dataclass(frozen=True, slots=True)
class Fact:
    """One parameter of the law with its whole history, newest entry first."""

    key: str
    label: Bilingual
    kind: str
    unit: str
    history: tuple[Entry, ...]
    note: Text = ""
    doubt: Text = ""
    extra: dict[str, Any] = field(default_factory=dict)
    layer: str = "shipped"

    def on(self, day: date) -> Entry | None:
        """Find the entry in force on a day, or nothing when the records begin later."""
        return next((entry for entry in self.history if entry.first_day <= day), None)

    @property
    def subject(self) -> str:
        """Give the file that the fact stands in, such as ``de.vat``."""
        return self.key.rpartition(".")[0]


def bilingual(value: Any) -> Text:
    """Read a text of both languages; absent stays empty."""
    if isinstance(value, dict):
        return Bilingual(str(value.get("en", "")), str(value.get("zh", "")))
    return str(value) if value else ""
