"""The arithmetic of the customs value."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity


def carriage_to_border(freight: Quantity, insurance: Quantity) -> Quantity:
    """Carriage to the border is freight and insurance together."""
    return (freight + insurance).named("carriage and insurance", per="term-carriage-to-border")


def cif_value(goods: Quantity, carriage: Quantity) -> Quantity:
    """The CIF value is the price of the goods with carriage and insurance to the border."""
    return (goods + carriage).named("CIF value", per="term-cif")


RULES = (carriage_to_border, cif_value)
