"""The arithmetic of the weight that is billed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.kernel.figure import Figure
from supercargo.kernel.verdict import choose, larger_of

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity
    from supercargo.kernel.verdict import Test

DIGITS = 6
"""Weights and volumes are carried to a milligram and a cubic centimetre."""

BILLED_WEIGHT = "term-chargeable-weight"
VOLUMETRIC_WEIGHT = "term-volumetric-weight"
WEIGHT_OR_MEASURE = "term-weight-or-measure"


def volume(length: Quantity, width: Quantity, height: Quantity) -> Quantity:
    """The volume of a parcel is its three outer sides multiplied."""
    cubic = Figure.of(1, "cm3/cm^3").named("cubic centimetre", per="term-volume")
    return (length * width * height * cubic).named("volume", per="term-volume")


def cubic_metres(cubic_centimetres: Quantity) -> Quantity:
    """A million cubic centimetres are a cubic metre."""
    million = Figure.of("0.000001", "m3/cm3").named("cubic metres per cubic centimetre", per="term-volume")
    return (cubic_centimetres * million).named("volume in m3", per="term-volume")


def put_into(size: Quantity, factor: Quantity, step: Quantity | None, name: str, per: str) -> Quantity:
    """Size is put into the unit of the bill by dividing; with a billing step it goes up to whole steps.

    The rounding up happens before the division, where nothing has been lost yet: 1,600.1 cm3 at
    8,000 cm3/kg is 0.2000125 kg, which a step of one gram bills as 0.201 kg.
    """
    if step is None:
        return size.over(factor, DIGITS).named(name, per=per)
    whole = (step * factor).named("size of a billing step", per=per)
    return size.rounded_up(whole).named("size in whole billing steps", per=per).over(factor, DIGITS).named(name, per=per)


def volumetric_counts(size: Quantity, actual: Quantity, factor: Quantity, times: Quantity) -> Test:
    """Volumetric weight counts from so many times the actual weight; asked on volumes, so exactly."""
    return (size >= actual * times * factor).named("volumetric weight counts", per=VOLUMETRIC_WEIGHT)


def to_steps(amount: Quantity, step: Quantity | None) -> Quantity:
    """Carriers bill whole steps: what is begun is billed."""
    return amount if step is None else amount.rounded_up(step)


def at_least(amount: Quantity, least: Quantity | None, step: Quantity | None) -> Quantity:
    """A carrier bills no less than its minimum, that too in whole steps."""
    return amount if least is None else larger_of(amount, to_steps(least, step))


def billed(actual: Quantity, volumetric: Quantity | None, counts: Test | None) -> Quantity:
    """Where the volumetric weight counts it is billed in full: it is then at least the actual weight."""
    if volumetric is None or counts is None:
        return actual
    return choose(counts, volumetric, actual)


def greatest_side(length: Quantity, width: Quantity, height: Quantity) -> Quantity:
    """The longest side decides whether a parcel fits a carrier's limit."""
    return larger_of(larger_of(length, width), height).named("longest side", per="term-longest-side")


def length_plus_girth(length: Quantity, width: Quantity, height: Quantity) -> Quantity:
    """Length plus girth is the longest side and twice the sum of the two others."""
    longest = greatest_side(length, width, height)
    others = length + width + height - longest
    return (longest + others + others).named("length plus girth", per="term-length-plus-girth")


RULES = (volume, cubic_metres, put_into, volumetric_counts, to_steps, at_least, billed, greatest_side, length_plus_girth)
