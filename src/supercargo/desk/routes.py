"""How a product travels to a market: each route's carriage, duty, storage, days and carbon, per unit."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from supercargo.engines.customs.duty import terms_of
from supercargo.engines.logistics import carbon, carrier_quote, warehouse_cost
from supercargo.engines.logistics.chargeable_weight import Parcel
from supercargo.engines.pricing import landed_cost
from supercargo.kernel.figure import Figure, single
from supercargo.kernel.finding import Finding, Refused, refuse
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from supercargo.connectors.catalogue import Product
    from supercargo.connectors.company import Company
    from supercargo.engines.logistics.ratecard import CarbonLeg, FirstLeg, ParcelService, RateCard, Warehouse
    from supercargo.reference.law import Law

DAYS_PER_MONTH = 30
ASSUMED_MONTHLY_UNITS = 100


@dataclass(frozen=True, slots=True)
class Carriage:
    """What one unit's way costs and takes; money in the market's currency, per unit sold."""

    delivery: Figure
    first_leg: Figure
    duty: Figure
    import_fees: Figure
    storage: Figure
    stock_days: Figure
    days_tied: Figure
    days_p50: Figure
    days_p90: Figure
    carbon: Figure
    services: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Cards:
    """The rate cards of a company, by what they are asked for."""

    cards: tuple[RateCard, ...]

    def parcel_services(self, market: str, law: Law, battery: str) -> tuple[ParcelService, ...]:
        """List the services that take a parcel to a market."""
        return tuple(service for card in self.cards for service in card.parcel_services(market, law.day, battery))

    def first_legs(self, market: str, law: Law, destination: str) -> tuple[FirstLeg, ...]:
        """List the ways of bringing stock to a market."""
        return tuple(leg for card in self.cards for leg in card.first_legs(market, law.day, destination))

    def warehouses(self, market: str, law: Law) -> tuple[Warehouse, ...]:
        """List the warehouses in a market."""
        return tuple(house for card in self.cards for house in card.warehouses(market, law.day))


def carriages(product: Product, market: str, currency: str, company: Company, cards: Cards, law: Law) -> dict[str, Carriage | Refused]:
    """Work out every route of a product to a market; a route that cannot be computed carries its refusal."""
    found: dict[str, Carriage | Refused] = {}
    for route, work in (("direct", _direct), ("warehouse", _warehouse), ("fba", _fba)):
        try:
            found[route] = work(product, market, currency, company, cards, law)
        except Refused as refusal:
            found[route] = refusal
    return found


def _direct(product: Product, market: str, currency: str, company: Company, cards: Cards, law: Law) -> Carriage:
    services = cards.parcel_services(market, law, product.battery)
    if not services:
        raise _no_card("direct", market, "direct line or express")
    quote = _cheapest(product, market, currency, services, law)
    none = Figure.nothing(currency, "no stock abroad", per="term-direct-mail")
    return Carriage(
        delivery=single(quote.price).named("delivery", per="term-last-mile"), first_leg=none.named("first leg"), duty=none.named("customs duty"),
        import_fees=none.named("import fees"), storage=none.named("storage"), stock_days=_days(0, "days in store"),
        days_tied=_days(company.policy.payout_days_max + int(quote.days_p50.amount), "days cash is tied up"),
        days_p50=quote.days_p50, days_p90=quote.days_p90, carbon=_carbon(product, quote.offer.terms.carbon_legs, law),
        services=(quote.offer.terms.service,), findings=quote.findings,
    )  # fmt: skip


def _warehouse(product: Product, market: str, currency: str, company: Company, cards: Cards, law: Law) -> Carriage:
    houses = cards.warehouses(market, law)
    if not houses:
        raise _no_card("warehouse", market, "local delivery")
    stock = _stock(product, market, currency, "warehouse", company, cards, law)
    quotes = []
    for house in houses:
        facts = carrier_quote.Facts(house, market, currency, _parcel(product), product.battery)
        quotes.append((house, carrier_quote.decide(facts, law)))
    fitting = [(house, quote) for house, quote in quotes if not quote.refusals]
    if not fitting:
        raise Refused(*quotes[0][1].refusals)
    house, quote = min(fitting, key=lambda pair: single(pair[1].price).amount)
    kept = warehouse_cost.decide(warehouse_cost.Facts(house, currency, _parcel(product), stock.stock_days), law)
    return Carriage(
        delivery=single(quote.price).named("delivery", per="term-last-mile"), first_leg=stock.first_leg, duty=stock.duty,
        import_fees=stock.import_fees, storage=single(kept.total).rounded().named("storage", per="term-storage-fee"), stock_days=stock.stock_days,
        days_tied=stock.days_tied, days_p50=quote.days_p50, days_p90=quote.days_p90,
        carbon=_carbon(product, (*stock.legs, *house.terms.carbon_legs), law), services=(*stock.services, house.terms.service),
        findings=(*stock.findings, *quote.findings),
    )  # fmt: skip


def _fba(product: Product, market: str, currency: str, company: Company, cards: Cards, law: Law) -> Carriage:
    stock = _stock(product, market, currency, "fba", company, cards, law)
    none = Figure.nothing(currency, "delivery is in the fulfilment fee", per="term-fulfilment-fee")
    return Carriage(
        delivery=none, first_leg=stock.first_leg, duty=stock.duty, import_fees=stock.import_fees, storage=none.named("storage"),
        stock_days=stock.stock_days, days_tied=stock.days_tied, days_p50=_days(2, "days to the buyer, half of them"),
        days_p90=_days(4, "days to the buyer, nine in ten"), carbon=_carbon(product, stock.legs, law), services=stock.services,
        findings=stock.findings,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Stock:
    first_leg: Figure
    duty: Figure
    import_fees: Figure
    stock_days: Figure
    days_tied: Figure
    legs: tuple[CarbonLeg, ...]
    services: tuple[str, ...]
    findings: tuple[Finding, ...]


def _stock(product: Product, market: str, currency: str, destination: str, company: Company, cards: Cards, law: Law) -> _Stock:
    legs = cards.first_legs(market, law, destination)
    if not legs:
        raise _no_card(destination, market, "first leg")
    cover = company.policy.stock_cover_days
    units = _units(product, cover)
    facts = [carrier_quote.Facts(leg, market, currency, _parcel(product), product.battery, units=units) for leg in legs]
    choice = carrier_quote.compare([carrier_quote.decide(fact, law) for fact in facts])
    if choice.cheapest is None:
        raise Refused(*choice.refused[0].refusals)
    leg = choice.cheapest
    landed, findings = _imported(product, market, currency, single(leg.price), units, law)
    each = Figure.of(1, "1/item", "per item")
    count = (units * each).named("units of the shipment", per="term-first-leg")
    days = cover // 2 + int(leg.days_p50.amount) + company.policy.payout_days_max
    return _Stock(
        first_leg=single(leg.price).named("first leg", per="term-first-leg"), duty=single(landed.duty).over(count).named("customs duty", per="term-customs-duty"),
        import_fees=single(landed.fees).over(count).named("import fees", per="term-processing-fee"), stock_days=_days(cover // 2, "days in store"),
        days_tied=_days(days, "days cash is tied up"), legs=leg.offer.terms.carbon_legs, services=(leg.offer.terms.service,),
        findings=(*leg.findings, *findings),
    )  # fmt: skip


def _imported(
    product: Product, market: str, currency: str, first_leg: Figure, units: Figure, law: Law
) -> tuple[landed_cost.Decision, tuple[Finding, ...]]:
    """Import the whole shipment as stock: valued at cost, by the tariff, import tax recovered."""
    each = Figure.of(1, "1/item", "per item")
    given = Figure.money(product.unit_cost, product.currency, "unit cost", path=f"{product.sku}.unit_cost")
    unit = law.rates.convert(given, product.currency, currency).rounded().named("unit cost", per="term-unit-cost")
    goods = (unit * units * each).named("goods of the shipment", per="term-customs-value")
    freight = (first_leg * units * each).named("freight of the shipment", per="term-first-leg")
    weight = (Figure.of(product.weight_g / 1000, "kg", "unit weight") * units * each).named("weight of the shipment", per="term-first-leg")
    tariffed = terms_of(law, market, product.hs_code, product.origin, currency)
    if tariffed.terms is None:
        raise Refused(*(finding if finding.severity == "error" else _as_error(finding) for finding in tariffed.findings))
    decision = landed_cost.decide(
        landed_cost.Facts(
            market=market, origin=product.origin, business="commercial", channel="own_site", mode="sea", schemes=frozenset(),
            tax_class=product.tax_class, currency=currency, goods=goods, freight=freight,
            insurance=Figure.money(0, currency, "insurance", path="insurance"), items=units,
            categories=Figure.of(1, "item", "item categories", path="hs_code"), weight=weight, terms=tariffed.terms,
        ),
        law,
    )  # fmt: skip
    return decision, (*tariffed.findings, *decision.findings)


def _cheapest(product: Product, market: str, currency: str, services: tuple[ParcelService, ...], law: Law) -> carrier_quote.Decision:
    facts = [carrier_quote.Facts(service, market, currency, _parcel(product), product.battery) for service in services]
    choice = carrier_quote.compare([carrier_quote.decide(fact, law) for fact in facts])
    if choice.cheapest is None:
        raise Refused(*choice.refused[0].refusals)
    return choice.cheapest


def _parcel(product: Product) -> Parcel:
    path = product.sku
    return Parcel(
        Figure.of(product.weight_g / 1000, "kg", "gross weight", path=f"{path}.weight_g"),
        Figure.of(product.length_cm, "cm", "length", path=f"{path}.length_cm"),
        Figure.of(product.width_cm, "cm", "width", path=f"{path}.width_cm"),
        Figure.of(product.height_cm, "cm", "height", path=f"{path}.height_cm"),
    )


def _units(product: Product, cover_days: int) -> Figure:
    monthly = product.monthly_units or ASSUMED_MONTHLY_UNITS
    return Figure.of(max(1, monthly * cover_days // DAYS_PER_MONTH), "item", "units of a shipment", path=f"{product.sku}.monthly_units")


def _carbon(product: Product, legs: tuple[CarbonLeg, ...], law: Law) -> Figure:
    way = tuple(carbon.Leg(leg.mode, Figure.of(leg.distance_km, "km", "distance")) for leg in legs)
    weight = Figure.of(product.weight_g / 1000, "kg", "gross weight", path=f"{product.sku}.weight_g")
    return single(carbon.decide(carbon.Facts(weight, way), law).total)


def _days(number: int, name: str) -> Figure:
    return Figure.of(Decimal(number), "days", name, path="company.policy")


def _no_card(route: str, market: str, kind: str) -> Refused:
    message = said("no rate card has a price for the route {route} to {market}", route=route, market=market)
    return refuse("ROUTE-404", "route", message, said("add your {kind} prices for {market} to a rate card", kind=said(kind), market=market))


def _as_error(finding: Finding) -> Finding:
    return Finding(finding.code, "error", finding.path, finding.message, finding.remedy, finding.source)
