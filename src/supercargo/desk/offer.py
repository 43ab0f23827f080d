"""One product in one market, on one channel, by one route: everything that its economics need."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from supercargo.desk.routes import Cards, Carriage, carriages
from supercargo.engines.customs.duty import terms_of
from supercargo.engines.pricing import channel_fees, unit_economics
from supercargo.engines.tax.import_tax.collection import price_includes_tax
from supercargo.engines.tax.rates import tax_rate
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Finding, Refused
from supercargo.kernel.words import said

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from supercargo.connectors.catalogue import Product
    from supercargo.connectors.company import Company
    from supercargo.engines.pricing.unit_economics.facts import Route
    from supercargo.engines.tax.import_tax.facts import Channel
    from supercargo.reference.law import Law

MARKETPLACES = ("amazon", "ebay", "tiktok", "etsy", "aliexpress")
OWN_SITES = ("shopify",)
CHANNELS = (*MARKETPLACES, *OWN_SITES)
ROUTES: tuple[Route, ...] = ("direct", "warehouse", "fba")
FBA_CHANNEL = "amazon"
PROVIDERS = ("shopify_payments", "stripe", "paypal")


@dataclass(frozen=True, slots=True)
class Offer:
    """A way of selling that can be computed: the facts of its economics (without a price), and what goes with it."""

    product: Product
    market: str
    channel: str
    route: Route
    facts: unit_economics.Facts
    carriage: Carriage
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class NoOffer:
    """A way of selling for which something is missing or impossible; the findings say what."""

    product: Product
    market: str
    channel: str
    route: Route
    findings: tuple[Finding, ...]


@dataclass
class Situation:
    """What is the same for all offers of a plan: company, law, rate cards; and what was worked out already."""

    company: Company
    law: Law
    cards: Cards
    _carriages: dict[tuple[str, str], dict[str, Carriage | Refused]] = field(default_factory=dict)

    @cached_property
    def schemes(self) -> frozenset[str]:
        """Give the schemes that the company holds on the day."""
        return self.company.schemes_on(self.day)

    @property
    def day(self) -> date:
        """Give the day of the question."""
        return self.law.day

    def carriage(self, product: Product, market: str, currency: str, route: str) -> Carriage:
        """Work out how a product travels to a market by a route, once for all channels."""
        key = (product.sku, market)
        if key not in self._carriages:
            self._carriages[key] = carriages(product, market, currency, self.company, self.cards, self.law)
        found = self._carriages[key][route]
        if isinstance(found, Refused):
            raise found
        return found


def offer(product: Product, market: str, channel: str, route: Route, currency: str, situation: Situation) -> Offer | NoOffer:
    """Put together what a way of selling needs, or say what is missing."""
    try:
        return _offer(product, market, channel, route, currency, situation)
    except Refused as refusal:
        return NoOffer(product, market, channel, route, refusal.findings)


def _offer(product: Product, market: str, channel: str, route: Route, currency: str, situation: Situation) -> Offer:
    company, law = situation.company, situation.law
    carriage = situation.carriage(product, market, currency, route)
    fees = _channel_fees(product, market, channel, route, currency, carriage, law)
    rate, doubtful = tax_rate(law, market, product.tax_class)
    sold_through: Channel = "marketplace" if channel in MARKETPLACES else "own_site"
    parcel, tariffed = _parcel(product, market, currency, sold_through, situation) if route == "direct" else (None, ())
    fulfilment = fees.fulfilment or unit_economics.FeeByPrice(((None, carriage.delivery),))
    facts = unit_economics.Facts(
        market=market, channel=channel, route=route, currency=currency,
        price=Figure.money(0, currency, "shop price", path="price"), tax_rate=rate,
        tax_inside=price_includes_tax(law, market, route == "direct", sold_through, situation.schemes),
        unit_cost=_here(product.unit_cost, product.currency, currency, law, "unit cost", f"{product.sku}.unit_cost"),
        packaging=Figure.nothing(currency, "packaging is in the unit cost", per="term-unit-cost"),
        first_leg=carriage.first_leg, duty=carriage.duty, import_fees=carriage.import_fees, fulfilment=fulfilment,
        storage=fees.storage or carriage.storage, commission=fees.commission, payment_rate=fees.payment_rate,
        payment_fixed=fees.payment_fixed, policy=_policy(product, currency, carriage, company, law), parcel=parcel,
    )  # fmt: skip
    return Offer(product, market, channel, route, facts, carriage, (*carriage.findings, *fees.findings, *doubtful, *tariffed))


def _channel_fees(
    product: Product, market: str, channel: str, route: Route, currency: str, carriage: Carriage, law: Law
) -> channel_fees.Decision:
    if route == "fba" and channel != FBA_CHANNEL:
        message = said("{channel} orders are not fulfilled by Amazon here", channel=channel)
        raise Refused(Finding("ROUTE-410", "error", "route", message, "choose the channel amazon for this route"))
    sides = sorted((product.length_cm, product.width_cm, product.height_cm), reverse=True)
    longest, median, shortest = (
        Figure.of(side, "cm", name) for side, name in zip(sides, ("longest side", "median side", "shortest side"), strict=True)
    )
    refusals: list[Finding] = []
    for provider in (channel,) if channel in MARKETPLACES else PROVIDERS:
        facts = channel_fees.Facts(
            channel=channel, market=market, category=product.category, currency=currency, weight_g=Figure.of(product.weight_g, "g", "unit weight"),
            longest_cm=longest, median_cm=median, shortest_cm=shortest, provider=provider, programme="fba" if route == "fba" else "",
            dangerous=product.battery == "alone", stock_days=carriage.stock_days,
        )  # fmt: skip
        try:
            return channel_fees.decide(facts, law)
        except Refused as refusal:
            refusals.extend(refusal.findings)
    raise Refused(*refusals[:1])


def _parcel(
    product: Product, market: str, currency: str, channel: Channel, situation: Situation
) -> tuple[unit_economics.Import, tuple[Finding, ...]]:
    tariffed = terms_of(situation.law, market, product.hs_code, product.origin, currency)
    weight = Figure.of(product.weight_g / 1000, "kg", "weight", path=f"{product.sku}.weight_g")
    parcel = unit_economics.Import(product.origin, channel, "express", situation.schemes, product.tax_class, weight, tariffed.terms)
    return parcel, tariffed.findings


def _policy(product: Product, currency: str, carriage: Carriage, company: Company, law: Law) -> unit_economics.Policy:
    returns = company.returns
    return unit_economics.Policy(
        advert_share=company.rate("advert_share", "advertising share (TACoS)"),
        returns_rate=company.returns_rate(product.category),
        resaleable_share=Figure.percent(returns.resaleable_share * 100, "resaleable share", path="company.policy.returns.resaleable_share"),
        return_handling=_here(
            returns.handling_amount,
            returns.handling_currency,
            currency,
            law,
            "handling of a return",
            "company.policy.returns.handling_amount",
        ),
        conversion_spread=company.rate("conversion_spread_rate", "conversion spread"),
        capital_rate=company.rate("cost_of_capital_rate_yearly", "cost of capital a year"),
        wastage_rate=company.rate("wastage_rate", "wastage rate"),
        days_tied=carriage.days_tied,
    )


def _here(amount: Decimal, base: str, currency: str, law: Law, name: str, path: str) -> Figure:
    given = Figure.money(amount, base, name, path=path)
    if base == currency:
        return given
    return law.rates.convert(given, base, currency).rounded().named(name, per="term-rate-of-exchange")
