"""The arithmetic of keeping a unit in a warehouse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.kernel.figure import Figure
from supercargo.kernel.verdict import choose

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity

DIGITS = 4
"""A unit's share of a day's storage is often below a cent."""


def inbound(volume: Quantity, fee: Quantity) -> Quantity:
    """Receiving is charged by the volume put away."""
    return volume * fee


def charged_days(stock_days: Quantity, free: Quantity) -> Quantity:
    """Storage is charged for the days after the free ones."""
    none = Figure.nothing("days", "no charged days", per="term-storage-fee")
    return choose(stock_days > free, stock_days - free, none).named("charged storage days", per="term-storage-fee")


def storage(volume: Quantity, days: Quantity, fee: Quantity) -> Quantity:
    """Storage is charged by volume and day."""
    return volume * days * fee


RULES = (inbound, charged_days, storage)
