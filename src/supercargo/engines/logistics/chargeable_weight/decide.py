"""The weight or volume that a carrier bills for a parcel, or for many that travel together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.logistics.chargeable_weight import rules
from supercargo.engines.logistics.chargeable_weight.facts import Decision, Facts, Terms
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import refuse
from supercargo.kernel.label import Label, pick_word
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity
    from supercargo.kernel.verdict import Test
    from supercargo.reference.law import Law

TIMES_BELOW_ONE = "FRT-101"


def decide(facts: Facts, law: Law) -> Decision:
    """Decide what is billed: the actual weight or the volumetric one, in steps, with the minimum.

    Raises:
        Refused: the card gives no divisor and the reference book has none for the day; FRT-101.
    """
    weight, volume = _together(facts)
    if facts.terms.measure == "m3":
        return _by_measure(weight, volume, facts.terms, law)
    return _by_weight(weight, volume, facts.terms, law)


def _together(facts: Facts) -> tuple[Quantity, Quantity]:
    parcel = facts.parcel
    volume = rules.volume(parcel.length, parcel.width, parcel.height)
    if facts.count is None:
        return parcel.weight, volume
    pieces = (facts.count * Figure.of(1, "1/item")).named("number of parcels", per="term-chargeable-weight")
    weight = (parcel.weight * pieces).named("weight of the shipment", per="term-gross-weight")
    return weight, (volume * pieces).named("volume of the shipment", per="term-volume")


def _by_weight(weight: Quantity, volume: Quantity, terms: Terms, law: Law) -> Decision:
    actual = rules.to_steps(weight, terms.step)
    if not terms.volumetric:
        return _decided(weight, volume, None, None, actual, terms)
    divisor = terms.divisor if terms.divisor is not None else law.amount(terms.divisor_key)
    volumetric = rules.put_into(volume, divisor, terms.step, "volumetric weight", rules.VOLUMETRIC_WEIGHT)
    counts = rules.volumetric_counts(volume, weight, divisor, _times(terms))
    return _decided(weight, volume, volumetric, counts, actual, terms)


def _by_measure(weight: Quantity, volume: Quantity, terms: Terms, law: Law) -> Decision:
    density = terms.density if terms.density is not None else law.amount(terms.density_key)
    measured = rules.cubic_metres(volume).rounded(rules.DIGITS).named("volume to a cubic centimetre", per=rules.WEIGHT_OR_MEASURE)
    as_volume = rules.put_into(weight, density, terms.step, "weight as volume", rules.WEIGHT_OR_MEASURE)
    counts = (weight >= measured * density).named("weight counts as volume", per=rules.WEIGHT_OR_MEASURE)
    return _decided(weight, measured, as_volume, counts, rules.to_steps(measured, terms.step), terms)


def _decided(
    weight: Quantity, volume: Quantity, volumetric: Quantity | None, counts: Test | None, actual: Quantity, terms: Terms
) -> Decision:
    what, per = ("volume", rules.WEIGHT_OR_MEASURE) if terms.measure == "m3" else ("weight", rules.BILLED_WEIGHT)
    before = rules.billed(actual, volumetric, counts)
    if terms.least is not None:
        before = before.named(f"{what} before the minimum", per=per)
    billed = rules.at_least(before, terms.least, terms.step).named(f"billed {what}", per=per)
    return Decision(weight, volume, volumetric, counts, billed, _because(before, counts, terms))


def _because(before: Quantity, counts: Test | None, terms: Terms) -> Label:
    plain, other = ("volume", "weight as volume") if terms.measure == "m3" else ("actual", "volumetric")
    word: Label | str = plain if counts is None else pick_word(counts, other, plain)
    if terms.least is not None:
        return pick_word(before < terms.least, "minimum", word)
    return word if isinstance(word, Label) else Label((word,))


def _times(terms: Terms) -> Quantity:
    times = terms.counts_from
    if times is None:
        return Figure.of(1, "").named("times the actual weight", per=rules.VOLUMETRIC_WEIGHT)
    if isinstance(times, Figure) and times.amount < 1:
        message = said("volumetric weight cannot count from {times} times the actual weight", times=times.shown())
        raise refuse(TIMES_BELOW_ONE, "volumetric_counts_from", message, "give 1 (always) or more, such as 2")
    return times
