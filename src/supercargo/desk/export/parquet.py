"""A table -> Parquet: exact decimals, and beside every amount its currency."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.desk.export.files import whole_file
from supercargo.desk.export.values import NUMBERS, exact_texts, title, words
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from pathlib import Path

    from supercargo.desk.export.table import ColumnSpec, Table

PRECISION = 38
"""Digits of Decimal128, the exact number that Polars, DuckDB, Spark and Power BI all read."""


def write_parquet(path: Path, table: Table) -> None:
    """Write the columns under their own names: amounts as Decimal128 in major units, rates as parts of one.

    An amount of one currency for all rows gets a column ``<name>_currency``; an amount with a currency
    per row keeps that column, written even if the table does not show it. English titles stand in the
    file's metadata under ``title.<name>``.

    Raises:
        Refused: EXPORT-001 the file cannot be written; EXPORT-002 an amount has more than 38 digits.
    """
    columns: dict[str, pl.Series] = {}
    for spec in table.columns:
        columns[spec.name] = _series(table.frame, spec)
        if spec.kind == "money" and spec.currency:
            columns[f"{spec.name}_currency"] = pl.Series([spec.currency] * table.frame.height, dtype=pl.String)
        elif spec.kind == "money" and spec.currency_column:
            columns.setdefault(spec.currency_column, table.frame.get_column(spec.currency_column).cast(pl.String))
    titles = {f"title.{spec.name}": title(spec, "en") for spec in table.columns}
    with whole_file(path) as part:
        pl.DataFrame(columns).write_parquet(part, compression="zstd", metadata=titles)


def _series(frame: pl.DataFrame, spec: ColumnSpec) -> pl.Series:
    if spec.kind == "integer":
        return exact_texts(frame, spec).cast(pl.Int64, strict=True)
    if spec.kind in NUMBERS:
        return _decimals(exact_texts(frame, spec), spec)
    if spec.kind == "date" and frame.get_column(spec.name).dtype.is_temporal():
        return frame.get_column(spec.name)
    return pl.Series(words(frame, spec, "en"), dtype=pl.String)


def _decimals(texts: pl.Series, spec: ColumnSpec) -> pl.Series:
    parts = texts.drop_nulls().str.strip_prefix("-").str.split(".")
    scale = max((len(part[1]) if len(part) > 1 else 0 for part in parts.to_list()), default=0)
    whole = max((len(part[0]) for part in parts.to_list()), default=0)
    if whole + scale > PRECISION:
        message = said("an amount of the column {column} has more than {digits} digits", column=spec.name, digits=PRECISION)
        raise refuse("EXPORT-002", spec.name, message, "check where the amount comes from")
    return texts.str.to_decimal(scale=scale).cast(pl.Decimal(PRECISION, scale))
