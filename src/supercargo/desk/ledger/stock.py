"""Records -> batches, movements of stock and their cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.accounting import batch_cost, cost_of_goods
from supercargo.engines.accounting.posting import COST
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from datetime import date

    from supercargo.desk.ledger.records import Records
    from supercargo.desk.ledger.settings import Settings
    from supercargo.engines.accounting.shares import Schema

SOLD = ("paid", "shipped", "delivered", "refunded")
NOT_YET = ("deferred", "held", "reversed")
LOST = ("lost", "damaged", "disposed")
_MOVE: Schema = {
    "key": pl.String(),
    "kind": pl.String(),
    "sku": pl.String(),
    "warehouse": pl.String(),
    "day": pl.Date(),
    "units": pl.Int64(),
}
_ABOUT: Schema = {"noun": pl.String(), "id": pl.Int64(), "channel": pl.String(), "country": pl.String(), "order_ref": pl.String()}


@dataclass(frozen=True, slots=True)
class Costs:
    """Batches, the cost of movements, the same as the ledger posts it (``posting.COST``), and what is doubtful."""

    batches: batch_cost.Decision
    goods: cost_of_goods.Decision
    table: pl.DataFrame
    findings: tuple[Finding, ...]


def costs(records: Records, settings: Settings, until: date) -> Costs:
    """Cost everything that moved up to a day, inclusive."""
    law = settings.law(until)
    batches = batch_cost.decide(
        batch_cost.Facts(
            settings.home,
            records.supplier_line,
            records.freight_line,
            records.customs_line,
            records.receipt_line,
            settings.freight_rate_ppm,
        ),
        law,
    )
    outs, doubts = _outs(records, settings)
    backs = _backs(records, outs)
    outs, backs = (table.filter(pl.col("day") <= until) for table in (outs, backs))
    facts = cost_of_goods.Facts(
        settings.home,
        batches.layers,
        outs.select(list(cost_of_goods.OUT)),
        backs.select(list(cost_of_goods.BACK)),
        settings.opening,
        settings.method,
        settings.pool,
    )
    goods = cost_of_goods.decide(facts, law)
    moved = pl.concat([outs.select("key", "kind", *_ABOUT), backs.select("key", "kind", *_ABOUT)])
    costed = pl.concat([goods.outs, goods.backs]).drop_nulls("cost_minor").rename({"costed_on": "day"})
    table = costed.join(moved, on="key").select(list(COST)).cast(COST).sort("day", "noun", "id")
    return Costs(batches, goods, table, (*batches.findings, *goods.findings, *doubts))


def _outs(records: Records, settings: Settings) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """List what left the stock: sales of settlements or of orders, as each channel says, and goods lost."""
    homes = pl.col("channel").replace_strict(dict(settings.warehouses), default=None, return_dtype=pl.String)
    by = {word: [name for name, about in records.channels.items() if about.revenue_from == word] for word in ("settlement", "orders")}
    sold = records.money_line.filter(
        pl.col("channel").is_in(by["settlement"]),
        pl.col("kind") == "sale_goods",
        pl.col("amount_minor") > 0,
        ~pl.col("status").fill_null("settled").is_in(NOT_YET),
    )
    of_orders = _from_orders(sold.filter(_says_nothing()), records.order_line)
    told = pl.struct("channel", "order_ref").is_in(of_orders.select(pl.struct("channel", "order_ref")).to_series().implode())
    sold = _with_quantity(sold.filter(~(_says_nothing() & told)), records.order_line)
    ordered = records.order_line.filter(pl.col("channel").is_in(by["orders"]), pl.col("status").is_in(SOLD))
    ordered = ordered.filter(pl.col("quantity").fill_null(1) > 0)  # a line below zero takes an earlier one back; no goods leave
    lost = records.stock_move.filter(pl.col("kind").is_in(LOST), pl.col("quantity") < 0).with_columns(
        pl.lit(None, pl.String).alias("order_ref")
    )
    parts = [
        _out(sold, "money_line", homes, day=pl.col("posted_on")),
        _out(of_orders, "order_line", homes, day=pl.col("day")),
        _out(ordered.rename({"ship_country": "country"}), "order_line", homes, day=pl.coalesce("paid_on", "ordered_on")),
        _out(lost.with_columns(quantity=-pl.col("quantity")), "stock_move", pl.col("warehouse"), day=pl.col("moved_on"), kind="write_off"),
    ]
    outs = pl.concat(parts)
    unknown = outs.filter(pl.col("units").is_null())
    doubts: tuple[Finding, ...] = ()
    if unknown.height:
        message = said("{count} sales do not say how many units were sold: they have no cost", count=unknown.height)
        doubts = (Finding("LED-210", "error", "sales", message, "import the orders: they state the quantity", "term-cost-of-goods"),)
    return outs.drop_nulls("units").select(*_MOVE, *_ABOUT).cast({**_MOVE, **_ABOUT}), doubts


def _key(noun: str) -> pl.Expr:
    """Name a movement by what its file says: the order of a day's movements does not depend on which file was imported first."""
    return pl.concat_str(
        [pl.col("channel").fill_null(""), pl.col("key").fill_null(""), pl.lit(noun), pl.col("id").cast(pl.String)], separator="|"
    )


def _out(records: pl.DataFrame, noun: str, warehouse: pl.Expr, *, day: pl.Expr, kind: str = "sale") -> pl.DataFrame:
    """Bring what left the stock to one form."""
    return records.select(
        _key(noun).alias("key"),
        pl.lit(noun).alias("noun"),
        "id",
        "channel",
        "country",
        "order_ref",
        pl.lit(kind).alias("kind"),
        "sku",
        warehouse.alias("warehouse"),
        day.alias("day"),
        pl.col("quantity").alias("units"),
    )


def _says_nothing() -> pl.Expr:
    """Tell which sales of a settlement name neither product nor units, as TikTok's do: their order does."""
    return pl.col("sku").is_null() & pl.col("quantity").is_null() & pl.col("order_ref").is_not_null()


def _from_orders(silent: pl.DataFrame, orders: pl.DataFrame) -> pl.DataFrame:
    """List the order lines of settled sales that name no product, dated when the settlement posted them."""
    by = ["channel", "order_ref"]
    settled = silent.group_by(by, maintain_order=True).agg(pl.col("posted_on").min().alias("day"), pl.col("country").drop_nulls().first())
    joined = settled.join(orders.select(*by, "id", "key", "sku", "quantity"), on=by, how="left")
    return joined.filter(pl.col("id").is_not_null())


def _with_quantity(sold: pl.DataFrame, orders: pl.DataFrame) -> pl.DataFrame:
    """Take the quantity from the order where the settlement's line is silent; only where both name one line of the order."""
    by = ["channel", "order_ref", "sku"]
    single = orders.group_by(by).agg(pl.col("quantity").sum().alias("ordered")).drop_nulls(by)
    alone = pl.len().over(by) == 1
    joined = sold.with_columns(alone.alias("is_alone")).join(single, on=by, how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("quantity", pl.when("is_alone").then("ordered")).alias("quantity"))


def _backs(records: Records, outs: pl.DataFrame) -> pl.DataFrame:
    """List what came back to stock: customers' returns that can be sold again, each with its sale."""
    sellable = pl.col("disposition").str.to_lowercase() == "sellable"
    back = records.customer_return.filter(sellable)
    sales = (
        outs.filter(pl.col("kind") == "sale")
        .group_by("order_ref", "sku")
        .agg(pl.col("key").first().alias("of_key"), pl.col("country").first())
    )
    joined = back.join(sales, on=["order_ref", "sku"], how="left", maintain_order="left")
    return joined.select(
        _key("customer_return").alias("key"),
        "of_key",
        "sku",
        "warehouse",
        pl.col("returned_on").alias("day"),
        pl.col("quantity").alias("units"),
        pl.lit("return").alias("kind"),
        pl.lit("customer_return").alias("noun"),
        "id",
        "channel",
        "country",
        "order_ref",
    )
