"""The orders export: one row per order, its products in the words of one cell, times in US Pacific without saying so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.aliexpress.codes import COLUMNS, CURRENCY_MARKS, PACIFIC, QUANTITY, REQUIRED, SECOND_PRODUCT, SKU, STATUSES
from supercargo.connectors.market.codes import ours, strange
from supercargo.connectors.market.home import country_codes
from supercargo.connectors.market.narrow import narrow
from supercargo.connectors.raw.header import locate
from supercargo.connectors.raw.privacy import keyed_hashes
from supercargo.connectors.raw.sift import Sift
from supercargo.connectors.raw.table import ROW
from supercargo.kernel.currency import is_currency
from supercargo.kernel.finding import Finding, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw, Table
    from supercargo.connectors.records.mapped import Mapped

_MONEY = ("goods", "shipping_cost", "order_amount", "order_discount")


def map_orders(raw: Raw, context: Context) -> Mapped:
    """Map an orders export to one line per order; the product where the cell names only one."""
    table = narrow(locate(raw, COLUMNS, REQUIRED), COLUMNS)
    currency = _currency(table, context)
    sift = Sift(table, context)
    sift.fault(pl.col("order").str.contains(r"(?i)^\d+([.,]\d+)?e\+?\d+$"), "AE-011", "a number has lost its digits in a spreadsheet")
    sift.fault(~pl.col("order").str.contains(r"^\d+(\.0+)?$"), "AE-012", "the number of the order cannot be read")
    findings = _read(sift, currency)
    channel = context.channel or "aliexpress"
    lines = sift.record(
        "order_line", channel=pl.lit(channel), order_ref="order_ref", ordered_at="ordered_at", ordered_on="ordered_on", status="status",
        sku="sku_ref", title="title", quantity="units", currency=pl.lit(currency), goods_minor="goods_minor",
        shipping_minor="shipping_minor",
        goods_discount_minor=-pl.col("discount_minor").abs(), ship_country="ship_country", buyer_key="buyer_key", paid_on="paid_on",
    )  # fmt: skip
    return sift.mapped({"order_line": lines}, findings, {"channel": channel, "currency": currency, "zone": context.zone or PACIFIC})


def _currency(table: Table, context: Context) -> str:
    told = context.options.get("currency", "").upper()
    if is_currency(told):
        return told
    cells = pl.concat([table.rows.get_column(name).str.strip_chars().alias("cell") for name in _MONEY if name in table.columns])
    found = [code for code, mark in CURRENCY_MARKS.items() if bool(cells.str.contains(mark).any())]
    if len(found) == 1:
        return found[0]
    message = (
        said("the file names several currencies: {names}", names=", ".join(found)) if found else "the amounts do not name their currency"
    )
    raise refuse("AE-001", "file", message, "say which with the option currency, such as currency=USD")


def _read(sift: Sift, currency: str) -> list[Finding]:
    sift.settle_decimal(_MONEY)
    sift.amount("goods_minor", "goods", currency, found_in=("order_line", "goods_minor"))
    sift.amount("shipping_minor", "shipping_cost", currency, found_in=("order_line", "shipping_minor"))
    sift.amount("amount_minor", "order_amount", currency, watch=False)
    sift.amount("discount_minor", "order_discount", currency)
    sift.settle_order(["created", "paid"])
    sift.day("ordered_on", "created", required=True)
    sift.instant("ordered_at", "created", zone=sift.context.zone or PACIFIC)
    sift.day("paid_on", "paid")
    rows = sift.rows
    words = sift.text("products")
    several = words.str.contains(SECOND_PRODUCT) | (words.str.count_matches(QUANTITY) > 1)
    country = country_codes(rows.get_column("country")) if sift.has("country") else pl.Series([None] * rows.height, dtype=pl.String)
    sift.rows = rows.with_columns(
        pl.col("order").str.replace(r"\.0+$", "").alias("order_ref"), several.fill_null(value=False).alias("several"),
        pl.when(~several).then(words.str.extract(SKU, 1)).alias("sku_ref"), words.alias("title"),
        pl.when(~several).then(words.str.extract(QUANTITY, 1).cast(pl.Int64, strict=False)).alias("units"),
        ship_country=country, status=ours(rows.get_column("order_status"), STATUSES),
        buyer_key=keyed_hashes(sift.context.secret, rows.select(sift.text("buyer")).to_series()),
    )  # fmt: skip
    sift.keyed(["order_ref"])
    sift.doubled("AE-013", "the order stands in the file already")
    return [*strange(sift.rows.get_column("order_status"), STATUSES, "AE-022"), *_several(sift.rows), *_uneven(sift.rows)]


def _several(rows: pl.DataFrame) -> list[Finding]:
    odd = rows.filter("several")
    if not odd.height:
        return []
    message = said("{count} orders have several products; each is kept as one line without a product", count=odd.height)
    return [Finding("AE-021", "warning", "产品信息", message, "the export states one sum for all products of an order")]


def _uneven(rows: pl.DataFrame) -> list[Finding]:
    off = pl.col("goods_minor") + pl.col("shipping_minor") - pl.col("discount_minor").fill_null(0).abs() != pl.col("amount_minor")
    odd = rows.filter(off)
    if not odd.height:
        return []
    message = said("{count} orders do not come to their own amount, such as row {row}", count=odd.height, row=odd[ROW][0])
    return [
        Finding("AE-023", "warning", "订单金额", message, "compare the order in the seller centre; the layout of this export is not proven")
    ]
