"""What must be known, and what is decided, about the cost of goods that left the stock."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import polars as pl

if TYPE_CHECKING:
    from supercargo.engines.accounting.shares import Schema
    from supercargo.kernel.finding import Finding

Method = Literal["fifo", "moving_average"]
PoolBy = Literal["company", "warehouse"]
MONEY = ("purchase_minor", "first_leg_minor", "duty_minor")
_MONEY = dict.fromkeys(MONEY, pl.Int64())
OPENING: Schema = {"sku": pl.String(), "warehouse": pl.String(), "arrived_on": pl.Date(), "units": pl.Int64(), **_MONEY}
OUT: Schema = {
    "key": pl.String(),  # unique among all movements
    "kind": pl.String(),  # sale | write_off | transfer
    "sku": pl.String(),
    "warehouse": pl.String(),
    "day": pl.Date(),
    "units": pl.Int64(),  # positive
}
BACK: Schema = {
    "key": pl.String(),
    "of_key": pl.String(),  # the movement that is taken back; null: not known
    "sku": pl.String(),
    "warehouse": pl.String(),
    "day": pl.Date(),
    "units": pl.Int64(),  # positive
}
COSTED: Schema = {
    "key": pl.String(),
    "units_costed": pl.Int64(),
    **_MONEY,
    "cost_minor": pl.Int64(),  # null: no unit has a cost
    "costed_on": pl.Date(),
}
"""The cost of one movement in minor units of the home currency; fewer units costed than moved is a finding."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Layers (``batch_cost.LAYER``), opening balances (``OPENING``), what left (``OUT``) and what came back (``BACK``)."""

    home: str
    layers: pl.DataFrame
    outs: pl.DataFrame
    backs: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=BACK))
    opening: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=OPENING))
    method: Method = "fifo"
    pool: PoolBy = "company"


@dataclass(frozen=True, slots=True)
class Decision:
    """Costs of what left and what came back (``COSTED``), the rest of the stock, and the trace.

    ``stock``: pool, sku, units and money left. ``pieces``: which units of which layer each movement took
    (key, layer, layer_from, layer_to, costed_on, money). ``layers``: layer, origin, sku, pool, arrived_on, units, money.
    """

    home: str
    method: Method
    outs: pl.DataFrame
    backs: pl.DataFrame
    stock: pl.DataFrame
    pieces: pl.DataFrame
    layers: pl.DataFrame
    findings: tuple[Finding, ...]
