"""The price of one parcel, or of one unit's share of a first leg, by a rate card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from supercargo.engines.logistics.carrier_quote import first_leg, parcels
from supercargo.engines.logistics.ratecard import FirstLeg, ParcelService, Warehouse, takes
from supercargo.kernel.finding import refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.engines.logistics.carrier_quote.facts import Decision, Facts
    from supercargo.engines.logistics.ratecard import Offer
    from supercargo.reference.law import Law

NOT_SERVED = "FRT-201"
NOT_IN_FORCE = "FRT-202"
NO_BATTERIES = "FRT-203"


def decide(facts: Facts, law: Law) -> Decision:
    """Decide what an offer costs: for a parcel by its weight step, for a first leg as a share of the shipment.

    Raises:
        Refused: FRT-201 another country, FRT-202 not in force on the day, FRT-203 batteries are not
            carried, FRT-204 a first leg without the units of its shipment, FX-404 no rate of exchange.
    """
    _in_force(facts.offer, law)
    _served(facts)
    if isinstance(facts.offer, FirstLeg):
        return first_leg.quote(facts, facts.offer, law)
    return parcels.quote(facts, facts.offer, law)


def _in_force(offer: Offer, law: Law) -> None:
    terms = offer.terms
    if not terms.holds_on(law.day):
        message = said("the rates of {service} hold from {since}, not on {day}", service=terms.service, since=terms.since, day=law.day)
        if terms.until is not None and law.day >= terms.until:
            message = said("the rates of {service} ended before {until}", service=terms.service, until=terms.until)
        raise refuse(NOT_IN_FORCE, terms.card, message, "load the carrier's rate card of that day")


def _served(facts: Facts) -> None:
    offer = facts.offer
    countries = offer.countries if isinstance(offer, ParcelService) else (offer.country,)
    if facts.country not in countries:
        message = said("{service} has no price to {country}", service=offer.terms.service, country=facts.country)
        raise refuse(NOT_SERVED, offer.terms.card, message, "choose another service, or add the carrier's rows for that country")
    if isinstance(offer, FirstLeg | Warehouse) or takes(offer, facts.battery):
        return
    message = said("{service} does not carry goods with batteries ({battery})", service=offer.terms.service, battery=facts.battery)
    raise refuse(NO_BATTERIES, "battery", message, "choose a service that takes them, or ask the carrier")
