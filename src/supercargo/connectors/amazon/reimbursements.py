"""The reimbursements report -> what Amazon paid or restocked for goods that it lost or damaged, and what it took back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.amazon.marketplaces import account_of_currency
from supercargo.connectors.amazon.repeats import NUMBER, with_numbers
from supercargo.connectors.raw import header
from supercargo.connectors.raw.sift import Sift
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped

OFFICIAL = (
    "approval-date", "reimbursement-id", "case-id", "amazon-order-id", "reason", "sku", "fnsku", "asin", "product-name", "condition",
    "currency-unit", "amount-per-unit", "amount-total", "quantity-reimbursed-cash", "quantity-reimbursed-inventory",
    "quantity-reimbursed-total", "original-reimbursement-id", "original-reimbursement-type",
)  # fmt: skip
COLUMNS: dict[str, tuple[str, ...]] = dict.fromkeys(OFFICIAL, ())
REQUIRED = ("approval-date", "reimbursement-id", "reason", "sku", "currency-unit", "amount-total")
_REVERSAL = pl.col("reason").str.to_lowercase().str.contains("reversal|clawback")


def certainty(raw: Raw) -> int:
    """Tell how sure the file is a reimbursements report."""
    return header.certainty(raw, COLUMNS, REQUIRED, ("quantity-reimbursed-cash", "original-reimbursement-id", "case-id"))


def map_reimbursements(raw: Raw, context: Context) -> Mapped:
    """Map reimbursements; the report writes a reversal as a positive amount, with us it is negative.

    Raises:
        Refused: AMZ-124 a currency belongs to no one account and no channel was told; what the reader raises.
    """
    sift = Sift(header.locate(raw, COLUMNS, REQUIRED), context)
    sift.fault(pl.col("reimbursement-id") == "", "AMZ-117", "the row has no number of a reimbursement")
    currency = pl.when(pl.col("currency-unit") != "").then(pl.col("currency-unit").str.to_uppercase())
    sift.fault(currency.is_null() & (pl.col("amount-total") != ""), "AMZ-115", "the row has amounts and no currency")
    sift.settle_decimal(["amount-total", "amount-per-unit"], default=".", trust=True)
    sift.amount("amount_minor", column="amount-total", currency=currency)
    sift.whole("cash", "quantity-reimbursed-cash")
    sift.whole("restocked", "quantity-reimbursed-inventory")
    sift.day("approved_on", "approval-date", required=True)
    sift.rows = sift.rows.with_columns(_channel(sift, context, currency).alias("channel"))
    sift.rows = with_numbers(sift.rows, ["reimbursement-id", "sku"])
    sift.keyed(["reimbursement-id", "sku", NUMBER])
    return sift.mapped({"reimbursement": _records(sift, currency)})


def _channel(sift: Sift, context: Context, currency: pl.Expr) -> pl.Expr:
    """The channel that was told, else the account that is kept in the currency."""
    if context.channel:
        return pl.lit(context.channel)
    codes = sift.rows.select(currency.alias("code")).get_column("code").unique().drop_nulls().to_list()
    accounts = {code: account_of_currency(code) for code in codes}
    strange = [code for code, account in accounts.items() if account is None]
    if strange or bool(sift.rows.select(currency.is_null().any()).item()):
        message = said("reimbursements in {currency} name no marketplace", currency=", ".join(sorted(strange)) or "?")
        raise refuse("AMZ-124", "file", message, "say to which account they belong, such as --channel amazon-de")
    return currency.replace_strict(accounts, default=None, return_dtype=pl.String)


def _records(sift: Sift, currency: pl.Expr) -> pl.DataFrame:
    return sift.record(
        "reimbursement",
        channel="channel",
        approved_on="approved_on",
        reimbursement_ref="reimbursement-id",
        case_ref=sift.text("case-id"),
        order_ref=sift.text("amazon-order-id"),
        reason=sift.text("reason"),
        sku=sift.text("sku"),
        currency=currency,
        amount_minor=_signed("amount_minor"),
        units_paid=_signed("cash"),
        units_restocked=_signed("restocked"),
        reverses_ref=sift.text("original-reimbursement-id"),
    )


def _signed(column: str) -> pl.Expr:
    return pl.when(_REVERSAL).then(-pl.col(column).abs()).otherwise(pl.col(column))
