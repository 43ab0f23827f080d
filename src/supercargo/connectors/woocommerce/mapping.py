"""Orders of the interface -> order lines, and what became of each order: pure."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from supercargo.connectors.raw.header import plain
from supercargo.connectors.shops.objects import Sorted, minor, objects
from supercargo.connectors.shops.writing import money_text
from supercargo.connectors.woocommerce.codes import (
    BAD_ORDER,
    DRAFT,
    NO_JSON,
    NO_ORDER,
    NO_ORDERS,
    NOT_TOTAL,
    PRODUCT_COLUMNS,
    PRODUCTS,
    SAME_ORDER,
)
from supercargo.connectors.woocommerce.order import lines_of, number, text
from supercargo.kernel.currency import is_currency
from supercargo.kernel.finding import Finding, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped

CHANNEL = "woocommerce"


def is_products(raw: Raw) -> bool:
    """Tell whether a file is the shop's export of products, which has no orders."""
    wanted = {plain(name) for name in PRODUCT_COLUMNS}
    return any(wanted <= {plain(cell) for cell in row} for row in raw.headings[:1])


def map_orders(raw: Raw, context: Context) -> Mapped:
    """Map a list of orders, one order, or a file with one order per line.

    Raises:
        Refused: WOO-001 the file is no JSON, WOO-002 it is the export of products, WOO-003 none of its objects is an order.
    """
    remedy = "fetch /wp-json/wc/v3/orders and save the answer, or import this file with a mapping"
    if is_products(raw):
        raise refuse(PRODUCTS, "file", "this is WooCommerce's export of products; there are no orders in it", remedy)
    found = objects(raw.text, NO_JSON)
    if found and not any(_is_order(one) for _, one in found):
        raise refuse(NO_ORDER, "file", "the object is no order", remedy)
    made, findings, recorded = Sorted(), [], defaultdict[str, int](int)
    seen: dict[str, str] = {}
    for row, order in found:
        findings += _place(made, row, order, seen, recorded, context)
    stated = [(row, one.get("total"), text(one.get("currency")).upper()) for row, one in found if _is_order(one)]
    return made.mapped([row for row, _ in found], made.control("total", stated, recorded), findings)


def _is_order(one: object) -> bool:
    return isinstance(one, dict) and "line_items" in one and "total" in one


def _place(made: Sorted, row: int, order: Any, seen: dict[str, str], recorded: dict[str, int], context: Context) -> list[Finding]:
    """Sort one object: lines, a named skip, or a fault."""
    if not _is_order(order):
        made.skip(row, NO_ORDER, "the object is no order")
        return []
    ours, content = number(order.get("id")), json.dumps(order, sort_keys=True, default=str)
    if ours in seen and seen[ours] == content:
        made.skip(row, SAME_ORDER, "the same order stands in the file already")
        return []
    if ours in seen:
        made.fault(row, SAME_ORDER, "the order stands in the file already, with other content")
        return []
    seen[ours] = content
    return _map(made, row, order, recorded, context)


def _map(made: Sorted, row: int, order: Mapping[str, Any], recorded: dict[str, int], context: Context) -> list[Finding]:
    if text(order.get("status")) in NO_ORDERS:
        made.skip(row, DRAFT, "a draft or an order in the bin")
        return []
    try:
        lines, gap = lines_of(order, context.channel or CHANNEL, context.secret)
    except ValueError:
        made.fault(row, BAD_ORDER, "the order lacks its number or currency, or has an amount that cannot be read")
        return []
    made.record(row, "order_line", lines)
    currency = text(order.get("currency")).upper()
    recorded[currency] += minor(order.get("total"), currency) or 0
    return [_not_total(row, gap, currency)] if gap and is_currency(currency) else []


def _not_total(row: int, gap: int, currency: str) -> Finding:
    message = said("the lines of the order do not come to its total; {gap} is open", gap=f"{money_text(gap, currency)} {currency}")
    return Finding(
        NOT_TOTAL,
        "warning",
        f"rows[{row}]",
        message,
        "the shop rounds tax per line or per order; look the order up if it is more than some cents",
    )
