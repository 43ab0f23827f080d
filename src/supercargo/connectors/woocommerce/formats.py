"""What WooCommerce's files are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from supercargo.connectors.raw.formats import Format
from supercargo.connectors.woocommerce.mapping import is_products, map_orders
from supercargo.connectors.woocommerce.render import render_orders

if TYPE_CHECKING:
    from supercargo.connectors.raw.table import Raw

_PROBE = 200_000
_MARKS = tuple(re.compile(rf'"{name}"\s*:') for name in ("line_items", "date_created_gmt", "billing", "shipping_total", "total_tax"))
_OF_PRODUCTS = 30
"""Sure enough to be refused with a clear word, and not so sure as to win over a catalogue."""


def _certainty(raw: Raw) -> int:
    if raw.kind == "json":
        found = sum(bool(mark.search(raw.text[:_PROBE])) for mark in _MARKS)
        return 100 if found == len(_MARKS) else 60 if found >= len(_MARKS) - 2 and _MARKS[0].search(raw.text[:_PROBE]) else 0
    return _OF_PRODUCTS if is_products(raw) else 0


FORMATS = (
    Format(
        "woocommerce-orders",
        "woocommerce",
        "WooCommerce: orders",
        _certainty,
        map_orders,
        render_orders,
        "the documented examples of the interface are read; refunds are sums without a date, since an order lists no more of them",
    ),
)
