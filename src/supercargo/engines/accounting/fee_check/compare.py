"""What was charged beside what the tariff says, item by item, in whole minor units."""

from __future__ import annotations

import polars as pl

from supercargo.engines.accounting.fee_check.tariffs import KEY, MEASURES, MILLION

HALF = MILLION // 2
LARGEST = 2**40
"""A base of more minor units than this, times a rate in millionths, would not fit into 64 bits."""


def fulfilment(items: pl.DataFrame, steps: pl.DataFrame) -> pl.DataFrame:
    """Compare fulfilment: the fee of the price's band times the units, without or with the fuel surcharge.

    Channels show the surcharge inside the fee or apart. Which way a channel does in a month is taken from the fees that agree to the cent;
    where none agrees, with it, so that nothing is claimed that the surcharge explains.
    """
    whole = items.with_columns(price_minor=pl.col("goods_minor") + pl.when(pl.col("market") == "US").then(0).otherwise("tax_minor"))
    beside = whole.join(steps, on=KEY, how="left", maintain_order="left")
    price, units = pl.col("price_minor"), pl.col("units")
    within = (price > pl.col("step_over") * units) & (pl.col("step_up_to").is_null() | (price <= pl.col("step_up_to") * units))
    fitting = beside.filter(pl.col("fee_minor").is_not_null() & ((pl.col("steps") == 1) | within))
    one = fitting.group_by("item").agg(pl.col("fee_minor", "fee_more_minor", "tariff", "tier").first(), fees=pl.col("fee_minor").n_unique())
    judged = whole.join(one, on="item", how="left", maintain_order="left").with_columns(
        bare=pl.col("fee_minor") * units, more=pl.col("fee_more_minor") * units, month=pl.col("on").dt.truncate("1mo")
    )
    agrees = [(pl.col("charged_minor") == pl.col(name)).fill_null(value=False) for name in ("bare", "more")]
    votes = [verdict.sum().over("channel", "month") for verdict in agrees]
    told = judged.with_columns(basis=pl.when(votes[0] > votes[1]).then("bare").otherwise("more"), reason=_why_not_fulfilment())
    return told.with_columns(
        tariff_minor=pl.when(pl.col("reason").is_null()).then(pl.when(agrees[0] | agrees[1]).then("charged_minor").otherwise("basis"))
    ).drop("bare", "more", "basis", "month", "fees")


def referral(items: pl.DataFrame, tiers: pl.DataFrame) -> pl.DataFrame:
    """Compare commission: the rate of the price's band on what the buyer paid, not below the least for each unit.

    Whether a channel rounds half-up once for the line or for each unit is not known: either is the tariff, and what is above both is
    too much.
    """
    beside = items.join(tiers, on=KEY, how="left", maintain_order="left").with_columns(
        price_minor=pl.col("net_minor") + pl.when("net").then(0).otherwise("tax_minor")
    )
    price, units = pl.col("price_minor"), pl.col("units")
    over, up_to = pl.col("tier_over") * units, pl.col("tier_up_to") * units
    within = ((price > over) | (pl.col("tier_over") == 0)) & (pl.col("tier_up_to").is_null() | (price <= up_to))
    part = pl.when(pl.col("tier_up_to").is_null()).then(price).otherwise(pl.min_horizontal(price, up_to)) - over
    base = pl.when(pl.col("mode") == "marginal").then(pl.max_horizontal(part, 0)).when(within).then(price).otherwise(0)
    small = beside.filter(pl.col("rate_ppm").is_not_null() & (price >= 0) & (price < LARGEST))
    summed = small.with_columns(micros=base * pl.col("rate_ppm")).group_by("item").agg(
        pl.col("micros").sum(), pl.col("least_minor", "price_minor").first(), tariff=pl.col("tariff").filter(within).first()
    )  # fmt: skip
    floor, each = pl.col("least_minor") * units, 2 * MILLION * units
    judged = items.join(summed, on="item", how="left", maintain_order="left").with_columns(
        once=pl.max_horizontal((pl.col("micros") + HALF) // MILLION, floor),
        by_unit=pl.max_horizontal((2 * pl.col("micros") + MILLION * units) // each * units, floor),
    )
    told = judged.with_columns(reason=_why_not_referral(), tier=pl.lit(None, dtype=pl.String))
    either = (pl.col("charged_minor") == pl.col("once")) | (pl.col("charged_minor") == pl.col("by_unit"))
    owed = pl.when(either).then("charged_minor").otherwise(pl.max_horizontal("once", "by_unit"))
    return told.with_columns(tariff_minor=pl.when(pl.col("reason").is_null()).then(owed)).drop("micros", "once", "by_unit", "least_minor")


def _why_not_fulfilment() -> pl.Expr:
    unmeasured = pl.any_horizontal(pl.col(name).is_null() | (pl.col(name) <= 0) for name in MEASURES)
    return (
        pl.when(pl.col("on").is_null()).then(pl.lit("day"))
        .when(pl.col("measured").is_null()).then(pl.lit("product"))
        .when(unmeasured).then(pl.lit("measures"))
        .when(pl.col("units").is_null()).then(pl.lit("units"))
        .when(pl.col("fee_minor").is_null()).then(pl.lit("tariff"))
        .when(pl.col("fees") > 1).then(pl.lit("category"))
    )  # fmt: skip


def _why_not_referral() -> pl.Expr:
    return (
        pl.when(pl.col("on").is_null()).then(pl.lit("day"))
        .when(pl.col("measured").is_null()).then(pl.lit("product"))
        .when(pl.col("category").is_null()).then(pl.lit("category"))
        .when(pl.col("units").is_null() | pl.col("net_minor").is_null()).then(pl.lit("units"))
        .when(pl.col("micros").is_null() | pl.col("tariff").is_null()).then(pl.lit("tariff"))
    )  # fmt: skip
