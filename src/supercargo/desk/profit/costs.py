"""What goods cost, as the ledger shares it out to the movements of stock, in the form of profit lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from supercargo.desk.ledger import costs, read_settings
from supercargo.desk.ledger.records import from_book
from supercargo.desk.profit.records import COST

if TYPE_CHECKING:
    from datetime import date

    from supercargo.book.place import Place
    from supercargo.kernel.finding import Finding

_KINDS = {"purchase_minor": "cost_of_goods", "first_leg_minor": "cost_first_leg", "duty_minor": "cost_import_duty"}
_SIGNS = {"sale": -1, "write_off": -1, "return": 1}
_MOVED = ("stock_move", "customer_return", "order_line")
"""Movements that may be no sale line of their channel; their article and row are looked up."""


def ledger_costs(place: Place, until: date) -> tuple[pl.DataFrame, tuple[Finding, ...]]:
    """Give the cost of all goods that moved up to a day (``COST``), and what the ledger finds doubtful about it."""
    place.open()
    settings = read_settings(place.folder, place.base_currency)
    records = from_book()
    found = costs(records, settings, until)
    moved = pl.concat([_places(getattr(records, noun), noun) for noun in _MOVED])
    lines = cost_lines(found.table, settings.home).join(moved, on=["noun", "record_id"], how="left", maintain_order="left")
    return lines.select(list(COST)), found.findings


_PLACE = ("sku", "document_id", "row")


def _places(frame: pl.DataFrame, noun: str) -> pl.DataFrame:
    known = frame if "document_id" in frame.columns else frame.with_columns(pl.lit(None, dtype=pl.Int64()).alias("document_id"))
    return known.select(pl.lit(noun).alias("noun"), pl.col("id").alias("record_id"), *_PLACE)


def cost_lines(table: pl.DataFrame, home: str) -> pl.DataFrame:
    """Turn the ledger's table (positive, one row a movement) into lines with the seller's sign, one for each sort of cost."""
    long = table.unpivot(list(_KINDS), index=["noun", "id", "kind", "channel", "country", "day"], variable_name="sort", value_name="cost")
    written_off = pl.col("kind") == "write_off"
    kind = pl.when(written_off).then(pl.lit("cost_write_off")).otherwise(pl.col("sort").replace_strict(_KINDS, return_dtype=pl.String))
    sign = pl.col("kind").replace_strict(_SIGNS, return_dtype=pl.Int64)
    return long.filter(pl.col("cost").is_not_null() & (pl.col("cost") != 0)).select(
        "noun", pl.col("id").alias("record_id"), "channel", "country", pl.col("day").alias("order_on"), pl.col("day").alias("posted_on"),
        kind.alias("kind"), pl.lit(home).alias("currency"), (pl.col("cost") * sign).alias("amount_minor"),
    )  # fmt: skip
