"""Profit lines from settlements: what the marketplace or the payment house says that it paid and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.desk.profit.records import ChannelRecords, Made, money_of, order_index
from supercargo.desk.profit.tax_inside import Destinations, reported_rates, taken_out, with_rate
from supercargo.engines.accounting.kinds import KINDS
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterable

CLEARING = [kind.key for kind in KINDS.values() if kind.stage == "clearing"]
TAX_LINES = ["sale_tax", "refund_tax"]
WITH_TAX = [kind.key for kind in KINDS.values() if kind.stage in ("sales", "discounts", "refunds")]
"""Kinds that a price with tax inside reaches."""
NOT_YET = ["open", "deferred", "held"]
"""Words of a money line that is known and not yet paid."""


def settled(records: ChannelRecords, destinations: Destinations) -> Made:
    """Make the lines of a channel whose revenue is in its settlements; tax inside a sale without a tax line is taken out."""
    lines = placed(records.money, records)
    with_tax_line = lines.filter(pl.col("kind").is_in(TAX_LINES) & pl.col("order_ref").is_not_null()).get_column("order_ref").unique()
    asks = pl.col("kind").is_in(WITH_TAX) & ~pl.col("order_ref").is_in(with_tax_line.implode()).fill_null(value=False)
    gross = with_rate(lines.filter(asks), reported_rates(records.taxes), destinations)
    unknown = gross.filter(pl.col("rate_ppm").is_null())
    split = taken_out(gross).drop("rate_ppm", "rate_basis")
    return Made(
        pl.concat([lines.filter(~asks), split.select(lines.columns)]), (*tax_not_known(records, unknown), *_unclassified(records, lines))
    )


def placed(money: pl.DataFrame, records: ChannelRecords) -> pl.DataFrame:
    """Give money lines the day, country and article of their order; leave out what is only on its way or came again."""
    live = money.filter(~pl.col("kind").is_in(CLEARING)).join(_replaced(money), on="id", how="anti")
    joined = live.join(order_index(records.orders).drop("channel"), on="order_ref", how="left", maintain_order="left")
    joined = _with_quantity(joined.with_columns(sku=pl.coalesce("sku", "of_sku")), records.orders)
    goods = {"sale_goods": 1, "refund_goods": -1}
    units = pl.col("quantity").abs() * pl.col("kind").replace_strict(goods, default=None, return_dtype=pl.Int64)
    return joined.select(
        pl.coalesce("of_order_on", "posted_on").alias("order_on"),
        pl.when(~pl.col("status").is_in(NOT_YET).fill_null(value=False)).then(pl.col("posted_on")).alias("posted_on"),
        pl.lit(records.channel.code).alias("channel"),
        pl.coalesce("country", "of_country", pl.lit(records.channel.country, dtype=pl.String)).alias("country"),
        "sku", "kind", "currency", "amount_minor", units.alias("quantity"),
        pl.lit(False).alias("estimated"), pl.lit(None, dtype=pl.String).alias("basis"),
        pl.lit("money_line").alias("noun"), pl.col("id").alias("record_id"), "document_id", "row", "order_ref",
    )  # fmt: skip


def _with_quantity(lines: pl.DataFrame, orders: pl.DataFrame) -> pl.DataFrame:
    """Take the units of a sale from its order where the line is silent, if it is the only sale of that article of the order.

    A line that names no article, of an order with several, is the sale of them all.
    """
    by = ["order_ref", "sku"]
    units = (pl.col("quantity").sum().alias("of_quantity"), pl.col("quantity").null_count().alias("silent"))
    named = orders.drop_nulls(by).group_by(by).agg(units)
    whole = orders.drop_nulls("order_ref").group_by("order_ref").agg(units).with_columns(pl.lit(None, dtype=pl.String).alias("sku"))
    stated = pl.concat([named, whole.select(named.columns)]).filter(pl.col("silent") == 0)
    alone = (pl.col("kind") == "sale_goods").sum().over(by) == 1
    joined = lines.join(stated, on=by, how="left", nulls_equal=True, maintain_order="left")
    filled = pl.when(alone & (pl.col("kind") == "sale_goods") & pl.col("order_ref").is_not_null()).then(pl.col("of_quantity"))
    return joined.with_columns(pl.coalesce("quantity", filled).alias("quantity"))


def _replaced(money: pl.DataFrame) -> pl.DataFrame:
    """Find deferred lines that came again as released: the later line names them, and counting both would count twice."""
    later = money.filter(~pl.col("status").is_in(NOT_YET) & pl.col("related_ref").is_not_null()).select(
        pl.col("related_ref").alias("transaction_ref"), "kind"
    )
    return money.filter(pl.col("status").is_in(NOT_YET)).join(later.unique(), on=["transaction_ref", "kind"], how="semi").select("id")


def tax_not_known(records: ChannelRecords, unknown: pl.DataFrame) -> Iterable[Finding]:
    """Say how much money may still have tax in it."""
    if not unknown.height:
        return ()
    message = said(
        "the tax inside {count} lines is not known ({money}, countries {countries}); their revenue may be too high by it",
        count=unknown.height, money=money_of(unknown), countries=_named(unknown.get_column("country")),
    )  # fmt: skip
    return (
        Finding(
            "PROF-010", "warning", records.channel.code, message, "import the tax report, or put the rates of these countries in an overlay"
        ),
    )


def _named(countries: pl.Series) -> str:
    return ", ".join(sorted(country or "?" for country in countries.unique()))


def _unclassified(records: ChannelRecords, lines: pl.DataFrame) -> Iterable[Finding]:
    strange = lines.filter(pl.col("kind") == "unclassified")
    if not strange.height:
        return ()
    message = said("{count} lines are of a kind that is not known here ({money}); they count in contribution margin 3",
                   count=strange.height, money=money_of(strange))  # fmt: skip
    return (
        Finding("PROF-015", "warning", records.channel.code, message, "see their names with --explain, and tell the kind in a mapping"),
    )
