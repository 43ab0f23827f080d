"""Rows that their own columns do not tell apart: the first, the second."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence

NUMBER = "__number"


def with_numbers(rows: pl.DataFrame, columns: Sequence[str]) -> pl.DataFrame:
    """Add ``__number``, as text: which of the rows with the same columns a row is, from 1 in the file's order."""
    same = rows.select(pl.concat_str([pl.col(name) for name in columns], separator="|").alias("same")).to_series()
    if same.n_unique() == rows.height:
        return rows.with_columns(pl.lit("1").alias(NUMBER))
    return rows.with_columns(same.alias("__same")).with_columns(
        pl.int_range(1, pl.len() + 1).over("__same").cast(pl.String).alias(NUMBER)
    ).drop("__same")  # fmt: skip
