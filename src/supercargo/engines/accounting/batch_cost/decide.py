"""The cost of every batch, its components apart, and what arrived where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting.batch_cost import components, remarks
from supercargo.engines.accounting.batch_cost.components import BATCH_KEY
from supercargo.engines.accounting.batch_cost.facts import BATCH, COMPONENT, LAYER, Decision, Facts
from supercargo.engines.accounting.home_value import WIDE, day_rates, half_up
from supercargo.engines.accounting.shares import shares
from supercargo.kernel.currency import minor_digits
from supercargo.kernel.finding import worst_first

if TYPE_CHECKING:
    from supercargo.reference.law import Law

COLUMNS = {"cost_of_goods": "purchase_minor", "cost_first_leg": "first_leg_minor", "cost_import_duty": "duty_minor"}


def decide(facts: Facts, law: Law) -> Decision:
    """Decide what every batch cost, in the home currency at the rate of each line's day."""
    bought, bills, entries = components.purchases(facts), components.freight(facts), components.customs(facts)
    rates, unknown = day_rates(_pairs(bought, bills, entries), facts.home, law)
    lines = bought.filter(components.usable())
    purchase = components.of_lines(lines, rates, "cost_of_goods", "supplier_line")
    measured = components.measures(purchase, lines)
    known = measured.select(BATCH_KEY)
    freight = components.of_bills(bills.drop_nulls("amount_minor"), measured, rates, "cost_first_leg", "freight_line")
    shared = components.of_bills(
        entries.filter(pl.col("sku").is_null()).drop_nulls("amount_minor"), measured, rates, "cost_import_duty", "customs_line"
    )
    own = entries.filter(pl.col("sku").is_not_null()).drop_nulls("amount_minor").join(known, on=BATCH_KEY, how="semi")
    duty = components.of_lines(own, rates, "cost_import_duty", "customs_line")
    parts = pl.concat([purchase, freight.drop("fell_back"), shared.drop("fell_back"), duty])
    arrived = _arrived(facts, lines, entries)
    billed = bills.get_column("shipment_ref").drop_nulls().unique()
    estimate = _estimate(facts, parts, arrived.join(known, on=BATCH_KEY, how="semi"), billed)
    parts = pl.concat([parts, estimate]).cast(COMPONENT)
    batches = _batches(parts, arrived, entries, billed, facts.home)
    layers = _layers(facts, batches)
    findings = (
        *unknown, *remarks.of_lines(bought, facts), *remarks.of_bills(bills, entries, known, freight, facts),
        *remarks.of_arrivals(batches, facts), *remarks.of_estimates(batches, estimate, facts),
    )  # fmt: skip
    return Decision(facts.home, batches, parts, layers, worst_first(findings))


def _pairs(*tables: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([table.drop_nulls("amount_minor").select("currency", pl.col("booked_on").alias("day")) for table in tables])


def _arrived(facts: Facts, lines: pl.DataFrame, entries: pl.DataFrame) -> pl.DataFrame:
    """Count what was invoiced and what arrived; a shipment of which nothing is recorded counts as invoiced."""
    invoiced = lines.group_by(BATCH_KEY).agg(
        pl.col("quantity").sum().alias("units_invoiced"), pl.col("invoiced_on").min().alias("invoiced_on")
    )
    entered = entries.group_by("shipment_ref").agg(pl.col("entered_on").min().alias("entered_on"))
    received = facts.receipt_lines.drop_nulls(BATCH_KEY).group_by(BATCH_KEY).agg(
        pl.col("quantity").sum().alias("units_received"), pl.col("received_on").min().alias("received_on")
    )  # fmt: skip
    recorded = received.select("shipment_ref").unique().with_columns(pl.lit(True).alias("is_recorded"))
    known = invoiced.join(entered, on="shipment_ref", how="left").join(received, on=BATCH_KEY, how="left")
    counted = known.join(recorded, on="shipment_ref", how="left").with_columns(
        pl.when("is_recorded").then(pl.col("units_received").fill_null(0)).alias("units_received")
    )
    return counted.with_columns(
        pl.coalesce("units_received", "units_invoiced").alias("units"),
        pl.coalesce("received_on", "entered_on", "invoiced_on").alias("arrived_on"),
    ).sort(BATCH_KEY)  # fmt: skip


def _estimate(facts: Facts, parts: pl.DataFrame, arrived: pl.DataFrame, billed: pl.Series) -> pl.DataFrame:
    """Estimate the freight of shipments without a bill: by the company's rate, else by its other shipments, else not at all."""
    spent = parts.filter(pl.col("shipment_ref").is_in(billed.implode())).group_by("kind").agg(pl.col("home_minor").sum())
    known = dict(spent.iter_rows())
    rate = facts.freight_rate_ppm
    if rate is None and known.get("cost_of_goods", 0) > 0 and known.get("cost_first_leg", 0) > 0:
        rate = known["cost_first_leg"] * 1_000_000 // known["cost_of_goods"]
    bought = parts.filter(pl.col("kind") == "cost_of_goods").group_by(BATCH_KEY).agg(_sum("home_minor").alias("purchase_minor"))
    waiting = arrived.filter(~pl.col("shipment_ref").is_in(billed.implode())).join(bought, on=BATCH_KEY).sort(BATCH_KEY)
    return components.of_estimate(waiting if rate is not None else waiting.clear(), facts.home, rate or 0)


def _batches(parts: pl.DataFrame, arrived: pl.DataFrame, entries: pl.DataFrame, billed: pl.Series, home: str) -> pl.DataFrame:
    sums = [
        pl.when((pl.col("kind") == kind).any()).then(_sum_of("home_minor", pl.col("kind") == kind)).otherwise(0).alias(column)
        for kind, column in COLUMNS.items()
    ]
    estimated = pl.col("home_minor").filter(pl.col("is_estimated")).sum().alias("estimated_minor")
    silent = entries.filter(pl.col("duty_minor").is_null()).select("shipment_ref").unique().with_columns(pl.lit(True).alias("no_duty"))
    summed = parts.group_by(BATCH_KEY).agg(*sums, estimated).join(silent, on="shipment_ref", how="left")
    summed = summed.with_columns(pl.when(pl.col("no_duty").fill_null(value=False)).then(None).otherwise("duty_minor").alias("duty_minor"))
    total = pl.col("purchase_minor") + pl.col("first_leg_minor") + pl.col("duty_minor")
    table = arrived.join(summed, on=BATCH_KEY).with_columns(
        total.alias("total_minor"), (~pl.col("shipment_ref").is_in(billed.implode())).alias("is_provisional")
    )
    scale = 10 ** (6 - minor_digits(home))
    return table.select(
        *(name for name in BATCH if name not in ("estimated_ppm", "unit_cost_e6")),
        _over(pl.col("estimated_minor"), 1_000_000, pl.col("total_minor")).alias("estimated_ppm"),
        _over(pl.col("total_minor"), scale, pl.col("units")).alias("unit_cost_e6"),
    ).select(list(BATCH)).cast(BATCH).sort(BATCH_KEY)  # fmt: skip


def _layers(facts: Facts, batches: pl.DataFrame) -> pl.DataFrame:
    """Split every batch over the places and days of its arrival, by units, sums kept."""
    received = facts.receipt_lines.drop_nulls(BATCH_KEY).group_by(*BATCH_KEY, "warehouse", "received_on").agg(pl.col("quantity").sum())
    arrivals = received.rename({"received_on": "arrived_on", "quantity": "units"}).filter(pl.col("units") > 0)
    silent = batches.filter(pl.col("units_received").is_null()).select(
        *BATCH_KEY, pl.lit(None, dtype=pl.String).alias("warehouse"), "arrived_on", "units"
    )
    every = pl.concat([arrivals.select(silent.columns), silent]).sort(*BATCH_KEY, "arrived_on", "warehouse")
    is_known = pl.col("total_minor").is_not_null()
    money = batches.select(*BATCH_KEY, *(pl.when(is_known).then(column).alias(column) for column in COLUMNS.values()))
    joined = every.join(money, on=BATCH_KEY, maintain_order="left")
    return joined.with_columns(shares(pl.col(column), pl.col("units"), BATCH_KEY).alias(column) for column in COLUMNS.values()).select(
        list(LAYER)
    ).cast(LAYER)  # fmt: skip


def _sum(column: str) -> pl.Expr:
    return pl.when(pl.col(column).null_count() > 0).then(None).otherwise(pl.col(column).sum())


def _sum_of(column: str, where: pl.Expr) -> pl.Expr:
    values = pl.col(column).filter(where)
    return pl.when(values.null_count() > 0).then(None).otherwise(values.sum())


def _over(above: pl.Expr, scale: int, below: pl.Expr) -> pl.Expr:
    safe = pl.when(below > 0).then(below).otherwise(None).cast(WIDE)
    return half_up(above.cast(WIDE) * scale, safe).cast(pl.Int64)
