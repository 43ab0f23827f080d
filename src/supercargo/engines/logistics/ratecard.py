"""The nouns of a rate card: services with weight steps, first legs, warehouses abroad.

They hold exact decimals as the sheet states them. ``place`` says which row of which file a value
came from; it takes no part in comparing two cards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from supercargo.kernel.figure import Figure
from supercargo.kernel.unit import RATIO, Unit

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from supercargo.kernel.words import Bilingual

Kind = Literal["direct_line", "express", "first_leg", "local_delivery"]
KINDS: tuple[Kind, ...] = ("direct_line", "express", "first_leg", "local_delivery")
Per = Literal["parcel", "kg"]


@dataclass(frozen=True, slots=True)
class CarbonLeg:
    """A stretch of the way: the mode is a fact below ``world.carbon``."""

    mode: str
    distance_km: Decimal


@dataclass(frozen=True, slots=True)
class Terms:
    """What every offer states: whose it is, in which currency, how long it takes, how long it holds."""

    card: str
    service: str
    name: Bilingual
    currency: str
    days_p50: int
    days_p90: int
    carbon_legs: tuple[CarbonLeg, ...]
    since: date
    until: date | None
    source: str

    def holds_on(self, day: date) -> bool:
        """Tell whether the offer is in force: ``since`` is its first day, ``until`` the first without it."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class Charge:
    """One price of a step, by the name of its column: so much for each parcel or each kilogram."""

    column: str
    amount: Decimal
    per: Per


@dataclass(frozen=True, slots=True)
class Step:
    """The prices for billed weights over one weight, up to and including another (open when absent)."""

    over_kg: Decimal
    up_to_kg: Decimal | None
    rounding_kg: Decimal | None
    charges: tuple[Charge, ...]
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Limits:
    """The greatest parcel that the carrier takes; an absent limit does not limit."""

    weight_kg: Decimal | None = None
    longest_cm: Decimal | None = None
    length_plus_girth_cm: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Surcharges:
    """What comes on top; an absent surcharge does not apply."""

    fuel_percent: Decimal | None = None
    remote_per_kg: Decimal | None = None
    remote_minimum: Decimal | None = None
    residential: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ParcelService:
    """A service from door to door for parcels to some countries, with its prices by weight."""

    terms: Terms
    countries: tuple[str, ...]
    zone: str
    batteries: tuple[str, ...]
    volumetric_divisor: Decimal | None
    volumetric_counts_from: Decimal
    minimum_kg: Decimal | None
    steps: tuple[Step, ...]
    limits: Limits
    surcharges: Surcharges
    tax_inclusive: bool
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class FirstLeg:
    """Carriage of a whole shipment of stock to a warehouse abroad."""

    terms: Terms
    mode: str
    origin: str
    country: str
    destination: str
    destination_name: Bilingual
    charged_by: Literal["kg", "m3"]
    price_per_unit: Decimal
    minimum_units: Decimal | None
    kg_per_m3: Decimal | None
    volumetric_divisor: Decimal | None
    customs_fee: Decimal
    extra_hs_line_fee: Decimal
    free_hs_lines: int
    fixed_fee: Decimal
    includes_duty: bool
    includes_import_vat: bool
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Warehouse:
    """A warehouse abroad: delivery of its parcels by weight, and what keeping the goods costs."""

    delivery: ParcelService
    extra_item_fee: Decimal
    inbound_fee_per_m3: Decimal
    storage_per_m3_day: Decimal
    free_storage_days: int
    return_fee: Decimal

    @property
    def terms(self) -> Terms:
        """Give what every offer states."""
        return self.delivery.terms

    @property
    def country(self) -> str:
        """Give the country that the warehouse stands in and delivers to."""
        return self.delivery.countries[0]


Offer = ParcelService | FirstLeg | Warehouse


@dataclass(frozen=True, slots=True)
class RateCard:
    """One carrier's or forwarder's sheet: offers of one kind."""

    name: str
    kind: Kind
    offers: tuple[Offer, ...]

    def parcel_services(self, country: str, day: date, battery: str = "none") -> tuple[ParcelService, ...]:
        """List the services that take such a parcel to a country on a day."""
        services = (offer for offer in self.offers if isinstance(offer, ParcelService) and offer.terms.holds_on(day))
        return tuple(service for service in services if country in service.countries and takes(service, battery))

    def first_legs(self, country: str, day: date, destination: str = "") -> tuple[FirstLeg, ...]:
        """List the ways of bringing stock to a country, to one destination or to any."""
        legs = (offer for offer in self.offers if isinstance(offer, FirstLeg))
        return tuple(leg for leg in legs if leg.terms.holds_on(day) and leg.country == country and destination in ("", leg.destination))

    def warehouses(self, country: str, day: date) -> tuple[Warehouse, ...]:
        """List the warehouses of a country on a day."""
        houses = (offer for offer in self.offers if isinstance(offer, Warehouse))
        return tuple(house for house in houses if house.terms.holds_on(day) and house.country == country)


def takes(service: ParcelService, battery: str) -> bool:
    """Tell whether a service carries such batteries; a card that says nothing about them takes only none."""
    return battery in (service.batteries or ("none",))


def price(amount: Decimal, currency: str, name: str, place: str, per: str = "") -> Figure:
    """Make a figure of a card's price, which remembers the row that it stands in."""
    return Figure.of(amount, Unit.of(f"{currency}/{per}" if per else currency), name, path=place)


def measure(amount: Decimal, unit: str, name: str, place: str) -> Figure:
    """Make a figure of a card's weight, length, factor or number of days."""
    return Figure.of(amount, Unit.of(unit) if unit else RATIO, name, path=place)
