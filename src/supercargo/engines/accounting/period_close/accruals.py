"""What belongs into a month although no bill or settlement has come yet: booked at its end, reversed on the next day."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting import batch_cost
from supercargo.engines.accounting.home_value import shown
from supercargo.engines.accounting.period_close.months import last_of
from supercargo.engines.accounting.period_close.reversal import mirrored
from supercargo.engines.accounting.posting import facts as posting_facts
from supercargo.engines.accounting.posting.chart import ACCRUED, account_of_kind
from supercargo.engines.accounting.posting.legs import entries_of, leg, together
from supercargo.engines.accounting.posting.orders import taxed_orders
from supercargo.engines.accounting.posting.purchases import legs_of_estimates
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.engines.accounting.period_close.facts import Facts
    from supercargo.engines.accounting.posting.draft import EntryDraft
    from supercargo.reference.law import Law

NARRATIVES = {"accrued": "shipped and not settled at month end: {whose}"}
TITLES = tuple(NARRATIVES.values())
SHIPPED = ("shipped", "delivered")


def accruals(facts: Facts, law: Law) -> tuple[list[EntryDraft], tuple[Finding, ...]]:
    """Give the accruals of a month with their reversals, and what is estimated in them."""
    last = last_of(facts.month)
    legs, remarks = _unsettled(facts, law)
    if facts.batches is not None:
        asked = posting_facts.Facts(facts.home, last, facts.channels)
        estimates = legs_of_estimates(facts.batches, asked).with_columns(
            pl.lit(last).alias("booked_on"), (pl.col("event") + f"|{facts.month}").alias("event")
        )
        legs = together((legs, estimates))
    entries, _, unknown = entries_of(legs, facts.home, law)
    entries = [replace(entry, source_key=f"accrual|{facts.month}|{entry.source_key}") for entry in entries]
    backs = [mirrored(entry, last + timedelta(days=1)) for entry in entries]
    return [*entries, *backs], (*remarks, *unknown)


def _unsettled(facts: Facts, law: Law) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    last = last_of(facts.month)
    channels = [channel for channel, about in facts.channels.items() if about.revenue_from == "settlement" and not about.is_payment_house]
    if facts.order_lines.is_empty() or not channels:
        return together(()), ()
    shipped = facts.order_lines.filter(
        pl.col("channel").is_in(channels),
        pl.col("status").is_in(SHIPPED),
        pl.col("ordered_on") <= last,
        pl.col("goods_minor").is_not_null(),
    )
    if not facts.money_lines.is_empty():
        settled = (
            facts.money_lines.filter(pl.col("posted_on") <= last, pl.col("kind") == "sale_goods").select("channel", "order_ref").unique()
        )
        shipped = shipped.join(settled, on=["channel", "order_ref"], how="anti")
    asked = posting_facts.Facts(facts.home, last, facts.channels)
    taxed = taxed_orders(batch_cost.with_id(shipped).with_columns(pl.lit(last).alias("booked_on")), asked, law)
    events = taxed.with_columns(
        pl.lit("accrual").alias("noun"),
        pl.concat_str(pl.lit("unsettled"), "channel", "currency", separator="|").alias("event"),
        pl.lit(NARRATIVES["accrued"]).alias("narrative"),
        pl.col("channel").alias("whose"),
        pl.lit("").alias("ref"),
    )
    due = pl.col("due_minor") - pl.col("tax_minor")
    legs = together(
        (
            leg(events, pl.lit(f"{ACCRUED}.") + pl.col("channel"), due, traced=False),
            leg(events, pl.lit(account_of_kind()["sale_goods"]), 0 - due),
        )
    )
    return legs, tuple(_remarks(taxed.with_columns(due.alias("accrued"))))


def _remarks(taxed: pl.DataFrame) -> Iterator[Finding]:
    by = taxed.group_by("channel", "currency").agg(pl.col("order_ref").n_unique(), pl.col("accrued").sum())
    for channel, currency, count, total in by.sort("channel", "currency").iter_rows():
        message = said(
            "{channel}: {count} orders shipped and not settled at month end; {total} without tax is accrued (estimated, fees not deducted)",
            channel=channel,
            count=count,
            total=shown(total, currency),
        )
        yield Finding(
            "LED-604", "note", f"order_lines[{channel}]", message, "it is reversed on the first of the next month", "term-accrual"
        )
