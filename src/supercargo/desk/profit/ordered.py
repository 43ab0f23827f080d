"""Profit lines from order lines: the revenue of own shops, and what marketplaces have shipped but not yet settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.desk.profit.records import ChannelRecords, Made, order_index
from supercargo.desk.profit.settled import CLEARING, placed, tax_not_known
from supercargo.desk.profit.tax_inside import LAW_RATE, Destinations, reported_rates, taken_out, with_rate

if TYPE_CHECKING:
    from collections.abc import Iterator

NOT_SOLD = ["cancelled", "pending"]
REFUND_OF_ORDER = "refund total of the order"
_COMPONENTS = (
    ("sale_goods", "goods_minor", "goods_tax_minor"), ("sale_shipping", "shipping_minor", "shipping_tax_minor"),
    ("sale_giftwrap", "giftwrap_minor", "giftwrap_tax_minor"), ("discount_goods", "goods_discount_minor", None),
    ("discount_shipping", "shipping_discount_minor", None),
)  # fmt: skip
"""Kind, the order line's column, and the column of its tax; a discount's tax is in that of the goods."""


def ordered(records: ChannelRecords, destinations: Destinations) -> Made:
    """Make the lines of a channel whose revenue is in its orders, and the fees that payment houses kept of them."""
    made = from_orders(records, records.orders, destinations)
    return Made(pl.concat([made.lines, house_fees(records)], how="diagonal"), made.findings)


def from_orders(records: ChannelRecords, orders: pl.DataFrame, destinations: Destinations) -> Made:
    """Make revenue lines from order lines: goods, shipping, gift wrap, discounts and refunds without tax, and the tax."""
    sold = orders.filter(~pl.col("status").is_in(NOT_SOLD).fill_null(value=False))
    base = _placed(sold, records)
    rated = with_rate(base, reported_rates(records.taxes), destinations)
    pieces = [piece for each in _COMPONENTS for piece in _component(rated, *each)]
    stated = pl.concat([piece.select(_COLUMNS) for piece in pieces] + [_refunds(rated).select(_COLUMNS)])
    known, asked = stated.filter(pl.col("rate_basis") == _STATED), stated.filter(pl.col("rate_basis") != _STATED)
    unknown = asked.filter(pl.col("rate_ppm").is_null())
    lines = pl.concat([known, taken_out(asked)]).drop("rate_ppm", "rate_basis")
    return Made(lines, tuple(tax_not_known(records, unknown)))


_STATED = "stated"
_COLUMNS = (
    "order_on", "posted_on", "channel", "country", "sku", "kind", "currency", "amount_minor", "quantity", "estimated", "basis", "noun",
    "record_id", "document_id", "row", "order_ref", "rate_ppm", "rate_basis",
)  # fmt: skip


def _placed(sold: pl.DataFrame, records: ChannelRecords) -> pl.DataFrame:
    paid = records.houses.filter((pl.col("kind") == "customer_payment") & pl.col("order_ref").is_not_null())
    payments = paid.group_by("order_ref").agg(pl.col("posted_on").min().alias("of_payment_on"))
    return sold.join(payments, on="order_ref", how="left", maintain_order="left").with_columns(
        pl.col("ordered_on").alias("order_on"),
        pl.coalesce("of_payment_on", "paid_on").alias("posted_on"),
        pl.lit(records.channel.code).alias("channel"),
        pl.coalesce("ship_country", pl.lit(records.channel.country, dtype=pl.String)).alias("country"),
        pl.lit(False).alias("estimated"),
        pl.lit(None, dtype=pl.String).alias("basis"),
        pl.lit("order_line").alias("noun"),
        pl.col("id").alias("record_id"),
    )


def _component(rated: pl.DataFrame, kind: str, column: str, tax: str | None) -> Iterator[pl.DataFrame]:
    """Take one component of the order lines, and its tax where the file states it."""
    there = rated.filter(pl.col(column).is_not_null() & ((pl.col(column) != 0) | (pl.lit(kind) == "sale_goods")))
    back = pl.lit(kind == "sale_goods") & ((pl.col(column) < 0) | ((pl.col(column) == 0) & (pl.col("quantity") < 0)))
    quantity = pl.col("quantity") if kind == "sale_goods" else pl.lit(None, dtype=pl.Int64)
    piece = there.with_columns(
        pl.when(back).then(pl.lit("refund_goods")).otherwise(pl.lit(kind)).alias("kind"), pl.col(column).alias("amount_minor"),
        pl.when(back).then(-quantity.abs()).otherwise(quantity).alias("quantity"),
    )  # fmt: skip
    inside = _inside()
    stated = (pl.col(tax).is_not_null() if tax else pl.col("goods_tax_minor").is_not_null()) & inside.is_not_null()
    outside = ~inside.fill_null(value=True) & pl.col("tax_included").is_not_null()
    settled = stated | outside
    if tax:
        less = pl.when(stated & inside).then(pl.col(tax)).otherwise(0)
        kind_of_tax = pl.when(pl.col("kind") == "refund_goods").then(pl.lit("refund_tax")).otherwise(pl.lit("sale_tax"))
        yield piece.filter(stated & (pl.col(tax) != 0)).with_columns(
            kind_of_tax.alias("kind"), pl.col(tax).alias("amount_minor"), pl.lit(None, dtype=pl.Int64).alias("quantity"), *_as_stated()
        )
        piece = piece.with_columns((pl.col("amount_minor") - less).alias("amount_minor"))
    yield piece.filter(settled).with_columns(*_as_stated())
    yield piece.filter(~settled)


def _inside() -> pl.Expr:
    """Ask whether the tax is inside the price: as the file says, else by the custom of the country; null where neither is known."""
    return pl.coalesce("tax_included", pl.when(pl.col("rate_ppm").is_not_null()).then(pl.col("rate_ppm") > 0))


def _as_stated() -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Mark lines whose tax the file states; whether it is inside the price may still have been the custom of the country."""
    guessed = pl.col("tax_included").is_null()
    return (
        pl.lit(_STATED).alias("rate_basis"),
        pl.when(guessed).then(pl.lit(value=True)).otherwise(pl.col("estimated")).alias("estimated"),
        pl.when(guessed).then(pl.lit(LAW_RATE)).otherwise(pl.col("basis")).alias("basis"),
    )


def _refunds(rated: pl.DataFrame) -> pl.DataFrame:
    """Take what was given back so far; the file does not say of which article or how much of it is tax, so it is estimated."""
    tax = pl.sum_horizontal("goods_tax_minor", "shipping_tax_minor", "giftwrap_tax_minor")
    gross = pl.sum_horizontal(*(column for _, column, _ in _COMPONENTS))
    net = pl.when(_inside().fill_null(value=True)).then(gross - tax).otherwise(gross)
    own = pl.when(pl.col("goods_tax_minor").is_not_null() & (net > 0)).then((2_000_000 * tax + net) // (2 * net))
    return rated.filter(pl.col("refunded_minor") > 0).with_columns(
        pl.lit("refund_goods").alias("kind"), (-pl.col("refunded_minor")).alias("amount_minor"),
        pl.lit(None, dtype=pl.Int64).alias("quantity"), pl.lit(None, dtype=pl.Date).alias("posted_on"),
        pl.coalesce(own, "rate_ppm").alias("rate_ppm"), pl.lit(value=True).alias("estimated"), pl.lit(REFUND_OF_ORDER).alias("basis"),
    )  # fmt: skip


def house_fees(records: ChannelRecords) -> pl.DataFrame:
    """Take the fees that payment houses kept of the channel's orders."""
    ours = order_index(records.orders).select("order_ref")
    return placed(records.houses.filter(~pl.col("kind").is_in(CLEARING)).join(ours, on="order_ref", how="semi"), records)
