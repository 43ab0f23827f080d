"""The arithmetic of lost stock."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity


def value_at_cost(units: Quantity, unit_cost: Quantity) -> Quantity:
    """Lost units are estimated at what the company paid for them; a channel reimburses by its own estimate."""
    return (units * unit_cost).named("lost stock at cost", per="term-lost-stock")


RULES = (value_at_cost,)
