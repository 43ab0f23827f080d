"""Stripe's balance, transaction by transaction -> money lines, settlements and payouts: pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.raw.header import locate
from supercargo.connectors.raw.sift import Sift
from supercargo.connectors.shops.parts import Part, by_word, check_sum, money_lines, unclassified
from supercargo.connectors.shops.payouts import settled
from supercargo.connectors.stripe.codes import BY_SIGN, COLUMNS, KINDS, NO_NUMBER, NOT_CLASSIFIED, NOT_NET, REQUIRED, TWICE
from supercargo.connectors.stripe.objects import table_of_objects

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw, Table
    from supercargo.connectors.records.mapped import Mapped

_CATEGORY = pl.col("reporting_category").str.to_lowercase()
_PAYOUT = _CATEGORY == "payout"
_RETURNED = _CATEGORY == "payout_reversal"


def map_balance(raw: Raw, context: Context) -> Mapped:
    """Map the itemised balance report, or the list of balance transactions of the interface.

    Raises:
        Refused: RAW-010 a required column is missing, PAY-105 the file is no JSON, RAW-02x or RAW-03x a question is open.
    """
    table, facts = table_of_objects(raw.text) if raw.kind == "json" else (locate(raw, COLUMNS, REQUIRED), {"units": "major"})
    return _map(table, context, facts)


def _map(table: Table, context: Context, facts: dict[str, str]) -> Mapped:
    sift = Sift(table, context, decimal=context.decimal or ".", dates="ymd")
    _read(sift)
    channel = pl.lit(context.channel or "stripe")
    lines = money_lines(
        sift.rows,
        [
            Part("", _kind(), pl.col("gross_minor"), is_kept_at_zero=True),
            Part("fee", _fee_kind(), -pl.col("fee_minor"), name="fee"),
        ],
        channel=channel,
        settlement_ref=pl.when(_PAYOUT | _RETURNED).then(None).otherwise(pl.col("payout_ref")),
        order_ref=sift.text("order_ref"),
        line_ref=sift.text("source_id"),
        transaction_ref=pl.col("balance_transaction_id"),
        related_ref=pl.when(_PAYOUT | _RETURNED).then(pl.col("payout_ref")).when(_CATEGORY != "charge").then(sift.text("charge_id")),
        their_type=pl.col("reporting_category"),
        posted_at=pl.col("posted_at"),
        posted_on=pl.col("posted_on"),
        status=pl.when(pl.col("payout_ref").is_null()).then(pl.lit("open")).otherwise(pl.lit("settled")),
        release_on=pl.col("release_on"),
    )
    ends, totals = settled(_ends(sift), channel, {"paid": "sent", "in_transit": "sent", "pending": "open", "failed": "failed"})
    return sift.mapped({"money_line": lines, **ends}, unclassified(lines, NOT_CLASSIFIED), facts | totals)


def _read(sift: Sift) -> None:
    code = pl.col("currency").str.to_uppercase()
    for name in ("gross", "fee"):
        sift.amount(f"{name}_minor", column=name, currency=code)
    sift.amount("net_minor", column="net", currency=code, found_in=("money_line", "amount_minor"))
    sift.rows = sift.rows.with_columns(code.alias("currency"))
    gap = pl.col("net_minor") - (pl.col("gross_minor") - pl.col("fee_minor").fill_null(0))
    check_sum(sift, gap.fill_null(0), pl.col("currency"), NOT_NET, "net is not gross less fee; it differs by {gap}")
    nothing = pl.col("gross_minor").is_null() | pl.col("net_minor").is_null()
    sift.fault(nothing, NOT_NET, "an amount is missing")
    sift.fault(pl.col("balance_transaction_id") == "", NO_NUMBER, "the number of the transaction is missing")
    sift.instant("posted_at", "created_utc" if sift.has("created_utc") else "created", zone="UTC" if sift.has("created_utc") else "")
    sift.day("posted_on", "created" if sift.has("created") else "created_utc")
    sift.day("release_on", "available_on" if sift.has("available_on") else "available_on_utc")
    sift.day("arrives_on", _effective(sift))
    sift.keyed(["balance_transaction_id"])
    sift.doubled(TWICE, "the transaction stands in the file already")
    own = pl.when((_PAYOUT | _RETURNED) & pl.col("source_id").str.starts_with("po_")).then(pl.col("source_id"))
    source = own if sift.has("source_id") else pl.lit(None, pl.String)
    sift.rows = sift.rows.with_columns(pl.coalesce(sift.text("automatic_payout_id"), source).alias("payout_ref"))


def _effective(sift: Sift) -> str:
    local = "automatic_payout_effective_at"
    return local if sift.has(local) else f"{local}_utc"


def _kind() -> pl.Expr:
    kind = by_word(_CATEGORY, KINDS, "unclassified")
    for category, (incoming, outgoing) in BY_SIGN.items():
        by_sign = pl.when(pl.col("gross_minor") >= 0).then(pl.lit(incoming)).otherwise(pl.lit(outgoing))
        kind = pl.when(category == _CATEGORY).then(by_sign).otherwise(kind)
    return kind


def _fee_kind() -> pl.Expr:
    return pl.when(_CATEGORY.str.starts_with("dispute")).then(pl.lit("fee_dispute")).otherwise(pl.lit("fee_payment"))


def _ends(sift: Sift) -> pl.DataFrame:
    return sift.rows.with_columns(
        is_payout=_PAYOUT,
        is_return=_RETURNED,
        sent_on=pl.when(_PAYOUT).then("posted_on"),
        payout_status=pl.lit(None, pl.String),
    )
