"""The duty on goods entering a market on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.answer import Objection, Rung, climb, reaches, rungs
from supercargo.engines.customs.duty.facts import Decision, Facts
from supercargo.engines.customs.duty.rules import additional_duty, flat_duty, simplified_duty, tariff_duty, total
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Finding, Refused
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity
    from supercargo.reference.law import Band, Ladder, Law

NO_DUTY_KNOWN = "DUTY-404"
NO_SIMPLIFIED_IMPORT = "DUTY-410"


def decide(facts: Facts, law: Law) -> Decision:
    """Decide the duty: by the ladder for parcels to consumers, by the tariff for stock.

    Raises:
        Refused: DUTY-404 when the tariff's rate is needed and not known, whatever the value.
    """
    ladder = parcel_ladder(facts, law) if facts.business == "parcel" else None
    if ladder is None:
        return Decision(_by_tariff(facts).named("customs duty", per="term-customs-duty"))
    value = _measured(facts, ladder, law)
    steps = rungs(ladder, value, facts.consignment_items)
    outcomes = [_outcome(facts, band, ladder, law) for band in ladder.bands]
    return Decision(
        climb(steps, outcomes).named("customs duty", per=ladder.key),
        all_in=any(band.all_in for band in ladder.bands),
        flat=_flat_part(facts, ladder, steps, outcomes),
        objections=_objections(facts, ladder, steps, value),
    )


def _flat_part(facts: Facts, ladder: Ladder, steps: tuple[Rung, ...], outcomes: list[Quantity]) -> Quantity | None:
    if not any(band.treatment == "flat" for band in ladder.bands):
        return None
    none = _none(facts, ladder)
    parts = [outcome if rung.band.treatment == "flat" else none for rung, outcome in zip(steps, outcomes, strict=True)]
    return climb(steps, parts).named("flat duty owed", per=ladder.key)


def parcel_ladder(facts: Facts, law: Law) -> Ladder | None:
    """Find the ladder for parcels that the origin and the platform's registration lead to."""
    special = [f"customs.parcel_duty_{facts.origin.lower()}"]
    if not facts.platform_registered:
        special.insert(0, "customs.parcel_duty_non_prc")
    for rest in (*special, "customs.parcel_duty"):
        key = law.key_for(facts.market, rest)
        if law.knows(key):
            return law.ladder(key)
    return None


def _measured(facts: Facts, ladder: Ladder, law: Law) -> Quantity:
    value = facts.consignment_cif if ladder.measure == "cif" else facts.consignment_goods
    if ladder.currency in ("", facts.currency):
        return value
    here = law.rates.convert(value, facts.currency, ladder.currency)
    return here.named(f"consignment value in {ladder.currency}", per=ladder.key)


def _outcome(facts: Facts, band: Band, ladder: Ladder, law: Law) -> Quantity:
    match band.treatment if facts.uses(band.scheme) else "tariff":
        case "free":
            return Figure.nothing(facts.currency, "duty relief", per=ladder.key)
        case "flat" if band.flat is not None:
            return flat_duty(law.rates.convert(band.flat, ladder.currency, facts.currency), facts.categories)
        case "rate" if band.rate is not None:
            less = None if band.less is None else law.rates.convert(band.less, ladder.currency, facts.currency)
            return simplified_duty(facts.customs_value, band.rate, less)
        case "refuse":
            return _none(facts, ladder)
        case _:
            return _by_tariff(facts) if facts.terms is not None else _none(facts, ladder)


def _by_tariff(facts: Facts) -> Quantity:
    if facts.terms is None:
        raise Refused(_unknown(facts))
    duty = tariff_duty(facts.customs_value, facts.items, facts.weight, facts.terms)
    further = [additional_duty(facts.customs_value, rate) for rate in facts.terms.additional]
    return total([duty, *further]).named("duty by the tariff", per="term-tariff-duty") if further else duty


def _none(facts: Facts, ladder: Ladder) -> Quantity:
    return Figure.nothing(facts.currency, "no duty here", per=ladder.key)


def _objections(facts: Facts, ladder: Ladder, steps: tuple[Rung, ...], value: Quantity) -> tuple[Objection, ...]:
    found = []
    if (
        facts.terms is None
        and (reached := reaches(steps, lambda band: band.treatment == "tariff" or not facts.uses(band.scheme), value)) is not None
    ):
        found.append(Objection(reached, _unknown(facts)))
    if (reached := reaches(steps, lambda band: band.treatment == "refuse", value)) is not None:
        why = next(band.why for band in ladder.bands if band.treatment == "refuse")
        found.append(Objection(reached, _too_valuable(facts, ladder, why)))
    return tuple(found)


def _unknown(facts: Facts) -> Finding:
    message = said("no duty rate is known for these goods in {market}", market=facts.market)
    remedy = said('give it with --duty-rate, load the official tariff ("supercargo law load"), or put your ruling in an overlay')
    return Finding(NO_DUTY_KNOWN, "error", "hs_code", message, remedy)


def _too_valuable(facts: Facts, ladder: Ladder, why: object) -> Finding:
    message = said("a parcel of this value cannot be imported in a simplified way into {market}: {why}", market=facts.market, why=why)
    return Finding(NO_SIMPLIFIED_IMPORT, "error", "goods", message, "import it formally through a broker, or split the order", ladder.key)
