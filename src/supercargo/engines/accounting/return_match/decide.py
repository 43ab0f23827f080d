"""Refunds beside returns: what did not come back, what came back unrefunded, what commission was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting.discrepancy import bounded, with_family
from supercargo.engines.accounting.return_match import refunds, remarks
from supercargo.engines.accounting.return_match.facts import Decision, Facts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from supercargo.engines.accounting.discrepancy import Discrepancy
    from supercargo.reference.law import Law

SHOWN = (
    *refunds.ITEM, "channel", "currency", "refunded_on", "refunded_minor", "sold_minor", "units", "returned", "reimbursed_minor",
    "last_day", "commission_minor", "commission_back_minor", "commission_kept_minor", "state", "code", "ids",
)  # fmt: skip


def decide(facts: Facts, law: Law) -> Decision:
    """Match refunds with returns by order and product, once the days for sending back are over.

    Raises:
        Refused: TIE-001, amounts so large that no sum of them can be trusted.
    """
    lines = with_family(bounded(facts.lines, ("amount_minor",), "money_line"))
    returns, orders = with_family(facts.returns), with_family(facts.orders)
    items = refunds.of_items(lines)
    wide = refunds.beside(items, facts, returns, with_family(facts.reimbursements), orders)
    judged = _judged(wide, law.day)
    unnamed = items.filter(pl.col("sku").is_null()).select("family", "order_ref").unique()
    back = _back(refunds.returned(returns, items, unnamed), lines, facts, law.day)
    kept = (
        judged.filter(pl.col("commission_kept_minor") != 0).group_by("channel", "currency")
        .agg(pl.len().cast(pl.Int64).alias("refunds"), kept_minor=pl.col("commission_kept_minor").sum()).sort("channel", "currency")
    )  # fmt: skip
    return Decision(judged.select(SHOWN), back.drop("family", "refunded"), kept, tuple(_discrepancies(judged, back)))


def _judged(wide: pl.DataFrame, day: date) -> pl.DataFrame:
    enough = pl.when(pl.col("units").is_null()).then(pl.col("returned") > 0).otherwise(pl.col("returned") >= pl.col("units"))
    below = (pl.col("sold_minor") > pl.col("refunded_minor")).fill_null(value=False)
    state = (
        pl.when(enough).then(pl.lit("returned"))
        .when(below & (pl.col("returned") == 0) & (pl.col("units").fill_null(0) == 0)).then(pl.lit("partial"))
        .when(pl.col("by_seller")).then(pl.lit("own"))
        .when(pl.col("reimbursed_minor") >= pl.col("refunded_minor")).then(pl.lit("reimbursed"))
        .when((pl.col("last_day") >= pl.lit(day, dtype=pl.Date)).fill_null(value=False)).then(pl.lit("waiting"))
        .when(~pl.col("listed") | pl.col("refunded_on").is_null()).then(pl.lit("unchecked"))
        .otherwise(pl.lit("lost"))
    )  # fmt: skip
    return wide.with_columns(state=state).with_columns(code=pl.when(pl.col("state") == "lost").then(pl.lit("TIE-401")))


def _back(back: pl.DataFrame, lines: pl.DataFrame, facts: Facts, day: date) -> pl.DataFrame:
    """Say of every return whether it was refunded, and if not whether there is still time; with the price of its product."""
    days = pl.duration(days=facts.return_days_otherwise)
    late = (pl.col("returned_on") + days < pl.lit(day, dtype=pl.Date)).fill_null(value=False)
    state = pl.when("refunded").then(pl.lit("refunded")).when(late).then(pl.lit("unrefunded")).otherwise(pl.lit("waiting"))
    waiting = back.with_columns(state=state)
    sold = (
        lines.filter(pl.col("kind") == "sale_goods").join(waiting.filter(pl.col("state") == "unrefunded"), on=refunds.ITEM, how="semi")
        .group_by(refunds.ITEM).agg(pl.col("currency").first(), sold_minor=pl.col("amount_minor").sum())
    )  # fmt: skip
    names = ("family", "id", "channel", "order_ref", "sku", "quantity", "returned_on", "refunded", "state", "currency", "sold_minor")
    return waiting.join(sold, on=refunds.ITEM, how="left", maintain_order="left").select(names)


def _discrepancies(judged: pl.DataFrame, back: pl.DataFrame) -> Iterator[Discrepancy]:
    yield from (remarks.lost(row) for row in judged.filter(pl.col("state") == "lost").iter_rows(named=True))
    whole = (pl.col("refunded_minor") == pl.col("sold_minor")) & (pl.col("commission_minor") < 0)
    forgotten = judged.filter(whole & (pl.col("commission_back_minor") == 0) & (pl.col("commission_kept_minor") == 0))
    yield from (remarks.commission(row) for row in forgotten.iter_rows(named=True))
    yield from (remarks.unrefunded(row) for row in back.filter(pl.col("state") == "unrefunded").iter_rows(named=True))
    unchecked = judged.filter(pl.col("state") == "unchecked").group_by("family", "currency").agg(
        pl.len().alias("count"), pl.col("refunded_minor").sum(), pl.col("channel").first(), pl.col("refunded_on").min()
    )  # fmt: skip
    yield from (remarks.unchecked(row) for row in unchecked.sort("family", "currency").iter_rows(named=True))
