"""The arithmetic of size tiers, weight steps and storage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.kernel.figure import Figure
from supercargo.kernel.verdict import larger_of

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity

CUBIC_CM = {
    "m3": Figure.constant("0.000001", "m3/cm^3", "cubic metres in a cubic centimetre", per="term-volume"),
    "dm3": Figure.constant("0.001", "dm3/cm^3", "cubic decimetres in a cubic centimetre", per="term-volume"),
}
GRAMS_PER_POUND = Figure.constant("453.59237", "g/lb", "grams in a pound", per="term-dimensional-weight")
GRAMS_PER_KG = Figure.constant(1000, "g/kg", "grams in a kilogram", per="term-dimensional-weight")
CM3_PER_IN3 = Figure.constant("16.387064", "cm^3/in3", "cubic centimetres in a cubic inch", per="term-volume")
CM3_PER_FT3 = Figure.constant("28316.846592", "cm^3/ft3", "cubic centimetres in a cubic foot", per="term-volume")
DAYS_PER_MONTH = Figure.constant(30, "days/month", "days in a month of storage", per="term-storage-fee")


def volume(longest: Quantity, median: Quantity, shortest: Quantity) -> Quantity:
    """The volume of a packed unit is the product of its sides."""
    return (longest * median * shortest).named("volume", per="term-volume")


def dimensional_weight(size: Quantity, divisor: Quantity, *, imperial: bool = False) -> Quantity:
    """Dimensional weight is the volume divided by the platform's divisor, to the tenth of a gram."""
    grams = (size * GRAMS_PER_POUND).over(divisor * CM3_PER_IN3, 1) if imperial else (size * GRAMS_PER_KG).over(divisor, 1)
    return grams.named("dimensional weight", per="term-dimensional-weight")


def fee_with_steps(fee: Quantity, extra: Quantity, weight: Quantity, covered: Quantity, step: Quantity, per: str) -> Quantity:
    """Above the weight that the fee covers, each started step costs the further fee."""
    steps = (weight - covered).rounded_up(step).over(step, 0).named("further steps", per=per)
    return (fee + extra * steps).named("fulfilment fee", per=per)


def shipping_weight(unit: Quantity, dimensional: Quantity) -> Quantity:
    """The platform bills the greater of unit weight and dimensional weight."""
    return larger_of(unit, dimensional).named("shipping weight", per="term-shipping-weight")


def storage_per_unit(size: Quantity, fee: Quantity, months: Quantity) -> Quantity:
    """Storage is the monthly fee for the unit's volume, for the months that it lies there, to the cent."""
    return (size * fee * months).rounded().named("storage", per="term-storage-fee")


RULES = (volume, dimensional_weight, fee_with_steps, shipping_weight, storage_per_unit)
