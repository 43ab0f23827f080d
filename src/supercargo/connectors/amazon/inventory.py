"""The FBA inventory report (MYI, unsuppressed) -> how many units stand in each pool of stock on one day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.amazon.marketplaces import ACCOUNT_EU, pool_of_channel
from supercargo.connectors.raw import header
from supercargo.connectors.raw.sift import Sift
from supercargo.kernel.finding import refuse

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped

OFFICIAL = (
    "sku", "fnsku", "asin", "product-name", "condition", "your-price", "mfn-listing-exists", "mfn-fulfillable-quantity",
    "afn-listing-exists", "afn-warehouse-quantity", "afn-fulfillable-quantity", "afn-unsellable-quantity", "afn-reserved-quantity",
    "afn-total-quantity", "per-unit-volume", "afn-inbound-working-quantity", "afn-inbound-shipped-quantity",
    "afn-inbound-receiving-quantity", "afn-researching-quantity", "afn-reserved-future-supply", "afn-future-supply-buyable",
)  # fmt: skip
OPTIONAL = ("afn-fulfillable-quantity-local", "afn-fulfillable-quantity-remote", "store")
COLUMNS: dict[str, tuple[str, ...]] = dict.fromkeys((*OFFICIAL, *OPTIONAL), ())
REQUIRED = ("sku", "fnsku", "condition", "afn-fulfillable-quantity", "afn-total-quantity")
_COUNTS = {
    "sellable": "afn-fulfillable-quantity",
    "unsellable": "afn-unsellable-quantity",
    "reserved": "afn-reserved-quantity",
    "researching": "afn-researching-quantity",
    "total": "afn-total-quantity",
    "__working": "afn-inbound-working-quantity",
    "__shipped": "afn-inbound-shipped-quantity",
    "__receiving": "afn-inbound-receiving-quantity",
}
_ON_THE_WAY = ("__working", "__shipped", "__receiving")


def certainty(raw: Raw) -> int:
    """Tell how sure the file is an FBA inventory report."""
    return header.certainty(raw, COLUMNS, REQUIRED, ("afn-warehouse-quantity", "afn-unsellable-quantity", "per-unit-volume"))


def map_inventory(raw: Raw, context: Context) -> Mapped:
    """Map the stock of a whole pool: the European report is the same under every European marketplace, and is counted once.

    Raises:
        Refused: AMZ-122 the day of the snapshot is not known, AMZ-123 nor is the pool of stock.
    """
    warehouse, channel = pool(context)
    counted_on = snapshot_day(raw, context)
    sift = Sift(header.locate(raw, COLUMNS, REQUIRED), context, decimal=".")
    removed = pl.col("condition").str.to_lowercase().is_in(["unknown", "no listing"]) & _empty(sift, "your-price")
    sift.skip(removed, "AMZ-130", "the listing was removed")
    sift.skip(_equals(sift, "afn-listing-exists", "no"), "AMZ-131", "the listing is not fulfilled by Amazon")
    for out, column in _COUNTS.items():
        sift.whole(out, column)
    sift.rows = sift.rows.with_columns(pl.lit(warehouse).alias("__warehouse"), pl.lit(counted_on.isoformat()).alias("__day"))
    sift.keyed(["__warehouse", "__day", "sku", "fnsku", "condition"])
    sift.doubled("AMZ-132", "the row stands in the file a second time")
    return sift.mapped({"stock_count": _counts(sift, warehouse, channel, counted_on)}, facts={"warehouse": warehouse})


def _counts(sift: Sift, warehouse: str, channel: str, counted_on: date) -> pl.DataFrame:
    inbound = pl.sum_horizontal(_ON_THE_WAY, ignore_nulls=False)
    return sift.record(
        "stock_count",
        channel=pl.lit(channel),
        warehouse=pl.lit(warehouse),
        counted_on=pl.lit(counted_on),
        sku=sift.text("sku"),
        fulfilment_sku=sift.text("fnsku"),
        listing_ref=sift.text("asin"),
        title=sift.text("product-name"),
        condition=sift.text("condition"),
        sellable="sellable",
        unsellable="unsellable",
        reserved="reserved",
        inbound=inbound,
        researching="researching",
        total="total",
    )


def pool(context: Context) -> tuple[str, str]:
    """Give the pool of stock and the channel that stands for it: ("fba-eu", "amazon-eu") for every European marketplace.

    Raises:
        Refused: AMZ-123, neither the channel nor the warehouse was told.
    """
    name = context.warehouse.removeprefix("fba-") if context.warehouse else pool_of_channel(context.channel)
    if not name:
        message = "the report does not say of which marketplace's stock it is"
        raise refuse("AMZ-123", "file", message, "say which with --channel, such as --channel amazon-de")
    return f"fba-{name}", (ACCOUNT_EU if name == "eu" else f"amazon-{name}")


def snapshot_day(raw: Raw, context: Context) -> date:
    """Give the day of a report that does not name its own.

    Raises:
        Refused: AMZ-122, nobody told.
    """
    if context.day:
        return context.day
    known = raw.known.get("day", "")
    if known:
        return date.fromisoformat(known)
    message = "the report does not say of which day it is"
    raise refuse("AMZ-122", "file", message, "say which with --day, such as --day 2026-07-15")


def _empty(sift: Sift, column: str) -> pl.Expr:
    return sift.text(column).is_null()


def _equals(sift: Sift, column: str, word: str) -> pl.Expr:
    return sift.text(column).str.to_lowercase().eq_missing(word)
