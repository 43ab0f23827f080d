"""The arithmetic of a refund."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity


def at_stake(refunded: Quantity, reimbursed: Quantity) -> Quantity:
    """At stake is what was refunded for goods that did not come back, less what was reimbursed for them."""
    return (refunded - reimbursed).named("refunded without a return", per="term-refund-without-return")


def commission_kept(on_sale: Quantity, given_back: Quantity) -> Quantity:
    """The channel keeps its commission on the sale less what it gives back on the refund; fees are negative."""
    return (on_sale + given_back).named("commission kept on the refund", per="term-commission")


RULES = (at_stake, commission_kept)
