"""Losses that nothing has made good, with their value and the last day to claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting.discrepancy import bounded, money, with_family
from supercargo.engines.accounting.lost_stock import losses, remarks, rules
from supercargo.engines.accounting.lost_stock.facts import Decision, Facts
from supercargo.kernel.figure import Figure, single

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from supercargo.engines.accounting.discrepancy import Discrepancy
    from supercargo.reference.law import Law

SHOWN = (
    "id", "channel", "family", "sku", "moved_on", "kind", "reference", "units", "open_units", "currency", "unit_cost_minor", "value_minor",
    "last_day", "days_left", "state", "code",
)  # fmt: skip
CODES = {"claim": "TIE-601", "expired": "TIE-602", "undated": "TIE-603"}
_TOLD = ["channel", "family", "sku", "currency", "state"]


def decide(facts: Facts, law: Law) -> Decision:
    """Find the units that the channel lost and neither found nor paid for, and how long they may be claimed.

    Raises:
        Refused: TIE-001, quantities so large that no sum of them can be trusted.
    """
    moves = with_family(bounded(facts.moves, ("quantity",), "stock_move"))
    found = losses.outstanding(losses.events(moves, with_family(facts.reimbursements)))
    cost = facts.products.unique("sku", keep="last", maintain_order=True).select("sku", "currency", "unit_cost_minor")
    wide = found.join(cost, on="sku", how="left", maintain_order="left")
    judged = _judged(wide, facts, law.day)
    told = judged.filter(pl.col("code").is_not_null())
    claimed = told.filter(pl.col("unit_cost_minor").is_not_null())
    costed = claimed.group_by("channel", "sku", "currency", "unit_cost_minor", maintain_order=True).agg(pl.col("open_units").sum())
    figures = {(channel, sku): _figure(units, each, currency, sku) for channel, sku, currency, each, units in costed.iter_rows()}
    return Decision(judged.select(SHOWN), figures, tuple(_discrepancies(told, facts)))


def _judged(wide: pl.DataFrame, facts: Facts, day: date) -> pl.DataFrame:
    days = {channel: facts.claim_days.get(channel, facts.claim_days.get(family, facts.claim_days_otherwise))
            for channel, family in wide.select("channel", "family").unique().drop_nulls().iter_rows()}  # fmt: skip
    allowed = pl.col("channel").replace_strict(days, default=facts.claim_days_otherwise, return_dtype=pl.Int64)
    dated = wide.with_columns(last_day=pl.col("moved_on") + pl.duration(days=allowed)).with_columns(
        days_left=(pl.col("last_day") - pl.lit(day, dtype=pl.Date)).dt.total_days(),
        value_minor=pl.col("open_units") * pl.col("unit_cost_minor"),
    )
    state = (
        pl.when(pl.col("open_units") == 0).then(pl.lit("settled"))
        .when(pl.col("days_left").is_null()).then(pl.lit("undated"))
        .when(pl.col("days_left") >= 0).then(pl.lit("claim"))
        .otherwise(pl.lit("expired"))
    )  # fmt: skip
    return (
        dated.with_columns(state=state)
        .with_columns(code=pl.col("state").replace_strict(CODES, default=None))
        .sort("moved_on", "id", nulls_last=True)
    )


def _discrepancies(told: pl.DataFrame, facts: Facts) -> Iterator[Discrepancy]:
    """Tell product by product, claims that run out first at the front."""
    groups = told.group_by(_TOLD).agg(
        pl.col("open_units").sum(), pl.col("value_minor").sum(), pl.col("unit_cost_minor").null_count().alias("uncosted"),
        pl.col("moved_on").min(), pl.col("last_day").min(), pl.col("days_left").min(), pl.col("id"), pl.col("code").first(),
    )  # fmt: skip
    for row in groups.sort("code", "last_day", "family", "sku", nulls_last=True).iter_rows(named=True):
        assumed = row["channel"] not in facts.claim_days and row["family"] not in facts.claim_days
        yield remarks.lost(row, assumed=assumed)


def _figure(units: int, cost_minor: int, currency: str, sku: str) -> Figure:
    path = f"product[{sku}]"
    lost = Figure.of(units, "", "units lost", path=f"stock_move[{sku}]")
    return single(rules.value_at_cost(lost, money(cost_minor, currency, "unit cost", f"{path}.unit_cost")))
