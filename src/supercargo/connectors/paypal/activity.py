"""The download of account activity -> money lines and payouts: pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.countries import CODES
from supercargo.connectors.paypal.codes import (
    COLUMNS,
    CONVERSIONS,
    FINAL_WORDS,
    HOLDS,
    MEMO,
    MEMO_WORDS,
    NO_IMPACT_COLUMN,
    NO_NUMBER,
    NO_PARTNER,
    NOT_CLASSIFIED,
    NOT_FINAL,
    NOT_NET,
    REQUIRED,
    TYPES,
)
from supercargo.connectors.raw.header import locate
from supercargo.connectors.raw.sift import Sift
from supercargo.connectors.shops.parts import Part, by_word, check_sum, money_lines, signed_kind, unclassified
from supercargo.connectors.shops.writing import money_text
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped

CHANNEL = "paypal"
_GROSS = pl.col("gross_minor")


def map_activity(raw: Raw, context: Context) -> Mapped:
    """Map the activity download, whatever columns its owner chose beside the required ones.

    Raises:
        Refused: RAW-010 a required column is missing, RAW-02x or RAW-03x: the order of day and month or the decimal sign is open.
    """
    sift = Sift(locate(raw, COLUMNS, REQUIRED), context)
    _drop(sift)
    _read(sift)
    sift.rows = sift.rows.with_columns(_kind().alias("kind"))
    lines = money_lines(
        sift.rows,
        [
            Part("", pl.col("kind"), _GROSS, is_kept_at_zero=True),
            Part("fee", _fee_kind(), pl.col("fee_minor"), name="fee"),
        ],
        channel=pl.lit(context.channel or CHANNEL),
        order_ref=sift.text("Invoice Number"),
        transaction_ref=pl.col("Transaction ID"),
        related_ref=sift.text("Reference Txn ID"),
        their_type=pl.col("Type"),
        posted_at=pl.col("posted_at"),
        posted_on=pl.col("posted_on"),
        status=_status(sift),
        country=_country(sift),
    )
    payouts = _payouts(sift, context)
    findings = [*_without_impact(sift), *unclassified(lines, NOT_CLASSIFIED), *_lone_conversions(lines)]
    return sift.mapped({"money_line": lines, "payout": payouts}, findings)


def _drop(sift: Sift) -> None:
    """Let rows leave that do not touch the balance: memos by their own column, else what is not final."""
    if sift.has("Balance Impact"):
        impact = pl.col("Balance Impact").str.to_lowercase()
        sift.skip(impact.is_in(MEMO_WORDS), MEMO, "a memo does not touch the balance")
    elif sift.has("Status"):
        is_final = pl.col("Status").str.to_lowercase().is_in(FINAL_WORDS)
        sift.skip(~is_final, NOT_FINAL, "the transaction is not completed")


def _read(sift: Sift) -> None:
    code = pl.col("Currency").str.to_uppercase()
    sift.settle_decimal(["Gross", "Fee", "Net", "Balance"])
    sift.settle_order(["Date"])
    sift.amount("gross_minor", column="Gross", currency=code)
    sift.amount("fee_minor", column="Fee", currency=code)
    sift.amount("net_minor", column="Net", currency=code, found_in=("money_line", "amount_minor"))
    sift.rows = sift.rows.with_columns(code.alias("currency"))
    sift.fault(_GROSS.is_null() | pl.col("net_minor").is_null(), NOT_NET, "an amount is missing")
    sift.fault(pl.col("Transaction ID") == "", NO_NUMBER, "the number of the transaction is missing")
    gap = pl.col("net_minor") - (_GROSS + pl.col("fee_minor").fill_null(0))
    check_sum(sift, gap, pl.col("currency"), NOT_NET, "net is not gross plus fee; it differs by {gap}")
    sift.day("posted_on", "Date", required=True)
    _moment(sift)
    again = pl.int_range(1, pl.len() + 1).over("Transaction ID")
    key = (
        pl.when(again == 1).then(pl.col("Transaction ID")).otherwise(pl.concat_str("Transaction ID", again.cast(pl.String), separator="|"))
    )
    sift.rows = sift.rows.with_columns(key.alias("key"))


def _moment(sift: Sift) -> None:
    """Put day, time and zone together; without a time or a zone that is known the instant stays unknown."""
    if not (sift.has("Time") and sift.has("TimeZone")):
        sift.rows = sift.rows.with_columns(pl.lit(None, pl.Datetime("us", "UTC")).alias("posted_at"))
        return
    zone = pl.col("TimeZone")
    abbreviation = pl.when(~zone.str.contains("/", literal=True)).then(zone)
    day = pl.col("posted_on").dt.strftime("%Y-%m-%d")
    sift.rows = sift.rows.with_columns(
        pl.when(pl.col("Time") != "")
        .then(pl.concat_str([day, pl.lit(" "), pl.col("Time"), pl.lit(" "), abbreviation.fill_null("")]))
        .otherwise(pl.lit(""))
        .str.strip_chars()
        .alias("__moment")
    )
    names = sift.rows.get_column("TimeZone").unique().drop_nulls()
    regions = [name for name in names if "/" in name]
    sift.instant("posted_at", "__moment", zone=regions[0] if len(regions) == 1 and names.len() == 1 else "")


def _kind() -> pl.Expr:
    word = pl.col("Type").str.to_lowercase()
    kind = by_word(pl.col("Type"), TYPES, "unclassified")
    kind = pl.when((kind == "customer_payment") & (_GROSS < 0)).then(pl.lit("unclassified")).otherwise(kind)
    by_sign = [
        (word.is_in(CONVERSIONS), signed_kind(_GROSS, "conversion_in", "conversion_out")),
        (word.is_in(HOLDS), signed_kind(_GROSS, "reserve_released", "reserve_held")),
    ]
    for where, choice in by_sign:
        kind = pl.when(where).then(choice).otherwise(kind)
    return kind


def _fee_kind() -> pl.Expr:
    return pl.when(pl.col("kind") == "refund_other").then(pl.lit("fee_dispute")).otherwise(pl.lit("fee_payment"))


def _status(sift: Sift) -> pl.Expr:
    state = sift.text("Status").str.to_lowercase().fill_null("")
    is_final = state.is_in(FINAL_WORDS) | (pl.col("kind") == "reserve_held")  # a hold is placed at once, and released by a line of its own
    return pl.when(is_final).then(pl.lit("settled")).otherwise(pl.lit("open"))


def _country(sift: Sift) -> pl.Expr:
    code = sift.text("Country Code").str.to_uppercase()
    return pl.when(code.is_in(sorted(CODES))).then(code)


def _payouts(sift: Sift, context: Context) -> pl.DataFrame:
    whole = sift.rows
    sift.rows = whole.filter(pl.col("kind").is_in(["payout", "payout_failed"]))
    made = sift.record(
        "payout",
        channel=pl.lit(context.channel or CHANNEL),
        payout_ref="Transaction ID",
        currency="currency",
        amount_minor=-pl.col("net_minor"),
        sent_on="posted_on",
        status=pl.when(pl.col("kind") == "payout_failed").then(pl.lit("failed")).otherwise(pl.lit("sent")),
    )
    sift.rows = whole
    return made


def _without_impact(sift: Sift) -> list[Finding]:
    if sift.has("Balance Impact"):
        return []
    remedy = "choose the column Balance Impact in the download and import it again"
    return [Finding(NO_IMPACT_COLUMN, "warning", "file", "without the column Balance Impact, memos are told by their state only", remedy)]


def _lone_conversions(lines: pl.DataFrame) -> list[Finding]:
    """Name conversions whose other half is not in the file: two halves have the same reference and different currencies."""
    halves = lines.filter(pl.col("kind").is_in(["conversion_in", "conversion_out"]))
    of = pl.coalesce("related_ref", "transaction_ref")
    sides = pl.col("kind").n_unique().over(of)
    alone = halves.filter(sides < 2)  # noqa: PLR2004 - in and out
    return [
        Finding(
            NO_PARTNER,
            "warning",
            f"rows[{row}]",
            said("the other half of the conversion of {amount} is not in the file", amount=f"{money_text(amount, currency)} {currency}"),
            "download the period again for all currencies",
        )
        for row, amount, currency in alone.select("row", "amount_minor", "currency").head(100).iter_rows()
    ]
