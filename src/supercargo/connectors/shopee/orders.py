"""The orders export: one row per product of an order, the order's own amounts and fees repeated on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.market.codes import ours, strange
from supercargo.connectors.market.home import Home, countries_in, country_codes, home
from supercargo.connectors.market.narrow import narrow
from supercargo.connectors.market.once import disagreeing, once
from supercargo.connectors.market.parts import Part, lines
from supercargo.connectors.raw.header import locate, plain
from supercargo.connectors.raw.privacy import keyed_hashes
from supercargo.connectors.raw.sift import Sift
from supercargo.connectors.records.tables import table_of
from supercargo.connectors.shopee.codes import COLUMNS, COMMA_DECIMALS, FEES, HEADING_COUNTRY, REQUIRED, STATUSES

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw, Table
    from supercargo.connectors.records.mapped import Mapped
    from supercargo.kernel.finding import Finding

_MONEY = ("product_subtotal", "original_price", "deal_price", "shopee_rebate", "seller_voucher", "seller_bundle", "buyer_shipping", *FEES)
_OF_THE_ORDER = ("shipping_minor", "voucher_minor", "bundle_minor", *FEES)


def map_orders(raw: Raw, context: Context) -> Mapped:
    """Map an orders export to order lines and the fees that it names, each order's own amounts once.

    ``Grand Total`` and ``Total Amount`` stand on every row of an order and are never summed.
    """
    table = narrow(locate(raw, COLUMNS, REQUIRED), COLUMNS)
    here = _home(raw, table, context)
    sift = Sift(table, context)
    sift.fault(pl.col("order").str.contains(r"(?i)^\d+([.,]\d+)?e\+?\d+$"), "SHP-011", "a number has lost its digits in a spreadsheet")
    sift.fault(~pl.col("order").str.contains(r"^[0-9A-Za-z]{8,}$"), "SHP-012", "the number of the order cannot be read")
    findings = _read(sift, here)
    tables = {"order_line": _order_lines(sift, here), "money_line": _money_lines(sift.rows, here)}
    return sift.mapped(tables, findings, {"channel": here.channel, "zone": here.zone})


def _home(raw: Raw, table: Table, context: Context) -> Home:
    named = countries_in(table.rows.get_column("country")) if "country" in table.columns else set()
    headings = {plain(cell) for row in raw.headings for cell in row}
    spoken = {country for heading, country in HEADING_COUNTRY.items() if plain(heading) in headings}
    return home("shopee", "SHP", context, countries=spoken or named)


def _read(sift: Sift, here: Home) -> list[Finding]:
    comma = here.country in COMMA_DECIMALS
    sift.settle_decimal(_MONEY, default="," if comma else ".", trust=comma)
    sift.whole("units", "quantity")
    sift.micros("unit_price_e6", "deal_price")
    sift.amount("goods_minor", "product_subtotal", here.currency, found_in=("order_line", "goods_minor"))
    sift.amount("rebate_minor", "shopee_rebate", here.currency)
    for out, column in (("shipping_minor", "buyer_shipping"), ("voucher_minor", "seller_voucher"), ("bundle_minor", "seller_bundle")):
        sift.amount(out, column, here.currency, watch=False)
    for column, (_, _, sign, _) in FEES.items():
        sift.amount(f"{column}_read", column, here.currency, watch=False)
        sift.rows = sift.rows.with_columns((pl.col(f"{column}_read").abs() * sign).alias(column))
    sift.settle_order(["created", "paid"])
    sift.day("ordered_on", "created", required=True)
    sift.instant("ordered_at", "created", zone=here.zone)
    sift.day("paid_on", "paid")
    sift.rows = sift.rows.with_columns(
        pl.coalesce(sift.text("seller_sku"), sift.text("parent_sku")).alias("sku_ref"), sift.text("variation").alias("variant")
    )
    sift.keyed(["order", "sku_ref", "variant"])
    again = pl.int_range(1, pl.len() + 1).over("key")
    sift.rows = sift.rows.with_columns(pl.when(again > 1).then(pl.concat_str("key", again, separator="|")).otherwise("key").alias("key"))
    findings = [
        *disagreeing(sift.rows, _OF_THE_ORDER, "SHP-021", "order"),
        *strange(sift.rows.get_column("order_status"), STATUSES, "SHP-022"),
    ]
    sift.rows = once(sift.rows, _OF_THE_ORDER, "order")
    return findings


def _order_lines(sift: Sift, here: Home) -> pl.DataFrame:
    rows = sift.rows
    country = country_codes(rows.get_column("country")) if sift.has("country") else pl.Series([None] * rows.height, dtype=pl.String)
    sift.rows = rows.with_columns(
        status=ours(rows.get_column("order_status"), STATUSES), ship_country=country.fill_null(here.country),
        buyer_key=keyed_hashes(sift.context.secret, rows.select(sift.text("buyer")).to_series()),
        given=pl.when(pl.col("voucher_minor").is_null() & pl.col("bundle_minor").is_null()).then(None).otherwise(
            -(pl.col("voucher_minor").fill_null(0).abs() + pl.col("bundle_minor").fill_null(0).abs())
        ),
    )  # fmt: skip
    return sift.record(
        "order_line", channel=pl.lit(here.channel), order_ref="order", ordered_at="ordered_at", ordered_on="ordered_on", status="status",
        sku="sku_ref", title=sift.text("product"), quantity="units", currency=pl.lit(here.currency), unit_price_e6="unit_price_e6",
        goods_minor="goods_minor", shipping_minor="shipping_minor", goods_discount_minor="given", ship_country="ship_country",
        buyer_key="buyer_key", paid_on="paid_on",
    )  # fmt: skip


def _money_lines(rows: pl.DataFrame, here: Home) -> pl.DataFrame:
    """Give what Shopee adds to a product's price, and the order's fees on its first row."""
    fees = [Part(column, name, kind) for column, (name, kind, _, _) in FEES.items()]
    parts = [Part("rebate_minor", "Shopee Rebate", "sale_other"), *fees]
    estimates = [name for name, _, _, status in FEES.values() if status == "open"]
    made = lines(
        rows, parts, order_ref=pl.col("order"), sku=pl.col("sku_ref"), posted_on=pl.coalesce("paid_on", "ordered_on"),
    )  # fmt: skip
    made = made.with_columns(
        pl.when(pl.col("their_name") == "Shopee Rebate").then("sku").alias("sku"),
        pl.when(pl.col("their_name") == "Shopee Rebate").then("key").otherwise(
            pl.concat_str("order_ref", pl.col("their_name").str.to_lowercase(), separator="|")
        ).alias("key"),
        status=pl.when(pl.col("their_name").is_in(estimates)).then(pl.lit("open")).otherwise(pl.lit("settled")),
        channel=pl.lit(here.channel), currency=pl.lit(here.currency), country=pl.lit(here.country),
    )  # fmt: skip
    return table_of("money_line", made)
