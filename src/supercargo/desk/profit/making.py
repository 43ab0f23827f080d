"""The profit lines of one channel, whole: revenue, fees, cost of goods, brand, and where each comes from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from supercargo.desk.profit.estimated import unsettled, with_costs
from supercargo.desk.profit.ordered import ordered
from supercargo.desk.profit.records import ChannelRecords, Made, empty, money_of
from supercargo.desk.profit.settled import placed, settled
from supercargo.engines.accounting import settlement_sum
from supercargo.engines.accounting.profit.lines import LINE, nothing, profit_lines
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.desk.profit.tax_inside import Destinations

REVENUE_OF = 3
"""The version of how lines are made: raise it when the same records give other lines, and every lake is written anew."""
SHAPE = f"{REVENUE_OF}:{','.join(LINE)}"


def made(records: ChannelRecords, destinations: Destinations) -> Made:
    """Make all profit lines of a channel, in the order of their days."""
    raw = _made(records, destinations)
    costed = with_costs(records, raw.lines)
    if not costed.lines.height:
        return Made(nothing(), raw.findings)
    branded = _with_brand(costed.lines, records.products)
    lines = profit_lines(branded.select(name for name in LINE if name in branded.columns and name != "stage"))
    findings = (*raw.findings, *costed.findings, *_without_day(records, lines))
    return Made(lines.sort("order_on", "sku", "record_id", maintain_order=True), findings)


def _made(records: ChannelRecords, destinations: Destinations) -> Made:
    match records.channel.revenue_from:
        case "settlement":
            known = settled(records, destinations)
            waiting = unsettled(records, known.lines, destinations)
            return Made(
                pl.concat([known.lines, waiting.lines], how="diagonal"),
                (*known.findings, *waiting.findings, *_not_tied(records, destinations)),
            )
        case "orders":
            return ordered(records, destinations)
        case _:
            return Made(placed(records.money, records))


def _not_tied(records: ChannelRecords, destinations: Destinations) -> Iterator[Finding]:
    """Say which settlements do not come to their totals: a doubled row of one is a doubled sale here."""
    last = records.money.get_column("posted_on").max()
    if not records.settlements.height or not isinstance(last, date):
        return
    facts = settlement_sum.Facts(records.settlements, records.money, empty("payout"), unbroken=frozenset())
    wrong = settlement_sum.decide(facts, destinations.law_on(last)).settlements.filter(pl.col("state") == "differs")
    if wrong.height:
        message = said(
            "{count} settlements do not come to their totals ({money} too much in their lines); profit counts the lines as they stand",
            count=wrong.height,
            money=money_of(wrong, "difference_minor"),
        )
        yield Finding("PROF-018", "warning", records.channel.code, message, 'see which with "supercargo tie-out"')


def _with_brand(lines: pl.DataFrame, products: pl.DataFrame) -> pl.DataFrame:
    brands = products.select("sku", "brand").drop_nulls("brand").unique(subset="sku", keep="last", maintain_order=True)
    joined = lines.join(brands, on="sku", how="left", maintain_order="left")
    return joined.with_columns(pl.when(pl.col("sku").is_not_null()).then(pl.col("brand").fill_null("")).alias("brand"))


def _without_day(records: ChannelRecords, lines: pl.DataFrame) -> Iterator[Finding]:
    undated = lines.filter(pl.col("order_on").is_null()).height
    if undated:
        message = said("{count} lines have no day; they are in no month of the order view", count=undated)
        yield Finding("PROF-016", "warning", records.channel.code, message, "import the orders to which they belong")
