"""The settlement report before V2 (retired in March 2026): one row per item, its amounts in eight pairs of columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

from supercargo.connectors.amazon.codes import TRIPLE, with_kinds
from supercargo.connectors.amazon.settlement_checks import findings_of
from supercargo.connectors.amazon.settlement_parts import SUMMARY_DATES, read_days, read_summaries, record_settlements, settle_channels
from supercargo.connectors.raw import header
from supercargo.connectors.raw.sift import Sift
from supercargo.connectors.raw.table import ROW
from supercargo.connectors.records.tables import table_of

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped


class Pair(NamedTuple):
    """Where an amount of a row stands, and the words that name it: as V2 would say it."""

    amount: str
    amount_type: str
    description: str
    """A column, or in angle brackets the word itself."""


PAIRS = (
    Pair("price-amount", "ItemPrice", "price-type"),
    Pair("item-related-fee-amount", "ItemFees", "item-related-fee-type"),
    Pair("shipment-fee-amount", "ShipmentFees", "shipment-fee-type"),
    Pair("order-fee-amount", "OrderFees", "order-fee-type"),
    Pair("promotion-amount", "Promotion", "promotion-type"),
    Pair("direct-payment-amount", "DirectPayment", "direct-payment-type"),
    Pair("misc-fee-amount", "ItemFees", "<MiscFee>"),
    Pair("other-fee-amount", "OtherFees", "other-fee-reason-description"),
    Pair("other-amount", "other-transaction", "transaction-type"),
)
OFFICIAL = (
    "settlement-id", *SUMMARY_DATES, "total-amount", "currency", "transaction-type", "order-id", "merchant-order-id", "adjustment-id",
    "shipment-id", "marketplace-name", "shipment-fee-type", "shipment-fee-amount", "order-fee-type", "order-fee-amount", "fulfillment-id",
    "posted-date", "order-item-code", "merchant-order-item-id", "merchant-adjustment-item-id", "sku", "quantity-purchased", "price-type",
    "price-amount", "item-related-fee-type", "item-related-fee-amount", "misc-fee-amount", "other-fee-amount",
    "other-fee-reason-description", "promotion-id", "promotion-type", "promotion-amount", "direct-payment-type", "direct-payment-amount",
    "other-amount",
)  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = dict.fromkeys(OFFICIAL, ())
REQUIRED = ("settlement-id", "total-amount", "currency", "transaction-type", "price-type", "price-amount", "other-amount")


def certainty(raw: Raw) -> int:
    """Tell how sure the file is a settlement report of the old layout."""
    return header.certainty(raw, COLUMNS, REQUIRED, ("item-related-fee-type", "shipment-fee-type", "direct-payment-type"))


def map_old_settlement(raw: Raw, context: Context) -> Mapped:
    """Map settlements of the old layout: each amount of a row becomes a line of its own.

    Raises:
        Refused: as for V2.

    Findings:
        As for V2.
    """
    sift = Sift(header.locate(raw, COLUMNS, REQUIRED), context)
    amounts = [pair.amount for pair in PAIRS if sift.has(pair.amount)]
    empty = pl.all_horizontal(pl.col(name) == "" for name in amounts)
    sift.rows = sift.rows.with_columns(((pl.col("transaction-type") == "") & empty & (pl.col("total-amount") != "")).alias("__summary"))
    sift.fault(pl.col("settlement-id") == "", "AMZ-110", "the row does not say to which settlement it belongs")
    read_summaries(sift)
    sift.settle_decimal([*amounts, "total-amount"])
    sift.amount("total_minor", column="total-amount", currency=pl.col("__currency"), found_in=("settlement", "total_minor"))
    for name in amounts:
        sift.amount(f"{name}_minor", name, pl.col("__currency"))
    missing = pl.all_horizontal(pl.col(f"{name}_minor").is_null() for name in amounts)
    sift.fault(~pl.col("__summary") & missing, "AMZ-112", "the line has no amount")
    sift.settle_order([*SUMMARY_DATES, "posted-date"])
    read_days(sift)
    sift.whole("quantity", "quantity-purchased")
    identity = [name for name in OFFICIAL if name not in {*SUMMARY_DATES, "total-amount", "currency", "promotion-id"} and sift.has(name)]
    sift.keyed(identity, occurrence=True, within=["settlement-id"])
    unknown = settle_channels(sift, context)
    settlements, payouts = record_settlements(sift)
    lines = table_of("money_line", pl.concat([_lines(sift, pair) for pair in PAIRS if sift.has(pair.amount)]).sort("row", "key"))
    return sift.mapped({"settlement": settlements, "payout": payouts, "money_line": lines}, findings_of(settlements, lines, unknown))


def _lines(sift: Sift, pair: Pair) -> pl.DataFrame:
    """Make the lines of one pair of columns; ``key`` ends in the name of the column of amounts."""
    fixed = pair.description.startswith("<")
    description = pl.lit(pair.description.strip("<>")) if fixed else pl.col(pair.description)
    rows = sift.rows.filter(~pl.col("__summary") & pl.col(f"{pair.amount}_minor").is_not_null()).with_columns(
        pl.lit(pair.amount_type).alias(TRIPLE[1]), description.alias(TRIPLE[2])
    )
    return with_kinds(rows).select(
        pl.col(ROW).alias("row"),
        pl.concat_str([pl.col("key"), pl.lit(f"|{pair.amount}")]).alias("key"),
        "channel",
        pl.col("settlement-id").alias("settlement_ref"),
        sift.text("order-id").alias("order_ref"),
        sift.text("order-item-code").alias("line_ref"),
        pl.coalesce(sift.text("adjustment-id"), sift.text("shipment-id")).alias("transaction_ref"),
        sift.text("sku").alias("sku"),
        "kind",
        sift.text("transaction-type").alias("their_type"),
        pl.concat_str([pl.col(TRIPLE[1]), pl.lit("/"), pl.col(TRIPLE[2])]).alias("their_name"),
        pl.col("__currency").alias("currency"),
        pl.col(f"{pair.amount}_minor").alias("amount_minor"),
        "quantity",
        "posted_at",
        "posted_on",
        pl.lit("settled").alias("status"),
        "country",
    )
