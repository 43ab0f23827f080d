"""WooCommerce's words and ours."""

from __future__ import annotations

NO_JSON = "WOO-001"
PRODUCTS = "WOO-002"
NO_ORDER = "WOO-003"
DRAFT = "WOO-004"
SAME_ORDER = "WOO-005"
BAD_ORDER = "WOO-006"
NOT_TOTAL = "WOO-007"

STATUSES = {
    "pending": "pending",
    "on-hold": "pending",
    "processing": "paid",
    "completed": "shipped",
    "cancelled": "cancelled",
    "failed": "cancelled",
    "refunded": "refunded",
}
"""Their state -> ours; a shop may add its own, which are unknown."""
NO_ORDERS = ("trash", "checkout-draft", "auto-draft")
PRODUCT_COLUMNS = ("ID", "Type", "SKU", "Name", "Published")
