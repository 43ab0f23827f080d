"""A book in memory: records as the importers leave them, a channel of each sort, round figures."""

from __future__ import annotations

from datetime import date
from itertools import count

import polars as pl
import pytest

from supercargo.connectors.records.tables import TABLES
from supercargo.desk.profit.records import COST, IDENTITY, ChannelFact, empty

DAY = date(2024, 3, 5)
CHANNELS = (
    ChannelFact("amazon-de", "settlement", "DE"), ChannelFact("paypal", "", None), ChannelFact("shopify", "orders", None),
)  # fmt: skip


class Memory:
    """Records of a company, without a database."""

    def __init__(self, channels=CHANNELS):
        self._channels, self.rows, self._ids, self.cost_lines = (
            channels,
            {noun: [] for noun in TABLES},
            count(1),
            pl.DataFrame(schema=dict(COST)),
        )

    def add(self, noun, **columns):
        number = next(self._ids)
        self.rows[noun].append({"id": number, "document_id": 1, "row": number + 1, "key": str(number)} | columns)
        return number

    def money(self, kind, amount, **other):
        base = {
            "channel": "amazon-de",
            "order_ref": "A-1",
            "sku": "TEE",
            "currency": "EUR",
            "posted_on": date(2024, 3, 12),
            "status": "settled",
        }
        return self.add("money_line", **(base | {"kind": kind, "amount_minor": amount} | other))

    def order(self, **other):
        base = {
            "channel": "amazon-de", "order_ref": "A-1", "ordered_on": DAY, "status": "shipped", "sku": "TEE", "quantity": 1, "currency": "EUR",
            "goods_minor": 11_900, "ship_country": "DE",
        }  # fmt: skip
        return self.add("order_line", **(base | other))

    def frame(self, noun, *, id_after=0, channel=None):
        schema = {**TABLES[noun], **IDENTITY}
        rows = [row for row in self.rows[noun] if row["id"] > id_after]
        table = pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema) if rows else empty(noun)
        wanted = [channel] if isinstance(channel, str) else channel
        return table if wanted is None else table.filter(pl.col("channel").is_in(wanted))

    def last(self):
        return {
            noun: max((row["id"] for row in self.rows[noun]), default=0) for noun in ("order_line", "money_line", "tax_line", "product")
        }

    def channels(self):
        return self._channels

    def costs(self):
        return self.cost_lines


@pytest.fixture
def book():
    return Memory()
