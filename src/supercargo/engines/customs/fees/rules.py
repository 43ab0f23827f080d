"""The arithmetic of processing and handling fees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.kernel.verdict import larger_of, smaller_of

if TYPE_CHECKING:
    from supercargo.kernel.figure import Figure
    from supercargo.kernel.quantity import Quantity


def ad_valorem_fee(customs_value: Quantity, rate: Figure, least: Quantity | None, most: Quantity | None) -> Quantity:
    """A fee by value is a rate on the customs value, at least and at most a fixed amount."""
    fee = (customs_value * rate).rounded()
    if least is not None:
        fee = larger_of(fee, least.rounded())
    return fee if most is None else smaller_of(fee, most.rounded())


def fee_per_unit(amount: Quantity, count: Quantity | None) -> Quantity:
    """A fee by count is an amount for each consignment, line, item category or kilogram."""
    return amount.rounded() if count is None else (count * amount).rounded()


RULES = (ad_valorem_fee, fee_per_unit)
