"""Records -> the orders export of Temu's seller centre."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.connectors.market.writing import Cell, workbook
from supercargo.connectors.temu.codes import HEADING

if TYPE_CHECKING:
    import polars as pl

_STATUS = {"pending": "Pending", "paid": "Unshipped", "shipped": "Shipped", "delivered": "Delivered", "cancelled": "Canceled"}
_FULFILMENT = {"seller": "Fulfill by seller", "channel": "Fulfill by Temu"}


def render_orders(order_line: pl.DataFrame) -> bytes:
    """Write order lines as the orders export: headers in mixed case, dates without a time."""
    rows: list[list[Cell]] = [list(HEADING)]
    for line in order_line.iter_rows(named=True):
        cells: dict[str, Cell] = {
            "order id": line["order_ref"], "order status": _STATUS.get(line["status"], ""), "Order item ID": line["line_ref"] or "",
            "order item status": _STATUS.get(line["status"], ""), "fulfillment mode": _FULFILMENT.get(line["fulfilled_by"], ""),
            "product name": line["title"] or "", "contribution sku": line["sku"] or "", "sku id": line["listing_ref"] or "",
            "quantity purchased": line["quantity"], "ship country": line["ship_country"] or "", "purchase date": str(line["ordered_on"]),
        }  # fmt: skip
        rows.append([cells.get(name, "") for name in HEADING])
    return workbook([("orders", rows)])
