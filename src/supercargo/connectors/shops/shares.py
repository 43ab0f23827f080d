"""An order's amount shared over its lines by weight, to the minor unit: the shares sum to the whole.

The rule is that of ``kernel.allocate``: each share is the difference of two running totals that are rounded
half up, so it depends on the order of the lines and on nothing else.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_SAFE = 2**60


def share(whole: int, weights: Sequence[int]) -> list[int]:
    """Share an amount by weights that are not negative; without any weight the shares are equal.

    >>> share(100, [1, 1, 1]), share(-5, [0, 0]), share(7, [3, 0, 4])
    ([33, 34, 33], [-2, -3], [3, 0, 4])
    """
    sizes = list(weights) if any(weights) else [1] * len(weights)
    total = sum(sizes)
    reached = [(2 * whole * running + total) // (2 * total) for running in accumulate(sizes)]
    return [this - before for this, before in zip(reached, [0, *reached], strict=False)]


def with_shares(rows: pl.DataFrame, shares: Mapping[str, tuple[str, pl.Expr]], over: str) -> pl.DataFrame:
    """Add columns in which the first amount of each group is shared over its rows by weight, as ``share`` does.

    Args:
        rows: a table.
        shares: new column -> the column whose first amount in a group is the whole, and the weight; a weight below zero counts as none.
        over: what the rows of a group share.
    """
    for out, (whole, weight) in shares.items():
        if rows.get_column(whole).null_count() == rows.height:
            rows = rows.with_columns(pl.lit(None, dtype=pl.Int64).alias(out))
            continue
        rows = _weighed(rows, whole, weight, over)
        wide = _width(rows)
        amount, total = pl.col("__whole_amount").cast(wide), pl.col("__total").cast(wide)
        running, size = pl.col("__running").cast(wide), pl.col("__size").cast(wide)
        until, before = ((2 * amount * reached + total) // (2 * total) for reached in (running, running - size))
        rows = rows.with_columns((until - before).cast(pl.Int64).alias(out))
    return rows.drop("__size", "__whole_amount", "__total", "__running", strict=False)


def _weighed(rows: pl.DataFrame, whole: str, weight: pl.Expr, over: str) -> pl.DataFrame:
    """Add each row's weight, and of its group the amount, the sum of the weights and their running sum."""
    size = pl.when(weight > 0).then(weight).otherwise(0).cast(pl.Int64)
    rows = rows.with_columns(size.alias("__size"), pl.col(whole).drop_nulls().first().over(over).alias("__whole_amount"))
    groups = rows.get_column(over)
    if rows.height and groups.dtype == pl.Int64 and groups.is_sorted():
        return rows.with_columns(*_of_blocks(rows.get_column("__size").to_numpy(), groups.to_numpy()))
    rows = rows.with_columns(pl.when(pl.col("__size").sum().over(over) > 0).then("__size").otherwise(1).alias("__size"))
    return rows.with_columns(pl.col("__size").sum().over(over).alias("__total"), pl.col("__size").cum_sum().over(over).alias("__running"))


def _of_blocks(sizes: NDArray[np.int64], groups: NDArray[np.int64]) -> list[pl.Series]:
    """Sum the weights of groups whose rows stand together: the same in one pass over all rows."""
    begins = np.flatnonzero(np.diff(groups, prepend=groups[0] - 1))
    lengths = np.diff(begins, append=len(groups))
    sizes = np.where(np.repeat(np.add.reduceat(sizes, begins), lengths) > 0, sizes, 1)
    total = np.repeat(np.add.reduceat(sizes, begins), lengths)
    reached = np.cumsum(sizes)
    running = reached - np.repeat((reached - sizes)[begins], lengths)
    return [pl.Series("__size", sizes), pl.Series("__total", total), pl.Series("__running", running)]


def _width(rows: pl.DataFrame) -> pl.DataType:
    """Choose a number that holds twice the product: 64 bits are far faster, and nearly always enough."""
    amount, total = rows.select(pl.col("__whole_amount").abs().max(), pl.col("__total").max()).row(0)
    largest = (amount or 0) * (total or 0)
    return pl.Int64() if largest < _SAFE else pl.Int128()
