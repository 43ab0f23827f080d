"""The formats of TikTok Shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.connectors.raw.formats import Format
from supercargo.connectors.raw.header import certainty
from supercargo.connectors.tiktok.codes import ORDER_COLUMNS, ORDER_MARKS, ORDER_REQUIRED, SETTLEMENT_COLUMNS, SETTLEMENT_REQUIRED
from supercargo.connectors.tiktok.orders import map_orders
from supercargo.connectors.tiktok.render import render_orders, render_settlement
from supercargo.connectors.tiktok.settlement import map_settlement

if TYPE_CHECKING:
    from supercargo.connectors.raw.table import Raw


def _orders(raw: Raw) -> int:
    return certainty(raw, ORDER_COLUMNS, ORDER_REQUIRED, ORDER_MARKS)


def _settlement(raw: Raw) -> int:
    return certainty(raw, SETTLEMENT_COLUMNS, SETTLEMENT_REQUIRED)


FORMATS: tuple[Format, ...] = (
    Format("tiktok-orders", "tiktok", "TikTok Shop: orders", _orders, map_orders, render_orders),
    Format("tiktok-settlement", "tiktok", "TikTok Shop: settlement statement", _settlement, map_settlement, render_settlement),
)
