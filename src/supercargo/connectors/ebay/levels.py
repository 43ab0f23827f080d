"""Orders of several items: an order row above item rows, the money on either, and never counted twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence


def mark_levels(rows: pl.DataFrame, *, item: str, over: str, applies: pl.Expr) -> pl.DataFrame:
    """Add ``is_above``: an order row that item rows of the same order follow.

    Args:
        rows: with a column of item numbers, "" or null on the order row.
        item: that column.
        over: what the rows of one order share.
        applies: rows of which orders may consist.
    """
    has_item = applies & pl.col(item).is_not_null() & (pl.col(item) != "")
    return rows.with_columns((applies & ~has_item & has_item.any().over(over)).fill_null(value=False).alias("is_above"))


def once(rows: pl.DataFrame, columns: Sequence[str], over: str) -> pl.DataFrame:
    """Empty an amount of the order row where the item rows come to the same: it is their sum.

    Where only one of the two levels states the amount, it stays there. Where both do and differ, both stay, and
    whoever checks the order against its net finds out which it is.
    """
    if not bool(rows.get_column("is_above").any()):
        return rows
    above = pl.col("is_above")
    emptied = []
    for name in columns:
        below_sum, below_count = _below(name).sum().over(over), _below(name).count().over(over)
        is_sum = above & (below_count > 0) & (pl.col(name) == below_sum)
        emptied.append(pl.when(is_sum).then(None).otherwise(pl.col(name)).alias(name))
    return rows.with_columns(emptied)


def _below(name: str) -> pl.Expr:
    return pl.when(~pl.col("is_above")).then(pl.col(name))
