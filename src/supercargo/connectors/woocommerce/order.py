"""One order of the interface -> its order lines, or why there are none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html import unescape
from typing import TYPE_CHECKING, Any

from supercargo.connectors.countries import country_code
from supercargo.connectors.raw.privacy import keyed_hash
from supercargo.connectors.shops.objects import minor
from supercargo.connectors.shops.shares import share
from supercargo.connectors.woocommerce.codes import STATUSES
from supercargo.kernel.currency import is_currency

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Line = dict[str, Any]


def lines_of(order: Mapping[str, Any], channel: str, secret: bytes) -> tuple[list[Line], int]:
    """Make the order lines of an order, and tell by how much they miss its total.

    Amounts of lines are without tax, whatever the shop shows: tax stands beside them. What is stated once per
    order (shipping, refunds) is shared over the goods by their value. Fees of the order become lines of their own.

    Raises:
        ValueError: the order has no number, no currency, or an amount that is none.
    """
    currency = text(order.get("currency")).upper()
    if not is_currency(currency) or not number(order.get("id")):
        raise ValueError("no currency or no number")
    goods = [_goods(order, item, currency) for item in _items(order, "line_items")]
    fees = [_fee(order, item, currency) for item in _items(order, "fee_lines")]
    _share(order, goods or fees, currency)
    common = _common(order, channel, currency, secret)
    lines = [common | line for line in (*goods, *fees)]
    return lines, (minor(order.get("total"), currency) or 0) - sum(_paid(line) for line in lines)


def text(value: object) -> str:
    """Take a text, and nothing else, from an object."""
    return value.strip() if isinstance(value, str) else ""


def number(value: object) -> str:
    """Take a number of theirs, whether it is written as number or as text; 0 stands for none."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value) if value else ""
    return text(value)


def _items(order: Mapping[str, Any], name: str) -> Iterable[Mapping[str, Any]]:
    items = order.get(name) or []
    if not isinstance(items, list) or any(not isinstance(item, dict) for item in items):
        raise ValueError("no list of objects")
    return items


def _goods(order: Mapping[str, Any], item: Mapping[str, Any], currency: str) -> Line:
    before, after = minor(item.get("subtotal"), currency), minor(item.get("total"), currency)
    before = after if before is None else before
    quantity = item.get("quantity")
    return {
        "key": f"{number(order['id'])}/{number(item.get('id'))}",
        "line_ref": number(item.get("id")) or None,
        "sku": text(item.get("sku")) or None,
        "title": unescape(text(item.get("name"))) or None,
        "listing_ref": number(item.get("variation_id")) or number(item.get("product_id")) or None,
        "quantity": quantity if isinstance(quantity, int) and not isinstance(quantity, bool) else None,
        "goods_minor": before,
        "goods_discount_minor": None if before is None or after is None else after - before,
        "goods_tax_minor": minor(item.get("total_tax"), currency),
    }


def _fee(order: Mapping[str, Any], item: Mapping[str, Any], currency: str) -> Line:
    """Make a line of a fee; one below zero is a discount that the shop gave as a fee."""
    amount = minor(item.get("total"), currency)
    is_discount = amount is not None and amount < 0
    return {
        "key": f"{number(order['id'])}/fee-{number(item.get('id'))}",
        "line_ref": number(item.get("id")) or None,
        "title": text(item.get("name")) or None,
        "goods_minor": 0 if is_discount else amount,
        "goods_discount_minor": amount if is_discount else None,
        "goods_tax_minor": minor(item.get("total_tax"), currency),
    }


def _share(order: Mapping[str, Any], lines: list[Line], currency: str) -> None:
    """Share what is stated per order over its lines by value; an order without lines keeps nothing."""
    if not lines:
        return
    refunds = [minor(refund.get("total"), currency) or 0 for refund in _items(order, "refunds")]
    stated = {
        "shipping_minor": minor(order.get("shipping_total"), currency),
        "shipping_tax_minor": minor(order.get("shipping_tax"), currency),
        "refunded_minor": -sum(refunds) if isinstance(order.get("refunds"), list) else None,
    }
    weights = [max(line["goods_minor"] or 0, 0) for line in lines]
    for name, amount in stated.items():
        parts = [None] * len(lines) if amount is None else share(amount, weights)
        for line, part in zip(lines, parts, strict=True):
            line[name] = part


def _common(order: Mapping[str, Any], channel: str, currency: str, secret: bytes) -> Line:
    shipping, billing = order.get("shipping"), order.get("billing")
    shipping, billing = (place if isinstance(place, dict) else {} for place in (shipping, billing))
    return {
        "channel": channel,
        "order_ref": number(order.get("number")) or number(order["id"]),
        "ordered_at": _moment(order.get("date_created_gmt")),
        "ordered_on": _day(order.get("date_created")) or _day(order.get("date_created_gmt")),
        "status": STATUSES.get(text(order.get("status")), "unknown"),
        "currency": currency,
        "tax_included": False,
        "tax_collected_by": "seller",
        "ship_country": country_code(text(shipping.get("country")) or text(billing.get("country"))),
        "buyer_key": keyed_hash(secret, text(billing.get("email"))),
        "paid_on": _day(order.get("date_paid")),
    }


def _moment(value: object) -> datetime | None:
    """Read a time that is meant in UTC and does not say so."""
    try:
        moment = datetime.fromisoformat(text(value))
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(text(value)[:10])
    except ValueError:
        return None


def _paid(line: Mapping[str, Any]) -> int:
    return sum(
        line.get(name) or 0 for name in ("goods_minor", "goods_discount_minor", "goods_tax_minor", "shipping_minor", "shipping_tax_minor")
    )
