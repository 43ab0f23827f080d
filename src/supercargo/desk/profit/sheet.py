"""The profit table -> XLSX, CSV or Parquet: one row a cell, the waterfall from left to right, exact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.desk.export import ColumnSpec, Properties, Table, write_csv, write_parquet, write_xlsx
from supercargo.desk.profit.words import TITLES, WATERFALL, heading, shown
from supercargo.engines.accounting.profit.cells import RATES, SHARES
from supercargo.kernel.finding import Finding, refuse, worst_first
from supercargo.kernel.words import Language, said

if TYPE_CHECKING:
    from pathlib import Path

    from supercargo.desk.profit.table import ProfitTable

SUFFIXES = (".xlsx", ".csv", ".parquet")
_COUNTS = ("units", "units_returned", "unknown", "lines")
_PPM = 6


def write(table: ProfitTable, path: Path, language: Language = "en") -> tuple[Finding, ...]:
    """Write the table in the form that the file's ending names; whole or not at all.

    Returns:
        What the format could not hold as it is (EXPORT-101 to -103).

    Raises:
        Refused: EXPORT-001, the file cannot be written; EXPORT-010, the ending is no kind of sheet.
    """
    match path.suffix.lower():
        case ".xlsx":
            properties = Properties(title="profit", subject=heading(table.request.since, table.request.until, table.request.view))
            return write_xlsx(path, [sheet(table, language), _total(table), _findings(table, language)], properties, language)
        case ".csv":
            write_csv(path, sheet(table, language), language)
        case ".parquet":
            write_parquet(path, sheet(table, "en"))
        case _:
            message = said("{file} is no kind of sheet that can be written", file=path.name)
            raise refuse("EXPORT-010", "out", message, said("let it end in {known}", known=", ".join(SUFFIXES)))
    return ()


def sheet(table: ProfitTable, language: Language) -> Table:
    """Lay the cells out; what has no product or country says what that means."""
    keys = table.keys
    spoken = table.frame.with_columns(
        pl.Series(
            key, [shown(key, value, language) for key in (key,) for value in table.frame.get_column(key).cast(pl.String)], dtype=pl.String
        )
        for key in keys
    )
    specs = tuple(ColumnSpec(key, TITLES[key]) for key in keys if key != "currency")
    return Table("profit", spoken, (*specs, *_columns()), freeze_columns=len(specs))


def _total(table: ProfitTable) -> Table:
    return Table("total", table.total, _columns())


def _columns() -> tuple[ColumnSpec, ...]:
    money = (ColumnSpec(name, TITLES[name], "money", currency_column="currency") for name in WATERFALL)
    rates = (ColumnSpec(name, TITLES[name], "percent", scale=_PPM) for name in (*RATES, *SHARES))
    return (ColumnSpec("currency", "currency"), *money, *rates, *(ColumnSpec(name, TITLES[name], "integer") for name in _COUNTS))


def _findings(table: ProfitTable, language: Language) -> Table:
    rows = [(finding.code, finding.severity, finding.path, finding.into(language)) for finding in worst_first(table.findings)]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(("code", "severity", "path", "message"), pl.String), orient="row")
    return Table(
        "findings",
        frame,
        (
            ColumnSpec("code", "code"),
            ColumnSpec("severity", "severity"),
            ColumnSpec("path", "where"),
            ColumnSpec("message", "what", width=80),
        ),
    )
