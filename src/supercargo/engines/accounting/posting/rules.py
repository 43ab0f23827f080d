"""The arithmetic of entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.kernel.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

ONE = Figure.constant(1, "", "one", per="term-tax-inside")


def tax_inside(gross: Figure, rate: Figure) -> Figure:
    """Tax inside a price is the price times the rate over one and the rate, half-up to the minor unit.

    Source: Directive 2006/112/EC, art. 78 and 90 (the taxable amount is the price without the tax).
    """
    return (gross * rate).over(ONE + rate).named("tax inside the price", per="term-tax-inside")


def revenue_net(gross: Figure, tax: Figure) -> Figure:
    """Revenue is the price without the tax that belongs to an authority."""
    return (gross - tax).named("revenue without tax", per="term-tax-inside")


def rounding_line(home_values: Sequence[int]) -> int:
    """The rounding line of an entry takes what the rounded home values of its postings leave over."""
    return -sum(home_values)


RULES = (tax_inside, revenue_net, rounding_line)
