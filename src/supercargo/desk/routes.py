"""How a product travels to a market: each route's carriage, duty, storage, days and carbon, per unit."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from supercargo.engines.answer import PER_ITEM
from supercargo.engines.customs.duty import terms_of
from supercargo.engines.logistics import carbon, carrier_quote, warehouse_cost
from supercargo.engines.logistics.chargeable_weight import Parcel
from supercargo.engines.pricing import landed_cost
from supercargo.kernel.explain import doubts
from supercargo.kernel.figure import Figure, single
from supercargo.kernel.finding import Finding, Refused, refuse
from supercargo.kernel.words import said
from supercargo.reference.law import EU

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from supercargo.connectors.catalogue import Product
    from supercargo.connectors.company import Company
    from supercargo.engines.customs.duty import Tariffed, Terms
    from supercargo.engines.logistics.ratecard import CarbonLeg, FirstLeg, ParcelService, RateCard, Warehouse
    from supercargo.reference.law import Law

DAYS_PER_MONTH = 30
ASSUMED_MONTHLY_UNITS = 100
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Carriage:
    """What one unit's way costs and takes; money in the market's currency, per unit sold.

    ``carbon`` is absent where a rate card states no legs, or a mode has no factor: the money is known all the same.
    """

    delivery: Figure
    first_leg: Figure
    duty: Figure
    import_fees: Figure
    storage: Figure
    stock_days: Figure
    days_tied: Figure
    days_p50: Figure
    days_p90: Figure
    carbon: Figure | None
    services: tuple[str, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Cards:
    """The rate cards of a company, by what they are asked for."""

    cards: tuple[RateCard, ...]
    _asked: dict[tuple[object, ...], Any] = field(default_factory=dict, compare=False, repr=False)

    def parcel_services(self, market: str, law: Law, battery: str) -> tuple[ParcelService, ...]:
        """List the services that take a parcel to a market."""
        return self._once(
            ("parcel", market, law.day, battery),
            lambda: (found for card in self.cards for found in card.parcel_services(market, law.day, battery)),
        )

    def first_legs(self, market: str, law: Law, destination: str) -> tuple[FirstLeg, ...]:
        """List the ways of bringing stock to a market."""
        return self._once(
            ("leg", market, law.day, destination),
            lambda: (found for card in self.cards for found in card.first_legs(market, law.day, destination)),
        )

    def warehouses(self, market: str, law: Law) -> tuple[Warehouse, ...]:
        """List the warehouses in a market."""
        return self._once(("house", market, law.day), lambda: (found for card in self.cards for found in card.warehouses(market, law.day)))

    def _once(self, key: tuple[object, ...], find: Callable[[], Iterator[Kind]]) -> tuple[Kind, ...]:
        if key not in self._asked:
            self._asked[key] = tuple(find())
        return self._asked[key]  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Desk:
    """Works out carriages for one company on one day, and remembers what many products or markets share."""

    company: Company
    cards: Cards
    law: Law
    _quotes: dict[tuple[object, ...], carrier_quote.Decision] = field(default_factory=dict)
    _tariffed: dict[tuple[str, ...], Tariffed] = field(default_factory=dict)
    _parcels: dict[tuple[object, ...], Parcel] = field(default_factory=dict)
    _carbons: dict[tuple[object, ...], tuple[Figure | None, tuple[Finding, ...]]] = field(default_factory=dict)

    def carriage(self, product: Product, market: str, currency: str, route: str) -> Carriage:
        """Work out how a product travels to a market by a route.

        Raises:
            Refused: no rate card or tariff answers, or no carrier takes the product.
        """
        work = {"direct": _direct, "warehouse": _warehouse, "fba": _fba}[route]
        return work(product, market, currency, self)

    def tariffed(self, product: Product, market: str, currency: str) -> Tariffed:
        """Read the tariff for a product; all members of the EU share one."""
        area = "EU" if market in EU else market
        key = (area, product.hs_code, product.origin, currency)
        if key not in self._tariffed:
            self._tariffed[key] = terms_of(self.law, market, product.hs_code, product.origin, currency)
        return self._tariffed[key]

    def parcel(self, product: Product) -> Parcel:
        """Give weight and sides of a product as figures."""
        key = (product.row, product.sku)
        if key not in self._parcels:
            self._parcels[key] = _parcel(product)
        return self._parcels[key]

    def parcel_quote(self, offer: ParcelService | Warehouse, product: Product, market: str, currency: str) -> carrier_quote.Decision:
        """Quote a parcel; a service's price is the same in all countries of its zone."""
        key = (id(offer), product.row, product.sku, currency)
        if key not in self._quotes:
            facts = carrier_quote.Facts(offer, market, currency, self.parcel(product), product.battery)
            self._quotes[key] = carrier_quote.decide(facts, self.law)
        return self._quotes[key]

    def first_leg_alone(self, leg: FirstLeg, product: Product, market: str, currency: str, units: Figure) -> carrier_quote.Decision:
        """Quote one first leg for a shipment of so many units."""
        return carrier_quote.decide(
            carrier_quote.Facts(leg, market, currency, self.parcel(product), product.battery, units=units), self.law
        )

    def carbon(self, product: Product, legs: tuple[CarbonLeg, ...]) -> tuple[Figure | None, tuple[Finding, ...]]:
        """Add up the carbon of a way, leg by leg; where it cannot be known, say why."""
        key = (product.row, product.sku, legs)
        if key not in self._carbons:
            try:
                self._carbons[key] = _carbon(single(self.parcel(product).weight), legs, self.law), ()
            except Refused as refusal:
                self._carbons[key] = None, tuple(replace(finding, severity="note") for finding in refusal.findings)
        return self._carbons[key]


def _direct(product: Product, market: str, currency: str, desk: Desk) -> Carriage:
    services = desk.cards.parcel_services(market, desk.law, product.battery)
    if not services:
        raise _no_service(product, market) if product.battery != "none" else _no_card("direct", market, "direct line or express")
    choice = carrier_quote.compare([desk.parcel_quote(service, product, market, currency) for service in services])
    if choice.cheapest is None:
        raise Refused(*choice.refused[0].refusals)
    quote = choice.cheapest
    none = Figure.nothing(currency, "no stock abroad", per="term-direct-mail")
    emitted, unknown = desk.carbon(product, quote.offer.terms.carbon_legs)
    return Carriage(
        delivery=single(quote.price.named("delivery", per="term-last-mile")), first_leg=none.named("first leg", per=none.per),
        duty=none.named("customs duty", per=none.per), import_fees=none.named("import fees", per=none.per),
        storage=none.named("storage", per=none.per), stock_days=_days(0, "days in store"),
        days_tied=_days(desk.company.policy.payout_days_max + int(quote.days_p50.amount), "days cash is tied up"),
        days_p50=quote.days_p50, days_p90=quote.days_p90, carbon=emitted,
        services=(quote.offer.terms.service,), findings=(*quote.findings, *unknown),
    )  # fmt: skip


def _warehouse(product: Product, market: str, currency: str, desk: Desk) -> Carriage:
    houses = desk.cards.warehouses(market, desk.law)
    if not houses:
        raise _no_card("warehouse", market, "local delivery")
    stock = _stock(product, market, currency, "warehouse", desk)
    quotes = [(house, desk.parcel_quote(house, product, market, currency)) for house in houses]
    fitting = [(house, quote) for house, quote in quotes if not quote.refusals]
    if not fitting:
        raise Refused(*quotes[0][1].refusals)
    house, quote = min(fitting, key=lambda pair: pair[1].price.amount)  # type: ignore[attr-defined]
    emitted, unknown = desk.carbon(product, (*stock.legs, *house.terms.carbon_legs) if stock.legs and house.terms.carbon_legs else ())
    kept = warehouse_cost.decide(warehouse_cost.Facts(house, currency, desk.parcel(product), stock.stock_days), desk.law)
    return Carriage(
        delivery=quote.price.named("delivery", per="term-last-mile"), first_leg=stock.first_leg, duty=stock.duty,  # type: ignore[arg-type]
        import_fees=stock.import_fees, storage=kept.total.rounded().named("storage", per="term-storage-fee"), stock_days=stock.stock_days,  # type: ignore[arg-type]
        days_tied=stock.days_tied, days_p50=quote.days_p50, days_p90=quote.days_p90,
        carbon=emitted, services=(*stock.services, house.terms.service),
        findings=(*stock.findings, *quote.findings, *unknown),
    )  # fmt: skip


def _fba(product: Product, market: str, currency: str, desk: Desk) -> Carriage:
    stock = _stock(product, market, currency, "fba", desk)
    none = Figure.nothing(currency, "delivery is in the fulfilment fee", per="term-fulfilment-fee")
    emitted, unknown = desk.carbon(product, stock.legs)
    half, most = desk.law.amount("amazon.delivery.fba_days_p50"), desk.law.amount("amazon.delivery.fba_days_p90")
    return Carriage(
        delivery=none, first_leg=stock.first_leg, duty=stock.duty, import_fees=stock.import_fees,
        storage=none.named("storage", per=none.per), stock_days=stock.stock_days,
        days_tied=stock.days_tied, days_p50=half, days_p90=most, carbon=emitted, services=stock.services,
        findings=(*stock.findings, *unknown, *doubts((half, most))),
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


def first_leg_quote(product: Product, market: str, currency: str, destination: str, desk: Desk, units: Figure) -> carrier_quote.Decision:
    """Find the cheapest way of bringing a shipment of so many units to a warehouse or to FBA.

    Raises:
        Refused: ROUTE-404, no rate card has one; or no carrier takes the shipment.
    """
    legs = desk.cards.first_legs(market, desk.law, destination)
    if not legs:
        raise _no_card(destination, market, "first leg")
    facts = [carrier_quote.Facts(leg, market, currency, desk.parcel(product), product.battery, units=units) for leg in legs]
    choice = carrier_quote.compare([carrier_quote.decide(fact, desk.law) for fact in facts])
    if choice.cheapest is None:
        raise Refused(*choice.refused[0].refusals)
    return choice.cheapest


def _stock(product: Product, market: str, currency: str, destination: str, desk: Desk) -> _Stock:
    policy = desk.company.policy
    cover = policy.stock_cover_days
    units = units_of_shipment(product, cover)
    tariffed = desk.tariffed(product, market, currency)
    if tariffed.terms is None:
        raise Refused(*(finding if finding.severity == "error" else _as_error(finding) for finding in tariffed.findings))
    leg = first_leg_quote(product, market, currency, destination, desk, units)
    landed = _imported(product, market, currency, single(leg.price), units, tariffed.terms, desk.law)
    each = PER_ITEM
    count = (units * each).named("units of the shipment", per="term-first-leg")
    days = cover // 2 + int(leg.days_p50.amount) + policy.payout_days_max
    return _Stock(
        first_leg=single(leg.price.named("first leg", per="term-first-leg")),
        duty=single(landed.duty.over(count).named("customs duty", per="term-customs-duty")),
        import_fees=single(landed.fees.over(count).named("import fees", per="term-processing-fee")),
        stock_days=_days(cover // 2, "days in store"),
        days_tied=_days(days, "days cash is tied up"), legs=leg.offer.terms.carbon_legs, services=(leg.offer.terms.service,),
        findings=(*leg.findings, *tariffed.findings, *landed.findings, *_sales_assumed(product)),
    )  # fmt: skip


def _sales_assumed(product: Product) -> tuple[Finding, ...]:
    """Say that the shipment's size rests on sales that nobody stated."""
    if product.monthly_units:
        return ()
    message = said("{units} units a month are assumed, because the catalogue states no sales", units=ASSUMED_MONTHLY_UNITS)
    return (Finding("ROUTE-201", "warning", f"{product.sku}.monthly_units", message, "fill the column monthly_units"),)


def _imported(
    product: Product, market: str, currency: str, first_leg: Figure, units: Figure, terms: Terms, law: Law
) -> landed_cost.Decision:
    """Import the whole shipment as stock: valued at cost, by the tariff, import tax recovered."""
    each = PER_ITEM
    given = Figure.money(product.unit_cost, product.currency, "unit cost", path=f"{product.sku}.unit_cost")
    unit = law.rates.convert(given, product.currency, currency).rounded().named("unit cost", per="term-unit-cost")
    goods = (unit * units * each).named("goods of the shipment", per="term-customs-value")
    freight = (first_leg * units * each).named("freight of the shipment", per="term-first-leg")
    weight = (Figure.of(product.weight_g / 1000, "kg", "unit weight", path=f"{product.sku}.weight_g") * units * each).named(
        "weight of the shipment", per="term-first-leg"
    )
    return landed_cost.decide(
        landed_cost.Facts(
            market=market, origin=product.origin, business="commercial", channel="own_site", mode="sea", schemes=frozenset(),
            tax_class=product.tax_class, currency=currency, goods=goods, freight=freight,
            insurance=Figure.money(0, currency, "insurance", path="insurance"), items=units,
            categories=Figure.of(1, "item", "item categories", path="hs_code"), weight=weight, terms=terms,
        ),
        law,
    )  # fmt: skip


def _parcel(product: Product) -> Parcel:
    path = product.sku
    return Parcel(
        Figure.of(product.weight_g / 1000, "kg", "gross weight", path=f"{path}.weight_g"),
        Figure.of(product.length_cm, "cm", "length", path=f"{path}.length_cm"),
        Figure.of(product.width_cm, "cm", "width", path=f"{path}.width_cm"),
        Figure.of(product.height_cm, "cm", "height", path=f"{path}.height_cm"),
    )


def units_of_shipment(product: Product, cover_days: int) -> Figure:
    """Say how many units a shipment of stock has: the sales of the days that it covers."""
    monthly = product.monthly_units or ASSUMED_MONTHLY_UNITS
    return Figure.of(max(1, monthly * cover_days // DAYS_PER_MONTH), "item", "units of a shipment", path=f"{product.sku}.monthly_units")


def _carbon(weight: Figure, legs: tuple[CarbonLeg, ...], law: Law) -> Figure:
    way = tuple(carbon.Leg(leg.mode, Figure.of(leg.distance_km, "km", "distance")) for leg in legs)
    return single(carbon.decide(carbon.Facts(weight, way), law).total)


def _days(number: int, name: str) -> Figure:
    return Figure.of(Decimal(number), "days", name, path="company.policy")


def _no_card(route: str, market: str, kind: str) -> Refused:
    message = said("no rate card has a price for the route {route} to {market}", route=route, market=market)
    return refuse("ROUTE-404", "route", message, said("add your {kind} prices for {market} to a rate card", kind=said(kind), market=market))


def _no_service(product: Product, market: str) -> Refused:
    message = said("no service on the rate cards takes batteries ({battery}) to {market}", battery=said(product.battery), market=market)
    return refuse("ROUTE-405", f"{product.sku}.battery", message, "add a line that takes them to a rate card, or ship stock abroad instead")


def _as_error(finding: Finding) -> Finding:
    return Finding(finding.code, "error", finding.path, finding.message, finding.remedy, finding.source)
