"""Files to measure imports with: made from records, written by the connectors exactly as the sources write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
import polars as pl

from supercargo.connectors.amazon.render import render_orders, render_settlement
from supercargo.connectors.records.tables import table_of
from supercargo.connectors.shopify.render import render_orders as render_shopify

FIRST = date(2026, 3, 1)
DAYS = 14
PARTS = {"amazon-settlement": 5, "amazon-orders": 3, "shopify-orders": 2}
"""How the rows are shared among the formats, in tenths."""
_KINDS = (
    ("sale_goods", "Order", "ItemPrice/Principal", 500, 9_000), ("sale_tax", "Order", "ItemPrice/Tax", 100, 1_700),
    ("fee_referral", "Order", "ItemFees/Commission", -1_400, -75),
    ("fee_fulfilment", "Order", "ItemFees/FBAPerUnitFulfillmentFee", -700, -250),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """One file: its format, its bytes, its rows, and the column that holds money."""

    format: str
    name: str
    content: bytes
    rows: int
    delimiter: str
    money: str


def samples(rows: int, seed: int = 20260715) -> tuple[Sample, ...]:
    """Make one file of each format; the same seed gives the same bytes."""
    rng = np.random.default_rng(seed)
    counts = {name: max(1, rows * tenths // 10) for name, tenths in PARTS.items()}
    return (
        Sample(
            "amazon-settlement",
            "settlement.txt",
            _settlement(rng, counts["amazon-settlement"]),
            counts["amazon-settlement"] + 1,
            "\t",
            "amount",
        ),
        Sample(
            "amazon-orders",
            "orders.txt",
            render_orders(order_line=_orders(rng, counts["amazon-orders"], "amazon-de")),
            counts["amazon-orders"],
            "\t",
            "item-price",
        ),
        Sample(
            "shopify-orders", "orders_export.csv", _shopify(rng, counts["shopify-orders"]), counts["shopify-orders"], ",", "Lineitem price"
        ),
    )


def _settlement(rng: np.random.Generator, rows: int) -> bytes:
    order, place = np.arange(rows) // len(_KINDS), np.arange(rows) % len(_KINDS)
    amounts = rng.integers(np.array([kind[3] for kind in _KINDS])[place], np.array([kind[4] for kind in _KINDS])[place])
    at = pl.Series(rng.integers(0, DAYS * 86_400, rows)) * 1_000_000 + _micros(FIRST)
    lines = pl.DataFrame(
        {
            "row": np.arange(rows) + 3,
            "key": pl.Series(np.arange(rows)).cast(pl.String),
            "channel": pl.repeat("amazon-de", rows, eager=True),
            "settlement_ref": pl.repeat("15938721", rows, eager=True),
            "order_ref": _numbered("302-{:07d}-0000001", order),
            "line_ref": _numbered("{:014d}", order),
            "transaction_ref": _numbered("D{:08d}", order),
            "sku": _numbered("SKU-{:04d}", order % 1_000),
            "kind": pl.Series([kind[0] for kind in _KINDS]).gather(place),
            "their_type": pl.Series([kind[1] for kind in _KINDS]).gather(place),
            "their_name": pl.Series([kind[2] for kind in _KINDS]).gather(place),
            "currency": pl.repeat("EUR", rows, eager=True),
            "amount_minor": amounts,
            "quantity": pl.Series(np.ones(rows, dtype=np.int64)),
            "posted_at": at.cast(pl.Datetime("us", "UTC")),
            "country": pl.repeat("DE", rows, eager=True),
            "status": pl.repeat("settled", rows, eager=True),
        }
    ).with_columns(pl.col("posted_at").dt.date().alias("posted_on"))
    total = {
        "row": 2,
        "key": "15938721",
        "channel": "amazon-de",
        "settlement_ref": "15938721",
        "begins_on": FIRST,
        "ends_on": FIRST + timedelta(days=DAYS),
        "deposit_on": FIRST + timedelta(days=DAYS + 2),
        "currency": "EUR",
        "total_minor": int(amounts.sum()),
    }
    return render_settlement(settlement=table_of("settlement", pl.DataFrame([total])), money_line=table_of("money_line", lines))


def _orders(rng: np.random.Generator, rows: int, channel: str) -> pl.DataFrame:
    order = np.arange(rows)
    quantity, price = rng.integers(1, 4, rows), rng.integers(500, 9_000, rows)
    at = pl.Series(rng.integers(0, DAYS * 86_400, rows)) * 1_000_000 + _micros(FIRST)
    lines = pl.DataFrame(
        {
            "row": order + 2,
            "key": pl.Series(order).cast(pl.String),
            "channel": pl.repeat(channel, rows, eager=True),
            "order_ref": _numbered("302-{:07d}-0000001" if channel != "shopify" else "#{:07d}", order),
            "line_ref": _numbered("{:014d}", order),
            "ordered_at": at.cast(pl.Datetime("us", "UTC")),
            "status": pl.repeat("shipped", rows, eager=True),
            "sku": _numbered("SKU-{:04d}", order % 1_000),
            "title": _numbered("Cotton T-shirt, organic, model {:04d}", order % 1_000),
            "listing_ref": _numbered("B0{:08d}", order % 1_000),
            "quantity": quantity,
            "currency": pl.repeat("EUR", rows, eager=True),
            "unit_price_e6": price * 10_000,
            "goods_minor": quantity * price,
            "goods_tax_minor": quantity * price * 19 // 119,
            "shipping_minor": pl.Series(np.zeros(rows, dtype=np.int64)),
            "tax_included": pl.repeat(value=True, n=rows, eager=True),
            "ship_country": pl.Series(["DE", "FR", "AT", "NL"]).gather(order % 4),
            "fulfilled_by": pl.repeat("channel", rows, eager=True),
        }
    ).with_columns(pl.col("ordered_at").dt.date().alias("ordered_on"))
    return table_of("order_line", lines)


def _shopify(rng: np.random.Generator, rows: int) -> bytes:
    return render_shopify(
        {"order_line": _orders(rng, rows, "shopify").with_columns(pl.col("ordered_on").alias("paid_on"))}, is_tax_included=True
    )


def _numbered(form: str, numbers: np.ndarray) -> pl.Series:
    return pl.Series([form.format(number) for number in numbers.tolist()])


def _micros(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1_000_000
