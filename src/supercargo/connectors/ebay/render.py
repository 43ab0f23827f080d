"""Money lines and order lines -> eBay's transaction report, exactly as it is downloaded."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from supercargo.connectors.ebay.codes import KINDS, PARTS, TRANSACTIONS
from supercargo.connectors.shops.writing import csv_bytes, money_text
from supercargo.kernel.currency import minor_digits

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import polars as pl

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_COLUMN_OF = {suffix: column for suffix, column, *_ in PARTS}
_TYPE_OF: dict[str, str] = {}
for _word, _kind in KINDS.items():
    _TYPE_OF.setdefault(_kind, _word.capitalize())
_SALE_KINDS = {sale for _, _, sale, _ in PARTS}
_MARK = b"\xef\xbb\xbf"
_RATE_PLACES = 10


def render_transactions(tables: Mapping[str, pl.DataFrame], *, seller: str = "demo_seller", since: str = "", until: str = "") -> bytes:
    """Write money lines as the transaction report.

    Args:
        tables: ``money_line``, where the lines of one transaction share the key before the slash and end it in the part
            (``codes.PARTS``); ``order_line``, for items and countries, found by ``line_ref``; ``payout``, for states.
        seller: the name in the lines above the header.
        since: first day there, in words.
        until: last day there.
    """
    orders = {(line["order_ref"], line["line_ref"]): line for line in tables["order_line"].to_dicts()} if "order_line" in tables else {}
    payouts = {row["payout_ref"]: row for row in tables["payout"].to_dicts()} if "payout" in tables else {}
    whole: dict[str, list[dict[str, Any]]] = {}
    for line in tables["money_line"].sort("row", maintain_order=True).to_dicts():
        whole.setdefault(line["key"].partition("/")[0], []).append(line)
    above = [["Transaction report"], [f"Seller: {seller}"], [f"{since} - {until}"], ["All times are in PDT"], []]
    rows = [_row(lines, orders, payouts) for lines in whole.values()]
    return csv_bytes([*above, TRANSACTIONS, *rows], newline="\r\n", is_quoted=True, mark=_MARK)


def _row(lines: list[dict[str, Any]], orders: Mapping[Any, dict[str, Any]], payouts: Mapping[str, dict[str, Any]]) -> list[str]:
    first, by_part = lines[0], {line["key"].partition("/")[2]: line for line in lines}
    paid = by_part.get("conversion-in", first)
    sold = next((line for part, line in by_part.items() if part in _COLUMN_OF), first)
    parts = {part: line["amount_minor"] for part, line in by_part.items() if part in _COLUMN_OF}
    net = paid["amount_minor"] if "conversion-in" in by_part or not parts else sum(parts.values())
    gross = sum(parts.get(part, 0) for part in ("goods", "shipping", "tax")) if parts else net
    order = orders.get((first["order_ref"], first["line_ref"]), {})
    payout = payouts.get(first["settlement_ref"] or first["related_ref"] or "", {})
    sent = f"{_day(payout['sent_on'])}" if payout.get("sent_on") else ""
    cells = {
        "Transaction creation date": _day(first["posted_on"]),
        "Type": first["their_type"] or _type(first["kind"]),
        "Order number": first["order_ref"],
        "Ship to country": first["country"],
        "Net amount": money_text(net, paid["currency"]),
        "Payout currency": paid["currency"],
        "Payout date": sent,
        "Payout ID": first["settlement_ref"] or first["related_ref"],
        "Payout status": {"sent": "Funds sent", "failed": "Returned", "open": "Initiated"}.get(payout.get("status", "")),
        "Reason for hold": "Funds on hold" if first["status"] == "held" and first["kind"] != "reserve_held" else None,
        "Item ID": order.get("listing_ref"),
        "Transaction ID": first["line_ref"],
        "Item title": order.get("title"),
        "Custom label": first["sku"],
        "Quantity": None if first["quantity"] is None else str(first["quantity"]),
        "Gross transaction amount": money_text(gross, sold["currency"]),
        "Transaction currency": sold["currency"],
        "Exchange rate": _rate(sum(parts.values()), sold["currency"], net, paid["currency"]) if "conversion-in" in by_part else None,
        "Reference ID": first["transaction_ref"],
        "Description": None if parts else first["their_name"],
    }
    cells |= {_COLUMN_OF[part]: money_text(amount, sold["currency"]) for part, amount in parts.items()}
    return [cells.get(column) or "--" for column in TRANSACTIONS]


def _type(kind: str) -> str:
    if kind in ("reserve_held", "reserve_released"):
        return "Hold"
    return "Order" if kind in _SALE_KINDS else "Refund" if kind.startswith("refund_") else _TYPE_OF.get(kind, "Other fee")


def _day(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year}"


def _rate(sold: int, sold_in: str, net: int, paid_in: str) -> str:
    if not sold:
        return "1"
    exact = Fraction(net, 10 ** minor_digits(paid_in)) / Fraction(sold, 10 ** minor_digits(sold_in))
    scaled = round(exact * 10**_RATE_PLACES)
    return f"{scaled // 10**_RATE_PLACES}.{scaled % 10**_RATE_PLACES:010d}"
