"""The formats of AliExpress."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.connectors.aliexpress.codes import COLUMNS, MARKS, REQUIRED
from supercargo.connectors.aliexpress.orders import map_orders
from supercargo.connectors.aliexpress.render import render_orders
from supercargo.connectors.raw.formats import Format
from supercargo.connectors.raw.header import certainty

if TYPE_CHECKING:
    from supercargo.connectors.raw.table import Raw

_PROVEN = (
    "unproven: the Chinese headings are those that a public program lists, the English ones and the words of a product's cell are "
    "from memory, and no real file was seen; check the first import row by row"
)


def _orders(raw: Raw) -> int:
    return certainty(raw, COLUMNS, REQUIRED, MARKS)


FORMATS: tuple[Format, ...] = (
    Format("aliexpress-orders", "aliexpress", "AliExpress: orders (unproven)", _orders, map_orders, render_orders, _PROVEN),
)
