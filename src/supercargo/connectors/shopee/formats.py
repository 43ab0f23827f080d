"""The formats of Shopee."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.connectors.raw.formats import Format
from supercargo.connectors.raw.header import certainty
from supercargo.connectors.shopee.codes import COLUMNS, MARKS, REQUIRED
from supercargo.connectors.shopee.orders import map_orders
from supercargo.connectors.shopee.render import render_orders

if TYPE_CHECKING:
    from supercargo.connectors.raw.table import Raw

_PROVEN = "the Thai and Vietnamese column names are read from public programs and were not seen in a file"


def _orders(raw: Raw) -> int:
    return certainty(raw, COLUMNS, REQUIRED, MARKS)


FORMATS: tuple[Format, ...] = (Format("shopee-orders", "shopee", "Shopee: orders", _orders, map_orders, render_orders, _PROVEN),)
