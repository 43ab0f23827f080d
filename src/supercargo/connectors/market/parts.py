"""Amounts that stand side by side in a row -> one money line each; what is left of the row's total is a line of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.market.writing import amount
from supercargo.connectors.raw.table import ROW
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Sequence

DIFFERENCE = "difference between the total and its parts"
"""The name of the money line that makes a row's lines come to its total; Chinese in the word lists."""
LEFT = "__left"


@dataclass(frozen=True, slots=True)
class Part:
    """One column of money: where it was read to (in the minor unit), the file's own name for it, and its kind."""

    read: str
    name: str
    kind: str


def with_difference(rows: pl.DataFrame, parts: Sequence[Part], total: str) -> pl.DataFrame:
    """Add what the total of a row has beyond its parts; unknown where the total is."""
    listed = pl.sum_horizontal(part.read for part in parts) if parts else pl.lit(0, dtype=pl.Int64)
    return rows.with_columns((pl.col(total) - listed).alias(LEFT))


def lines(rows: pl.DataFrame, parts: Sequence[Part], **carried: pl.Expr) -> pl.DataFrame:
    """Make a money line of every amount that is there and not zero, in the order of rows and parts.

    Args:
        rows: with ``key``, the columns that the parts were read to, and perhaps the difference.
        parts: the columns of money.
        carried: what each line has from its row.

    Returns:
        ``row``, ``key`` (of the row and the part's name), ``kind``, ``their_name``, ``amount_minor`` and what is carried.
    """
    every = [*parts, Part(LEFT, DIFFERENCE, "unclassified")] if LEFT in rows.columns else [*parts]
    wide = rows.select(
        pl.col(ROW).alias("row"), pl.col("key"), *(value.alias(name) for name, value in carried.items()), *(p.read for p in every)
    )
    long = wide.unpivot([part.read for part in every], index=["row", "key", *carried], variable_name="part", value_name="amount_minor")
    place, names, kinds = (
        {part.read: value for part, value in zip(every, values, strict=True)}
        for values in (range(len(every)), [part.name for part in every], [part.kind for part in every])
    )
    return (
        long.filter(pl.col("amount_minor").fill_null(0) != 0)
        .with_columns(
            pl.col("part").replace_strict(place, return_dtype=pl.Int64).alias("__place"),
            pl.col("part").replace_strict(names, return_dtype=pl.String).alias("their_name"),
            pl.col("part").replace_strict(kinds, return_dtype=pl.String).alias("kind"),
        )
        .with_columns(pl.concat_str("key", pl.col("their_name").str.to_lowercase(), separator="|").alias("key"))
        .sort("row", "__place")
        .drop("part", "__place")
    )


def differing(rows: pl.DataFrame, code: str, total: str, currency: str) -> tuple[Finding, ...]:
    """Say how much money the totals have beyond their parts, with the first row as the example."""
    odd = rows.filter(pl.col(LEFT).fill_null(0) != 0)
    if not odd.height:
        return ()
    message = said(
        "{count} rows have a {total} that their parts do not come to, together {money} {currency}, first row {row}",
        count=odd.height,
        total=total,
        money=amount(int(odd.get_column(LEFT).sum()), currency),
        currency=currency,
        row=odd.get_column(ROW)[0],
    )
    remedy = "the difference is kept as a line of its own, not classified; ask the marketplace what it is"
    return (Finding(code, "warning", total, message, remedy),)
