"""A rate card -> the rows of its sheet, such that reading them gives the same card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supercargo.connectors.ratecards.codes import SHEETS
from supercargo.connectors.sheet import Row
from supercargo.engines.logistics.ratecard import FirstLeg, ParcelService, Warehouse
from supercargo.kernel.figure import plain

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from supercargo.engines.logistics.ratecard import CarbonLeg, Offer, RateCard, Step, Terms


def render(card: RateCard) -> tuple[Row, ...]:
    """Write a card as rows of text, the heading first; ``parse(render(card)).cards == (card,)``."""
    names = [column.name for column in SHEETS[card.kind]]
    records = [record for offer in card.offers for record in _records(offer, card.kind == "express")]
    rows = [Row(number, tuple(record.get(name, "") for name in names)) for number, record in enumerate(records, start=2)]
    return Row(1, tuple(names)), *rows


def _records(offer: Offer, express: bool) -> list[dict[str, str]]:  # noqa: FBT001 - which of two sheets
    if isinstance(offer, FirstLeg):
        return [_first_leg(offer)]
    if isinstance(offer, Warehouse):
        return [_warehouse(offer) | _step(step, "g") for step in offer.delivery.steps]
    own = _express(offer) if express else _direct_line(offer)
    return [own | _step(step, "kg" if express else "g") for step in offer.steps]


def _terms(terms: Terms, service: str = "service") -> dict[str, str]:
    return {
        "card": terms.card, service: terms.service, f"{service}_en": terms.name.en, f"{service}_zh": terms.name.zh,
        "currency": terms.currency, "days_p50": str(terms.days_p50), "days_p90": str(terms.days_p90),
        "carbon_legs": "|".join(map(_carbon_leg, terms.carbon_legs)), "since": _day(terms.since), "until": _day(terms.until),
        "source": terms.source,
    }  # fmt: skip


def _parcels(service: ParcelService) -> dict[str, str]:
    return {
        "country": "|".join(service.countries), "zone": service.zone, "volumetric_divisor": _text(service.volumetric_divisor),
        "volumetric_counts_from": _text(service.volumetric_counts_from), "max_longest_cm": _text(service.limits.longest_cm),
        "tax_inclusive": _word(service.tax_inclusive),
    }  # fmt: skip


def _direct_line(service: ParcelService) -> dict[str, str]:
    return _terms(service.terms) | _parcels(service) | {
        "battery": "|".join(service.batteries), "minimum_weight_g": _grams(service.minimum_kg),
        "max_weight_g": _grams(service.limits.weight_kg), "max_length_plus_girth_cm": _text(service.limits.length_plus_girth_cm),
    }  # fmt: skip


def _express(service: ParcelService) -> dict[str, str]:
    extra = service.surcharges
    return _terms(service.terms) | _parcels(service) | {
        "countries": "|".join(service.countries), "minimum_weight_kg": _text(service.minimum_kg),
        "max_weight_kg": _text(service.limits.weight_kg),
        "fuel_surcharge_percent": _text(extra.fuel_percent), "remote_surcharge_per_kg": _text(extra.remote_per_kg),
        "remote_surcharge_minimum": _text(extra.remote_minimum), "residential_surcharge": _text(extra.residential),
    }  # fmt: skip


def _warehouse(house: Warehouse) -> dict[str, str]:
    return _terms(house.terms, "warehouse") | _parcels(house.delivery) | {
        "max_weight_g": _grams(house.delivery.limits.weight_kg), "extra_item_fee": _text(house.extra_item_fee),
        "inbound_fee_per_m3": _text(house.inbound_fee_per_m3), "storage_per_m3_day": _text(house.storage_per_m3_day),
        "free_storage_days": str(house.free_storage_days), "return_fee": _text(house.return_fee),
    }  # fmt: skip


def _first_leg(leg: FirstLeg) -> dict[str, str]:
    return _terms(leg.terms) | {
        "mode": leg.mode, "origin": leg.origin, "country": leg.country, "destination": leg.destination,
        "destination_en": leg.destination_name.en, "destination_zh": leg.destination_name.zh, "charged_by": leg.charged_by,
        "price_per_unit": _text(leg.price_per_unit), "minimum_units": _text(leg.minimum_units), "kg_per_m3": _text(leg.kg_per_m3),
        "volumetric_divisor": _text(leg.volumetric_divisor), "customs_fee_per_shipment": _text(leg.customs_fee),
        "extra_hs_line_fee": _text(leg.extra_hs_line_fee), "free_hs_lines": str(leg.free_hs_lines),
        "fixed_fee_per_shipment": _text(leg.fixed_fee),
        "includes_duty": _word(leg.includes_duty), "includes_import_vat": _word(leg.includes_import_vat),
    }  # fmt: skip


def _step(step: Step, unit: str) -> dict[str, str]:
    weight = _text if unit == "kg" else _grams
    ends = {f"weight_over_{unit}": weight(step.over_kg), f"weight_up_to_{unit}": weight(step.up_to_kg)}
    own = ends | {f"rounding_step_{unit}": weight(step.rounding_kg)}
    prices = {charge.column: _text(charge.amount) for charge in step.charges}
    return own | prices | {"kind": "step" if "price" in prices else "per_kg"}


def _text(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


def _grams(value: Decimal | None) -> str:
    return "" if value is None else plain(value.scaleb(3))


def _word(value: Any) -> str:
    return "yes" if value else "no"


def _day(value: date | None) -> str:
    return "" if value is None else value.isoformat()


def _carbon_leg(leg: CarbonLeg) -> str:
    return f"{leg.mode}:{plain(leg.distance_km)}"
