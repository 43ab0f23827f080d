"""What is said about refunds without returns and returns without refunds, with the money that hangs on them."""

from __future__ import annotations

from typing import Any

from supercargo.engines.accounting.discrepancy import Discrepancy, shown
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

Row = dict[str, Any]


def lost(row: Row) -> Discrepancy:
    """Say that goods were refunded and never came back."""
    stake = row["refunded_minor"] - row["reimbursed_minor"]
    message = said(
        "order {ref} of {channel}, {sku}: {amount} refunded on {day}, the goods did not come back by {last} and were not reimbursed",
        ref=row["order_ref"], channel=row["channel"], sku=row["sku"] or "?", amount=shown(row["refunded_minor"], row["currency"]),
        day=row["refunded_on"], last=row["last_day"],
    )  # fmt: skip
    finding = Finding(
        "TIE-401", "error", f"order[{row['order_ref']}].{row['sku'] or ''}", message, "claim a reimbursement from the channel"
    )
    return Discrepancy(
        finding, row["channel"], str(row["order_ref"]), row["currency"], stake, row["refunded_on"], "money_line", tuple(row["ids"])
    )


def commission(row: Row) -> Discrepancy:
    """Say that a whole refund gave no commission back."""
    message = said(
        "order {ref} of {channel}, {sku}: refunded in full on {day}, and nothing of the commission of {amount} was given back",
        ref=row["order_ref"], channel=row["channel"], sku=row["sku"] or "?", day=row["refunded_on"],
        amount=shown(-row["commission_minor"], row["currency"]),
    )  # fmt: skip
    finding = Finding(
        "TIE-403",
        "warning",
        f"order[{row['order_ref']}].{row['sku'] or ''}",
        message,
        "ask the channel for the commission less its refund fee",
    )
    stake = abs(row["commission_minor"])
    return Discrepancy(
        finding, row["channel"], str(row["order_ref"]), row["currency"], stake, row["refunded_on"], "money_line", tuple(row["ids"])
    )


def unrefunded(row: Row) -> Discrepancy:
    """Say that goods came back and nobody refunded them."""
    message = said(
        "order {ref} of {channel}, {sku}: came back on {day}, and no refund is here",
        ref=row["order_ref"], channel=row["channel"], sku=row["sku"] or "?", day=row["returned_on"],
    )  # fmt: skip
    remedy = "look whether it was an exchange; a refund that is owed will still be charged"
    finding = Finding("TIE-402", "note", f"return[{row['order_ref']}].{row['sku'] or ''}", message, remedy)
    currency, stake = row["currency"] or "", row["sold_minor"]
    return Discrepancy(
        finding, row["channel"] or "", str(row["order_ref"]), currency, stake, row["returned_on"], "customer_return", (row["id"],)
    )


def unchecked(row: Row) -> Discrepancy:
    """Say how many refunds cannot be checked because the channel's returns are not in the book."""
    message = said(
        "{count} refunds of {house} of {amount} in all cannot be checked: none of its returns is in the book",
        count=row["count"], house=row["family"], amount=shown(row["refunded_minor"], row["currency"]),
    )  # fmt: skip
    finding = Finding("TIE-404", "note", f"return[{row['family']}]", message, "import the channel's list of returns")
    return Discrepancy(finding, row["channel"], row["family"], row["currency"], row["refunded_minor"], row["refunded_on"], "money_line")
