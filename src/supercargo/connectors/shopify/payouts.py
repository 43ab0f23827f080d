"""Transactions of Shopify Payments -> money lines, settlements and payouts: pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.raw.header import locate
from supercargo.connectors.raw.sift import Sift
from supercargo.connectors.shopify.codes import (
    DISPUTES,
    KINDS,
    NOT_CLASSIFIED,
    NOT_NET,
    PAYMENT_COLUMNS,
    PAYMENT_REQUIRED,
    PAYOUT_STATUSES,
    RESERVES,
    TOTALS_SUMMED,
)
from supercargo.connectors.shops.parts import Part, by_word, check_sum, money_lines, signed_kind, unclassified
from supercargo.connectors.shops.payouts import PAYOUT_ROWS, settled
from supercargo.kernel.finding import Finding

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped

CHANNEL = "shopify-payments"
_TYPE = pl.col("Type").str.to_lowercase()
_PAYOUT = _TYPE == "payout"
_RETURNED = _TYPE.is_in(["payout_failure", "payout_cancellation"])
_IDENTITY = ("posted_on", "Type", "Order", "amount_minor", "fee_minor", "Currency")


def map_payouts(raw: Raw, context: Context) -> Mapped:
    """Map the export of Shopify Payments' transactions.

    Raises:
        Refused: RAW-010 a required column is missing, RAW-02x or RAW-03x a question is open.
    """
    sift = Sift(locate(raw, PAYMENT_COLUMNS, PAYMENT_REQUIRED), context)
    _read(sift)
    channel = pl.lit(context.channel or CHANNEL)
    lines = money_lines(
        sift.rows,
        [
            Part("", _kind(), pl.col("amount_minor"), is_kept_at_zero=True),
            Part("fee", _fee_kind(), -pl.col("fee_minor"), name="fee"),
        ],
        channel=channel,
        settlement_ref=pl.when(_PAYOUT | _RETURNED).then(None).otherwise(pl.col("payout_ref")),
        order_ref=sift.text("Order"),
        related_ref=pl.when(_PAYOUT | _RETURNED).then(pl.col("payout_ref")),
        their_type=pl.col("Type"),
        posted_at=pl.col("posted_at"),
        posted_on=pl.col("posted_on"),
        status=pl.when(pl.col("payout_ref").is_null()).then(pl.lit("open")).otherwise(pl.lit("settled")),
        release_on=pl.col("release_on"),
    )
    ends, facts = settled(_ends(sift), channel, PAYOUT_STATUSES)
    findings = [*unclassified(lines, NOT_CLASSIFIED), *_where_from(facts)]
    return sift.mapped({"money_line": lines, **ends}, findings, facts)


def _read(sift: Sift) -> None:
    code = pl.col("Currency").str.to_uppercase()
    sift.settle_decimal(["Amount", "Fee", "Net"], trust=True, default=".")
    sift.settle_order(["Transaction Date", "Payout Date", "Available On"])
    for name in ("Amount", "Fee"):
        sift.amount(f"{name.lower()}_minor", column=name, currency=code)
    sift.amount("net_minor", column="Net", currency=code, found_in=("money_line", "amount_minor"))
    sift.rows = sift.rows.with_columns(code.alias("Currency"), code.alias("currency"), sift.text("Payout ID").alias("payout_ref"))
    nothing = pl.any_horizontal(pl.col(f"{name}_minor").is_null() for name in ("amount", "fee", "net"))
    sift.fault(nothing, NOT_NET, "an amount is missing")
    gap = pl.col("net_minor") - (pl.col("amount_minor") - pl.col("fee_minor"))
    check_sum(sift, gap, pl.col("currency"), NOT_NET, "net is not amount less fee; it differs by {gap}")
    sift.instant("posted_at", "Transaction Date")
    sift.day("posted_on", "Transaction Date", required=True)
    sift.day("release_on", "Available On")
    sift.day("arrives_on", "Payout Date")
    present = [name for name in _IDENTITY if name in sift.rows.columns]
    sift.keyed(present, occurrence=True)


def _kind() -> pl.Expr:
    reserve = signed_kind(pl.col("amount_minor"), "reserve_released", "reserve_held")
    return pl.when(_TYPE.is_in(RESERVES)).then(reserve).otherwise(by_word(_TYPE, KINDS, "unclassified"))


def _fee_kind() -> pl.Expr:
    return pl.when(_TYPE.is_in(DISPUTES)).then(pl.lit("fee_dispute")).otherwise(pl.lit("fee_payment"))


def _ends(sift: Sift) -> pl.DataFrame:
    return sift.rows.with_columns(
        is_payout=_PAYOUT,
        is_return=_RETURNED,
        sent_on=pl.when(_PAYOUT).then("posted_on"),
        payout_status=sift.text("Payout Status"),
    )


def _where_from(facts: dict[str, str]) -> list[Finding]:
    if facts.get("payout_totals", PAYOUT_ROWS) == PAYOUT_ROWS:
        return []
    return [
        Finding(
            TOTALS_SUMMED,
            "note",
            "file",
            "payouts without a row of their own have the sum of their lines as total",
            "if the file was filtered by date, export the whole payout again",
        )
    ]
