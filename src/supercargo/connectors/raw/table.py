"""A file as it came: its bytes, and its rows as text with the numbers that their owner sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

    from supercargo.kernel.finding import Finding

ROW = "__row"
"""The column of row numbers, beside the file's own columns."""


@dataclass(frozen=True)
class Grid:
    """One sheet, or the one table of a text file: every cell as text, nothing interpreted yet.

    ``cells`` has the columns ``__row`` (from 1, as a spreadsheet or a text editor counts) and ``c0``, ``c1`` ...; an empty
    or missing cell is "". ``widths`` says how many cells each row really had. Blank rows are left out.
    """

    name: str
    cells: pl.DataFrame
    widths: pl.Series
    exact: pl.DataFrame | None = None
    """For a workbook, which cells are numbers: those have a point whatever the file's habits (``c0``, ``c1`` ...)."""


@dataclass(frozen=True)
class Raw:
    """A file that was read, before anybody says what it means."""

    name: str
    sha256: str
    content: bytes
    kind: str
    """delimited | workbook | xml | json | mt940 | unknown"""
    text: str = ""
    encoding: str = ""
    delimiter: str = ""
    grids: tuple[Grid, ...] = ()
    findings: tuple[Finding, ...] = ()
    known: dict[str, str] = field(default_factory=dict)
    """What is known from outside the file: the ``content-type`` of a download, the day of a snapshot."""

    @cached_property
    def headings(self) -> tuple[tuple[str, ...], ...]:
        """The first 40 rows of the first grid that has any, trimmed: where a format looks for its header."""
        for grid in self.grids:
            if grid.cells.height:
                head = grid.cells.head(40).drop(ROW)
                return tuple(tuple(cell.strip().strip("\ufeff") for cell in row) for row in head.iter_rows())
        return ()


@dataclass(frozen=True)
class Table:
    """The data rows under a header that was found: columns by the file's own names, made unique, plus ``__row``.

    A name that stands twice gets " (2)". ``skipped`` are rows of the grid that are no data: the header, a preamble,
    a repeated header, totals and footers, each with its reason.
    """

    columns: tuple[str, ...]
    rows: pl.DataFrame
    overflow: pl.Series
    """The row numbers of rows with something beyond the last column: a delimiter stood inside a cell."""
    skipped: pl.DataFrame
    """``row``, ``code``, ``reason``: what is not data, named."""
    exact: pl.DataFrame | None = None
    """As in ``Grid``, by our column names."""
    preamble: tuple[tuple[str, ...], ...] = ()
