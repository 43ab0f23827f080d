"""What the buyer was charged for each order, as far as the order file says it."""

from __future__ import annotations

import polars as pl

ORDER = ["family", "order_ref"]
SENT = ("shipped", "delivered", "refunded")
_PARTS = ("shipping", "giftwrap")


def charged(orders: pl.DataFrame) -> pl.DataFrame:
    """Sum the order's lines that stand; cancelled ones count only where all are.

    ``expected_minor`` has tax where the file says how it stands; ``expected_more_minor`` adds the tax on top where the file does not say.
    ``unsaid_*`` tell that a part is not in the file: it counts as nothing only if the channel paid nothing for it.
    """
    lines = orders.filter(pl.col("order_ref").is_not_null()).with_columns(
        dead=pl.col("status").fill_null("unknown") == "cancelled",
        tax=pl.sum_horizontal("goods_tax_minor", "shipping_tax_minor", "giftwrap_tax_minor"),
        plain=pl.sum_horizontal("goods_minor", "shipping_minor", "giftwrap_minor", "goods_discount_minor", "shipping_discount_minor"),
    )
    inside, on_top = pl.col("tax_included"), ~pl.col("tax_included")
    lines = lines.with_columns(
        expected=pl.col("plain") + pl.when(on_top.fill_null(value=False)).then("tax").otherwise(0),
        expected_more=pl.col("plain") + pl.when(inside.fill_null(value=False)).then(0).otherwise("tax"),
    )
    stands = ~pl.col("dead")

    def of(name: str) -> pl.Expr:
        return pl.col(name).filter(stands).sum()

    return lines.group_by(ORDER, maintain_order=True).agg(
        pl.col("channel", "currency").first(),
        pl.col("ordered_on").min(),
        pl.col("id").first(),
        currencies=pl.col("currency").n_unique(),
        cancelled=pl.col("dead").all(),
        sent=pl.col("status").is_in(SENT).any(),
        waiting=(pl.col("status") == "pending").any(),
        unknown=pl.col("goods_minor").filter(stands).null_count() > 0,
        expected_minor=of("expected"), expected_more_minor=of("expected_more"), goods_minor=of("goods_minor"),
        **{f"unsaid_{part}": pl.col(f"{part}_minor").filter(stands).null_count() > 0 for part in _PARTS},
        unsaid_tax=(on_top.fill_null(value=True) & pl.col("goods_tax_minor").is_null()).filter(stands).any(),
    )  # fmt: skip
