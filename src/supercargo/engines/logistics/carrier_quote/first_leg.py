"""A unit's share of carrying a whole shipment of stock abroad."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.logistics import chargeable_weight
from supercargo.engines.logistics.carrier_quote import rules
from supercargo.engines.logistics.carrier_quote.facts import Decision, Facts
from supercargo.engines.logistics.ratecard import FirstLeg, measure, price
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import refuse

if TYPE_CHECKING:
    from supercargo.kernel.quantity import Quantity
    from supercargo.reference.law import Law

NO_UNITS = "FRT-204"


def quote(facts: Facts, leg: FirstLeg, law: Law) -> Decision:
    """Quote the share that one unit bears of a shipment of equal units."""
    if facts.units is None:
        raise refuse(NO_UNITS, "units", "a first leg is shared among the units of a shipment, and their number is not known", "give units")
    weight = _weight(facts, leg, facts.units, law)
    parts = _parts(leg, weight.billed, facts.hs_lines)
    total = rules.total(parts).named("price of the shipment", per=rules.FIRST_LEG)
    converted = law.rates.convert(total, leg.terms.currency, facts.currency)
    days = [Figure.of(count, "days", name, leg.place) for count, name in _days(leg)]
    inclusive = leg.includes_duty and leg.includes_import_vat
    return Decision(leg, weight, parts, total, rules.share_per_unit(converted, facts.units), days[0], days[1], inclusive)


def _weight(facts: Facts, leg: FirstLeg, units: Quantity, law: Law) -> chargeable_weight.Decision:
    divisor, density, least = leg.volumetric_divisor, leg.kg_per_m3, leg.minimum_units
    terms = chargeable_weight.Terms(
        measure=leg.charged_by,
        divisor=None if divisor is None else measure(divisor, "cm3/kg", "volumetric divisor", leg.place),
        density=None if density is None else measure(density, "kg/m3", "billed weight of a cubic metre", leg.place),
        least=None if least is None else measure(least, leg.charged_by, "least billed", leg.place),
        volumetric=divisor is not None,
    )
    return chargeable_weight.decide(chargeable_weight.Facts(facts.parcel, terms, units), law)


def _parts(leg: FirstLeg, billed: Quantity, hs_lines: int) -> tuple[Quantity, ...]:
    currency, place = leg.terms.currency, leg.place
    each = price(leg.price_per_unit, currency, "price per unit billed", place, leg.charged_by)
    further = price(leg.extra_hs_line_fee, currency, "fee per further tariff line", place)
    return (
        rules.by_weight(billed, each).named("first-leg carriage", per=rules.FIRST_LEG),
        price(leg.customs_fee, currency, "customs handling", place),
        rules.extra_lines_fee(hs_lines, leg.free_hs_lines, further),
        price(leg.fixed_fee, currency, "documents and handling", place),
    )


def _days(leg: FirstLeg) -> tuple[tuple[int, str], ...]:
    return (leg.terms.days_p50, "days (half arrive)"), (leg.terms.days_p90, "days (nine in ten arrive)")
