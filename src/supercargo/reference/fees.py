"""Platforms' fee schedules: long tables with a first day, a last day, a source and a doubt on every row."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path

from supercargo.kernel.figure import Citation, Figure
from supercargo.kernel.unit import RATIO, Unit
from supercargo.kernel.words import Bilingual, Text
from supercargo.reference.fact import UNDATED_FROM

TABLES = Path(str(resources.files("supercargo.reference") / "tables"))


@dataclass(frozen=True, slots=True)
class FeeRow:
    """One row of a fee table: its cells as text, the days that it holds, its citation."""

    table: str
    number: int
    cells: dict[str, str]
    since: date
    until: date | None

    def holds_on(self, day: date) -> bool:
        """Tell whether the row is in force; ``until`` is the first day after."""
        return self.since <= day and (self.until is None or day < self.until)

    def text(self, column: str) -> str:
        """Give a cell as text; an absent column is empty."""
        return self.cells.get(column, "")

    def number_in(self, column: str) -> Decimal | None:
        """Give a cell as an exact number; an empty cell is unknown or unlimited, never zero."""
        cell = self.cells.get(column, "")
        return Decimal(cell) if cell else None

    @property
    def citation(self) -> Citation:
        """Say where the row stands and what is doubtful about it."""
        key = ".".join(part for part in ("fees", self.table, self.text("channel") or self.text("provider"), self.text("market")) if part)
        doubt: Text = Bilingual(self.text("doubt_en"), self.text("doubt_zh")) if self.text("doubt_en") else ""
        since = self.since if self.text("since") else None
        return Citation(f"{key}.{self.number}", since, tuple(self.text("source").split("|")), self.text("confidence"), doubt)

    def money(self, column: str, currency: str, name: str) -> Figure | None:
        """Give a cell as an amount of money that cites this row."""
        value = self.number_in(column)
        return None if value is None else Figure(value, Unit.of(currency), name, "fact", citation=self.citation)

    def percent(self, column: str, name: str) -> Figure | None:
        """Give a cell as a rate that cites this row."""
        value = self.number_in(column)
        return None if value is None else Figure(value.scaleb(-2), RATIO, name, "fact", citation=self.citation, as_percent=True)


@cache
def fee_rows(table: str) -> tuple[FeeRow, ...]:
    """Read a fee table; the header is line 1, so that a row can be found in its file."""
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_row(table, number, cells) for number, cells in enumerate(csv.DictReader(file), start=2))


def in_force(table: str, day: date, **where: str) -> tuple[FeeRow, ...]:
    """Select the rows of a day whose cells equal what is asked; ``*`` in a cell stands for all."""
    return tuple(row for row in _selected(table, tuple(sorted(where.items()))) if row.holds_on(day))


@cache
def _selected(table: str, where: tuple[tuple[str, str], ...]) -> tuple[FeeRow, ...]:
    return tuple(row for row in fee_rows(table) if all(row.text(column) in (wanted, "*") for column, wanted in where))


@cache
def categories() -> dict[str, Bilingual]:
    """List the product categories that fee schedules know."""
    return {row.text("category"): Bilingual(row.text("en"), row.text("zh")) for row in fee_rows("product_categories")}


def _row(table: str, number: int, cells: dict[str, str]) -> FeeRow:
    since, until = cells.get("since", ""), cells.get("until", "")
    last = date.fromisoformat(until) if until else None
    first = date.fromisoformat(since) if since else UNDATED_FROM
    return FeeRow(table, number, cells, first, last)
