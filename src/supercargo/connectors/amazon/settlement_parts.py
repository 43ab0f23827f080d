"""What both layouts of the settlement report share: its summary rows, its days and the marketplaces of its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.amazon.marketplaces import ELSEWHERE, channel_of_currency, with_channels
from supercargo.connectors.raw.table import ROW
from supercargo.connectors.records.tables import table_of
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.sift import Sift

SUMMARY_DATES = ("settlement-start-date", "settlement-end-date", "deposit-date")


def read_summaries(sift: Sift) -> None:
    """Give every row its settlement's currency as ``__currency``; rows without a summary cannot be valued."""
    summaries = sift.rows.filter(pl.col("__summary") & (pl.col("currency") != ""))
    currency = summaries.select("settlement-id", pl.col("currency").str.to_uppercase().alias("__currency")).unique(
        "settlement-id", keep="first", maintain_order=True
    )
    sift.rows = sift.rows.join(currency, on="settlement-id", how="left", maintain_order="left")
    sift.fault(
        pl.col("__currency").is_null(), "AMZ-111", "the settlement's summary row is missing or has no currency, so the line has none"
    )


def read_days(sift: Sift) -> None:
    """Read the summary's three days, and when each line was posted; the day is that of the instant where there is one."""
    for name, column in zip(("begins_on", "ends_on", "deposit_on"), SUMMARY_DATES, strict=True):
        sift.day(name, column)
    sift.instant("posted_at", "posted-date-time" if sift.has("posted-date-time") else "posted-date")
    on = pl.col("posted_at").dt.date()
    if sift.has("posted-date-time") and bool(sift.rows.select((~pl.col("__summary") & (pl.col("posted-date-time") == "")).any()).item()):
        sift.day("__posted", "posted-date")
        on = pl.coalesce(on, pl.col("__posted"))
    elif not sift.has("posted-date-time"):
        sift.day("__posted", "posted-date")
        on = pl.coalesce(pl.col("__posted"), on)
    sift.rows = sift.rows.with_columns(on.alias("posted_on"))


def settle_channels(sift: Sift, context: Context) -> list[str]:
    """Give every row its channel and, where it names one itself, its country; tell which names are not known.

    A line without a marketplace has that of the last line before it; before the first it has the settlement's main
    one, else the one that settles in the currency, else the one that was told.
    """
    column = "marketplace-name"
    if not sift.has(column):
        sift.rows = sift.rows.with_columns(pl.lit("").alias(column))
    sift.rows = with_channels(sift.rows, column)
    own = pl.when(~pl.col("named_channel").str.starts_with(ELSEWHERE)).then(pl.col("named_channel"))
    sift.rows = sift.rows.with_columns(own.forward_fill().over("settlement-id").alias("__carried"))
    fallback = _fallbacks(sift.rows, context)
    sift.rows = sift.rows.join(fallback, on="settlement-id", how="left", maintain_order="left").with_columns(
        pl.coalesce("named_channel", "__carried", "__main").alias("channel")
    )
    strange = sift.rows.filter((pl.col(column) != "") & pl.col("named_channel").is_null())
    return sorted(strange.get_column(column).unique())


def _fallbacks(rows: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Find each settlement's main marketplace, named on most of its lines.

    Raises:
        Refused: AMZ-120, a settlement names none and several marketplaces settle in its currency.
    """
    named = rows.filter(pl.col("named_channel").is_not_null() & ~pl.col("named_channel").str.starts_with(ELSEWHERE))
    counted = named.group_by("settlement-id", "named_channel").len().sort("len", "named_channel", descending=[True, False])
    main = dict(counted.unique("settlement-id", keep="first", maintain_order=True).select("settlement-id", "named_channel").iter_rows())
    found = {}
    for settlement, currency in rows.select("settlement-id", "__currency").unique(maintain_order=True).iter_rows():
        found[settlement] = main.get(settlement) or channel_of_currency(currency) or context.channel or None
        if not found[settlement]:
            message = said("settlement {settlement} in {currency} names no marketplace", settlement=settlement, currency=currency)
            raise refuse("AMZ-120", "file", message, "say to which marketplace it belongs, such as --channel amazon-de")
    return pl.DataFrame(
        {"settlement-id": list(found), "__main": list(found.values())}, schema={"settlement-id": pl.String, "__main": pl.String}
    )


def record_settlements(sift: Sift) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Make the settlements, and a payout for each that pays something out; one that ends at or below zero pays nothing."""
    summaries = sift.rows.filter("__summary").select(
        pl.col(ROW).alias("row"),
        pl.col("settlement-id").alias("key"),
        pl.col("__main").alias("channel"),
        pl.col("settlement-id").alias("settlement_ref"),
        "begins_on",
        "ends_on",
        "deposit_on",
        pl.col("__currency").alias("currency"),
        "total_minor",
    )
    paid = summaries.filter(pl.col("total_minor") > 0).select(
        "row",
        "key",
        "channel",
        pl.col("settlement_ref").alias("payout_ref"),
        "settlement_ref",
        "currency",
        pl.col("total_minor").alias("amount_minor"),
        pl.col("deposit_on").alias("sent_on"),
        pl.lit("sent").alias("status"),
    )
    return table_of("settlement", summaries), table_of("payout", paid)
