"""A small company's records in which everything ties, and the faults that are planted into it."""

from __future__ import annotations

import os
from datetime import date

import polars as pl
import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "supercargo.web.settings")

import django
from django.apps import apps
from django.conf import settings

from supercargo.connectors.records.tables import TABLES
from supercargo.desk.tie_out import Records

django.setup()
if not apps.is_installed("supercargo.book"):
    apps.set_installed_apps([*settings.INSTALLED_APPS, "supercargo.book"])

FILES = {1: "settlements-eu.txt", 2: "orders.txt", 3: "bank.sta", 4: "payments.csv", 5: "products.csv", 6: "ledger.csv"}
FILE_OF = {"order_line": 2, "bank_line": 3, "bank_statement": 3, "product": 5, "stock_move": 6}


def frame(noun, rows):
    schema = {**TABLES[noun], "id": pl.Int64(), "document_id": pl.Int64(), "revision": pl.Int64()}
    made = [
        {"id": n, "document_id": FILE_OF.get(noun, 1), "revision": 1, "row": n + 1, "key": str(n), **row}
        for n, row in enumerate(rows, start=1)
    ]
    assert not {name for row in made for name in row} - set(schema)
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in made], schema=schema)


class Company:
    """Rows by noun, to be changed before they are read."""

    def __init__(self):
        self.rows = {noun: [] for noun in TABLES}

    def settle(self, ref, first, last, sold, *, fee_each=522):
        """Sell cups at 25.00 in Germany: principal, 15 % commission, fulfilment by the tariff; pay on the second day after."""
        lines = []
        for number, day in sold:
            order = {"channel": "amazon-de", "order_ref": number, "sku": "CUP", "currency": "EUR"}
            lines += [
                {**order, "kind": "sale_goods", "amount_minor": 2500, "quantity": 1, "their_name": "ItemPrice/Principal"},
                {**order, "kind": "fee_referral", "amount_minor": -375, "their_name": "ItemFees/Commission"},
                {**order, "kind": "fee_fulfilment", "amount_minor": -fee_each, "their_name": "ItemFees/FBAPerUnitFulfillmentFee"},
            ]
            for line in lines[-3:]:
                line |= {"settlement_ref": ref, "posted_on": day, "status": "settled"}
            sale = {
                "ordered_on": day,
                "status": "shipped",
                "goods_minor": 2500,
                "tax_included": True,
                "quantity": 1,
                "fulfilled_by": "channel",
            }
            self.rows["order_line"].append({**order, **sale})
        total = sum(line["amount_minor"] for line in lines)
        self.rows["money_line"] += lines
        named = {"channel": "amazon-de", "settlement_ref": ref, "currency": "EUR"}
        self.rows["settlement"].append({**named, "begins_on": first, "ends_on": last, "deposit_on": last, "total_minor": total})
        self.rows["payout"].append({**named, "payout_ref": ref, "amount_minor": total, "sent_on": last, "status": "sent"})
        booked = {"account": "DE1", "currency": "EUR", "booked_on": last, "counterparty": "AMAZON PAYMENTS EUROPE", "text": f"REF {ref}"}
        self.rows["bank_line"].append({**booked, "amount_minor": total})

    def of(self, noun, **where):
        return next(row for row in self.rows[noun] if all(row.get(name) == value for name, value in where.items()))

    def records(self):
        documents = pl.DataFrame({"id": list(FILES), "name": list(FILES.values())})
        return Records.read(lambda noun: frame(noun, self.rows[noun]), documents)


@pytest.fixture
def company():
    """Three settlements of two orders each, everything in order."""
    made = Company()
    for number, month in enumerate((7, 8, 9), start=1):
        days = [date(2026, month, 3), date(2026, month, 10)]
        made.settle(
            f"SETTLE-{number}", date(2026, month, 1), date(2026, month, 28), [(f"O-{number}{place}", day) for place, day in enumerate(days)]
        )
    made.rows["settlement"] = [{**row, "begins_on": None} for row in made.rows["settlement"]]
    cup = {"sku": "CUP", "category": "home_kitchen", "weight_g": 1000, "length_mm": 400, "width_mm": 300, "height_mm": 200}
    made.rows["product"].append({**cup, "currency": "CNY", "unit_cost_minor": 3100})
    period = {"opening_on": date(2026, 6, 30), "closing_on": date(2026, 10, 14), "currency": "EUR", "account": "DE1"}
    made.rows["bank_statement"].append(period)
    made.rows["bank_line"].append(
        {"account": "DE1", "currency": "EUR", "amount_minor": -900, "booked_on": date(2026, 8, 3), "text": "ACCOUNT FEE"}
    )
    return made
