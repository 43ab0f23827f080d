"""Money lines -> PayPal's activity download, exactly as it comes: UTF-8 with a mark, CRLF, every cell quoted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supercargo.connectors.paypal.codes import ACTIVITY, TYPES
from supercargo.connectors.shops.writing import csv_bytes, money_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

_TYPE_OF = {
    "conversion_in": "General Currency Conversion",
    "conversion_out": "General Currency Conversion",
    "reserve_held": "General Hold",
    "reserve_released": "General Hold Release",
    "customer_payment": "Express Checkout Payment",
    "customer_repayment": "Payment Refund",
}
for _word, _kind in TYPES.items():
    _TYPE_OF.setdefault(_kind, _word.title())
_MARK = b"\xef\xbb\xbf"


def render_activity(
    tables: Mapping[str, pl.DataFrame], *, dates: str = "%m/%d/%Y", point: str = ".", balances: Mapping[str, int] | None = None
) -> bytes:
    """Write money lines as the download of an account.

    Args:
        tables: ``money_line``, where a fee has the key of its transaction and "/fee".
        dates: how the account's language writes days; ``%d/%m/%Y`` in the United Kingdom, ``%d.%m.%Y`` in Germany.
        point: the decimal sign of that language.
        balances: currency -> what stood on the account before the first row, in minor units.
    """
    lines = tables["money_line"].sort("row", maintain_order=True).to_dicts()
    fees = {line["key"].removesuffix("/fee"): line["amount_minor"] for line in lines if line["key"].endswith("/fee")}
    standing = dict(balances or {})
    rows: list[list[str]] = []
    for line in lines:
        if not line["key"].endswith("/fee"):
            fee = fees.get(line["key"], 0)
            standing[line["currency"]] = standing.get(line["currency"], 0) + line["amount_minor"] + fee
            rows.append(_row(line, fee, standing[line["currency"]], dates, point))
    return csv_bytes([ACTIVITY, *rows], newline="\r\n", is_quoted=True, mark=_MARK)


def _row(line: Mapping[str, Any], fee: int, balance: int, dates: str, point: str) -> list[str]:
    currency, net = line["currency"], line["amount_minor"] + fee
    cells = {
        "Date": line["posted_on"].strftime(dates),
        "Time": f"{line['posted_at']:%H:%M:%S}" if line["posted_at"] else "",
        "TimeZone": "GMT",
        "Type": line["their_type"] or _TYPE_OF.get(line["kind"], "Other"),
        "Status": "Pending" if line["status"] == "open" else "Completed",
        "Currency": currency,
        "Gross": money_text(line["amount_minor"], currency, point=point),
        "Fee": money_text(fee, currency, point=point),
        "Net": money_text(net, currency, point=point),
        "Transaction ID": line["transaction_ref"] or "",
        "Reference Txn ID": line["related_ref"] or "",
        "Invoice Number": line["order_ref"] or "",
        "Balance": money_text(balance, currency, point=point),
        "Country Code": line["country"] or "",
        "Balance Impact": "Debit" if net < 0 else "Credit",
    }
    return [cells.get(column, "") for column in ACTIVITY]
