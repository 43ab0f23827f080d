"""What the reader of costs must be told: units without a cost, sold before they came, returned from nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator


def of_outs(outs: pl.DataFrame, costed: pl.DataFrame, pieces: pl.DataFrame) -> Iterator[Finding]:
    """Report units that left without a cost, and units that left before their batch came."""
    lines = outs.select("key", "sku", "day").join(costed.select("key", "units", "units_costed"), on="key")
    short = lines.filter(pl.col("units_costed") < pl.col("units")).group_by("sku").agg(
        (pl.col("units") - pl.col("units_costed")).sum(), pl.len(), pl.col("day").min()
    )  # fmt: skip
    for sku, units, count, first in short.sort("sku").iter_rows():
        message = said(
            "{units} units of {sku} in {count} movements from {first} on are more than the stock held: no cost",
            units=units,
            sku=sku,
            count=count,
            first=first,
        )
        yield Finding(
            "COGS-201",
            "error",
            f"stock[{sku}]",
            message,
            "import the missing purchases or the opening balance; they are not costed at zero",
            "term-cost-of-goods",
        )
    late = pieces.join(lines.select("key", "sku", "day"), on="key").filter(pl.col("costed_on") > pl.col("day"))
    for sku, units in late.group_by("sku").agg((pl.col("layer_to") - pl.col("layer_from")).sum()).sort("sku").iter_rows():
        message = said("{units} units of {sku} left before their batch arrived: costed on the day of its arrival", units=units, sku=sku)
        yield Finding("COGS-202", "note", f"stock[{sku}]", message, "check the dates of the receipts", "term-cost-of-goods")


def of_backs(backs: pl.DataFrame, returns: pl.DataFrame) -> Iterator[Finding]:
    """Report units that came back without a known sale or cost."""
    joined = backs.select("key", "sku", "units").join(returns.select("key", "units_costed"), on="key")
    lost = joined.filter(pl.col("units_costed") < pl.col("units")).group_by("sku").agg((pl.col("units") - pl.col("units_costed")).sum())
    for sku, units in lost.sort("sku").iter_rows():
        message = said("{units} returned units of {sku} have no known sale, or their sale no known cost", units=units, sku=sku)
        yield Finding(
            "COGS-203",
            "warning",
            f"returns[{sku}]",
            message,
            "they stay outside the costed stock; import the sale or the opening balance",
            "term-cost-of-goods",
        )


def of_arrivals(arrivals: pl.DataFrame) -> Iterator[Finding]:
    """Report stock that arrived without a known cost."""
    for origin, units in arrivals.filter(pl.col("purchase_minor").is_null()).select("origin", "units").iter_rows():
        message = said("{units} units of {batch} have no known cost and are outside the costed stock", units=units, batch=origin)
        yield Finding("COGS-204", "error", f"batches[{origin}]", message, "see the findings of batch costs", "term-batch-cost")


def of_wrong(wrong: pl.DataFrame) -> Iterator[Finding]:
    """Report movements that cannot be costed because they are not complete."""
    if wrong.height:
        example = wrong.get_column("key")[0]
        message = said("{count} movements have no product, no day or no positive quantity, such as {key}", count=wrong.height, key=example)
        yield Finding("COGS-205", "error", "movements", message, "correct the records; these movements have no cost")
