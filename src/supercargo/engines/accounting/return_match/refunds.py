"""Refunds by order and product, with what was sold, what came back and what was reimbursed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from supercargo.engines.accounting.return_match.facts import Facts

ITEM = ["family", "order_ref", "sku"]
_KINDS = ("refund_goods", "sale_goods", "fee_referral", "fee_refund")


def of_items(lines: pl.DataFrame) -> pl.DataFrame:
    """Sum what was sold and refunded of every product of every order, and what became of its commission."""
    named = lines.filter(pl.col("order_ref").is_not_null() & pl.col("kind").is_in(_KINDS) & pl.col("amount_minor").is_not_null())
    refunded = named.filter(pl.col("kind") == "refund_goods").select([*ITEM, "currency"]).unique()
    concerned = named.join(refunded, on=[*ITEM, "currency"], how="semi", nulls_equal=True)
    amount, kind = pl.col("amount_minor"), pl.col("kind")
    back = kind == "refund_goods"
    items = concerned.group_by([*ITEM, "currency"]).agg(
        pl.col("channel").filter(back).first(),
        refunded_on=pl.col("posted_on").filter(back).min(),
        refunded_minor=-amount.filter(back).sum(),
        sold_minor=amount.filter(kind == "sale_goods").sum(),
        sold=(kind == "sale_goods").any(),
        units=pl.when(pl.col("quantity").filter(back).null_count() == 0).then(pl.col("quantity").filter(back).abs().sum()),
        commission_minor=amount.filter((kind == "fee_referral") & (amount < 0)).sum(),
        commission_back_minor=amount.filter((kind == "fee_referral") & (amount > 0)).sum(),
        commission_kept_minor=amount.filter(kind == "fee_refund").sum(),
        ids=pl.col("id").filter(back),
    )
    return items.with_columns(sold_minor=pl.when("sold").then("sold_minor")).drop("sold").sort([*ITEM, "currency"], nulls_last=True)


def beside(items: pl.DataFrame, facts: Facts, returns: pl.DataFrame, reimbursements: pl.DataFrame, orders: pl.DataFrame) -> pl.DataFrame:
    """Put returns, reimbursements and who fulfilled beside every refund, and the last day on which goods may come back."""
    came = returns.group_by(ITEM).agg(returned=pl.col("quantity").fill_null(1).sum(), first_return=pl.col("returned_on").min())
    paid = reimbursements.group_by([*ITEM, "currency"]).agg(reimbursed_minor=pl.col("amount_minor").sum())
    own = orders.filter(pl.col("fulfilled_by") == "seller").select("family", "order_ref").unique().with_columns(by_seller=True)
    listed = returns.select("family").unique().with_columns(listed=True)
    days = {channel: facts.return_days.get(channel, facts.return_days.get(family, facts.return_days_otherwise))
            for channel, family in items.select("channel", "family").unique().drop_nulls().iter_rows()}  # fmt: skip
    allowed = pl.col("channel").replace_strict(days, default=facts.return_days_otherwise, return_dtype=pl.Int64)
    return (
        items.join(came, on=ITEM, how="left", nulls_equal=True, maintain_order="left")
        .join(paid, on=[*ITEM, "currency"], how="left", nulls_equal=True, maintain_order="left")
        .join(own, on=["family", "order_ref"], how="left", maintain_order="left")
        .join(listed, on="family", how="left", maintain_order="left")
        .with_columns(pl.col("returned", "reimbursed_minor").fill_null(0), pl.col("by_seller", "listed").fill_null(value=False))
        .with_columns(last_day=pl.col("refunded_on") + pl.duration(days=allowed))
    )


def returned(returns: pl.DataFrame, items: pl.DataFrame, refunded_orders: pl.DataFrame) -> pl.DataFrame:
    """Mark every return that has a refund of its product, or of its order where the refund names no product."""
    by_item = items.select(ITEM).unique().with_columns(refunded=True)
    by_order = refunded_orders.with_columns(refunded_order=True)
    return (
        returns.join(by_item, on=ITEM, how="left", nulls_equal=True, maintain_order="left")
        .join(by_order, on=["family", "order_ref"], how="left", maintain_order="left")
        .with_columns(refunded=pl.col("refunded").fill_null(value=False) | pl.col("refunded_order").fill_null(value=False))
    )
