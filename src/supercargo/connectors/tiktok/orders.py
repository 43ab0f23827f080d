"""The orders export: one row per product of an order, the order's own amounts repeated on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.market.codes import ours, strange
from supercargo.connectors.market.home import Home, countries_in, country_codes, home
from supercargo.connectors.market.narrow import narrow
from supercargo.connectors.market.once import disagreeing, once
from supercargo.connectors.raw.days import decide_order
from supercargo.connectors.raw.header import locate
from supercargo.connectors.raw.privacy import keyed_hashes
from supercargo.connectors.raw.sift import Sift
from supercargo.connectors.raw.table import ROW
from supercargo.connectors.tiktok.codes import (
    COMMA_DECIMALS,
    DAY_FIRST,
    FULFILMENT,
    ORDER_COLUMNS,
    ORDER_REQUIRED,
    STATUSES,
)
from supercargo.kernel.finding import Finding, Refused
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw, Table
    from supercargo.connectors.records.mapped import Mapped

_MONEY = ("goods", "seller_discount", "platform_discount", "goods_after", "shipping", "taxes", "order_amount", "refund")
_OF_THE_ORDER = ("shipping_minor", "goods_tax_minor", "refunded_minor")
_DATES = ("created", "paid")


def map_orders(raw: Raw, context: Context) -> Mapped:
    """Map an orders export to order lines: one per product; the order's shipping, tax and refund on its first line.

    ``Order Amount`` stands on every row of an order and is never summed.
    """
    table = narrow(locate(raw, ORDER_COLUMNS, ORDER_REQUIRED), ORDER_COLUMNS)
    here = _home(table, context)
    sift = Sift(table, context, dates=order_of_dates(table, here, _DATES))
    _leave(sift)
    findings = _read(sift, here)
    lines = sift.record(
        "order_line", channel=pl.lit(here.channel), order_ref="order", ordered_at="ordered_at", ordered_on="ordered_on", status="status",
        sku=sift.text("seller_sku"), title=sift.text("product"), listing_ref="sku_id", quantity="units", currency=pl.lit(here.currency),
        unit_price_e6="unit_price_e6", goods_minor="goods_minor", goods_tax_minor="goods_tax_minor", shipping_minor="shipping_minor",
        goods_discount_minor=-pl.col("discount_minor"), ship_country="ship_country", fulfilled_by="fulfilled_by", buyer_key="buyer_key",
        paid_on="paid_on", refunded_minor="refunded_minor",
    )  # fmt: skip
    return sift.mapped({"order_line": lines}, findings, {"channel": here.channel, "zone": here.zone})


def order_of_dates(table: Table, here: Home, columns: tuple[str, ...]) -> str:
    """Decide between day and month first: by the cells, else by the habit of the country, else ask."""
    habit = "mdy" if here.country == "US" else "dmy" if here.country in DAY_FIRST else ""
    try:
        return decide_order([table.rows.get_column(name).str.strip_chars() for name in columns if name in table.columns])
    except Refused as refused:
        if habit and all(finding.code == "RAW-030" for finding in refused.findings):
            return habit
        return ""


def _home(table: Table, context: Context) -> Home:
    named = countries_in(table.rows.get_column("country")) if "country" in table.columns else set()
    cells = pl.concat([table.rows.get_column(name).str.strip_chars().alias("cell") for name in _MONEY if name in table.columns])
    codes = cells.str.extract(r"^([A-Z]{3})\s?-?\d", 1).drop_nulls().unique()
    return home("tiktok", "TT", context, countries=named, currencies=codes.to_list())


def _leave(sift: Sift) -> None:
    first = pl.col(ROW) == pl.col(ROW).min()
    number = pl.col("order").str.replace(r"\.0+$", "")
    is_number = number.str.contains(r"^\d+$")
    no_unit = ~pl.col("quantity").str.contains(r"\d")
    sift.skip(first & ~is_number & no_unit, "TT-010", "describes the columns")
    sift.fault(pl.col("order").str.contains(r"(?i)^\d+([.,]\d+)?e\+?\d+$"), "TT-011", "a number has lost its digits in a spreadsheet")
    sift.fault(~is_number, "TT-012", "the number of the order cannot be read")
    sift.rows = sift.rows.with_columns(number.alias("order"), pl.col("sku_id").str.replace(r"\.0+$", ""))


def _read(sift: Sift, here: Home) -> list[Finding]:
    comma = here.country in COMMA_DECIMALS
    sift.settle_decimal(_MONEY, default="," if comma else ".", trust=comma)
    sift.whole("units", "quantity")
    sift.micros("unit_price_e6", "unit_price")
    sift.amount("goods_minor", "goods", here.currency, found_in=("order_line", "goods_minor"))
    sift.amount("discount_minor", "seller_discount", here.currency)
    for out, column in (
        ("platform_minor", "platform_discount"), ("after_minor", "goods_after"), ("shipping_minor", "shipping"),
        ("goods_tax_minor", "taxes"), ("amount_minor", "order_amount"), ("refunded_minor", "refund"),
    ):  # fmt: skip
        sift.amount(out, column, here.currency, watch=False)
    sift.settle_order(_DATES)
    sift.day("ordered_on", "created", required=True)
    sift.instant("ordered_at", "created", zone=here.zone)
    sift.day("paid_on", "paid")
    sift.keyed(["order", "sku_id"])
    again = pl.int_range(1, pl.len() + 1).over("key")
    sift.rows = sift.rows.with_columns(pl.when(again > 1).then(pl.concat_str("key", again, separator="|")).otherwise("key").alias("key"))
    findings = [
        *disagreeing(sift.rows, (*_OF_THE_ORDER, "amount_minor"), "TT-021", "order"), *_uneven(sift.rows),
        *strange(sift.rows.get_column("order_status"), STATUSES, "TT-022"),
    ]  # fmt: skip
    sift.rows = once(sift.rows, _OF_THE_ORDER, "order").with_columns(**_said(sift, here))
    return findings


def _said(sift: Sift, here: Home) -> dict[str, pl.Series]:
    rows = sift.rows
    status = ours(rows.get_column("order_status"), STATUSES)
    by_substatus = ours(rows.select(sift.text("substatus")).to_series(), STATUSES)
    finer = (status == "shipped") & (by_substatus == "delivered")
    fulfilment = ours(rows.select(sift.text("fulfilment")).to_series(), FULFILMENT, None)
    country = country_codes(rows.get_column("country")) if sift.has("country") else pl.Series([None] * rows.height, dtype=pl.String)
    return {
        "status": status.zip_with(~finer, by_substatus),
        "fulfilled_by": fulfilment,
        "ship_country": country.fill_null(here.country),
        "buyer_key": keyed_hashes(sift.context.secret, rows.select(sift.text("buyer")).to_series()),
    }


def _uneven(rows: pl.DataFrame) -> list[Finding]:
    """Name rows whose subtotal before discount does not come to the subtotal after it."""
    off = pl.col("goods_minor") - pl.col("discount_minor") - pl.col("platform_minor") != pl.col("after_minor")
    odd = rows.filter(off)
    if not odd.height:
        return []
    message = said("{count} rows do not come to their own subtotal after discount, such as row {row}", count=odd.height, row=odd[ROW][0])
    return [Finding("TT-023", "warning", "goods_after", message, "compare the order in the seller centre")]
