"""Temu's columns and statuses, and what they are with us."""

from __future__ import annotations

from supercargo.connectors.market.codes import turned

COLUMNS: dict[str, tuple[str, ...]] = {
    "order": ("order id",), "order_status": ("order status",), "item": ("Order item ID",), "item_status": ("order item status",),
    "fulfilment": ("fulfillment mode",), "product": ("product name",), "seller_sku": ("contribution sku",), "sku_id": ("sku id",),
    "quantity": ("quantity purchased",), "country": ("ship country",), "bought": ("purchase date",), "buyer": ("virtual email",),
}  # fmt: skip
REQUIRED = ("order", "order_status", "item", "seller_sku", "quantity", "bought")
MARKS = ("item_status", "fulfilment", "sku_id", "country", "buyer")
HEADING = (
    "order id", "order status", "fulfillment mode", "Logistics service suggestion", "Order item ID", "order item status",
    "product name by customer order", "product name", "variation", "contribution sku", "sku id", "quantity purchased", "quantity shipped",
    "quantity to ship", "recipient name", "recipient first name", "recipient last name", "recipient phone number", "ship address 1",
    "ship address 2", "ship address 3", "district", "ship city", "ship state", "ship postal code", "ship country", "purchase date",
    "latest shipping time", "latest delivery time", "iPhone serial number", "virtual email",
)  # fmt: skip
STATUSES = turned(
    {
        "pending": ("Pending", "Unpaid"),
        "paid": ("Unshipped", "To ship", "Un-shipped", "Partially shipped"),
        "shipped": ("Shipped",),
        "delivered": ("Delivered", "Receipted"),
        "cancelled": ("Canceled", "Cancelled"),
    }
)
FULFILMENT = turned({"seller": ("Fulfill by seller", "Fulfillment by seller"), "channel": ("Fulfill by Temu", "Fulfillment by Temu")})
