"""What eBay's files are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.connectors.ebay import codes
from supercargo.connectors.ebay.orders import map_orders
from supercargo.connectors.ebay.render import render_transactions
from supercargo.connectors.ebay.transactions import map_transactions
from supercargo.connectors.raw import header
from supercargo.connectors.raw.formats import Format

if TYPE_CHECKING:
    from supercargo.connectors.raw.table import Raw


def _is_transactions(raw: Raw) -> int:
    return header.certainty(raw, codes.COLUMNS, codes.REQUIRED, codes.DISTINCTIVE)


def _is_orders(raw: Raw) -> int:
    return header.certainty(raw, codes.ORDER_COLUMNS, codes.ORDER_REQUIRED, codes.ORDER_DISTINCTIVE)


FORMATS = (
    Format(
        "ebay-transactions",
        "ebay",
        "eBay: transaction report",
        _is_transactions,
        map_transactions,
        render_transactions,
        "English and German columns are verified; the currency of fees on sales in a foreign currency is taken to be that of the sale",
    ),
    Format(
        "ebay-orders",
        "ebay",
        "eBay: orders report",
        _is_orders,
        map_orders,
        None,
        "half of the columns are from memory; whether Sold For is of one piece is taken from the total price",
    ),
)
