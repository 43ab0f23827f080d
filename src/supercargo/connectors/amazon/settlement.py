"""The settlement report V2 -> the settlement, its payout, and one line of money for each of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.amazon.codes import TRIPLE, with_kinds
from supercargo.connectors.amazon.settlement_checks import findings_of
from supercargo.connectors.amazon.settlement_parts import (
    SUMMARY_DATES,
    read_days,
    read_summaries,
    record_settlements,
    settle_channels,
)
from supercargo.connectors.raw import header
from supercargo.connectors.raw.sift import Sift
from supercargo.kernel.currency import is_currency, minor_digits

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped

OFFICIAL = (
    "settlement-id", "settlement-start-date", "settlement-end-date", "deposit-date", "total-amount", "currency",
    "transaction-type", "order-id", "merchant-order-id", "adjustment-id", "shipment-id", "marketplace-name",
    "amount-type", "amount-description", "amount", "fulfillment-id", "posted-date", "posted-date-time", "order-item-code",
    "merchant-order-item-id", "merchant-adjustment-item-id", "sku", "quantity-purchased", "promotion-id",
)  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = dict.fromkeys(OFFICIAL, ())
REQUIRED = ("settlement-id", "total-amount", "currency", *TRIPLE, "amount")
IDENTITY = (
    *TRIPLE, "order-id", "adjustment-id", "shipment-id", "marketplace-name", "amount", "posted-date", "posted-date-time",
    "order-item-code", "sku", "quantity-purchased",
)  # fmt: skip
"""What makes a line the same one in another file, beside its settlement; ``promotion-id`` does not stand in every file."""


def certainty(raw: Raw) -> int:
    """Tell how sure the file is a settlement report V2."""
    return header.certainty(raw, COLUMNS, REQUIRED, ("settlement-start-date", "deposit-date", "posted-date-time"))


def map_settlement(raw: Raw, context: Context) -> Mapped:
    """Map settlements; several in one file, with their headers repeated, are several settlements.

    The sum of the lines and the total that Amazon states are both kept, and a difference is a finding.

    Raises:
        Refused: AMZ-120 a settlement in euro names no marketplace; what the reader raises.

    Findings:
        AMZ-101 the lines do not come to the total, AMZ-102 unclassified lines, AMZ-103 a transfer that failed,
        AMZ-104 nothing is paid out, AMZ-105 a marketplace that is not known.
    """
    sift = Sift(header.locate(raw, COLUMNS, REQUIRED), context)
    is_summary = (pl.col("transaction-type") == "") & (pl.col("amount") == "") & (pl.col("total-amount") != "")
    sift.rows = sift.rows.with_columns(is_summary.alias("__summary"))
    sift.fault(pl.col("settlement-id") == "", "AMZ-110", "the row does not say to which settlement it belongs")
    read_summaries(sift)
    _settle_signs(sift)
    currency = pl.col("__currency")
    sift.amount("total_minor", column="total-amount", currency=currency, found_in=("settlement", "total_minor"))
    sift.amount("amount_minor", column="amount", currency=currency, found_in=("money_line", "amount_minor"))
    sift.fault(~pl.col("__summary") & pl.col("amount_minor").is_null(), "AMZ-112", "the line has no amount")
    read_days(sift)
    sift.whole("quantity", "quantity-purchased")
    _key(sift)
    unknown = settle_channels(sift, context)
    sift.rows = with_kinds(sift.rows)
    return _records(sift, unknown)


def _settle_signs(sift: Sift) -> None:
    """Decide decimal sign and order of dates once; in a currency without cents a sign can only part thousands."""
    codes = [code for code in sift.rows.get_column("__currency").unique().drop_nulls() if is_currency(code)]
    whole = bool(codes) and all(minor_digits(code) == 0 for code in codes)
    sift.settle_decimal(["amount", "total-amount"], default=".", trust=whole)
    times = ["posted-date-time"] if sift.has("posted-date-time") else []
    lines = sift.rows.filter(~pl.col("__summary"))
    if not times or bool((lines.get_column("posted-date-time") == "").any()):
        times.append("posted-date")
    sift.settle_order([*SUMMARY_DATES, *times])


def _key(sift: Sift) -> None:
    """Name each line by its settlement, its content and its number among equal lines; a second copy of a settlement is skipped."""
    columns = ["settlement-id", *(name for name in IDENTITY if sift.has(name))]
    sections = pl.col("__summary").cum_sum().alias("__section")
    sift.rows = sift.rows.with_columns(sections)
    if sift.rows.filter("__summary").get_column("settlement-id").is_duplicated().any():
        number = pl.int_range(pl.len()).over(["__section", *columns])
        sift.rows = sift.rows.with_columns(number.alias("__number"))
        again = pl.struct(["__summary", *columns, "__number"]).is_first_distinct().not_()
        sift.skip(again, "AMZ-113", "the settlement stands in the file a second time")
    sift.keyed(columns, occurrence=True, within=["settlement-id"])


def _records(sift: Sift, unknown: list[str]) -> Mapped:
    settlements, payouts = record_settlements(sift)
    lines = sift.record(
        "money_line",
        channel="channel",
        settlement_ref="settlement-id",
        order_ref=sift.text("order-id"),
        line_ref=sift.text("order-item-code"),
        transaction_ref=pl.coalesce(sift.text("adjustment-id"), sift.text("shipment-id")),
        sku=sift.text("sku"),
        kind="kind",
        their_type=sift.text("transaction-type"),
        their_name=pl.concat_str([pl.col("amount-type"), pl.lit("/"), pl.col("amount-description")]),
        currency="__currency",
        amount_minor="amount_minor",
        quantity="quantity",
        posted_at="posted_at",
        posted_on="posted_on",
        status=pl.lit("settled"),
        country="country",
    ).filter(~sift.rows.get_column("__summary"))
    facts = {"settlements": ", ".join(settlements.get_column("settlement_ref").to_list())}
    tables = {"settlement": settlements, "payout": payouts, "money_line": lines}
    return sift.mapped(tables, findings_of(settlements, lines, unknown), facts)
