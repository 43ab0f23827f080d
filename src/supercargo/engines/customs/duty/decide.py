"""The duty on goods entering a market on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.answer import Objection, Rung, climb, objections, rungs
from supercargo.engines.consignment import ladder_for, measured
from supercargo.engines.customs.duty.facts import Decision, Facts
from supercargo.engines.customs.duty.post import postal_rate, without_postal_rate
from supercargo.engines.customs.duty.rules import additional_duty, flat_duty, postal_duty, simplified_duty, tariff_duty, total
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Finding, Refused
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity
    from supercargo.reference.law import Band, Ladder, Law

NO_DUTY_KNOWN = "DUTY-404"
NO_WEIGHT = "DUTY-406"
NO_SIMPLIFIED_IMPORT = "DUTY-410"


def decide(facts: Facts, law: Law) -> Decision:
    """Decide the duty: by the ladder for parcels to consumers, by the tariff for stock.

    Raises:
        Refused: DUTY-404 or DUTY-406 when the tariff's duty is needed and cannot be known, whatever the value.
    """
    consignment = facts.consignment
    ladder = ladder_for(consignment, "parcel_duty", law) if consignment.business == "parcel" else None
    if ladder is None:
        return Decision(_by_tariff(facts).named("customs duty", per="term-customs-duty"))
    post = postal_rate(consignment, law)
    steps = rungs(ladder, *measured(consignment, ladder, law))
    outcomes = [_outcome(facts, band, ladder, post, law) for band in ladder.bands]
    return Decision(
        climb(steps, outcomes).named("customs duty", per=ladder.key),
        flat=_flat_part(facts, ladder, steps, outcomes),
        objections=_objections(facts, ladder, steps, post),
        findings=without_postal_rate(consignment, post, law),
    )


def _outcome(facts: Facts, band: Band, ladder: Ladder, post: Figure | None, law: Law) -> Quantity:
    match _treatment(facts, band):
        case "free":
            return Figure.nothing(facts.currency, "duty relief", per=ladder.key)
        case "flat" if band.flat is not None:
            return flat_duty(law.rates.convert(band.flat, ladder.currency, facts.currency), facts.categories)
        case "rate" if not _lacks_weight(facts, band):
            return _simplified(facts, band, ladder, law)
        case "tariff" if post is not None:
            return postal_duty(facts.customs_value, post)
        case "tariff" if _lacking(facts) is None:
            return _by_tariff(facts)
        case _:
            return _none(facts, ladder)


def _treatment(facts: Facts, band: Band) -> str:
    """Give what a band does; outside its scheme the goods go by the tariff."""
    return band.treatment if facts.consignment.uses(band.scheme) else "tariff"


def _simplified(facts: Facts, band: Band, ladder: Ladder, law: Law) -> Quantity:
    own = None if facts.terms is None else facts.terms.parcel_rate
    rate = band.rate if own is None else own
    if rate is None:
        return _none(facts, ladder)
    less, per_kg = (
        None if amount is None else law.rates.convert(amount, ladder.currency, facts.currency) for amount in (band.less, band.least_per_kg)
    )
    least = None if per_kg is None or facts.weight is None else facts.weight * per_kg
    source = ladder.key if own is None or facts.terms is None else facts.terms.parcel_source
    return simplified_duty(facts.customs_value, rate, less, least, source)


def _by_tariff(facts: Facts) -> Quantity:
    lacking = _lacking(facts)
    if facts.terms is None or lacking is not None:
        raise Refused(lacking or _unknown(facts))
    duty = tariff_duty(facts.customs_value, facts.consignment.line.items, facts.weight, facts.terms)
    further = [additional_duty(facts.customs_value, rate) for rate in facts.terms.additional]
    return total([duty, *further]).named("duty by the tariff", per="term-tariff-duty") if further else duty


def _flat_part(facts: Facts, ladder: Ladder, steps: tuple[Rung, ...], outcomes: list[Quantity]) -> Quantity | None:
    if not any(band.treatment == "flat" for band in ladder.bands):
        return None
    none = _none(facts, ladder)
    parts = [outcome if rung.band.treatment == "flat" else none for rung, outcome in zip(steps, outcomes, strict=True)]
    return climb(steps, parts).named("flat duty owed", per=ladder.key)


def _none(facts: Facts, ladder: Ladder) -> Quantity:
    return Figure.nothing(facts.currency, "no duty here", per=ladder.key)


def _objections(facts: Facts, ladder: Ladder, steps: tuple[Rung, ...], post: Figure | None) -> tuple[Objection, ...]:
    found: list[Objection] = []
    if post is None and (lacking := _lacking(facts)) is not None:
        found.extend(objections(steps, lambda band: _treatment(facts, band) == "tariff", lacking))
    found.extend(objections(steps, lambda band: _treatment(facts, band) == "rate" and _lacks_weight(facts, band), _weight_missing()))
    why = next((band.why for band in ladder.bands if band.treatment == "refuse"), "")
    found.extend(objections(steps, lambda band: _treatment(facts, band) == "refuse", _too_valuable(facts, ladder, why)))
    return tuple(found)


def _lacking(facts: Facts) -> Finding | None:
    """Say what the tariff's duty needs and does not have."""
    if facts.terms is None or not facts.terms.tariff_known:
        return _unknown(facts)
    return _weight_missing() if facts.weight is None and facts.terms.by_weight else None


def _lacks_weight(facts: Facts, band: Band) -> bool:
    return band.least_per_kg is not None and facts.weight is None


def _unknown(facts: Facts) -> Finding:
    message = said("no duty rate is known for these goods in {market}", market=facts.consignment.market)
    remedy = said('give it with --duty-rate, load the official tariff ("supercargo law load"), or put your ruling in an overlay')
    return Finding(NO_DUTY_KNOWN, "error", "hs_code", message, remedy)


def _weight_missing() -> Finding:
    message = said("the duty is charged by weight, and the weight is not given")
    return Finding(NO_WEIGHT, "error", "weight_kg", message, "give the weight with --weight")


def _too_valuable(facts: Facts, ladder: Ladder, why: object) -> Finding:
    message = said(
        "a parcel of this value cannot be imported in a simplified way into {market}: {why}", market=facts.consignment.market, why=why
    )
    return Finding(NO_SIMPLIFIED_IMPORT, "error", "goods", message, "import it formally through a broker, or split the order", ladder.key)
