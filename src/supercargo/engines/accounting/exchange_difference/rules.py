"""The arithmetic of exchange differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.accounting.home_value import half_up_whole

if TYPE_CHECKING:
    from supercargo.kernel.figure import Figure


def carried(home_minor: int, part: int, whole: int) -> int:
    """A part of a foreign balance carries the same part of its home value, half-up."""
    return half_up_whole(home_minor * part, whole)


def carrying_amount(home_value: Figure, part: Figure, balance: Figure) -> Figure:
    """The carrying amount of a part of a balance is its share of the home value: the moving average."""
    return (home_value * part).over(balance).named("carrying amount", per="term-exchange-difference")


def exchange_difference(value: Figure, carrying: Figure) -> Figure:
    """The exchange difference is the value at the day's rate less the carrying amount."""
    return (value - carrying).named("exchange difference", per="term-exchange-difference")


RULES = (carried, carrying_amount, exchange_difference)
