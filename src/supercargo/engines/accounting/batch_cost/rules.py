"""The arithmetic of a batch's cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.answer import PER_ITEM

if TYPE_CHECKING:
    from supercargo.kernel.figure import Figure


def total_cost(purchase: Figure, first_leg: Figure, duty: Figure) -> Figure:
    """A batch costs its purchase price, its first-leg freight and its duty; import tax is not among them."""
    return (purchase + first_leg + duty).named("cost of the batch", per="term-batch-cost")


def unit_cost(total: Figure, units: Figure) -> Figure:
    """The cost of a unit is the batch's total over its units, to the millionth: derived, never summed up again."""
    return total.over(units * PER_ITEM, digits=6).named("cost of a unit", per="term-batch-cost")


def cost_of_missing(purchase: Figure, missing: Figure, invoiced: Figure) -> Figure:
    """Goods invoiced that did not arrive cost their part of the purchase price."""
    return (purchase * missing).over(invoiced).named("cost of the missing units", per="term-batch-cost")


RULES = (total_cost, unit_cost, cost_of_missing)
