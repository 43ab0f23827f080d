"""The arithmetic of landed cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity


def charges_on_import(duty: Quantity, tax: Quantity, fees: Quantity) -> Quantity:
    """Charges on the import are duty, tax and processing fees together."""
    return (duty + tax + fees).named("charges on the import", per="term-import-charges")


def landed_cost(cif_value: Quantity, charges: Quantity) -> Quantity:
    """Landed cost is the goods with their carriage and all charges on the import."""
    return (cif_value + charges).named("landed cost", per="term-landed-cost")


def landed_cost_per_item(cost: Quantity, items: Quantity, one: Quantity) -> Quantity:
    """Landed cost per item is the landed cost shared equally, to the cent."""
    return cost.over(items * one).named("landed cost per item", per="term-landed-cost")


RULES = (charges_on_import, landed_cost, landed_cost_per_item)
