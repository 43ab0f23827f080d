"""The formats of Lazada."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.connectors.lazada.codes import COLUMNS, MARKS, REQUIRED
from supercargo.connectors.lazada.orders import map_orders
from supercargo.connectors.lazada.render import render_orders
from supercargo.connectors.raw.formats import Format
from supercargo.connectors.raw.header import certainty

if TYPE_CHECKING:
    from supercargo.connectors.raw.table import Raw

_PROVEN = "the sign of sellerDiscountTotal and what bundleDiscount is part of are not proven"


def _orders(raw: Raw) -> int:
    return certainty(raw, COLUMNS, REQUIRED, MARKS)


FORMATS: tuple[Format, ...] = (Format("lazada-orders", "lazada", "Lazada: orders", _orders, map_orders, render_orders, _PROVEN),)
