"""The orders export: one row per unit and no column of quantity, so the units of a product in an order are counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.lazada.codes import COLUMNS, PROGRESS, REQUIRED, STATUSES
from supercargo.connectors.market.codes import ours, strange
from supercargo.connectors.market.home import Home, countries_in, country_codes, home
from supercargo.connectors.market.narrow import narrow
from supercargo.connectors.raw.header import locate
from supercargo.connectors.raw.privacy import keyed_hashes
from supercargo.connectors.raw.sift import Sift
from supercargo.connectors.raw.table import ROW
from supercargo.connectors.records.tables import table_of
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw, Table
    from supercargo.connectors.records.mapped import Mapped

_MONEY = ("unit_price", "seller_discount", "shipping_fee", "refund_amount", "bundle_discount")
_SUMMED = ("goods_minor", "discount_minor", "shipping_minor", "refunded_minor")


def map_orders(raw: Raw, context: Context) -> Mapped:
    """Map an orders export to order lines: the units of one product in one order are one line.

    Cancelled units beside living ones of the same product are a line of their own, so that neither counts as the other.
    """
    table = narrow(locate(raw, COLUMNS, REQUIRED), COLUMNS)
    here = _home(table, context)
    sift = Sift(table, context)
    sift.fault(pl.col("order").str.contains(r"(?i)^\d+([.,]\d+)?e\+?\d+$"), "LZD-011", "a number has lost its digits in a spreadsheet")
    sift.fault(~pl.col("order").str.contains(r"^\d+(\.0+)?$"), "LZD-012", "the number of the order cannot be read")
    findings = _read(sift, here)
    return sift.mapped({"order_line": _lines(sift.rows, here)}, findings, {"channel": here.channel, "zone": here.zone})


def _home(table: Table, context: Context) -> Home:
    named: set[str] = set()
    for column in ("ship_country", "bill_country"):
        if column in table.columns:
            named = named or countries_in(table.rows.get_column(column))
    return home("lazada", "LZD", context, countries=named)


def _read(sift: Sift, here: Home) -> list[Finding]:
    comma = here.country in ("ID", "VN")
    sift.settle_decimal(_MONEY, default="," if comma else ".", trust=comma)
    sift.amount("goods_minor", "unit_price", here.currency, found_in=("order_line", "goods_minor"))
    sift.micros("price_e6", "unit_price")
    sift.amount("discount_read", "seller_discount", here.currency)
    sift.amount(
        "shipping_minor", "shipping_fee", here.currency, found_in=("order_line", "shipping_minor") if sift.has("shipping_fee") else None
    )
    sift.amount("refunded_minor", "refund_amount", here.currency)
    sift.amount("bundle_minor", "bundle_discount", here.currency, watch=False)
    sift.settle_order(["created"])
    sift.day("ordered_on", "created", required=True)
    sift.instant("ordered_at", "created", zone=here.zone)
    rows = sift.rows
    person = pl.concat_str(sift.text("customer"), sift.text("phone").str.replace(r"\.0+$", "").fill_null(""), separator="|")
    told = rows.select(pl.when(~person.str.contains("*", literal=True)).then(person)).to_series()
    status = ours(rows.get_column("item_status"), STATUSES)
    country = (
        country_codes(rows.get_column("ship_country")) if sift.has("ship_country") else pl.Series([None] * rows.height, dtype=pl.String)
    )
    is_live = (pl.col("our_status") != "cancelled").any().over("order_ref", "sku_ref")
    sift.rows = rows.with_columns(
        pl.col("order").str.replace(r"\.0+$", "").alias("order_ref"),
        pl.coalesce(sift.text("seller_sku"), sift.text("lazada_sku")).alias("sku_ref"),
        pl.col("item").str.replace(r"\.0+$", "").alias("item_ref"), (-pl.col("discount_read").abs()).alias("discount_minor"),
        our_status=status, ship_to=country.fill_null(here.country), buyer_key=keyed_hashes(sift.context.secret, told),
    ).with_columns((is_live & (pl.col("our_status") == "cancelled")).alias("apart"))  # fmt: skip
    return [*strange(rows.get_column("item_status"), STATUSES, "LZD-022"), *_bundles(sift.rows)]


def _lines(rows: pl.DataFrame, here: Home) -> pl.DataFrame:
    progress = pl.Enum(PROGRESS)
    grouped = rows.group_by("order_ref", "sku_ref", "apart", maintain_order=True).agg(
        pl.col(ROW).min().alias("row"), pl.len().cast(pl.Int64).alias("quantity"),
        *(pl.when(pl.col(name).is_not_null().any()).then(pl.col(name).sum()).alias(name) for name in _SUMMED),
        pl.when(pl.col("price_e6").n_unique() == 1).then(pl.col("price_e6").first()).alias("unit_price_e6"),
        pl.col("our_status").cast(progress).min().cast(pl.String).alias("status"), pl.col("item_ref").min().alias("line_ref"),
        pl.col("lazada_sku").first().alias("listing_ref"), pl.col("product").first().alias("title") if "product" in rows.columns else
        pl.lit(None, dtype=pl.String).alias("title"),
        pl.col("ordered_on").min(), pl.col("ordered_at").min(), pl.col("ship_to").first().alias("ship_country"),
        pl.col("buyer_key").first(),
    )  # fmt: skip
    made = grouped.with_columns(
        pl.concat_str("order_ref", "sku_ref", pl.when("apart").then(pl.lit("cancelled")), separator="|", ignore_nulls=True).alias("key"),
        pl.col("sku_ref").alias("sku"), pl.col("discount_minor").alias("goods_discount_minor"), channel=pl.lit(here.channel),
        currency=pl.lit(here.currency), listing_ref=pl.col("listing_ref").replace("", None), title=pl.col("title").replace("", None),
    )  # fmt: skip
    return table_of("order_line", made.drop("sku_ref", "apart", "discount_minor"))


def _bundles(rows: pl.DataFrame) -> list[Finding]:
    odd = rows.filter(pl.col("bundle_minor").fill_null(0) != 0)
    if not odd.height:
        return []
    message = said("{count} rows state a bundle discount; whether it is part of the seller's discount is not known", count=odd.height)
    return [Finding("LZD-023", "warning", "bundleDiscount", message, "compare one such order in the seller centre")]
