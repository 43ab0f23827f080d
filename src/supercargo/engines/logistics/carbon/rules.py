"""The arithmetic of transport emissions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.kernel.figure import Figure

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity

DIGITS = 6
"""A leg is stated to a milligram, so that a light parcel's last mile is not zero."""


def transport_work(weight: Quantity, distance: Quantity) -> Quantity:
    """Transport work is tonnes times kilometres.

    Source: ISO 14083 and the GLEC Framework.
    """
    tonnes = Figure.of("0.001", "tkm/kg/km").named("tonnes per kilogram", per="term-transport-work")
    return (weight * distance * tonnes).named("transport work", per="term-transport-work")


def emissions(work: Quantity, factor: Quantity, key: str) -> Quantity:
    """Emissions of a leg are its transport work times the factor of its mode, in kg of CO2 equivalent."""
    kilograms = Figure.of("0.001", "kg/g").named("kilograms per gram", per="term-carbon")
    return (work * factor * kilograms).rounded(DIGITS).named("carbon of the leg", per=key)


def total(legs: tuple[Quantity, ...]) -> Quantity:
    """The journey's carbon is the sum of its legs."""
    first, *others = legs
    for other in others:
        first = first + other
    return first.named("carbon of the journey", per="term-carbon")


RULES = (transport_work, emissions, total)
