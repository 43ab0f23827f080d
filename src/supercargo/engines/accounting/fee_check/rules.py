"""The arithmetic of a fee against its tariff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.kernel.figure import Figure

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity

WHOLE = Figure.constant(1, "", "one", per="term-counting-unit")


def with_surcharge(fee: Quantity, rate: Quantity) -> Quantity:
    """The fulfilment fee with its fuel surcharge is the fee and its share on top, to the minor unit."""
    return (fee * (WHOLE + rate)).rounded().named("fulfilment fee with fuel surcharge", per="term-fuel-surcharge")


def by_tariff(each: Quantity, units: Quantity) -> Quantity:
    """By the tariff all units cost the fee of one, times their number."""
    return (each * units).named("fee by the tariff", per="term-fulfilment-fee")


def overcharge(charged: Quantity, tariff: Quantity) -> Quantity:
    """Charged too much is what was charged less what the tariff says."""
    return (charged - tariff).named("charged above the tariff", per="term-overcharge")


RULES = (with_surcharge, by_tariff, overcharge)
