"""Losses in the order of their days, and what was found or reimbursed since: the oldest loss is made good first."""

from __future__ import annotations

import polars as pl

POOL = ["family", "sku"]
_KINDS = ("lost", "found", "damaged")
_LOSS, _COVER = 0, 1


def events(moves: pl.DataFrame, reimbursements: pl.DataFrame) -> pl.DataFrame:
    """List losses and what makes them good as events of one kind: ``lost`` or ``good`` units on a day."""
    quantity = pl.col("quantity")
    stock = moves.filter(pl.col("kind").is_in(_KINDS) & (quantity != 0)).select(
        *POOL,
        "channel",
        "id",
        "kind",
        "reference",
        day="moved_on",
        lost=pl.max_horizontal(-quantity, 0),
        good=pl.max_horizontal(quantity, 0),
    )
    reason = pl.col("reason").str.to_lowercase()
    concerns = reason.is_null() | reason.str.contains_any(["lost", "damag", "missing", "reversal"])
    units = pl.col("units_paid").fill_null(0).abs() + pl.col("units_restocked").fill_null(0).abs()
    reversed_ = pl.col("reverses_ref").is_not_null()
    paid = reimbursements.filter(concerns).select(
        *POOL, "channel", kind=pl.lit("reimbursed"), day="approved_on", lost=pl.lit(0, dtype=pl.Int64),
        good=pl.when(reversed_).then(-units).otherwise(units),
    )  # fmt: skip
    return pl.concat([stock, paid], how="diagonal").filter(pl.col("sku").is_not_null())


def outstanding(all_events: pl.DataFrame) -> pl.DataFrame:
    """Say of every loss how many of its units nothing has made good since.

    What is found or paid makes good what was lost until then, the oldest first; what is found without a loss is not
    kept for later ones. So what was applied in all is the sum of the goods less the most that they were ever ahead of the losses.
    """
    ordered = all_events.with_columns(turn=pl.when(pl.col("lost") > 0).then(_LOSS).otherwise(_COVER)).sort(
        *POOL, "day", "turn", "id", nulls_last=False
    )
    running = ordered.with_columns(
        lost_so_far=pl.col("lost").cum_sum().over(POOL), ahead=(pl.col("good").cum_sum() - pl.col("lost").cum_sum()).over(POOL),
        good_in_all=pl.col("good").sum().over(POOL),
    )  # fmt: skip
    idle = pl.max_horizontal(pl.col("ahead").max().over(POOL), 0)
    judged = running.with_columns(left=pl.col("lost_so_far") - (pl.col("good_in_all") - idle))
    return judged.filter(pl.col("lost") > 0).select(
        "id",
        "channel",
        *POOL,
        "kind",
        "reference",
        moved_on="day",
        units="lost",
        open_units=pl.min_horizontal(pl.max_horizontal("left", 0), "lost"),
    )
