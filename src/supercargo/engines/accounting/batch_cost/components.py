"""Lines and bills -> the components of every batch, set-based."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting.batch_cost.facts import COMPONENT
from supercargo.engines.accounting.home_value import WIDE, half_up, valued
from supercargo.engines.accounting.shares import shares
from supercargo.kernel.currency import is_currency, minor_digits

if TYPE_CHECKING:
    from supercargo.engines.accounting.batch_cost.facts import Facts

BATCH_KEY = ["shipment_ref", "sku"]
MEASURES = {"value": "by_value", "weight": "by_weight", "volume": "by_volume", "quantity": "by_quantity"}


def purchases(facts: Facts) -> pl.DataFrame:
    """Give the supplier's lines with their amount: as stated, else unit price times quantity, half-up."""
    lines = with_id(facts.supplier_lines)
    codes = [code for code in lines["currency"].unique().drop_nulls() if is_currency(code)]
    power = pl.col("currency").replace_strict({code: 10 ** minor_digits(code) for code in codes}, default=None, return_dtype=WIDE)
    product = pl.col("unit_price_e6").cast(WIDE) * pl.col("quantity").cast(WIDE) * power
    stated = pl.coalesce(pl.col("amount_minor"), half_up(product, pl.lit(1_000_000, dtype=WIDE)).cast(pl.Int64))
    return lines.with_columns(stated.alias("amount_minor"), pl.col("invoiced_on").alias("booked_on"))


def usable() -> pl.Expr:
    """Tell which supplier's lines can become part of a batch."""
    named = pl.col("shipment_ref").is_not_null() & pl.col("sku").is_not_null()
    return named & pl.col("amount_minor").is_not_null() & pl.col("quantity").is_not_null()


def customs(facts: Facts) -> pl.DataFrame:
    """Give the customs lines with what of them is cost: duty and fees, never import tax."""
    cost = pl.sum_horizontal("duty_minor", "fees_minor", ignore_nulls=True)
    nothing = pl.col("duty_minor").is_null() & pl.col("fees_minor").is_null()
    lines = with_id(facts.customs_lines)
    return lines.with_columns(
        pl.when(nothing).then(None).otherwise(cost).cast(pl.Int64).alias("amount_minor"),
        pl.col("entered_on").alias("booked_on"),
        pl.lit("value").alias("share_by"),
    )


def freight(facts: Facts) -> pl.DataFrame:
    """Give the freight bills' lines with the day of the bill; without a word they are shared by value."""
    return with_id(facts.freight_lines).with_columns(pl.col("billed_on").alias("booked_on"), pl.col("share_by").fill_null("value"))


def with_id(lines: pl.DataFrame) -> pl.DataFrame:
    """Give every row a number to be traced by: the book's, else the file's row."""
    return lines.with_columns(pl.col("id" if "id" in lines.columns else "row").cast(pl.Int64).alias("row_id"))


def of_lines(lines: pl.DataFrame, rates: pl.DataFrame, kind: str, noun: str) -> pl.DataFrame:
    """Turn lines that belong to one product into components."""
    known = valued(lines, "amount_minor", "booked_on", rates)
    return known.select(
        *BATCH_KEY, pl.lit(kind).alias("kind"), pl.lit(noun).alias("noun"), "key", "row_id", "booked_on", "currency", "amount_minor",
        "home_minor", "rate", "rate_day", "rate_source", pl.lit(None, dtype=pl.String()).alias("share_by"),
        pl.lit(None, dtype=pl.Int64()).alias("weight"), pl.col("amount_minor").alias("whole_minor"),
        pl.col("home_minor").alias("whole_home_minor"), pl.lit(False).alias("is_estimated"),
    ).cast(COMPONENT)  # fmt: skip


def measures(bought: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Measure every batch for the sharing of bills; a measure of which any line is silent is not known."""
    value = bought.group_by(BATCH_KEY).agg(_whole_sum("home_minor").clip(lower_bound=0).alias("by_value"))
    sizes = lines.group_by(BATCH_KEY).agg(
        _whole_sum("weight_g").alias("by_weight"),
        _whole_sum("volume_cm3").alias("by_volume"),
        pl.col("quantity").sum().clip(lower_bound=0).alias("by_quantity"),
    )
    return value.join(sizes, on=BATCH_KEY).sort(BATCH_KEY)


def of_bills(bills: pl.DataFrame, measured: pl.DataFrame, rates: pl.DataFrame, kind: str, noun: str) -> pl.DataFrame:
    """Share bills over the products of their shipment, each by its own measure; the column ``fell_back`` marks the exceptions."""
    whole = valued(bills, "amount_minor", "booked_on", rates).rename({"amount_minor": "whole_minor", "home_minor": "whole_home_minor"})
    parts = whole.drop("sku", strict=False).join(measured, on="shipment_ref", maintain_order="left")
    asked = pl.lit(None, dtype=pl.Int64)
    for word, column in MEASURES.items():
        asked = pl.when(pl.col("share_by") == word).then(pl.col(column)).otherwise(asked)
    parts = parts.with_columns(asked.alias("asked")).with_columns(
        (pl.col("asked").is_null().any().over("key") & (pl.col("share_by") != "value")).alias("fell_back")
    )
    parts = parts.with_columns(pl.when("fell_back").then("by_value").otherwise("asked").fill_null(0).cast(pl.Int64).alias("weight"))
    return parts.select(
        *BATCH_KEY, pl.lit(kind).alias("kind"), pl.lit(noun).alias("noun"), "key", "row_id", "booked_on", "currency",
        shares(pl.col("whole_minor"), pl.col("weight"), ["key"]).alias("amount_minor"),
        shares(pl.col("whole_home_minor"), pl.col("weight"), ["key"]).alias("home_minor"),
        "rate", "rate_day", "rate_source", pl.when("fell_back").then(pl.lit("value")).otherwise("share_by").alias("share_by"), "weight",
        "whole_minor", "whole_home_minor", pl.lit(False).alias("is_estimated"), "fell_back",
    ).cast({**COMPONENT, "fell_back": pl.Boolean()})  # fmt: skip


def of_estimate(batches: pl.DataFrame, home: str, rate_ppm: int) -> pl.DataFrame:
    """Estimate the freight of batches whose bill has not come, in the home currency."""
    share = half_up(pl.col("purchase_minor").cast(WIDE) * rate_ppm, pl.lit(1_000_000, dtype=WIDE)).cast(pl.Int64)
    return batches.select(
        *BATCH_KEY, pl.lit("cost_first_leg").alias("kind"), pl.lit("estimate").alias("noun"), pl.lit("estimate").alias("key"),
        pl.lit(None, dtype=pl.Int64).alias("row_id"), pl.col("arrived_on").alias("booked_on"), pl.lit(home).alias("currency"),
        share.alias("amount_minor"), share.alias("home_minor"), pl.lit("1").alias("rate"), pl.col("arrived_on").alias("rate_day"),
        pl.lit("company").alias("rate_source"), pl.lit("value").alias("share_by"), pl.col("purchase_minor").alias("weight"),
        share.alias("whole_minor"), share.alias("whole_home_minor"), pl.lit(True).alias("is_estimated"),
    ).cast(COMPONENT)  # fmt: skip


def _whole_sum(column: str) -> pl.Expr:
    """Sum a column where all of it is known; otherwise the sum is not known."""
    return pl.when(pl.col(column).null_count() > 0).then(None).otherwise(pl.col(column).sum())
