"""The record tables by the words that a person reads."""

from __future__ import annotations

from supercargo.kernel.words import Said, said

NAMES = {
    "order_line": "order lines",
    "money_line": "money lines",
    "settlement": "settlements",
    "payout": "payouts",
    "bank_statement": "bank statements",
    "bank_line": "bank lines",
    "stock_count": "stock counts",
    "stock_move": "stock moves",
    "reimbursement": "reimbursements",
    "customer_return": "customer returns",
    "tax_line": "tax lines",
    "traffic_day": "days of traffic",
    "advert_day": "days of advertising",
    "supplier_line": "supplier invoice lines",
    "freight_line": "freight bill lines",
    "customs_line": "customs bill lines",
    "receipt_line": "goods received",
    "product": "products",
}


def name_of(noun: str) -> Said:
    """Give the words for a record table.

    >>> str(name_of("money_line"))
    'money lines'
    """
    return said(NAMES[noun])
