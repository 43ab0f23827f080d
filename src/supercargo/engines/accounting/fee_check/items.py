"""What was charged for the units of a product in an order, and what the buyer paid for them."""

from __future__ import annotations

import polars as pl

from supercargo.engines.accounting.discrepancy import market_of

ITEM = ["family", "channel", "settlement_ref", "order_ref", "sku", "currency"]
FEES = {"fulfilment": "fee_fulfilment", "referral": "fee_referral"}
_NET = ("sale_goods", "sale_shipping", "sale_giftwrap", "sale_other", "discount_goods", "discount_shipping")
_SALE = (*_NET, "sale_tax")


def of_orders(lines: pl.DataFrame, products: pl.DataFrame) -> pl.DataFrame:
    """List, for each kind of fee, what was charged for every product of every order, with its units, price and measures."""
    known = lines.filter(pl.col("order_ref").is_not_null() & pl.col("sku").is_not_null() & pl.col("amount_minor").is_not_null())
    charged = pl.concat([_charged(known, fee, kind) for fee, kind in FEES.items()])
    amount, kind = pl.col("amount_minor"), pl.col("kind")
    quantity = pl.col("quantity").filter(kind == "sale_goods")
    wanted = known.filter(kind.is_in(_SALE)).join(charged.select(ITEM).unique(), on=ITEM, how="semi", nulls_equal=True)
    sold = wanted.group_by(ITEM).agg(
        sold_units=pl.when((quantity.len() > 0) & (quantity.null_count() == 0)).then(quantity.sum()),
        goods_minor=amount.filter(kind == "sale_goods").sum(),
        tax_minor=amount.filter(kind == "sale_tax").sum(),
        net_minor=amount.filter(kind.is_in(_NET)).sum(),
    )
    measured = products.unique("sku", keep="last", maintain_order=True).select(
        "sku", "category", "weight_g", "length_mm", "width_mm", "height_mm", measured=True
    )
    markets = {channel: market_of(channel) for channel in charged["channel"].unique().drop_nulls()}
    return (
        charged.join(sold, on=ITEM, how="left", nulls_equal=True, maintain_order="left")
        .join(measured, on="sku", how="left", maintain_order="left")
        .with_columns(
            units=pl.coalesce("sold_units", "fee_units"),
            market=pl.col("channel").replace_strict(markets, default=None, return_dtype=pl.String),
        )
        .with_columns(units=pl.when(pl.col("units") > 0).then("units"))
        .with_row_index("item")
    )


def _charged(lines: pl.DataFrame, fee: str, kind: str) -> pl.DataFrame:
    own = lines.filter((pl.col("kind") == kind) & (pl.col("amount_minor") < 0))
    quantity = pl.col("quantity")
    return (
        own.group_by(ITEM)
        .agg(
            on=pl.col("posted_on").min(),
            charged_minor=-pl.col("amount_minor").sum(),
            fee_units=pl.when(quantity.null_count() == 0).then(quantity.abs().sum()),
            ids=pl.col("id"),
        )
        .with_columns(fee=pl.lit(fee))
    )
