"""What lies in Amazon's stores at the end, what was lost there, and what was paid for it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from supercargo.desk.demo_company.amazon import CENTRES, WAREHOUSES, listing
from supercargo.desk.demo_company.draw import Draw
from supercargo.desk.demo_company.trade import LAST

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from supercargo.desk.demo_company.rows import Rows
    from supercargo.desk.demo_company.trade import Sale

LOSSES = (("HL-TEE-001", date(2026, 8, 20), 4), ("HL-BPK-007", date(2026, 9, 11), 2), ("HL-WAL-009", date(2026, 9, 24), 3))
"""Product, day and units that disappeared in the German store."""
FOUND = (("HL-TEE-001", date(2026, 9, 2), 1),)
PAID = (("HL-TEE-001", date(2026, 9, 9), 3, 3_240),)
"""Product, day, units and money; the other two losses were never paid for."""
REASON = "M"


def book(rows: Rows, sales: Sequence[Sale], titles: Mapping[str, str]) -> None:
    """Write down the ledger's events, the reimbursements and the count of the last day."""
    for sku, day, units in LOSSES:
        _event(rows, sku, day, -units, "lost")
    for sku, day, units in FOUND:
        _event(rows, sku, day, units, "found")
    for sku, day, units, amount in PAID:
        rows.add(
            "reimbursement",
            channel="amazon-de",
            approved_on=day,
            reimbursement_ref=Draw(f"paid|{sku}").digits(11),
            case_ref=Draw(f"case|{sku}").digits(11),
            reason="Lost_Warehouse",
            sku=sku,
            currency="EUR",
            amount_minor=amount,
            units_paid=units,
            units_restocked=0,
        )
    for channel in WAREHOUSES:
        _count(rows, channel, [sale for sale in sales if sale.channel == channel], titles)


def _event(rows: Rows, sku: str, day: date, units: int, kind: str) -> None:
    rows.add(
        "stock_move",
        channel="amazon-de",
        warehouse=CENTRES["amazon-de"],
        country="DE",
        moved_on=day,
        sku=sku,
        kind=kind,
        quantity=units,
        reference=Draw(f"{kind}|{sku}").digits(10),
        reason=REASON if kind == "lost" else "F",
        disposition="SELLABLE",
    )


def _count(rows: Rows, channel: str, sales: Sequence[Sale], titles: Mapping[str, str]) -> None:
    sold: dict[str, int] = {}
    for sale in sales:
        sold[sale.sku] = sold.get(sale.sku, 0) + sale.quantity
    received: dict[str, int] = {}
    for line in rows.of["receipt_line"]:
        if line["warehouse"] == WAREHOUSES[channel]:
            received[line["sku"]] = received.get(line["sku"], 0) + line["quantity"]
    returned: dict[str, int] = {}
    for line in rows.of["customer_return"]:
        if line["channel"] == channel and line["disposition"] == "SELLABLE":
            returned[line["sku"]] = returned.get(line["sku"], 0) + line["quantity"]
    gone = {
        sku: sum(units for lost, _, units in LOSSES if lost == sku) - sum(units for found, _, units in FOUND if found == sku)
        for sku in received
    }
    for sku in sorted(received):
        sellable = received[sku] - sold.get(sku, 0) + returned.get(sku, 0) - (gone[sku] if channel == "amazon-de" else 0)
        rows.add(
            "stock_count",
            channel=channel,
            warehouse=WAREHOUSES[channel],
            counted_on=LAST,
            sku=sku,
            fulfilment_sku=f"X00{Draw(sku).digits(7)}",
            listing_ref=listing(sku),
            title=titles[sku],
            condition="New",
            sellable=sellable,
            unsellable=0,
            reserved=0,
            inbound=0,
            researching=0,
            total=sellable,
        )
