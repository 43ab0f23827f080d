"""Amounts shared over the rows of a table by weights, so that the shares sum to the whole: ``kernel.allocate`` for millions of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.engines.accounting.home_value import WIDE, half_up

if TYPE_CHECKING:
    from collections.abc import Sequence

Schema = dict[Any, Any]
"""Columns of a frame with their types; Polars wants its keys and values wider than they are."""


def shares(whole: pl.Expr, weight: pl.Expr, group: Sequence[str]) -> pl.Expr:
    """Share a whole (minor units, the same in all rows of a group) by weights (whole numbers, none negative).

    Each share is the difference of two rounded running totals in the order of the rows, exactly as
    ``kernel.allocate`` does one by one; without any weight the shares are equal.
    """
    wide = weight.cast(WIDE)
    size = pl.when(wide.sum().over(group) == 0).then(pl.lit(1, dtype=WIDE)).otherwise(wide)
    running, total = size.cum_sum().over(group), size.sum().over(group)
    reached = half_up(whole.cast(WIDE) * running, total)
    before = half_up(whole.cast(WIDE) * (running - size), total)
    return (reached - before).cast(pl.Int64)


def part(whole: pl.Expr, begins: pl.Expr, ends: pl.Expr, units: pl.Expr) -> pl.Expr:
    """Give what falls on the units from ``begins`` to ``ends`` of a whole that ``units`` carry: two rounded running totals apart."""
    wide = whole.cast(WIDE)
    return (half_up(wide * ends, units.cast(WIDE)) - half_up(wide * begins, units.cast(WIDE))).cast(pl.Int64)
