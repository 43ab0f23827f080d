"""The cost of one movement as figures: its units, layer by layer, down to batches and their bills."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.engines.accounting.batch_cost.explained import component_of
from supercargo.engines.accounting.cost_of_goods.facts import MONEY
from supercargo.engines.accounting.cost_of_goods.rules import cost_of_units
from supercargo.engines.accounting.home_value import money
from supercargo.kernel.allocate import allocate
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.engines.accounting import batch_cost
    from supercargo.engines.accounting.cost_of_goods.facts import Decision

KINDS = dict(zip(MONEY, ("cost_of_goods", "cost_first_leg", "cost_import_duty"), strict=True))
STEPS = {
    "purchase_minor": "purchase cost of goods sold",
    "first_leg_minor": "first-leg freight in the goods sold",
    "duty_minor": "import duty and entry fees in the goods sold",
}
STOCK = {
    "purchase_minor": "purchase cost of the stock",
    "first_leg_minor": "first-leg freight of the stock",
    "duty_minor": "duty and entry fees of the stock",
}


def cost_of_line(decision: Decision, key: str, batches: batch_cost.Decision | None = None) -> Figure:
    """Explain what one movement cost; with the decision on batches, down to every bill.

    Raises:
        Refused: COGS-404, there is no such movement, or none of its units has a cost.
    """
    pieces = decision.pieces.filter(pl.col("key") == key).join(decision.layers, on="layer", suffix="_whole").sort("layer", "layer_from")
    if pieces.is_empty():
        raise refuse(
            "COGS-404",
            f"movements[{key}]",
            said("the movement {key} has no known cost", key=key),
            "look at the findings of the cost of goods",
        )
    parts = []
    for name, step in STEPS.items():
        figures = [_of_piece(piece, name, decision, batches) for piece in pieces.iter_rows(named=True)]
        parts.append(reduce(add, figures).named(step, per="term-cost-of-goods"))
    return reduce(add, parts).named("cost of goods", per="term-cost-of-goods")


def _of_piece(piece: dict[str, Any], name: str, decision: Decision, batches: batch_cost.Decision | None) -> Figure:
    whole = _of_layer(piece, name, decision, batches)
    return cost_of_units(whole, piece["layer_from"], piece["layer_to"], piece["units"])


def _of_layer(piece: dict[str, Any], name: str, decision: Decision, batches: batch_cost.Decision | None) -> Figure:
    origin, total = piece["origin"], piece[f"{name}_whole"]
    plain = money(total, decision.home, STOCK[name], f"stock[{piece['sku']}].{origin}@{piece['arrived_on']}")
    if batches is None or "/" not in origin or origin == "average":
        return plain
    shipment = origin.removesuffix(f"/{piece['sku']}")
    arrivals = batches.layers.filter(pl.col("shipment_ref") == shipment, pl.col("sku") == piece["sku"])
    place = _place(arrivals, piece, decision)
    if place is None:
        return plain
    whole = component_of(batches, shipment, piece["sku"], KINDS[name])
    sizes = [Figure.of(units, "item", "units that arrived") for units in arrivals["units"]]
    return whole if arrivals.height == 1 else allocate(whole, sizes, STOCK[name], per="term-allocation")[place]


def _place(arrivals: pl.DataFrame, piece: dict[str, Any], decision: Decision) -> int | None:
    """Find which arrival of the batch a layer is; under the average a layer holds more than one and none is found."""
    if decision.method != "fifo":
        return None
    warehouses = [row["warehouse"] if piece["pool"] != "company" else None for row in arrivals.iter_rows(named=True)]
    for place, row in enumerate(arrivals.iter_rows(named=True)):
        same_pool = piece["pool"] == "company" or (warehouses[place] or "?") == piece["pool"]
        same = all(row[name] == piece[f"{name}_whole"] for name in MONEY)
        if same_pool and same and row["units"] == piece["units"] and row["arrived_on"] == piece["arrived_on"]:
            return place
    return None
