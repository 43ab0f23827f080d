"""The arithmetic of the search for a price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.kernel.figure import Figure

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity
    from supercargo.kernel.verdict import Test

ONE = Figure.constant(1, "", "one", per="term-margin-rate")


def lowest_conceivable_price(costs: Quantity, margin_rate: Quantity) -> Quantity:
    """No price below costs / (1 - margin) can meet the margin: every other cost only takes more off.

    The costs are those that do not hang on the price; the bound is rounded half-up to the cent.
    """
    return costs.over(ONE - margin_rate).named("lowest conceivable price", per="term-target-price")


def meets(profit: Quantity, net_price: Quantity, margin_rate: Quantity) -> Test:
    """The margin is met when the profit is at least its share of the net price; no division, no rounding."""
    return profit >= (net_price * margin_rate).named("margin wanted", per="term-margin-rate")


RULES = (lowest_conceivable_price, meets)
