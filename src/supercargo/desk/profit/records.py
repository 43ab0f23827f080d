"""What the profit lines of one channel are made from, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import polars as pl

from supercargo.connectors.records.tables import TABLES
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from supercargo.kernel.finding import Finding

IDENTITY: Mapping[str, pl.DataType] = {"id": pl.Int64(), "document_id": pl.Int64()}
COST: Mapping[str, pl.DataType] = {
    "noun": pl.String(), "record_id": pl.Int64(), "channel": pl.String(), "country": pl.String(), "sku": pl.String(), "order_on": pl.Date(),
    "posted_on": pl.Date(), "kind": pl.String(), "currency": pl.String(), "amount_minor": pl.Int64(), "document_id": pl.Int64(),
    "row": pl.Int64(),
}  # fmt: skip
"""Cost of goods as the ledger shares it out: of which record, with the seller's sign (a cost is negative, goods that came back positive).

Of a sale the record alone is enough: channel, country, article, days and row are the sale's. Other movements (goods lost,
returned to stock) bring their own.
"""
NOWHERE = ""
"""The channel of costs that belong to none, such as goods lost in a common warehouse."""


@dataclass(frozen=True, slots=True)
class ChannelFact:
    """A channel of the book; ``revenue_from`` is empty for a payment house."""

    code: str
    revenue_from: Literal["settlement", "orders", ""]
    country: str | None = None


@dataclass(frozen=True, slots=True)
class ChannelRecords:
    """The current records of one channel; of the payment houses, what they hold of its orders."""

    channel: ChannelFact
    orders: pl.DataFrame
    money: pl.DataFrame
    taxes: pl.DataFrame
    houses: pl.DataFrame
    products: pl.DataFrame
    costs: pl.DataFrame
    settlements: pl.DataFrame = field(default_factory=lambda: empty("settlement"))


@dataclass(frozen=True, slots=True)
class Made:
    """Profit lines (some columns may be missing yet) and what is doubtful about them."""

    lines: pl.DataFrame
    findings: tuple[Finding, ...] = field(default=())


def empty(noun: str) -> pl.DataFrame:
    """Give the records of a noun that has none, as the book would."""
    return pl.DataFrame(schema={**TABLES[noun], **IDENTITY})


def order_index(orders: pl.DataFrame) -> pl.DataFrame:
    """List the orders: day, country, and the article where there is only one."""
    grouped = orders.filter(pl.col("order_ref").is_not_null()).group_by("channel", "order_ref", maintain_order=True)
    single = pl.when(pl.col("sku").drop_nulls().n_unique() == 1).then(pl.col("sku").drop_nulls().first())
    return grouped.agg(
        pl.col("ordered_on").min().alias("of_order_on"),
        pl.col("ship_country").drop_nulls().first().alias("of_country"),
        single.alias("of_sku"),
    )


def money_of(frame: pl.DataFrame, amount: str = "amount_minor") -> str:
    """Say an amount of several currencies: ``12.50 EUR, 300 JPY``."""
    sums = frame.group_by("currency").agg(pl.col(amount).sum()).drop_nulls("currency").sort("currency")
    return ", ".join(Figure.money(minor(value, code), code).shown() for code, value in sums.iter_rows()) or "-"


def minor(value: int, currency: str) -> str:
    """Write minor units in units: 1250 EUR cents are 12.50."""
    return str(Decimal(value).scaleb(-minor_digits(currency)))
