"""Rows of the orders export -> order lines: pure.

An order is a block of rows: the first carries its money, the further ones only a line item. What is stated once
per order is shared over its lines by their value, exactly.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.raw.header import locate
from supercargo.connectors.raw.privacy import keyed_hashes
from supercargo.connectors.raw.sift import Sift
from supercargo.connectors.shopify.codes import (
    BROKEN_ORDER,
    FINANCIAL,
    NO_HEAD,
    NO_LINE,
    OF_PAYMENT,
    ORDER_COLUMNS,
    ORDER_MONEY,
    ORDER_REQUIRED,
    OTHER_CONTENT,
    SAME_ORDER,
)
from supercargo.connectors.shopify.sums import add_sums, doubts
from supercargo.connectors.shops.parts import by_word, cells_of
from supercargo.connectors.shops.shares import with_shares

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped

CHANNEL = "shopify"
_OF_ORDER = ("Currency", "Created at", "Cancelled at", "Financial Status", "Fulfillment Status", "Paid at", "Shipping Country", "Email")


def map_orders(raw: Raw, context: Context) -> Mapped:
    """Map the orders export.

    Raises:
        Refused: RAW-010 a required column is missing, RAW-02x or RAW-03x a question is open.
    """
    sift = Sift(locate(raw, ORDER_COLUMNS, ORDER_REQUIRED), context)
    _group(sift)
    _repetitions(sift)
    _carry(sift)
    _read(sift)
    _whole_orders_only(sift)
    sift.rows = add_sums(sift.rows)
    sift.rows = _shares(sift.rows)
    sift.rows = sift.rows.with_columns(keyed_hashes(context.secret, cells_of(sift, "Email")).alias("buyer_key"))
    lines = _records(sift, context)
    return sift.mapped({"order_line": lines}, doubts(sift.rows))


def _group(sift: Sift) -> None:
    """Number the blocks: a row with a total begins one, and the rows of the same name that follow belong to it."""
    head = pl.col("Total") != ""
    sift.rows = sift.rows.with_columns(head.alias("__head"), head.cast(pl.Int64).cum_sum().over("Name").alias("__time"))
    sift.fault((pl.col("__time") == 0) | (pl.col("Name") == ""), NO_HEAD, "the first row of its order, which carries the money, is missing")
    is_block = pl.col("__head") | (pl.col("Name") == pl.col("Name").shift(1)).fill_null(value=False)
    in_blocks = bool(sift.rows.select(is_block.all()).item())
    scattered = pl.concat_str("Name", pl.col("__time").cast(pl.String), separator="\x1f").rank("dense")
    order = pl.col("__head").cast(pl.Int64).cum_sum() if in_blocks else scattered.cast(pl.Int64)
    sift.rows = sift.rows.with_columns(order.alias("__order"))


def _repetitions(sift: Sift) -> None:
    """Leave out orders that stand in the file again, by payment or because exports were put together."""
    if not bool((sift.rows.get_column("__time") > 1).any()):
        return
    meant = [name for name in ORDER_COLUMNS if sift.has(name) and name not in OF_PAYMENT]
    content = (
        sift.rows.select("Name", "__time", "__order", pl.concat_str(meant, separator="\x1f").alias("text"))
        .group_by("__order", maintain_order=True)
        .agg(pl.col("Name").first(), pl.col("__time").first(), pl.col("text").str.join("\x1e"))
        .with_columns(pl.col("text").first().over("Name").alias("first"))
    )
    again = content.filter(pl.col("__time") > 1)
    same = again.filter(pl.col("text") == pl.col("first")).get_column("__order").to_list()
    sift.skip(pl.col("__order").is_in(same), SAME_ORDER, "the same order stands in the file already")
    sift.fault(pl.col("__time") > 1, OTHER_CONTENT, "the order stands in the file already, with other content")


def _carry(sift: Sift) -> None:
    """Carry what stands on the first row of an order to its further rows."""
    carried = [name for name in _OF_ORDER if sift.has(name)]
    sift.rows = sift.rows.with_columns(
        pl.when(pl.col(name) != "").then(pl.col(name)).drop_nulls().first().over("__order").fill_null("").alias(name) for name in carried
    )
    sift.rows = sift.rows.with_columns(pl.col("Currency").str.to_uppercase().alias("currency"), pl.len().over("__order").alias("__size"))


def _read(sift: Sift) -> None:
    sift.settle_decimal([name for name in ORDER_MONEY if sift.has(name)], trust=True, default=".")
    sift.settle_order(["Created at", "Paid at"])
    is_empty = (pl.col("Lineitem name") == "") & (pl.col("Lineitem quantity") == "") & (pl.col("Lineitem price") == "")
    sift.skip(is_empty & ~pl.col("__head"), NO_LINE, "the row carries no line item")
    sift.rows = sift.rows.with_columns(pl.len().over("__order").alias("__size"))
    sift.micros("unit_price_e6", "Lineitem price")
    sift.whole("quantity", "Lineitem quantity")
    of_line, of_order = pl.col("currency"), pl.col("Currency").str.to_uppercase()
    for is_of_line, names in groupby(ORDER_MONEY[1:], lambda name: name == "Lineitem discount"):
        sift.amounts({name.lower(): name for name in names}, of_line if is_of_line else of_order)
    sift.instant("ordered_at", "Created at")
    sift.day("ordered_on", "Created at", required=True)
    sift.day("paid_on", "Paid at")


def _whole_orders_only(sift: Sift) -> None:
    """Hold an order back as a whole where one of its rows is at fault: the rest would not come to its total."""
    sift.fault(pl.len().over("__order") != pl.col("__size"), BROKEN_ORDER, "another row of the same order is at fault")


def _shares(rows: pl.DataFrame) -> pl.DataFrame:
    """Share what is stated per order over its lines: by value, taxes over taxable lines after discount."""
    value = pl.col("goods_minor").fill_null(0)
    shares = {"shipping_minor": ("shipping", value), "__discount": ("order_discount", value), "refunded_minor": ("refunded amount", value)}
    rows = with_shares(rows, shares, "__order")
    discount = pl.sum_horizontal("line_discount", "__discount", ignore_nulls=True)
    known = pl.col("line_discount").is_not_null() | pl.col("__discount").is_not_null()
    rows = rows.with_columns(pl.when(known).then(discount).alias("goods_discount_minor"))
    paid = value + pl.col("goods_discount_minor").fill_null(0)
    is_exempt = pl.col("Lineitem taxable").str.to_lowercase() == "false" if "Lineitem taxable" in rows.columns else pl.lit(value=False)
    return with_shares(rows, {"goods_tax_minor": ("taxes", pl.when(is_exempt).then(0).otherwise(paid))}, "__order")


def _records(sift: Sift, context: Context) -> pl.DataFrame:
    number = pl.int_range(1, pl.len() + 1).over("__order").cast(pl.String)
    return sift.record(
        "order_line",
        key=pl.concat_str("Name", number, separator="/"),
        channel=pl.lit(context.channel or CHANNEL),
        order_ref="Name",
        ordered_at="ordered_at",
        ordered_on="ordered_on",
        status=_status(sift),
        sku=sift.text("Lineitem sku"),
        title=sift.text("Lineitem name"),
        quantity="quantity",
        currency="currency",
        unit_price_e6="unit_price_e6",
        goods_minor="goods_minor",
        goods_tax_minor="goods_tax_minor",
        shipping_minor="shipping_minor",
        goods_discount_minor="goods_discount_minor",
        tax_included="tax_included",
        tax_collected_by=pl.lit("seller"),
        ship_country=_country(sift),
        buyer_key="buyer_key",
        paid_on="paid_on",
        refunded_minor="refunded_minor",
    )


def _country(sift: Sift) -> pl.Expr:
    code = sift.text("Shipping Country").str.to_uppercase()
    return pl.when(code.str.contains("^[A-Z]{2}$")).then(code)


def _status(sift: Sift) -> pl.Expr:
    paid = by_word(sift.text("Financial Status"), FINANCIAL, "unknown")
    is_shipped = sift.text("Fulfillment Status").str.to_lowercase() == "fulfilled"
    return (
        pl.when(sift.text("Cancelled at").is_not_null())
        .then(pl.lit("cancelled"))
        .when((paid == "paid") & is_shipped)
        .then(pl.lit("shipped"))
        .otherwise(paid)
    )
