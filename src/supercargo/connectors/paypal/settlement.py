"""The settlement report of PayPal's file server -> money lines and payouts: pure.

Each record says in its first cell what it is. Amounts have neither sign nor decimal separator: the column
Debit or Credit gives the sign, the currency the place of the separator. Footers count the records, so a file that broke
off is found out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.paypal.activity import CHANNEL
from supercargo.connectors.paypal.codes import BAD_BODY, EVENTS, NO_BODY, NO_RECORD, NOT_CLASSIFIED, SETTLEMENT
from supercargo.connectors.paypal.footers import check_counts, totals
from supercargo.connectors.paypal.scale import hundredths, with_separator
from supercargo.connectors.raw.header import plain
from supercargo.connectors.raw.sift import Sift
from supercargo.connectors.raw.table import ROW, Table
from supercargo.connectors.shops.parts import Part, money_lines, signed_kind, unclassified
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Grid, Raw
    from supercargo.connectors.records.mapped import Mapped

_OURS = {plain(name): name for name in SETTLEMENT} | {plain("Transaction Debit or Credit"): SETTLEMENT[8]}
_GROSS, _SIDE, _CODE = "Gross Transaction Amount", SETTLEMENT[8], "Gross Transaction Currency"
_FEE, _FEE_SIDE, _FEE_CODE = "Fee Amount", "Fee Debit or Credit", "Fee Currency"


def is_settlement(raw: Raw) -> int:
    """Tell whether a file begins with the report header and has a header of columns."""
    if not raw.grids or not raw.grids[0].cells.height or "c1" not in raw.grids[0].cells.columns:
        return 0
    first = raw.grids[0].cells.get_column("c0").head(40).str.strip_chars()
    return 100 if first[0] == "RH" and first.is_in(["SH", "CH", "FH"]).any() else 0


NEEDED = (_GROSS, _SIDE, _CODE, _FEE, _FEE_SIDE, _FEE_CODE, "Transaction ID", "Transaction Event Code", "Transaction Completion Date")


def map_settlement(raw: Raw, context: Context) -> Mapped:
    """Map a settlement report.

    Raises:
        Refused: PAY-021 records and footers do not agree in number, PAY-023 the scale of a currency is open,
            PAY-025 there is no header of columns.
    """
    if not raw.grids or "c1" not in raw.grids[0].cells.columns:
        raise refuse(NO_BODY, "file", "the report has no header of columns", "download the report again without changing it")
    grid = raw.grids[0]
    check_counts(grid)
    table = _table(grid)
    scale = hundredths(table.rows, ((_GROSS, _CODE), (_FEE, _FEE_CODE)), context.options.get("paypal-scale", ""))
    findings = totals(grid, table.rows, scale)
    rows = with_separator(table.rows, _GROSS, _SIDE, _CODE, scale)
    rows = with_separator(rows, _FEE, _FEE_SIDE, _FEE_CODE, scale)
    return _map(Sift(Table(table.columns, rows, table.overflow, table.skipped), context, decimal=".", dates="ymd"), context, findings)


def _table(grid: Grid) -> Table:
    """Give the section bodies as a table under the names of the header of columns."""
    kinds = grid.cells.get_column("c0").str.strip_chars()
    headers = grid.cells.filter(kinds == "CH")
    if not headers.height:
        raise refuse(NO_BODY, "file", "the report has no header of columns", "download the report again without changing it")
    names: list[str] = []
    for place, cell in enumerate(headers.row(0)[1:]):
        name = _OURS.get(plain(cell), cell.strip()) or f"column {place + 1}"
        names.append(name if name not in names else f"{name} ({place + 1})")
    missing = [name for name in NEEDED if name not in names]
    if missing:
        message = said("the header of columns lacks {columns}", columns=", ".join(missing))
        raise refuse(NO_BODY, "file", message, "download the report again without changing it")
    renamed = {f"c{place}": name for place, name in enumerate(names)}
    body, rest = grid.cells.filter(kinds == "SB"), grid.cells.filter(kinds != "SB")
    skipped = rest.select(
        pl.col(ROW).alias("row"), pl.lit(NO_RECORD).alias("code"), pl.lit("is a header or footer of the report").alias("reason")
    )
    return Table(tuple(names), body.select(ROW, *renamed).rename(renamed), pl.Series([], dtype=pl.Int64), skipped)


def _map(sift: Sift, context: Context, findings: list) -> Mapped:  # type: ignore[type-arg]
    gross_code, fee_code = pl.col(_CODE).str.to_uppercase(), pl.col(_FEE_CODE).str.to_uppercase()
    sift.fault(~pl.col(_SIDE).is_in(["CR", "DR"]), BAD_BODY, "the record does not say whether it is a debit or a credit")
    has_fee = ~pl.col(_FEE).is_in(["", "0", "0.00"])
    sift.fault(has_fee & ~pl.col(_FEE_SIDE).is_in(["CR", "DR"]), BAD_BODY, "the record does not say whether it is a debit or a credit")
    sift.amount("gross_minor", column=_GROSS, currency=gross_code)
    sift.rows = sift.rows.with_columns(pl.when(fee_code == "").then(gross_code).otherwise(fee_code).alias("__fee_code"))
    sift.amount("fee_minor", column=_FEE, currency=pl.col("__fee_code"))
    sift.fault(pl.col("gross_minor").is_null(), BAD_BODY, "an amount is missing")
    sift.instant("posted_at", "Transaction Completion Date")
    sift.day("posted_on", "Transaction Completion Date")
    again = pl.int_range(1, pl.len() + 1).over("Transaction ID")
    key = (
        pl.when(again == 1).then(pl.col("Transaction ID")).otherwise(pl.concat_str("Transaction ID", again.cast(pl.String), separator="|"))
    )
    sift.rows = sift.rows.with_columns(key.alias("key"), _kind().alias("kind"))
    lines = money_lines(
        sift.rows,
        [
            Part("", pl.col("kind"), pl.col("gross_minor"), gross_code, is_kept_at_zero=True),
            Part("fee", _fee_kind(), pl.col("fee_minor"), pl.col("__fee_code"), name="fee"),
        ],
        channel=pl.lit(context.channel or CHANNEL),
        order_ref=sift.text("Invoice ID"),
        transaction_ref=pl.col("Transaction ID"),
        related_ref=sift.text("PayPal Reference ID"),
        their_type=pl.col("Transaction Event Code"),
        posted_at=pl.col("posted_at"),
        posted_on=pl.col("posted_on"),
        status=pl.lit("settled"),
    )
    return sift.mapped({"money_line": lines, "payout": _payouts(lines)}, [*findings, *unclassified(lines, NOT_CLASSIFIED)])


def _kind() -> pl.Expr:
    event = pl.col("Transaction Event Code").str.to_uppercase()
    exact = event.replace_strict(EVENTS, default=None, return_dtype=pl.String)
    group = event.str.slice(0, 3).replace_strict(EVENTS, default="unclassified", return_dtype=pl.String)
    gross = pl.col("gross_minor")
    found = pl.coalesce(exact, group)
    found = pl.when(found == "conversion").then(signed_kind(gross, "conversion_in", "conversion_out")).otherwise(found)
    found = pl.when(found == "reserve").then(signed_kind(gross, "reserve_released", "reserve_held")).otherwise(found)
    return pl.when((found == "customer_payment") & (gross < 0)).then(pl.lit("unclassified")).otherwise(found)


def _fee_kind() -> pl.Expr:
    return pl.when(pl.col("kind") == "refund_other").then(pl.lit("fee_dispute")).otherwise(pl.lit("fee_payment"))


def _payouts(lines: pl.DataFrame) -> pl.DataFrame:
    from supercargo.connectors.records.tables import table_of  # noqa: PLC0415

    gone = lines.filter(pl.col("kind").is_in(["payout", "payout_failed"]))
    state = pl.when(pl.col("kind") == "payout_failed").then(pl.lit("failed")).otherwise(pl.lit("sent"))
    return table_of(
        "payout",
        gone.select(
            "row",
            "key",
            "channel",
            "currency",
            payout_ref="transaction_ref",
            amount_minor=-pl.col("amount_minor"),
            sent_on="posted_on",
            status=state,
        ),
    )
