"""Trying every allowed price in a window, in columns, and taking the first that meets the margin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

import polars as pl

from supercargo.engines.pricing import unit_economics
from supercargo.engines.pricing.target_price.rules import meets
from supercargo.kernel.column import Batch
from supercargo.kernel.currency import minor_digits

if TYPE_CHECKING:
    from supercargo.engines.pricing.target_price.facts import PriceGrid
    from supercargo.kernel.figure import Figure
    from supercargo.reference.law import Law

MEETS, OBJECTION = "meets the margin", "objection"


@dataclass(frozen=True, slots=True)
class Window:
    """The first price number in a window that meets the margin, if any; how many were tried or refused."""

    number: int | None
    tried: int
    refused: int


def scan(economics: unit_economics.Facts, margin_rate: Figure, grid: PriceGrid, first: int, count: int, law: Law) -> Window:
    """Try ``count`` allowed prices from number ``first`` upwards; exact, by the same rules as one case."""
    digits = minor_digits(economics.currency)
    minor = Decimal(10) ** digits
    prices = pl.DataFrame(
        {"price": [int(grid.price(number) * minor) for number in range(first, first + count)]}, schema={"price": pl.Int64}
    )
    batch = Batch.on_polars()
    price = batch.input("price", economics.price.unit, digits, int(prices["price"][0]), int(prices["price"][-1]), "shop price")
    decision = unit_economics.decide(replace(economics, price=price), law)
    meets(decision.profit, decision.net_price, margin_rate).named(MEETS)
    objections = [objection.when.named(f"{OBJECTION} {number}") for number, objection in enumerate(decision.objections)]
    columns = [MEETS, *(f"{OBJECTION} {number}" for number in range(len(objections)))]
    table = batch.run(prices.lazy(), columns).collect()
    refused = pl.any_horizontal(columns[1:]) if objections else pl.lit(value=False)
    answer = table.select((pl.col(MEETS) & ~refused).alias("met"), refused.alias("refused"))
    place = answer["met"].arg_max() if answer["met"].any() else None
    return Window(None if place is None else first + place, count, int(answer["refused"].sum()))
