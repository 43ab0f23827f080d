"""The price of a parcel: its weight step, the surcharges for its address, the limits of the carrier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.answer import Objection
from supercargo.engines.logistics import chargeable_weight
from supercargo.engines.logistics.carrier_quote import rules
from supercargo.engines.logistics.carrier_quote.facts import Decision, Facts
from supercargo.engines.logistics.carrier_quote.steps import Weights, at_step, beyond
from supercargo.engines.logistics.ratecard import ParcelService, Warehouse, measure, price
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Finding
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from decimal import Decimal

    from supercargo.engines.logistics.ratecard import Charge, Step
    from supercargo.kernel.quantity import Quantity
    from supercargo.kernel.verdict import Test
    from supercargo.reference.law import Law

TOO_HEAVY = "FRT-301"
TOO_LONG = "FRT-302"
TOO_LARGE = "FRT-303"
NO_STEP = "FRT-304"
NO_REMOTE_PRICE = "FRT-305"

Decided = dict["Decimal | None", chargeable_weight.Decision]

NAMES = {
    "price_per_kg": "price per kg",
    "fee_per_parcel": "fee per parcel",
    "price": "price of the weight step",
    "pick_pack_fee": "picking and packing",
    "last_mile_fee": "last mile",
}


def quote(facts: Facts, offer: ParcelService | Warehouse, law: Law) -> Decision:
    """Quote a parcel by a service, or by a warehouse that delivers it."""
    service = offer.delivery if isinstance(offer, Warehouse) else offer
    decided = {rounding: _weight(facts, service, rounding, law) for rounding in dict.fromkeys(step.rounding_kg for step in service.steps)}
    weights: Weights = {rounding: decision.billed for rounding, decision in decided.items()}
    parts = _parts(facts, service, offer, weights)
    total = rules.total(parts).named("price by the rate card", per=rules.CARRIER_PRICE)
    converted = law.rates.convert(total, service.terms.currency, facts.currency)
    return Decision(
        offer, _own_weight(service, decided, weights), parts, total, converted.rounded().named("carrier price", per=rules.CARRIER_PRICE),
        *_days(service), service.tax_inclusive, _objections(facts, service, weights), _findings(facts, service),
    )  # fmt: skip


def _weight(facts: Facts, service: ParcelService, rounding: Decimal | None, law: Law) -> chargeable_weight.Decision:
    place, divisor = service.place, service.volumetric_divisor
    terms = chargeable_weight.Terms(
        divisor=None if divisor is None else measure(divisor, "cm3/kg", "volumetric divisor", place),
        counts_from=measure(service.volumetric_counts_from, "", "times the actual weight", place),
        least=None if service.minimum_kg is None else measure(service.minimum_kg, "kg", "minimum weight", place),
        step=None if rounding is None else measure(rounding, "kg", "billing step", place),
        volumetric=divisor is not None,
    )
    return chargeable_weight.decide(chargeable_weight.Facts(facts.parcel, terms), law)


def _own_weight(service: ParcelService, decided: Decided, weights: Weights) -> chargeable_weight.Decision:
    first, *others = decided.values()
    if not others:
        return first
    billed = at_step(service.steps, weights, lambda _, weight: weight).named("billed weight", per="term-chargeable-weight")
    return chargeable_weight.Decision(first.actual, first.volume, first.volumetric, first.counts, billed, first.because)


def _parts(facts: Facts, service: ParcelService, offer: ParcelService | Warehouse, weights: Weights) -> tuple[Quantity, ...]:
    freight = at_step(service.steps, weights, lambda step, weight: _outcome(service, step, weight)).named("freight", per="term-freight")
    address = [freight]
    if facts.remote and (remote := at_remote(service, weights)) is not None:
        address.append(remote)
    if facts.residential and service.surcharges.residential is not None:
        address.append(_price(service, service.surcharges.residential, "residential surcharge"))
    parts = list(address)
    if service.surcharges.fuel_percent is not None:
        fuel = Figure.percent(service.surcharges.fuel_percent, "fuel surcharge rate", path=service.place)
        parts.append(rules.fuel_surcharge(address, fuel))
    if isinstance(offer, Warehouse) and facts.items is not None:
        fee = price(offer.extra_item_fee, service.terms.currency, "fee per further item", service.place, "item")
        parts.append(rules.extra_items_fee(facts.items, fee))
    return tuple(parts)


def at_remote(service: ParcelService, weights: Weights) -> Quantity | None:
    """Give the remote area surcharge of the card, or nothing when it has none."""
    per_kg, least = service.surcharges.remote_per_kg, service.surcharges.remote_minimum
    if per_kg is None and least is None:
        return None
    billed = at_step(service.steps, weights, lambda _, weight: weight)
    each = None if per_kg is None else _price(service, per_kg, "remote surcharge per kg", "kg")
    return rules.remote_surcharge(billed, each, None if least is None else _price(service, least, "least remote surcharge"))


def _outcome(service: ParcelService, step: Step, weight: Quantity) -> Quantity:
    return rules.total([_charged(service, step, charge, weight) for charge in step.charges])


def _charged(service: ParcelService, step: Step, charge: Charge, weight: Quantity) -> Quantity:
    name = NAMES.get(charge.column, charge.column)
    if charge.per == "kg":
        return rules.by_weight(weight, price(charge.amount, service.terms.currency, name, step.place, "kg"))
    return price(charge.amount, service.terms.currency, name, step.place)


def _price(service: ParcelService, amount: Decimal, name: str, per: str = "") -> Figure:
    return price(amount, service.terms.currency, name, service.place, per)


def _days(service: ParcelService) -> tuple[Figure, Figure]:
    half = Figure.of(service.terms.days_p50, "days", "days (half arrive)", service.place)
    return half, Figure.of(service.terms.days_p90, "days", "days (nine in ten arrive)", service.place)


def _objections(facts: Facts, service: ParcelService, weights: Weights) -> tuple[Objection, ...]:
    parcel, limits, place = facts.parcel, service.limits, service.place
    sides = (parcel.length, parcel.width, parcel.height)
    found = []
    if limits.weight_kg is not None:
        limit = measure(limits.weight_kg, "kg", "greatest weight", place)
        found.append(_objection(TOO_HEAVY, "weight", parcel.weight > limit, service, limit))
    if limits.longest_cm is not None:
        limit = measure(limits.longest_cm, "cm", "greatest length", place)
        found.append(_objection(TOO_LONG, "length", chargeable_weight.greatest_side(*sides) > limit, service, limit))
    if limits.length_plus_girth_cm is not None:
        limit = measure(limits.length_plus_girth_cm, "cm", "greatest length plus girth", place)
        found.append(_objection(TOO_LARGE, "length", chargeable_weight.length_plus_girth(*sides) > limit, service, limit))
    end = service.steps[-1].up_to_kg
    if (above := beyond(service.steps, weights)) is not None and end is not None:
        found.append(_objection(NO_STEP, "weight", above, service, measure(end, "kg", "end of the last weight step", place)))
    return tuple(found)


_WHY = {
    TOO_HEAVY: "the parcel weighs more than {limit}, which {service} does not take",
    TOO_LONG: "a side of the parcel is longer than {limit}, which {service} does not take",
    TOO_LARGE: "length plus girth of the parcel are more than {limit}, which {service} does not take",
    NO_STEP: "the billed weight is over {limit}, for which {service} has no price",
}


def _objection(code: str, path: str, when: Test, service: ParcelService, limit: Figure) -> Objection:
    message = said(_WHY[code], limit=limit.shown(), service=service.terms.service)
    remedy = "choose another service, split the order or pack it smaller"
    return Objection(when, Finding(code, "error", path, message, remedy, service.terms.card))


def _findings(facts: Facts, service: ParcelService) -> tuple[Finding, ...]:
    surcharges = service.surcharges
    if not facts.remote or surcharges.remote_per_kg is not None or surcharges.remote_minimum is not None:
        return ()
    message = said("{service} states no surcharge for remote addresses, so none is in the price", service=service.terms.service)
    return (Finding(NO_REMOTE_PRICE, "warning", "remote", message, "ask the carrier and add it to the rate card", service.terms.card),)
