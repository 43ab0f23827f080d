"""The orders export: one row per item of an order; it states no amounts that are proven, so none are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.connectors.market.codes import ours, strange
from supercargo.connectors.market.home import country_codes
from supercargo.connectors.market.narrow import narrow
from supercargo.connectors.raw.header import locate
from supercargo.connectors.raw.privacy import keyed_hashes
from supercargo.connectors.raw.sift import Sift
from supercargo.connectors.temu.codes import COLUMNS, FULFILMENT, REQUIRED, STATUSES

if TYPE_CHECKING:
    from supercargo.connectors.raw.formats import Context
    from supercargo.connectors.raw.table import Raw
    from supercargo.connectors.records.mapped import Mapped


def map_orders(raw: Raw, context: Context) -> Mapped:
    """Map an orders export to order lines without amounts."""
    sift = Sift(narrow(locate(raw, COLUMNS, REQUIRED), COLUMNS), context)
    sift.fault(~pl.col("order").str.contains(r"(?i)^PO-\d+-\d+$"), "TMU-012", "the number of the order cannot be read")
    sift.whole("units", "quantity")
    sift.settle_order(["bought"])
    sift.day("ordered_on", "bought", required=True)
    sift.instant("ordered_at", "bought")
    rows = sift.rows
    nothing = pl.Series([None] * rows.height, dtype=pl.String)
    status = ours(rows.get_column("item_status" if sift.has("item_status") else "order_status"), STATUSES)
    sift.rows = rows.with_columns(
        status=status, fulfilled_by=ours(rows.get_column("fulfilment"), FULFILMENT, None) if sift.has("fulfilment") else nothing,
        ship_country=country_codes(rows.get_column("country")) if sift.has("country") else nothing,
        buyer_key=keyed_hashes(context.secret, rows.select(sift.text("buyer")).to_series()),
    )  # fmt: skip
    sift.keyed(["order", "item"])
    sift.doubled("TMU-013", "the item stands in the file already")
    channel = context.channel or "temu"
    lines = sift.record(
        "order_line", channel=pl.lit(channel), order_ref="order", line_ref="item", ordered_at="ordered_at", ordered_on="ordered_on",
        status="status", sku=sift.text("seller_sku"), title=sift.text("product"), listing_ref=sift.text("sku_id"), quantity="units",
        ship_country="ship_country", fulfilled_by="fulfilled_by", buyer_key="buyer_key",
    )  # fmt: skip
    return sift.mapped({"order_line": lines}, strange(rows.get_column("order_status"), STATUSES, "TMU-022"), {"channel": channel})
