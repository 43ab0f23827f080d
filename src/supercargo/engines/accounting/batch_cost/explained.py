"""The cost of one batch as figures: every bill, its rate and its share."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Any

import polars as pl

from supercargo.engines.accounting.batch_cost import rules
from supercargo.engines.accounting.home_value import money
from supercargo.kernel.allocate import allocate
from supercargo.kernel.figure import Citation, Figure
from supercargo.kernel.finding import refuse
from supercargo.kernel.unit import RATIO, Unit
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.engines.accounting.batch_cost.facts import Decision

STEPS = {
    "cost_of_goods": "purchase cost of the batch",
    "cost_first_leg": "first-leg freight of the batch",
    "cost_import_duty": "duty and entry fees of the batch",
}
BILLS = {
    "supplier_line": "supplier's line",
    "freight_line": "freight bill",
    "customs_line": "customs bill",
    "estimate": "estimated freight",
}


def cost_of(decision: Decision, shipment_ref: str, sku: str) -> Figure:
    """Explain what one batch cost, down to its lines and bills.

    Raises:
        Refused: COGS-404, there is no such batch or its cost is not known.
    """
    batch = decision.batches.filter(pl.col("shipment_ref") == shipment_ref, pl.col("sku") == sku)
    if batch.is_empty() or batch["total_minor"][0] is None:
        message = said("the cost of the batch {shipment} of {sku} is not known", shipment=shipment_ref, sku=sku)
        raise refuse("COGS-404", f"batches[{shipment_ref}/{sku}]", message, "look at the findings of batch costs")
    return rules.total_cost(*(component_of(decision, shipment_ref, sku, kind) for kind in STEPS))


def component_of(decision: Decision, shipment_ref: str, sku: str, kind: str) -> Figure:
    """Explain one kind of a batch's cost: purchase, first-leg freight or duty."""
    mine = decision.components.filter(pl.col("shipment_ref") == shipment_ref)
    return _sum(mine, kind, sku, decision.home)


def _sum(parts: pl.DataFrame, kind: str, sku: str, home: str) -> Figure:
    figures = []
    of_kind = parts.filter(pl.col("kind") == kind)
    for key, noun in of_kind.filter(pl.col("sku") == sku).select("key", "noun").unique(maintain_order=True).iter_rows():
        rows = of_kind.filter(pl.col("key") == key, pl.col("noun") == noun).to_dicts()
        figures.append(_share(rows, sku, home) if rows[0]["share_by"] and noun != "estimate" else _line(_own(rows, sku), home))
    if not figures:
        return Figure.nothing(home, STEPS[kind], "term-batch-cost")
    return reduce(add, figures).named(STEPS[kind], per="term-batch-cost")


def _share(rows: list[dict[str, Any]], sku: str, home: str) -> Figure:
    whole = _line({**rows[0], "amount_minor": rows[0]["whole_minor"], "home_minor": rows[0]["whole_home_minor"]}, home)
    weights = [
        Figure(Decimal(row["weight"]), RATIO, "weight of the share", path=f"batches[{row['sku']}].{row['share_by']}") for row in rows
    ]
    shares = allocate(whole, weights, "share of the bill", per="term-allocation")
    return next(share for share, row in zip(shares, rows, strict=True) if row["sku"] == sku)


def _line(row: dict[str, Any], home: str) -> Figure:
    name, path = BILLS[row["noun"]], f"{row['noun']}[{row['key']}]"
    if row["noun"] == "estimate" or row["currency"] == home:
        return money(row["home_minor"], home, name, path)
    own = money(row["amount_minor"], row["currency"], name, path)
    return in_home(own, row, home)


def in_home(own: Figure, row: dict[str, Any], home: str) -> Figure:
    """Bring an amount into the home currency at the rate that its row carries."""
    currency = str(own.unit)
    citation = Citation(f"ecb.rates.{home}_{currency}", row["rate_day"], (row["rate_source"],), "high")
    rate = Figure(Decimal(row["rate"]), Unit.of(f"{home}/{currency}"), f"rate of exchange {currency} to {home}", "fact", citation=citation)
    return (own * rate).rounded().named(f"{own.name} in {home}", per="term-home-value")


def _own(rows: list[dict[str, Any]], sku: str) -> dict[str, Any]:
    return next(row for row in rows if row["sku"] == sku)
