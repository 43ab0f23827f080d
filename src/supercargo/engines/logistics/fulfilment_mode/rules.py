"""The arithmetic of a way of fulfilment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.kernel.figure import Figure
from supercargo.kernel.verdict import larger_of

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity

DIGITS = 4
"""Costs per unit are multiplied by the volume, so they keep more digits than a coin has."""


def capital_cost(value: Quantity, stock_days: Quantity, yearly_rate: Quantity) -> Quantity:
    """Cash tied up in a unit costs its value times the days times the yearly rate, over 365 days."""
    year = Figure.of(365, "days").named("days of a year", per="term-year-of-365-days")
    return (value * yearly_rate * stock_days).over(year, DIGITS).named("capital cost per unit", per="term-cost-of-capital")


def returns_cost(rate: Quantity, cost_each: Quantity) -> Quantity:
    """Returns cost every unit sold the share that comes back times what one return costs."""
    return (rate * cost_each).rounded(DIGITS).named("returns cost per unit", per="term-returns")


def unit_total(unit_cost: Quantity, capital: Quantity, returns: Quantity) -> Quantity:
    """A unit costs its way, the capital in it and its share of the returns."""
    return (unit_cost + capital + returns).named("running cost per unit", per="term-unit-cost")


def batch_total(units: Quantity, each: Quantity, least: Quantity | None) -> Quantity:
    """A first leg is billed by the unit, but no less than its minimum in the month."""
    cost = units * each
    return cost if least is None else larger_of(cost, least)


def monthly_total(units: Quantity, unit: Quantity, fixed: Quantity | None, batch: Quantity | None) -> Quantity:
    """A month costs its units and what falls due whatever is sold, to the minor unit."""
    cost = units * unit
    cost = cost if fixed is None else cost + fixed
    cost = cost if batch is None else cost + batch
    return cost.rounded().named("monthly cost", per="term-monthly-cost")


def cash_tied_up(units: Quantity, value: Quantity, stock_days: Quantity) -> Quantity:
    """The stock of so many days of sales ties up its value; a month has a twelfth of 365 days."""
    months = Figure.of(12, "").named("months of a year", per="term-year-of-365-days")
    year = Figure.of(365, "days").named("days of a year", per="term-year-of-365-days")
    return (units * value * stock_days * months).over(year).named("cash tied up", per="term-cash-tied-up")


RULES = (capital_cost, returns_cost, unit_total, batch_total, monthly_total, cash_tied_up)
