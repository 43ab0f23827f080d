"""Shopify's words and ours."""

from __future__ import annotations

NO_HEAD = "SHOP-001"
BROKEN_ORDER = "SHOP-002"
NO_LINE = "SHOP-003"
SAME_ORDER = "SHOP-004"
OTHER_CONTENT = "SHOP-005"
NOT_SUBTOTAL = "SHOP-006"
NOT_TOTAL = "SHOP-007"
NOT_NET = "SHOP-101"
NOT_CLASSIFIED = "SHOP-102"
TOTALS_SUMMED = "SHOP-103"

ORDERS = (
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing", "Currency", "Subtotal",
    "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount", "Shipping Method", "Created at", "Lineitem quantity",
    "Lineitem name", "Lineitem price", "Lineitem compare at price", "Lineitem sku", "Lineitem requires shipping", "Lineitem taxable",
    "Lineitem fulfillment status", "Billing Name", "Billing Street", "Billing Address1", "Billing Address2", "Billing Company",
    "Billing City", "Billing Zip", "Billing Province", "Billing Country", "Billing Phone", "Shipping Name", "Shipping Street",
    "Shipping Address1", "Shipping Address2", "Shipping Company", "Shipping City", "Shipping Zip", "Shipping Province",
    "Shipping Country", "Shipping Phone", "Notes", "Note Attributes", "Cancelled at", "Payment Method", "Payment Reference",
    "Refunded Amount", "Vendor", "Outstanding Balance", "Employee", "Location", "Device ID", "Id", "Tags", "Risk Level", "Source",
    "Lineitem discount", "Tax 1 Name", "Tax 1 Value", "Tax 2 Name", "Tax 2 Value", "Tax 3 Name", "Tax 3 Value", "Tax 4 Name",
    "Tax 4 Value", "Tax 5 Name", "Tax 5 Value", "Phone", "Receipt Number", "Duties", "Billing Province Name",
    "Shipping Province Name", "Payment ID", "Payment Terms Name", "Next Payment Due At", "Payment References",
)  # fmt: skip
"""The columns of the orders export in their order; what comes after Vendor varies."""
ORDER_COLUMNS: dict[str, tuple[str, ...]] = {name: (name,) for name in ORDERS}
ORDER_REQUIRED = ("Name", "Currency", "Total", "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price")
ORDER_DISTINCTIVE = ("Lineitem quantity", "Lineitem price", "Financial Status")
ORDER_MONEY = (
    "Lineitem price",
    "Subtotal",
    "Shipping",
    "Taxes",
    "Total",
    "Discount Amount",
    "Duties",
    "Lineitem discount",
    "Refunded Amount",
)

OF_PAYMENT = ("Paid at", "Payment Method", "Payment Reference", "Payment ID", "Payment References", "Receipt Number",
              "Payment Terms Name", "Next Payment Due At", "Outstanding Balance")  # fmt: skip
"""What differs where an order stands once per payment; all the rest of it is a repetition."""

FINANCIAL = {
    "paid": "paid",
    "partially_refunded": "paid",
    "refunded": "refunded",
    "voided": "cancelled",
    "expired": "cancelled",
    "pending": "pending",
    "authorized": "pending",
    "partially_paid": "pending",
    "unpaid": "pending",
}
"""Financial Status -> ours; a paid order that is fulfilled is shipped."""

PAYMENTS = (
    "Transaction Date", "Type", "Order", "Card Brand", "Card Source", "Payout Status", "Payout Date", "Payout ID", "Available On",
    "Amount", "Fee", "Net", "Checkout", "Payment Method Name", "Presentment Amount", "Presentment Currency", "Currency", "VAT",
)  # fmt: skip
PAYMENT_COLUMNS: dict[str, tuple[str, ...]] = {name: (name,) for name in PAYMENTS}
PAYMENT_REQUIRED = ("Transaction Date", "Type", "Payout ID", "Amount", "Fee", "Net", "Currency")
PAYMENT_DISTINCTIVE = ("Payout Status", "Payout ID", "Checkout")

KINDS = {
    "charge": "customer_payment",
    "refund": "customer_repayment",
    "refund_failure": "customer_repayment",
    "chargeback": "refund_other",
    "chargeback won": "refund_other",
    "chargeback_reversal": "refund_other",
    "dispute": "refund_other",
    "dispute_reversal": "refund_other",
    "payout": "payout",
    "payout_failure": "payout_failed",
    "payout_cancellation": "payout_failed",
    "shipping_label": "fee_shipping_label",
}
"""Type -> our kind; a dispute takes back what an order earned, so it is no clearing."""
DISPUTES = ("chargeback", "chargeback won", "chargeback_reversal", "dispute", "dispute_reversal")
RESERVES = ("reserve", "reserved_funds", "reserved_funds_withdrawal", "reserved_funds_reversal")
PAYOUT_STATUSES = {
    "paid": "sent", "in_transit": "sent", "in transit": "sent", "scheduled": "open", "pending": "open",
    "failed": "failed", "canceled": "failed", "cancelled": "failed",
}  # fmt: skip
