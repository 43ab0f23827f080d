"""Orders of own shops (and of channels whose settlements carry no sales) -> legs: sales, tax, refunds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting.home_value import half_up, shown
from supercargo.engines.accounting.posting.chart import BUYERS, account_of_kind
from supercargo.engines.accounting.posting.legs import leg, together
from supercargo.engines.accounting.posting.settlements import owed_in
from supercargo.engines.accounting.posting.vat import inside, rate_ppm, shown_without_tax, tax_not_known
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.engines.accounting.posting.facts import Facts
    from supercargo.reference.law import Law

SOLD = ("paid", "shipped", "delivered", "refunded")
REVENUE = {
    "sale_goods": "goods_minor",
    "sale_shipping": "shipping_minor",
    "sale_giftwrap": "giftwrap_minor",
    "discount_goods": "goods_discount_minor",
    "discount_shipping": "shipping_discount_minor",
}
TAXES = ("goods_tax_minor", "shipping_tax_minor", "giftwrap_tax_minor")
NARRATIVES = {"sales": "sales of {whose}", "refunds": "refunds of {whose}"}
TITLES = tuple(NARRATIVES.values())


def legs_of_orders(facts: Facts, law: Law) -> tuple[pl.DataFrame, pl.DataFrame, tuple[Finding, ...]]:
    """Make the legs of order lines where a channel's revenue is read from orders; tell which wait, and what is doubtful."""
    channels = [channel for channel, about in facts.channels.items() if about.revenue_from == "orders"]
    fates = pl.DataFrame(schema={"row_id": pl.Int64, "fate": pl.String})
    if facts.order_lines.is_empty() or not channels:
        return together(()), fates, ()
    lines = facts.order_lines.with_columns(pl.col("row_id").cast(pl.Int64), pl.coalesce("paid_on", "ordered_on").alias("booked_on"))
    due = (
        pl.col("channel").is_in(channels)
        & pl.col("status").is_in(SOLD)
        & pl.col("goods_minor").is_not_null()
        & (pl.col("booked_on") <= facts.until).fill_null(value=False)
    )
    fates = lines.filter(~due).select(
        "row_id", pl.when(pl.col("channel").is_in(channels)).then(pl.lit("waiting")).otherwise(pl.lit("settled elsewhere")).alias("fate")
    )
    taxed = taxed_orders(lines.filter(due), facts, law)
    sales = _events(taxed, "sales")
    refunds = _events(taxed.filter(pl.col("refunded_minor").fill_null(0) > 0), "refunds")
    refunds = refunds.with_columns(pl.lit("refund_goods").alias("kind"))
    tax = pl.col("tax_minor")
    back, tax_back = pl.col("refunded_minor"), _part_of_refund()
    legs = together(
        (
            leg(sales, pl.lit(BUYERS), pl.col("due_minor"), traced=False),
            *(leg(sales.with_columns(pl.lit(kind).alias("kind")), pl.lit(account_of_kind()[kind]), _revenue(kind)) for kind in REVENUE),
            leg(
                sales.with_columns(pl.lit("tax").alias("kind"), pl.col("tax_country").alias("country")).filter(tax != 0), owed_in(), 0 - tax
            ),
            leg(refunds, pl.lit(BUYERS), 0 - back, traced=False),
            leg(refunds, pl.lit(account_of_kind()["refund_goods"]), back - tax_back),
            leg(refunds.with_columns(pl.lit("tax").alias("kind")).filter(tax_back != 0), owed_in(), tax_back),
        )
    )
    return legs.filter(pl.col("amount_minor") != 0), fates, tuple(_remarks(taxed))


def taxed_orders(lines: pl.DataFrame, facts: Facts, law: Law) -> pl.DataFrame:
    """Add to order lines what the buyer owes us (``due_minor``), the tax in it, and by what it is known (``vat_by``)."""
    homes = {channel: about.country or None for channel, about in facts.channels.items()}
    country = pl.coalesce("ship_country", pl.col("channel").replace_strict(homes, default=None, return_dtype=pl.String))
    gross = pl.sum_horizontal(*REVENUE.values(), ignore_nulls=True)
    stated = (
        pl.when(pl.all_horizontal(pl.col(name).is_null() for name in TAXES))
        .then(None)
        .otherwise(pl.sum_horizontal(*TAXES, ignore_nulls=True))
    )
    lines = lines.with_columns(country.alias("tax_country"))
    shown_without = pl.col("tax_country").is_in(shown_without_tax(lines.get_column("tax_country"), law)).fill_null(value=False)
    lines = lines.with_columns(
        gross.alias("gross_minor"),
        stated.alias("stated_minor"),
        pl.col("tax_included").fill_null(~shown_without).alias("is_inside"),
        (pl.col("tax_collected_by") == "marketplace").fill_null(value=False).alias("is_theirs"),
    )
    asked = lines.filter("is_inside", pl.col("stated_minor").is_null(), ~pl.col("is_theirs")).select("tax_country", "booked_on").unique()
    rates = pl.DataFrame(
        [(place, day, rate_ppm(place, day, law)) for place, day in asked.iter_rows()],
        schema={"tax_country": pl.String, "booked_on": pl.Date, "rate_ppm": pl.Int64},
        orient="row",
    )
    lines = lines.join(rates, on=["tax_country", "booked_on"], how="left", maintain_order="left", nulls_equal=True)
    by = (
        pl.when("is_theirs")
        .then(pl.lit("marketplace"))
        .when(pl.col("stated_minor").is_not_null())
        .then(pl.lit("order"))
        .when(~pl.col("is_inside"))
        .then(pl.lit("none"))
        .when(pl.col("rate_ppm").is_not_null())
        .then(pl.lit("law"))
        .otherwise(pl.lit("unknown"))
    )
    law_tax = inside(pl.col("gross_minor"), pl.col("rate_ppm"))
    tax = pl.when(by == "order").then("stated_minor").when(by == "law").then(law_tax).otherwise(0)
    lines = lines.with_columns(by.alias("vat_by"), tax.alias("tax_minor"))
    on_top = pl.when(~pl.col("is_inside") & (pl.col("vat_by") == "order")).then("tax_minor").otherwise(0)
    theirs_inside = pl.when("is_theirs", "is_inside").then(pl.col("stated_minor").fill_null(0)).otherwise(0)
    return lines.with_columns((pl.col("gross_minor") + on_top - theirs_inside).alias("due_minor"), theirs_inside.alias("theirs_minor"))


def _events(lines: pl.DataFrame, word: str) -> pl.DataFrame:
    parts = [pl.lit("order_line"), pl.lit(word), pl.col("channel"), pl.col("booked_on").cast(pl.String), pl.col("currency")]
    return lines.with_columns(
        pl.lit("order_line").alias("noun"),
        pl.concat_str(*parts, separator="|").alias("event"),
        pl.lit(NARRATIVES[word]).alias("narrative"),
        pl.col("channel").alias("whose"),
        pl.lit("").alias("ref"),
        pl.col("ship_country").alias("country"),
    )


def _revenue(kind: str) -> pl.Expr:
    """Give the credit of one kind; tax that stands inside the prices leaves the goods."""
    amount = pl.col(REVENUE[kind]).fill_null(0)
    if kind != "sale_goods":
        return 0 - amount
    taken = pl.when("is_inside").then(pl.col("tax_minor") + pl.col("theirs_minor")).otherwise(0)
    return taken - amount


def _part_of_refund() -> pl.Expr:
    """Give the tax in a refund: the same part as in what the buyer paid."""
    due = pl.col("due_minor")
    part = half_up(pl.col("refunded_minor").cast(pl.Int128) * pl.col("tax_minor").cast(pl.Int128), due.cast(pl.Int128))
    return pl.when(due > 0).then(part.cast(pl.Int64)).otherwise(0)


def _remarks(lines: pl.DataFrame) -> Iterator[Finding]:
    by = ["vat_by", "channel", "tax_country", "currency"]
    doubtful = lines.filter(pl.col("vat_by").is_in(["law", "unknown"]), (pl.col("tax_minor") != 0) | (pl.col("vat_by") == "unknown"))
    for how, channel, country, currency, count, gross, tax in (
        doubtful.group_by(by).agg(pl.len(), pl.col("gross_minor").sum(), pl.col("tax_minor").sum()).sort(by).iter_rows()
    ):
        path = f"order_lines[{channel}].{country or '?'}"
        if how == "law":
            message = said(
                "{channel}: {count} order lines to {country} do not state the tax inside the price; "
                "{vat} was taken out by the standard rate of the law (estimated)",
                channel=channel,
                count=count,
                country=country,
                vat=shown(tax, currency),
            )
            yield Finding(
                "LED-301", "warning", path, message, "export the orders with their tax columns to have it exact", "term-tax-inside"
            )
        else:
            yield tax_not_known(path, channel, shown(gross, currency), count)
