"""Amounts of an order that a file repeats on each of its rows: counted once, or not at all where the rows disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Sequence


def is_first(order: str = "order_ref", key: str = "key") -> pl.Expr:
    """Tell the line of an order that carries the order's own amounts: the one with the least key, however the file is sorted."""
    return pl.col(key) == pl.col(key).min().over(order)


def once(rows: pl.DataFrame, amounts: Sequence[str], order: str = "order_ref", key: str = "key") -> pl.DataFrame:
    """Leave an order's repeated amounts on its first line, zero on the others, unknown on all where the rows disagree."""
    return rows.with_columns(
        pl.when(pl.col(name).n_unique().over(order) > 1).then(None)
        .when(pl.col(name).is_null()).then(None)
        .when(is_first(order, key)).then(pl.col(name))
        .otherwise(pl.lit(0, dtype=pl.Int64))
        .alias(name)
        for name in amounts
    )  # fmt: skip


def disagreeing(rows: pl.DataFrame, amounts: Sequence[str], code: str, order: str = "order_ref") -> tuple[Finding, ...]:
    """Name the repeated amounts that differ between the rows of one order, with the first order as the example."""
    findings = []
    for name in amounts:
        differing = rows.filter(pl.col(name).n_unique().over(order) > 1).get_column(order).unique(maintain_order=True)
        if differing.len():
            message = said(
                "{column} differs between the rows of {count} orders, such as {order}; it is left unknown there",
                column=name,
                count=differing.len(),
                order=differing[0],
            )
            findings.append(Finding(code, "warning", name, message, "compare the orders in the seller centre"))
    return tuple(findings)
