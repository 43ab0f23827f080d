"""Order lines -> orders as the interface answers them."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from supercargo.connectors.shops.writing import money_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

_STATUS = {
    "pending": "pending", "paid": "processing", "shipped": "completed", "delivered": "completed", "cancelled": "cancelled",
    "refunded": "refunded", "unknown": "custom",
}  # fmt: skip


def render_orders(tables: Mapping[str, pl.DataFrame], *, emails: Mapping[str, str] | None = None) -> bytes:
    """Write order lines as a list of orders.

    Args:
        tables: ``order_line``, the lines of an order one after the other, keys as ``order/line``.
        emails: order number -> address of the buyer, for samples.
    """
    lines = tables["order_line"].sort("row", maintain_order=True).to_dicts()
    orders = [_order(list(of), (emails or {}).get(ref, "")) for ref, of in groupby(lines, key=lambda line: line["order_ref"])]
    return json.dumps(orders, ensure_ascii=False, indent=1).encode()


def _order(lines: list[dict[str, Any]], email: str) -> dict[str, Any]:
    first, currency = lines[0], lines[0]["currency"]

    def total(*names: str) -> int:
        return sum(line[name] or 0 for line in lines for name in names)

    def money(amount: int) -> str:
        return money_text(amount, currency)

    tax, shipping_tax = total("goods_tax_minor"), total("shipping_tax_minor")
    refunded = total("refunded_minor")
    return {
        "id": int(first["key"].partition("/")[0]),
        "number": first["order_ref"],
        "status": _STATUS[first["status"]],
        "currency": currency,
        "prices_include_tax": False,
        "date_created": _local(first),
        "date_created_gmt": f"{first['ordered_at']:%Y-%m-%dT%H:%M:%S}" if first["ordered_at"] else None,
        "date_paid": f"{first['paid_on']:%Y-%m-%d}T00:00:00" if first["paid_on"] else None,
        "discount_total": money(-total("goods_discount_minor")),
        "shipping_total": money(total("shipping_minor")),
        "shipping_tax": money(shipping_tax),
        "cart_tax": money(tax),
        "total_tax": money(tax + shipping_tax),
        "total": money(total("goods_minor", "goods_discount_minor", "shipping_minor") + tax + shipping_tax),
        "billing": {"email": email, "country": first["ship_country"] or ""},
        "shipping": {"country": first["ship_country"] or ""},
        "line_items": [_item(line, currency) for line in lines if "/fee-" not in line["key"]],
        "fee_lines": [_fee(line, currency) for line in lines if "/fee-" in line["key"]],
        "coupon_lines": [],
        "refunds": [{"id": 1, "reason": "", "total": money(-refunded)}] if refunded else [],
        "meta_data": [],
    }


def _local(line: Mapping[str, Any]) -> str | None:
    if not line["ordered_on"]:
        return None
    clock = f"{line['ordered_at']:%H:%M:%S}" if line["ordered_at"] else "00:00:00"
    return f"{line['ordered_on']:%Y-%m-%d}T{clock}"


def _item(line: Mapping[str, Any], currency: str) -> dict[str, Any]:
    goods, discount = line["goods_minor"], line["goods_discount_minor"] or 0
    return {
        "id": int(line["line_ref"]) if line["line_ref"] else 0,
        "name": line["title"] or "",
        "product_id": int(line["listing_ref"]) if line["listing_ref"] else 0,
        "variation_id": 0,
        "quantity": line["quantity"],
        "subtotal": money_text(goods, currency),
        "total": money_text(None if goods is None else goods + discount, currency),
        "total_tax": money_text(line["goods_tax_minor"], currency),
        "sku": line["sku"] or "",
    }


def _fee(line: Mapping[str, Any], currency: str) -> dict[str, Any]:
    amount = line["goods_minor"] if not line["goods_discount_minor"] else line["goods_discount_minor"]
    return {
        "id": int(line["line_ref"]) if line["line_ref"] else 0,
        "name": line["title"] or "",
        "total": money_text(amount, currency),
        "total_tax": money_text(line["goods_tax_minor"], currency),
    }
