"""The arithmetic of an order and its payment."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity


def difference(paid: Quantity, charged: Quantity) -> Quantity:
    """The difference is what was paid for an order less what the buyer was charged: negative is money that is missing."""
    return (paid - charged).named("difference of the order", per="term-tie-out")


RULES = (difference,)
