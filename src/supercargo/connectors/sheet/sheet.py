"""Rows of text as a file states them, with the row numbers that its owner sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supercargo.kernel.finding import Finding

Kind = Literal["text", "number", "date", "truth", "fault"]
"""What a spreadsheet says about a cell: ``number`` is exact with a point, whatever the file's habits."""

_PLAIN: Mapping[int, Kind] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as a spreadsheet counts (from 1), its cells, and what is not plain text among them."""

    number: int
    cells: tuple[str, ...]
    kinds: Mapping[int, Kind] = field(default_factory=lambda: _PLAIN)

    def cell(self, position: int) -> str:
        """Give a cell; a row that is too short has empty ones."""
        return self.cells[position] if position < len(self.cells) else ""

    def kind(self, position: int) -> Kind:
        """Tell what the file says about a cell."""
        return self.kinds.get(position, "text")

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing stands in the row."""
        return not any(cell.strip() for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``merged`` are ranges ((first row, first column), (last row, last column)), row numbers from 1, columns from 0."""

    name: str
    rows: tuple[Row, ...]
    merged: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file that was read: what it is, and its sheets (a CSV file has one, without a name)."""

    file: str
    sha256: str
    format: Literal["csv", "xlsx"]
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    delimiter: str = ""
    findings: tuple[Finding, ...] = ()
