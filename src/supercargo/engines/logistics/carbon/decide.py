"""The carbon of a parcel's journey, leg by leg."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.logistics.carbon import rules
from supercargo.engines.logistics.carbon.facts import Decision, Facts, Leg
from supercargo.kernel.finding import refuse
from supercargo.kernel.unit import Unit

if TYPE_CHECKING:
    from supercargo.kernel.figure import Figure
    from supercargo.kernel.quantity import Quantity
    from supercargo.reference.law import Law

NO_LEGS = "CO2-101"
UNREADABLE_FACTOR = "CO2-102"
PER_TONNE_KM = Unit.of("g/tkm")


def decide(facts: Facts, law: Law) -> Decision:
    """Decide the carbon of a journey: tonnes times kilometres times the factor of each leg's mode.

    Raises:
        Refused: CO2-101 without legs; LAW-404 when a mode has no factor in the reference book.
    """
    if not facts.legs:
        raise refuse(NO_LEGS, "legs", "no leg of the journey is known, so its carbon cannot be computed", "give the modes and distances")
    legs = tuple(_leg(facts.weight, leg, law) for leg in facts.legs)
    return Decision(rules.total(legs), legs)


def _leg(weight: Quantity, leg: Leg, law: Law) -> Quantity:
    key = f"world.carbon.{leg.mode}"
    return rules.emissions(rules.transport_work(weight, leg.distance), _factor(key, law), key)


def _factor(key: str, law: Law) -> Figure:
    factor = law.amount(key)
    if factor.unit != PER_TONNE_KM:
        raise refuse(UNREADABLE_FACTOR, key, "this factor is not in grams per tonne-kilometre", "state it with unit g/tkm")
    return factor
