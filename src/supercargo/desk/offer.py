"""One product in one market, on one channel, by one route: everything that its economics need."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from supercargo.desk.routes import Carriage, Desk
from supercargo.engines.pricing import channel_fees, unit_economics
from supercargo.engines.tax.import_tax.collection import price_includes_tax
from supercargo.engines.tax.rates import tax_rate
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Finding, Refused
from supercargo.kernel.words import said
from supercargo.reference.law import EU

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from decimal import Decimal

    from supercargo.connectors.catalogue import Product
    from supercargo.connectors.company import Company
    from supercargo.desk.routes import Cards
    from supercargo.engines.pricing.unit_economics.facts import Route
    from supercargo.engines.tax.import_tax.facts import Channel
    from supercargo.reference.law import Law

MARKETPLACES = ("amazon", "ebay", "tiktok", "etsy", "aliexpress")
OWN_SITES = ("shopify",)
CHANNELS = (*MARKETPLACES, *OWN_SITES)
ROUTES: tuple[Route, ...] = ("direct", "warehouse", "fba")
FBA_CHANNEL = "amazon"
PROVIDERS = ("shopify_payments", "stripe", "paypal")
Found = TypeVar("Found")


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
    _known: dict[tuple[object, ...], Any] = field(default_factory=dict)

    @cached_property
    def desk(self) -> Desk:
        """Give the way of working out carriages that remembers what it was asked."""
        return Desk(self.company, self.cards, self.law)

    @cached_property
    def schemes(self) -> frozenset[str]:
        """Give the schemes that the company holds on the day."""
        return self.company.schemes_on(self.day)

    @property
    def day(self) -> date:
        """Give the day of the question."""
        return self.law.day

    def carriage(self, product: Product, market: str, currency: str, route: str) -> Carriage:
        """Work out how a product travels to a market by a route, once for all channels.

        Raises:
            Refused: the route cannot be computed for this product.
        """
        return self.once(
            ("carriage", product.row, product.sku, market, route), lambda: self.desk.carriage(product, market, currency, route)
        )

    def once(self, key: tuple[object, ...], work: Callable[[], Found]) -> Found:
        """Work something out the first time that it is asked; a refusal is remembered too.

        Raises:
            Refused: the work was refused.
        """
        if key not in self._known:
            try:
                self._known[key] = work()
            except Refused as refusal:
                # Only the findings: an exception would keep its frames, and with them everything, alive.
                self._known[key] = _Refusal(refusal.findings)
        found = self._known[key]
        if isinstance(found, _Refusal):
            raise Refused(*found.findings)
        return found  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class _Refusal:
    """What was refused before, and why."""

    findings: tuple[Finding, ...]


def offer(product: Product, market: str, channel: str, route: Route, currency: str, situation: Situation) -> Offer | NoOffer:
    """Put together what a way of selling needs, or say what is missing."""
    try:
        return _offer(product, market, channel, route, currency, situation)
    except Refused as refusal:
        return NoOffer(product, market, channel, route, refusal.findings)


def _offer(product: Product, market: str, channel: str, route: Route, currency: str, situation: Situation) -> Offer:
    law = situation.law
    carriage = situation.carriage(product, market, currency, route)
    fees = _channel_fees(product, market, channel, route, currency, carriage, situation)
    rate, doubtful = situation.once(("tax", market, product.tax_class), lambda: tax_rate(law, market, product.tax_class))
    sold_through: Channel = "marketplace" if channel in MARKETPLACES else "own_site"
    inside = situation.once(
        ("inside", market, route == "direct", sold_through),
        lambda: price_includes_tax(law, market, route == "direct", sold_through, situation.schemes),
    )
    parcel, tariffed = _parcel(product, market, currency, sold_through, situation) if route == "direct" else (None, ())
    fulfilment = fees.fulfilment or unit_economics.FeeByPrice(((None, carriage.delivery),))
    facts = unit_economics.Facts(
        market=market, channel=channel, route=route, currency=currency,
        price=Figure.money(0, currency, "shop price", path="price"), tax_rate=rate, tax_inside=inside,
        unit_cost=_unit_cost(product, currency, situation),
        packaging=Figure.nothing(currency, "packaging is in the unit cost", per="term-unit-cost"),
        first_leg=carriage.first_leg, duty=carriage.duty, import_fees=carriage.import_fees, fulfilment=fulfilment,
        storage=fees.storage or carriage.storage, commission=fees.commission, payment_rate=fees.payment_rate,
        payment_fixed=fees.payment_fixed, policy=_policy(product, currency, carriage, situation), parcel=parcel,
        marketplace=channel in MARKETPLACES, established=_at_home(situation.company.country, market),
    )  # fmt: skip
    return Offer(product, market, channel, route, facts, carriage, (*carriage.findings, *fees.findings, *doubtful, *tariffed))


def _unit_cost(product: Product, currency: str, situation: Situation) -> Figure:
    return situation.once(
        ("unit cost", product.row, product.sku, currency),
        lambda: _here(product.unit_cost, product.currency, currency, situation.law, "unit cost", f"{product.sku}.unit_cost"),
    )


def _channel_fees(
    product: Product, market: str, channel: str, route: Route, currency: str, carriage: Carriage, situation: Situation
) -> channel_fees.Decision:
    if route == "fba" and channel != FBA_CHANNEL:
        message = said("{channel} orders are not fulfilled by Amazon here", channel=channel)
        raise Refused(Finding("ROUTE-410", "error", "route", message, "choose the channel amazon for this route"))
    by_amazon = route == "fba"
    key: tuple[object, ...] = ("fees", channel, market, currency)
    key = (*key, product.row, product.sku, carriage.stock_days.amount) if by_amazon else (*key, product.category)
    return situation.once(key, lambda: _fees_of(product, market, channel, currency, carriage, situation.law, by_amazon=by_amazon))


def _fees_of(
    product: Product, market: str, channel: str, currency: str, carriage: Carriage, law: Law, *, by_amazon: bool
) -> channel_fees.Decision:
    """Ask the providers in turn; where none states fees for the market, take the first one's for cards from abroad."""
    sides = sorted((product.length_cm, product.width_cm, product.height_cm), reverse=True)
    longest, median, shortest = (
        Figure.of(side, "cm", name, path=f"{product.sku}.size")
        for side, name in zip(sides, ("longest side", "median side", "shortest side"), strict=True)
    )
    asked = [(channel, False)] if channel in MARKETPLACES else [*((name, False) for name in PROVIDERS), (PROVIDERS[0], True)]
    refusals: list[Finding] = []
    for provider, abroad in asked:
        facts = channel_fees.Facts(
            channel=channel, market=market, category=product.category, currency=currency,
            weight_g=Figure.of(product.weight_g, "g", "unit weight", path=f"{product.sku}.weight_g"),
            longest_cm=longest, median_cm=median, shortest_cm=shortest, provider=provider, programme="fba" if by_amazon else "",
            dangerous=product.battery == "alone", stock_days=carriage.stock_days, payment_abroad=abroad,
        )  # fmt: skip
        try:
            return channel_fees.decide(facts, law)
        except Refused as refusal:
            refusals.extend(refusal.findings)
    raise Refused(*refusals[-1:])


def _parcel(
    product: Product, market: str, currency: str, channel: Channel, situation: Situation
) -> tuple[unit_economics.Import, tuple[Finding, ...]]:
    tariffed = situation.desk.tariffed(product, market, currency)
    weight = Figure.of(product.weight_g / 1000, "kg", "weight", path=f"{product.sku}.weight_g")
    parcel = unit_economics.Import(
        product.origin, channel, "express", situation.schemes, product.tax_class, weight, tariffed.terms, situation.company.country
    )  # fmt: skip
    return parcel, tariffed.findings


def _policy(product: Product, currency: str, carriage: Carriage, situation: Situation) -> unit_economics.Policy:
    days = carriage.days_tied
    return situation.once(("policy", product.category, currency, days.amount), lambda: _company_policy(product, currency, days, situation))


def _company_policy(product: Product, currency: str, days_tied: Figure, situation: Situation) -> unit_economics.Policy:
    company = situation.company
    returns = company.returns
    return unit_economics.Policy(
        advert_share=company.rate("advert_share", "advertising share (TACoS)"),
        returns_rate=company.returns_rate(product.category),
        resaleable_share=Figure.percent(returns.resaleable_share * 100, "resaleable share", path="company.policy.returns.resaleable_share"),
        return_handling=_here(
            returns.handling_amount,
            returns.handling_currency,
            currency,
            situation.law,
            "handling of a return",
            "company.policy.returns.handling_amount",
        ),
        conversion_spread=company.rate("conversion_spread_rate", "conversion spread"),
        capital_rate=company.rate("cost_of_capital_rate_yearly", "cost of capital a year"),
        wastage_rate=company.rate("wastage_rate", "wastage rate"),
        days_tied=days_tied,
    )


def _here(amount: Decimal, base: str, currency: str, law: Law, name: str, path: str) -> Figure:
    given = Figure.money(amount, base, name, path=path)
    if base == currency:
        return given
    return law.rates.convert(given, base, currency).rounded().named(name, per="term-rate-of-exchange")


def _at_home(country: str, market: str) -> bool:
    return country == market or {country, market} <= EU
