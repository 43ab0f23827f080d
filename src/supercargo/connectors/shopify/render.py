"""Order lines and money lines -> Shopify's two exports, exactly as they are downloaded."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from supercargo.connectors.shopify.codes import KINDS, ORDERS, PAYMENTS
from supercargo.connectors.shops.writing import csv_bytes, micros_text, money_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    import polars as pl

_TYPE_OF: dict[str, str] = {}
for _type, _kind in KINDS.items():
    _TYPE_OF.setdefault(_kind, _type)
_FINANCIAL = {
    "paid": "paid", "shipped": "paid", "delivered": "paid", "refunded": "refunded", "cancelled": "voided", "pending": "pending",
}  # fmt: skip
_LINE = 1


def render_orders(tables: Mapping[str, pl.DataFrame], *, emails: Mapping[str, str] | None = None, is_tax_included: bool = False) -> bytes:
    """Write order lines as the orders export.

    What the export states once per order is summed over its lines; reading it shares it out again by value.

    Args:
        tables: ``order_line``, the lines of an order one after the other.
        emails: order number -> address of the buyer, for samples.
        is_tax_included: the setting of the shop, for orders whose lines leave it open.
    """
    lines = tables["order_line"].sort("row", maintain_order=True).to_dicts()
    rows: list[list[str]] = []
    for name, of_order in groupby(lines, key=lambda line: line["order_ref"]):
        rows.extend(_order(list(of_order), (emails or {}).get(name, ""), is_tax_included=is_tax_included))
    return csv_bytes([ORDERS, *rows])


def _order(lines: list[dict[str, Any]], email: str, *, is_tax_included: bool) -> Iterable[list[str]]:
    first, currency = lines[0], lines[0]["currency"]
    goods, shipping = _sum(lines, "goods_minor"), _sum(lines, "shipping_minor")
    taxes, discount = _sum(lines, "goods_tax_minor"), _sum(lines, "goods_discount_minor")
    inside = first["tax_included"] if first["tax_included"] is not None else is_tax_included
    subtotal = (goods or 0) + (discount or 0)
    total = subtotal + (shipping or 0) + (0 if inside else taxes or 0)
    cells = {
        "Email": email,
        "Financial Status": _FINANCIAL.get(first["status"], ""),
        "Paid at": f"{first['paid_on']:%Y-%m-%d} 00:00:00 +0000" if first["paid_on"] else "",
        "Fulfillment Status": "fulfilled" if first["status"] in ("shipped", "delivered") else "unfulfilled",
        "Accepts Marketing": "no",
        "Currency": currency,
        "Subtotal": money_text(subtotal, currency),
        "Shipping": money_text(shipping, currency),
        "Taxes": money_text(taxes, currency),
        "Total": money_text(total, currency),
        "Discount Amount": money_text(-discount if discount is not None else None, currency),
        "Created at": _stamp(first),
        "Shipping Country": first["ship_country"] or "",
        "Cancelled at": _stamp(first) if first["status"] == "cancelled" else "",
        "Refunded Amount": money_text(_sum(lines, "refunded_minor"), currency),
    }
    for place, line in enumerate(lines):
        head = cells if place == 0 else {"Email": email}
        item = head | {"Name": line["order_ref"]} | _item(line, currency)
        yield [item.get(column, "") for column in ORDERS]


def _item(line: Mapping[str, Any], currency: str) -> dict[str, str]:
    return {
        "Lineitem quantity": "" if line["quantity"] is None else str(line["quantity"]),
        "Lineitem name": line["title"] or "",
        "Lineitem price": micros_text(_unit_price(line, currency), currency),
        "Lineitem sku": line["sku"] or "",
        "Lineitem requires shipping": "true",
        "Lineitem taxable": "true",
        "Lineitem fulfillment status": "fulfilled" if line["status"] in ("shipped", "delivered") else "pending",
    }


def _unit_price(line: Mapping[str, Any], currency: str) -> int | None:
    if line["unit_price_e6"] is not None or line["goods_minor"] is None or not line["quantity"]:
        return line["unit_price_e6"]  # type: ignore[no-any-return]
    micros = 10 ** (6 - len(money_text(0, currency).partition(".")[2]))
    return int(line["goods_minor"] * micros // line["quantity"])


def _sum(lines: list[dict[str, Any]], column: str) -> int | None:
    known = [line[column] for line in lines if line[column] is not None]
    return sum(known) if known else None


def _stamp(line: Mapping[str, Any]) -> str:
    moment: datetime | None = line["ordered_at"]
    if moment is None:
        return f"{line['ordered_on']:%Y-%m-%d}" if line["ordered_on"] else ""
    return f"{moment:%Y-%m-%d %H:%M:%S} +0000"


def render_payouts(tables: Mapping[str, pl.DataFrame]) -> bytes:
    """Write money lines as the export of Shopify Payments' transactions.

    Args:
        tables: ``money_line``, where a fee has the key of its transaction and "/fee"; ``payout``, for states and days.
    """
    payouts = {row["payout_ref"]: row for row in tables["payout"].to_dicts()} if "payout" in tables else {}
    lines = tables["money_line"].sort("row", maintain_order=True).to_dicts()
    fees = {line["key"].removesuffix("/fee"): -line["amount_minor"] for line in lines if line["key"].endswith("/fee")}
    rows = [_payment(line, fees.get(line["key"], 0), payouts) for line in lines if not line["key"].endswith("/fee")]
    return csv_bytes([PAYMENTS, *rows])


def _payment(line: Mapping[str, Any], fee: int, payouts: Mapping[str, dict[str, Any]]) -> list[str]:
    currency = line["currency"]
    ref = line["settlement_ref"] or (line["related_ref"] if line["kind"] in ("payout", "payout_failed") else None)
    payout = payouts.get(ref, {}) if ref else {}
    state = {"sent": "paid", "open": "scheduled", "failed": "failed"}.get(payout.get("status", "sent"), "paid") if ref else "pending"
    cells = {
        "Transaction Date": f"{line['posted_at']:%Y-%m-%d %H:%M:%S} +0000" if line["posted_at"] else f"{line['posted_on']:%Y-%m-%d}",
        "Type": line["their_type"] or _TYPE_OF.get(line["kind"], "adjustment"),
        "Order": line["order_ref"] or "",
        "Payout Status": state,
        "Payout Date": f"{payout['arrives_on']:%Y-%m-%d}" if payout.get("arrives_on") else "",
        "Payout ID": ref or "",
        "Available On": f"{line['release_on']:%Y-%m-%d}" if line["release_on"] else "",
        "Amount": money_text(line["amount_minor"], currency),
        "Fee": money_text(fee, currency),
        "Net": money_text(line["amount_minor"] - fee, currency),
        "Presentment Amount": money_text(line["amount_minor"], currency),
        "Presentment Currency": currency,
        "Currency": currency,
    }
    return [cells.get(column, "") for column in PAYMENTS]
