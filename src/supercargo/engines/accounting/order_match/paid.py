"""What the channels say that they received for each order, kind by kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting.order_match.ordered import ORDER

if TYPE_CHECKING:
    from collections.abc import Mapping

GOODS = ("sale_goods", "discount_goods")
SHIPPING = ("sale_shipping", "discount_shipping")
SALE = (*GOODS, *SHIPPING, "sale_giftwrap", "sale_other", "sale_tax")
"""What the buyer was charged; tax that the marketplace collects passes through and is in the order too."""
PAYMENT = "customer_payment"


def of_orders(lines: pl.DataFrame, orders: pl.DataFrame, paid_by_houses: Mapping[str, tuple[str, ...]]) -> pl.DataFrame:
    """Give every line of an order to the house of its orders: a shop's payments come through payment houses."""
    named = lines.filter(pl.col("order_ref").is_not_null() & pl.col("amount_minor").is_not_null()).select(
        "family", "channel", "order_ref", "sku", "kind", "currency", "amount_minor", "posted_on", "id"
    )
    shops = [shop for shop in orders["family"].unique().drop_nulls().sort() if shop in paid_by_houses]
    houses = sorted({house for shop in shops for house in paid_by_houses[shop]})
    own = named.filter(~pl.col("family").is_in([*houses, *paid_by_houses]))
    through = [_through(named, orders, shop, paid_by_houses[shop]) for shop in shops]
    return pl.concat([own, *through])


def summed(lines: pl.DataFrame) -> pl.DataFrame:
    """Sum the lines of every order and currency: charged to the buyer, its parts, and everything together."""

    def of(*kinds: str) -> pl.Expr:
        return pl.col("amount_minor").filter(pl.col("kind").is_in(kinds)).sum()

    return lines.group_by([*ORDER, "currency"]).agg(
        pl.col("channel").first(), pl.col("posted_on").min(), pl.len().cast(pl.Int64).alias("lines"),
        paid_minor=of(*SALE, PAYMENT), paid_goods_minor=of(*GOODS), paid_shipping=of(*SHIPPING), paid_giftwrap=of("sale_giftwrap"),
        paid_tax=of("sale_tax"), net_minor=pl.col("amount_minor").sum(),
        sold=pl.col("kind").is_in([*SALE, PAYMENT]).any(),
    )  # fmt: skip


def by_currency(sums: pl.DataFrame, orders: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Part the sums: those in the order's own currency (or of no known order), and those in another."""
    own = sums.join(orders.select(*ORDER, ordered_in="currency"), on=ORDER, how="left")
    foreign = own.filter(pl.col("currency") != pl.col("ordered_in"))
    beside = (
        foreign.filter(pl.col("sold"))
        .sort("currency")
        .group_by(ORDER)
        .agg(other_minor=pl.col("paid_minor").first(), other_currency=pl.col("currency").first())
    )
    return own.filter(pl.col("ordered_in").is_null() | (pl.col("currency") == pl.col("ordered_in"))).drop("ordered_in"), beside


def twice(lines: pl.DataFrame, orders: pl.DataFrame, differing: pl.DataFrame) -> pl.DataFrame:
    """Find the products of differing orders whose goods were paid a whole number of times, twice or more."""
    sold = (
        orders.filter(pl.col("status").fill_null("unknown") != "cancelled").join(differing.select(ORDER), on=ORDER, how="semi")
        .group_by([*ORDER, "sku"]).agg(pl.col("goods_minor").sum(), plain=pl.sum_horizontal("goods_minor", "goods_tax_minor").sum(),
            less=pl.sum_horizontal("goods_minor", "goods_discount_minor").sum())
    )  # fmt: skip
    paid = (
        lines.join(differing.select(ORDER), on=ORDER, how="semi").filter(pl.col("kind").is_in([*GOODS, "sale_tax", PAYMENT]))
        .group_by([*ORDER, "sku"]).agg(
            pl.col("amount_minor").sum(), without_tax=pl.col("amount_minor").filter(pl.col("kind") != "sale_tax").sum(), ids=pl.col("id")
        )
    )  # fmt: skip
    both = sold.join(paid, on=[*ORDER, "sku"], how="inner", nulls_equal=True)
    times = [_times(got, sale) for sale in ("goods_minor", "plain", "less") for got in ("amount_minor", "without_tax")]
    return both.with_columns(times=pl.coalesce(times)).filter(pl.col("times").is_not_null()).select(*ORDER, "sku", "times", "ids")


def _times(got: str, sale: str) -> pl.Expr:
    """Say how many whole times, twice or more, a product's goods were paid; null where not whole."""
    whole, times = pl.col(got) % pl.col(sale) == 0, pl.col(got) // pl.col(sale)
    return pl.when((pl.col(sale) > 0) & whole & (times > 1)).then(times)


def _through(named: pl.DataFrame, orders: pl.DataFrame, shop: str, houses: tuple[str, ...]) -> pl.DataFrame:
    known = orders.filter(pl.col("family") == shop)["order_ref"].unique().implode()
    mine = named.filter(pl.col("family").is_in(houses) & pl.col("order_ref").is_in(known))
    return mine.with_columns(family=pl.lit(shop))
