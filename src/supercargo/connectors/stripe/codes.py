"""Stripe's words and ours."""

from __future__ import annotations

NOT_NET = "PAY-101"
TWICE = "PAY-102"
NOT_CLASSIFIED = "PAY-103"
NO_OBJECT = "PAY-104"
NO_JSON = "PAY-105"
NO_NUMBER = "PAY-106"

REPORT = (
    "balance_transaction_id", "created_utc", "created", "available_on_utc", "available_on", "currency", "gross", "fee", "net",
    "reporting_category", "source_id", "description", "customer_facing_amount", "customer_facing_currency", "automatic_payout_id",
    "automatic_payout_effective_at_utc", "automatic_payout_effective_at", "customer_id", "charge_id", "payment_intent_id",
    "invoice_id", "payment_method_type",
)  # fmt: skip
"""The columns of the itemised report, in their order."""
COLUMNS: dict[str, tuple[str, ...]] = {name: (name,) for name in REPORT} | {
    "order_ref": ("payment_metadata[order_id]", "payment_metadata[order_number]", "payment_metadata[order]"),
}
REQUIRED = ("balance_transaction_id", "currency", "gross", "fee", "net", "reporting_category")
DISTINCTIVE = ("balance_transaction_id", "reporting_category")

BY_SIGN = {
    "risk_reserved_funds": ("reserve_released", "reserve_held"),
    "reserve_transaction": ("reserve_released", "reserve_held"),
    "platform_reserve": ("reserve_released", "reserve_held"),
    "connect_reserved_funds": ("reserve_released", "reserve_held"),
    "currency_conversion": ("conversion_in", "conversion_out"),
}
KINDS = {
    "charge": "customer_payment",
    "charge_failure": "customer_payment",
    "partial_capture_reversal": "customer_payment",
    "refund": "customer_repayment",
    "refund_failure": "customer_repayment",
    "dispute": "refund_other",
    "dispute_reversal": "refund_other",
    "fee": "fee_payment",
    "network_cost": "fee_payment",
    "tax": "tax_on_fees",
    "payout": "payout",
    "payout_minimum_balance_hold": "reserve_held",
    "payout_minimum_balance_release": "reserve_released",
    "payout_reversal": "payout_failed",
    "topup": "top_up",
    "topup_reversal": "top_up",
    "advance": "loan",
    "advance_funding": "loan",
    "financing_paydown": "loan",
    "financing_paydown_reversal": "loan",
    "financing_payout": "loan",
    "financing_payout_reversal": "loan",
    "anticipation_repayment": "loan",
    "contribution": "fee_account_other",
}
"""Their reporting category -> our kind; a dispute takes back what an order earned, so it is no clearing."""

CATEGORY_OF_TYPE = {
    "charge": "charge",
    "payment": "charge",
    "refund": "refund",
    "payment_refund": "refund",
    "refund_failure": "refund_failure",
    "payment_failure_refund": "refund_failure",
    "payout": "payout",
    "payout_cancel": "payout_reversal",
    "payout_failure": "payout_reversal",
    "stripe_fee": "fee",
    "stripe_fx_fee": "fee",
    "tax_fee": "tax",
    "topup": "topup",
    "topup_reversal": "topup_reversal",
    "adjustment": "other_adjustment",
}
"""The interface's ``type``, where an object has no ``reporting_category``."""
