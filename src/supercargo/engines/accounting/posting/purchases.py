"""Bills of suppliers, forwarders and customs, and what goods cost -> legs; stock is kept in the home currency."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting.batch_cost.components import customs, freight, purchases
from supercargo.engines.accounting.posting.chart import FREIGHT_DUE, IMPORT_TAX, INVENTORY, PAYABLE, PURCHASED, UNPLACED, account_of_kind
from supercargo.engines.accounting.posting.legs import leg, together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from supercargo.engines.accounting import batch_cost
    from supercargo.engines.accounting.posting.facts import Facts

NARRATIVES = {
    "supplier_line": "invoice {ref} of {whose}",
    "freight_line": "freight bill {ref} of {whose}",
    "customs_line": "customs entry {ref} by {whose}",
    "estimate": "freight of {ref} not yet billed",
    "cost": "cost of goods: {whose}",
    "write_off": "goods written off: {whose}",
    "return": "returned to stock: {whose}",
}
TITLES = tuple(NARRATIVES.values())
_PARTY = {"supplier_line": ("supplier", "invoice_ref"), "freight_line": ("forwarder", "bill_ref"), "customs_line": ("broker", "entry_ref")}
_MONEY = {"cost_of_goods": "purchase_minor", "cost_first_leg": "first_leg_minor", "cost_import_duty": "duty_minor"}


def legs_of_bills(facts: Facts, made: batch_cost.Facts, batches: batch_cost.Decision) -> tuple[pl.DataFrame, dict[str, pl.DataFrame]]:
    """Make the legs of bills: owed in their currency, stock at the home value of the batches; tell which records wait."""
    tables = {"supplier_line": purchases(made), "freight_line": freight(made), "customs_line": customs(made)}
    worth = batches.components.group_by("noun", "key").agg(
        pl.when(pl.col("home_minor").null_count() > 0).then(None).otherwise(pl.col("home_minor").sum()).alias("stock_minor"),
        pl.lit(True).alias("is_placed"),
    )
    legs: list[pl.DataFrame] = []
    fates: dict[str, pl.DataFrame] = {}
    for noun, table in tables.items():
        due = (pl.col("booked_on") <= facts.until).fill_null(value=False) & pl.col("amount_minor").is_not_null()
        lines = (
            _events(table.filter(due), noun)
            .with_columns(pl.lit(facts.home).alias("home"))
            .join(worth.filter(pl.col("noun") == noun).drop("noun"), on="key", how="left", maintain_order="left")
        )
        legs.extend(_of_bill(lines, noun))
        fates[noun] = table.filter(~due).select("row_id", pl.lit("waiting").alias("fate"))
    return together(legs), fates


def _of_bill(lines: pl.DataFrame, noun: str) -> Iterator[pl.DataFrame]:
    """Owe the amount in its currency; carry it over to the home currency, at which stock is kept."""
    party = pl.lit(f"{PAYABLE[noun]}.") + pl.col("whose").str.head(30)
    tax = pl.col("import_tax_minor").fill_null(0) if noun == "customs_line" else pl.lit(0)
    cost = pl.col("amount_minor")
    yield leg(lines, party, 0 - cost - tax)
    if noun == "customs_line":
        where = pl.lit(f"{IMPORT_TAX}.") + pl.col("country").fill_null("?")
        yield leg(lines.filter(tax != 0), where, tax, traced=False)
    placed = lines.filter(pl.col("is_placed").fill_null(value=False) & pl.col("stock_minor").is_not_null())
    foreign, at_home = placed.filter(pl.col("currency") != pl.col("home")), placed.with_columns(pl.col("home").alias("currency"))
    yield leg(foreign, pl.lit(PURCHASED), cost, traced=False)
    over = foreign.with_columns(pl.col("home").alias("currency"))
    yield leg(over, pl.lit(PURCHASED), 0 - pl.col("stock_minor"), traced=False, home=0 - pl.col("stock_minor"))
    yield leg(at_home, pl.lit(INVENTORY), pl.col("stock_minor"), traced=False, home=pl.col("stock_minor"))
    yield leg(lines.join(placed, on="row_id", how="anti"), pl.lit(UNPLACED), cost, traced=False)


def _events(lines: pl.DataFrame, noun: str) -> pl.DataFrame:
    party, ref = _PARTY[noun]
    return lines.with_columns(
        pl.lit(noun).alias("noun"),
        pl.concat_str(pl.lit(noun), party, pl.coalesce(ref, "key"), separator="|", ignore_nulls=True).alias("event"),
        pl.lit(NARRATIVES[noun]).alias("narrative"),
        pl.col(party).fill_null("?").alias("whose"),
        pl.coalesce(ref, "key").alias("ref"),
        pl.col("booked_on"),
    )


def legs_of_estimates(batches: batch_cost.Decision, facts: Facts) -> pl.DataFrame:
    """Make the legs of freight that is estimated: owed, but not billed yet."""
    parts = batches.components.filter("is_estimated", pl.col("booked_on") <= facts.until).drop_nulls("home_minor")
    events = parts.with_columns(
        pl.lit("estimate").alias("noun"),
        pl.concat_str(pl.lit("estimate"), "shipment_ref", separator="|").alias("event"),
        pl.lit(NARRATIVES["estimate"]).alias("narrative"),
        pl.lit("").alias("whose"),
        pl.col("shipment_ref").alias("ref"),
        pl.lit(0).alias("row_id"),
    ).with_columns(pl.col("booked_on").min().over("event"))
    return together(
        (
            leg(events, pl.lit(INVENTORY), pl.col("home_minor"), traced=False),
            leg(events, pl.lit(FREIGHT_DUE), 0 - pl.col("home_minor"), traced=False),
        )
    )


def legs_of_costs(costs: pl.DataFrame, home: str) -> pl.DataFrame:
    """Make the legs of what left the stock and what came back, per channel, country and day."""
    if costs.is_empty():
        return together(())
    word = pl.col("kind").replace_strict({"sale": "cost", "write_off": "write_off", "return": "return"})
    sign = pl.when(pl.col("kind") == "return").then(-1).otherwise(1)
    events = costs.with_columns(
        pl.concat_str(
            pl.lit("cost"), pl.col("kind"), pl.col("noun"), pl.col("channel").fill_null("-"), pl.col("day").cast(pl.String), separator="|"
        ).alias("event"),
        pl.col("day").alias("booked_on"),
        word.replace_strict(NARRATIVES).alias("narrative"),
        pl.col("channel").fill_null("-").alias("whose"),
        pl.lit("").alias("ref"),
        pl.lit(home).alias("currency"),
        pl.col("id").alias("row_id"),
        *((pl.col(name) * sign).alias(name) for name in _MONEY.values()),
        pl.col("kind").alias("moved"),
        ("cost:" + pl.col("noun")).alias("noun"),
    )
    total = pl.sum_horizontal(*_MONEY.values())
    lost = pl.col("moved") == "write_off"
    account = {
        kind: pl.when(lost).then(pl.lit(account_of_kind()["cost_write_off"])).otherwise(pl.lit(account_of_kind()[kind])) for kind in _MONEY
    }
    legs = [leg(events, account[kind], pl.col(column), home=pl.col(column)) for kind, column in _MONEY.items()]
    return together((leg(events, pl.lit(INVENTORY), 0 - total, traced=False, home=0 - total), *legs)).filter(
        (pl.col("amount_minor") != 0) | pl.col("account").str.starts_with(account_of_kind()["cost_of_goods"])
    )
