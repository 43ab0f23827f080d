"""The arithmetic between a payout and the bank."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity


def converted(booked: Quantity, rate: Quantity) -> Quantity:
    """What the bank booked is worth, in the payout's currency, its amount times the rate of that day, to the minor unit."""
    return (booked * rate).rounded().named("booked by the bank, at the rate of the day", per="term-rate-of-exchange")


def difference(arrived: Quantity, expected: Quantity) -> Quantity:
    """The difference is what arrived less what was expected: negative is money that somebody kept."""
    return (arrived - expected).named("difference at the bank", per="term-tie-out")


RULES = (converted, difference)
