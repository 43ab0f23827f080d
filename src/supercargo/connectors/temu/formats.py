"""The formats of Temu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.connectors.raw.formats import Format
from supercargo.connectors.raw.header import certainty
from supercargo.connectors.temu.codes import COLUMNS, MARKS, REQUIRED
from supercargo.connectors.temu.orders import map_orders
from supercargo.connectors.temu.render import render_orders

if TYPE_CHECKING:
    from supercargo.connectors.raw.table import Raw

_PROVEN = "partly unproven: the columns of money and the words of a status are not proven; no amounts are read"


def _orders(raw: Raw) -> int:
    return certainty(raw, COLUMNS, REQUIRED, MARKS)


FORMATS: tuple[Format, ...] = (Format("temu-orders", "temu", "Temu: orders (no amounts)", _orders, map_orders, render_orders, _PROVEN),)
