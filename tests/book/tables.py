"""Records made by hand, in the schemas of the importers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256

import polars as pl

from supercargo.book.receipt import NewDocument
from supercargo.connectors.records.mapped import OUTCOME, Control
from supercargo.connectors.records.tables import table_of

DAY = date(2011, 11, 5)


def order_lines(*lines, channel="amazon-de"):
    rows = [
        {
            "row": place + 2, "channel": channel, "order_ref": ref, "sku": sku, "quantity": quantity, "currency": "EUR", "status": "shipped",
            "goods_minor": goods, "ordered_on": DAY, "ordered_at": datetime(2011, 11, 5, 10, 0, place % 60, tzinfo=UTC),
            "key": f"{ref}/{sku}", "ship_country": "DE", "buyer_key": f"buyer-{ref[:1]}", "is_business": False,
        }
        for place, (ref, sku, quantity, goods) in enumerate(lines)
    ]  # fmt: skip
    return table_of("order_line", pl.DataFrame(rows))


def money_lines(*lines, channel="amazon-de", status="settled"):
    rows = [
        {
            "row": place + 2, "channel": channel, "settlement_ref": "S1", "order_ref": ref, "kind": kind, "currency": "EUR", "key": f"{ref}/{kind}",
            "amount_minor": amount, "posted_on": DAY, "posted_at": datetime(2011, 11, 5, 10, 0, 0, 123456, tzinfo=UTC), "status": status,
        }
        for place, (ref, kind, amount) in enumerate(lines)
    ]  # fmt: skip
    return table_of("money_line", pl.DataFrame(rows))


def outcome(records, skips=(), faults=()):
    rows = [(row, "record", None, None) for row in records]
    rows += [(row, "skip", "T-SKIP", "the line is a heading") for row in skips]
    rows += [(row, "fault", "T-FAULT", "the amount cannot be read") for row in faults]
    return pl.DataFrame(sorted(rows), schema=OUTCOME, orient="row")


def outcome_of(*tables, skips=(), faults=()):
    return outcome(sorted({row for table in tables for row in table.get_column("row")}), skips, faults)


def document(content=b"order;sku\n", name="orders.csv"):
    return NewDocument(sha256(content).hexdigest(), name, content, "hand-made", "tests")


def control(total, skips=0, faults=0):
    return Control("amount", "EUR", total, total - skips - faults, skips, faults)
