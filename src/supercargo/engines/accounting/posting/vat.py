"""Tax inside the prices of a settlement: from the VAT report where it is there, else by the law, never left in revenue silently."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting.home_value import WIDE, half_up, shown
from supercargo.engines.accounting.shares import Schema, shares
from supercargo.engines.tax.rates import shows_prices_without_tax, standard_rate_ppm
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from supercargo.engines.accounting.posting.facts import ChannelFacts
    from supercargo.reference.law import Law

SALES = ("sale_goods", "sale_shipping", "sale_giftwrap", "sale_other", "discount_goods", "discount_shipping")
REFUNDS = ("refund_goods", "refund_shipping", "refund_giftwrap", "refund_discount")
TAXES = ("sale_tax", "refund_tax")
MILLION = 1_000_000


def with_tax_inside(
    lines: pl.DataFrame, orders: pl.DataFrame, report: pl.DataFrame, channels: Mapping[str, ChannelFacts], law: Law
) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Add ``vat_minor`` (in the sign of the line), ``vat_by`` (report | law | apart | unknown) and ``tax_country`` to money lines."""
    told = _told(lines, orders, channels)
    told = told.join(_reported(report), on=["order_ref", "side"], how="left", maintain_order="left")
    taxed = pl.col("side").is_not_null()
    shown_without = pl.col("tax_country").is_in(shown_without_tax(told.get_column("tax_country"), law)).fill_null(value=False)
    apart = pl.col("has_tax_lines") | pl.col("tax_included").not_().fill_null(shown_without)
    theirs = (pl.col("tax_collected_by") == "marketplace").fill_null(value=False) | (pl.col("reported_by") == "marketplace").fill_null(
        value=False
    )
    by = (
        pl.when(~taxed)
        .then(None)
        .when(apart | theirs)
        .then(pl.lit("apart"))
        .when(pl.col("reported_minor").is_not_null())
        .then(pl.lit("report"))
        .otherwise(pl.lit("law"))
    )
    told = told.with_columns(by.alias("vat_by"))
    told = told.join(_law_rates(told, law), on=["tax_country", "posted_on"], how="left", maintain_order="left", nulls_equal=True)
    unknown = (pl.col("vat_by") == "law") & pl.col("rate_ppm").is_null()
    told = told.with_columns(pl.when(unknown).then(pl.lit("unknown")).otherwise("vat_by").alias("vat_by"))
    told = told.with_columns(_vat().fill_null(0).alias("vat_minor"))
    return told.drop("has_tax_lines", "tax_included", "tax_collected_by", "reported_minor", "reported_by"), tuple(_remarks(told))


def inside(amount: pl.Expr, rate_ppm: pl.Expr) -> pl.Expr:
    """Take the tax out of a price that contains it, half-up."""
    return half_up(amount.cast(WIDE) * rate_ppm.cast(WIDE), rate_ppm.cast(WIDE) + MILLION).cast(pl.Int64)


def _vat() -> pl.Expr:
    weight = pl.when(pl.col("side") == "sale").then(pl.col("amount_minor")).otherwise(0 - pl.col("amount_minor")).clip(lower_bound=0)
    by_report = shares(pl.col("reported_minor").fill_null(0), weight, ["order_ref", "side", "vat_by"])
    by_law = inside(pl.col("amount_minor"), pl.col("rate_ppm"))
    return pl.when(pl.col("vat_by") == "report").then(by_report).when(pl.col("vat_by") == "law").then(by_law).otherwise(0)


def _told(lines: pl.DataFrame, orders: pl.DataFrame, channels: Mapping[str, ChannelFacts]) -> pl.DataFrame:
    """Put beside every line what its order says about tax and destination."""
    side = pl.when(pl.col("kind").is_in(SALES)).then(pl.lit("sale")).when(pl.col("kind").is_in(REFUNDS)).then(pl.lit("refund"))
    taxed = lines.filter(pl.col("kind").is_in(TAXES) & (pl.col("amount_minor") != 0)).select("channel", "order_ref").drop_nulls().unique()
    about = ["tax_included", "tax_collected_by", "ship_country"]
    known = pl.DataFrame(
        schema={
            "channel": pl.String,
            "order_ref": pl.String,
            "tax_included": pl.Boolean,
            "tax_collected_by": pl.String,
            "ship_country": pl.String,
        }
    )
    if not orders.is_empty():
        known = orders.drop_nulls("order_ref").group_by("channel", "order_ref").agg(pl.col(name).drop_nulls().first() for name in about)
    joined = (
        lines.with_columns(side.alias("side"))
        .join(taxed.with_columns(pl.lit(True).alias("has_tax_lines")), on=["channel", "order_ref"], how="left", maintain_order="left")
        .join(known, on=["channel", "order_ref"], how="left", maintain_order="left")
    )
    homes = {channel: about.country or None for channel, about in channels.items()}
    home = pl.col("channel").replace_strict(homes, default=None, return_dtype=pl.String)
    return joined.with_columns(
        pl.col("has_tax_lines").fill_null(value=False), pl.coalesce("ship_country", "country", home).alias("tax_country")
    ).drop("ship_country")


def _reported(report: pl.DataFrame) -> pl.DataFrame:
    schema: Schema = {"order_ref": pl.String, "side": pl.String, "reported_minor": pl.Int64, "reported_by": pl.String}
    if report.is_empty():
        return pl.DataFrame(schema=schema)
    wanted = report.filter(pl.col("transaction_type").is_in(["sale", "refund"])).drop_nulls(["order_ref", "tax_minor"])
    return (
        wanted.group_by("order_ref", pl.col("transaction_type").alias("side"))
        .agg(pl.col("tax_minor").sum().alias("reported_minor"), pl.col("collected_by").drop_nulls().first().alias("reported_by"))
        .cast(schema)
    )


def _law_rates(told: pl.DataFrame, law: Law) -> pl.DataFrame:
    schema = {"tax_country": pl.String, "posted_on": pl.Date, "rate_ppm": pl.Int64}
    pairs = told.filter(pl.col("vat_by") == "law").select("tax_country", "posted_on").unique()
    return pl.DataFrame([(country, day, rate_ppm(country, day, law)) for country, day in pairs.iter_rows()], schema=schema, orient="row")


def rate_ppm(country: str | None, day: date | None, law: Law) -> int | None:
    """Read the standard rate of tax of a country on a day, in parts per million; nothing where it is not known."""
    return standard_rate_ppm(replace(law, day=day), country) if country and day is not None else None


def shown_without_tax(countries: pl.Series, law: Law) -> list[str]:
    """List those countries whose shops show prices without tax: a file that does not say is read by the custom of its country."""
    return [country for country in countries.drop_nulls().unique().sort() if shows_prices_without_tax(law, country)]


def _remarks(told: pl.DataFrame) -> Iterator[Finding]:
    by = ["vat_by", "channel", "tax_country", "currency"]
    sums = told.filter(pl.col("vat_by").is_in(["law", "unknown"]) & ((pl.col("vat_minor") != 0) | (pl.col("vat_by") == "unknown")))
    for how, channel, country, currency, count, gross, vat in (
        sums.group_by(by)
        .agg(pl.len(), pl.col("amount_minor").sum().alias("gross"), pl.col("vat_minor").sum().alias("vat"))
        .sort(by)
        .iter_rows()
    ):
        path = f"money_lines[{channel}].{country or '?'}"
        if how == "law":
            message = said(
                "{channel}: {count} lines to {country} hold tax inside the price; "
                "{vat} was taken out by the standard rate of the law (estimated)",
                channel=channel,
                count=count,
                country=country,
                vat=shown(vat, currency),
            )
            yield Finding(
                "LED-301", "warning", path, message, "import the VAT transactions report of the period to have it exact", "term-tax-inside"
            )
            continue
        yield tax_not_known(path, channel, shown(gross, currency), count)


def tax_not_known(path: str, channel: str, gross: str, count: int) -> Finding:
    """Say of how much money nobody knows the tax inside it."""
    message = said(
        "{channel}: the tax inside {gross} ({count} lines) is not known: no destination or no rate",
        channel=channel,
        gross=gross,
        count=count,
    )
    remedy = "import the orders or the VAT report; until then this revenue may contain tax"
    return Finding("LED-302", "error", path, message, remedy, "term-tax-inside")
