"""Direct mail, a warehouse abroad or FBA: which way should a product go to a market, at so many sales a month?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from supercargo.desk.answer import Answer, amount_document
from supercargo.desk.markets_known import currency_of
from supercargo.desk.offer import ROUTES, NoOffer, Offer, Situation, offer
from supercargo.desk.price import grid_for
from supercargo.desk.routes import DAYS_PER_MONTH, first_leg_quote, units_of_shipment
from supercargo.engines.logistics import fulfilment_mode
from supercargo.engines.logistics.ratecard import FirstLeg
from supercargo.engines.pricing import target_price, unit_economics
from supercargo.kernel.explain import doubts
from supercargo.kernel.figure import Figure
from supercargo.kernel.finding import Finding, Refused, worst_first
from supercargo.kernel.words import Text, said

if TYPE_CHECKING:
    from supercargo.connectors.catalogue import Product
    from supercargo.connectors.company import Company
    from supercargo.desk.routes import Cards
    from supercargo.engines.logistics.fulfilment_mode import Compared, Decision, Mode
    from supercargo.engines.pricing.unit_economics.facts import Route
    from supercargo.kernel.quantity import Quantity
    from supercargo.reference.law import Law

NAMES: dict[str, str] = {"direct": "direct_mail", "warehouse": "overseas_warehouse", "fba": "fba"}
LARGE = 1000
"""So many times the shipment, a first leg costs what its units cost, without its minimum."""
PER_ITEM = Figure.of(1, "1/item", "per item")


@dataclass(frozen=True, slots=True)
class Way:
    """One route with the economics of a unit at the price that all routes are compared at."""

    offer: Offer
    economics: unit_economics.Decision


def compare_modes(
    product: Product, market: str, company: Company, law: Law, cards: Cards, monthly_volume: int, channel: str = "amazon"
) -> Answer:
    """Compare direct mail, a warehouse abroad and FBA on cost, days, cash, returns and carbon at a monthly volume.

    All ways are compared at one price: the shop price of the catalogue, else the smallest that leaves
    the margin on the first way that can be computed. The cost of a way has delivery, storage, first
    leg, duty, import fees and the tax on the unit; commission and adverts are the same on all. A way
    that cannot be computed is named with what is missing.
    """
    asked = {"sku": product.sku, "market": market, "monthly_volume": str(monthly_volume), "channel": channel, "on": law.day.isoformat()}
    if monthly_volume < 1:
        finding = Finding("MODE-422", "error", "monthly_volume", "at least one unit a month must be sold", "give the units sold in a month")
        return Answer("modes", asked, findings=(finding,))
    sold = replace(product, monthly_units=monthly_volume)
    situation = Situation(company, law, cards)
    ways, refused = _ways(sold, market, channel, situation)
    if not ways:
        return Answer("modes", asked, findings=worst_first(refused))
    currency = currency_of(market)
    facts = fulfilment_mode.Facts(
        market, currency, Figure.of(monthly_volume, "item", "units sold a month", path="monthly_volume"),
        company.rate("cost_of_capital_rate_yearly", "cost of capital a year"), tuple(_mode(way, situation) for way in ways),
    )  # fmt: skip
    try:
        decision = fulfilment_mode.decide(facts, law)
    except Refused as refusal:
        return Answer("modes", asked, findings=refusal.findings)
    return _answer(asked, decision, ways, refused)


def _ways(product: Product, market: str, channel: str, situation: Situation) -> tuple[list[Way], list[Finding]]:
    """Work out every route at one price; what cannot be computed is a warning as long as another way can."""
    offers: list[Offer] = []
    refused: list[Finding] = []
    for route in ROUTES:
        through = "amazon" if route == "fba" else channel
        way = offer(product, market, through, route, currency_of(market), situation)
        if isinstance(way, NoOffer):
            refused += [_about(finding, route) for finding in way.findings if finding.severity == "error"]
        elif way.carriage.carbon is None:
            refused.append(_about(_no_carbon(), route))
        else:
            offers.append(way)
    price = _common_price(product, offers, situation)
    if isinstance(price, tuple):
        return [], [*refused, *price]
    ways: list[Way] = []
    for way in offers:
        economics = unit_economics_at(way, price, situation.law)
        if isinstance(economics, unit_economics.Decision):
            ways.append(Way(way, economics))
        else:
            refused += [_about(finding, way.route) for finding in economics]
    return ways, [replace(finding, severity="warning") for finding in refused] if ways else refused


def unit_economics_at(way: Offer, price: Figure, law: Law) -> unit_economics.Decision | tuple[Finding, ...]:
    """Give the economics at a price, or what stands against them."""
    try:
        decision = unit_economics.decide(replace(way.facts, price=price), law)
    except Refused as refusal:
        return refusal.findings
    standing = tuple(objection.finding for objection in decision.objections if objection.stands)
    return standing or decision


def _common_price(product: Product, offers: list[Offer], situation: Situation) -> Figure | tuple[Finding, ...]:
    company, law = situation.company, situation.law
    if product.target_price is not None and product.target_price_currency is not None and offers:
        given = Figure.money(product.target_price, product.target_price_currency, "shop price", path=f"{product.sku}.target_price")
        currency = offers[0].facts.currency
        try:
            here = law.rates.convert(given, product.target_price_currency, currency)
        except Refused as refusal:
            return refusal.findings
        return given if here is given else here.rounded().named("shop price", per="term-rate-of-exchange")
    margin = company.rate("margin_rate_target", "margin rate")
    findings: tuple[Finding, ...] = ()
    for way in offers:
        try:
            return target_price.decide(target_price.Facts(way.facts, margin, grid_for(way.facts.currency, company)), law).price
        except Refused as refusal:
            findings = refusal.findings
    return findings


def _mode(way: Way, situation: Situation) -> Mode:
    """Put a route into the words of the comparison: what grows with the units, what is billed by the shipment."""
    company, carriage, facts = situation.company, way.offer.carriage, way.offer.facts
    if carriage.carbon is None:
        raise Refused(_no_carbon())
    stock = way.offer.route != "direct"
    sale_tax, _, _, delivery, storage, _, duty, import_tax, fees, *_ = way.economics.lines
    cost = (delivery + storage + duty + import_tax + fees + sale_tax).named("way to the buyer with duty and tax", per="term-unit-cost")
    unit_value = way.economics.landed_unit_cost
    monthly, each, least = _batch(way.offer, situation) if stock else (None, None, None)
    lost = unit_value if not stock else unit_value - (unit_value * facts.policy.resaleable_share).rounded()
    return fulfilment_mode.Mode(
        name=NAMES[way.offer.route], unit_cost=cost, days_p50=carriage.days_p50, days_p90=carriage.days_p90,
        stock_days=carriage.days_tied, unit_value=unit_value, returns_rate=company.returns_rate(way.offer.product.category),
        return_cost=(facts.policy.return_handling + lost).named("cost of a return", per="term-returns"), carbon=carriage.carbon,
        monthly_cost=monthly, batch_cost=each, batch_least=least,
    )  # fmt: skip


def _batch(way: Offer, situation: Situation) -> tuple[Quantity, Quantity, Quantity | None]:
    """Divide the first leg into what a shipment costs by the month, what each unit costs, and the least that is billed."""
    cover = situation.company.policy.stock_cover_days
    units = units_of_shipment(way.product, cover)
    quote = first_leg_quote(way.product, way.market, way.facts.currency, way.route, situation.desk, units)
    leg = quote.offer
    if not isinstance(leg, FirstLeg):
        msg = "a first leg is quoted by the offer of a first leg"
        raise TypeError(msg)
    many = Figure.of(units.amount * LARGE, "item", "units of a large shipment", path=units.path)
    alone = situation.desk.first_leg_alone(leg, way.product, way.market, way.facts.currency, many)
    each = alone.parts[0].over((many * PER_ITEM).named("number of units", per="term-first-leg"), 4)
    fixed = quote.parts[1]
    for part in quote.parts[2:]:
        fixed = fixed + part
    least = None
    if leg.minimum_units is not None:
        least = Figure.of(leg.minimum_units * leg.price_per_unit, leg.terms.currency, "least billed for a first leg", path=leg.place)
    here = [None if amount is None else _monthly(amount, leg, way, situation.law, cover) for amount in (fixed, least)]
    convert = situation.law.rates.convert(each, leg.terms.currency, way.facts.currency)
    return here[0], convert.rounded(4).named("first leg per unit", per="term-first-leg"), here[1]  # type: ignore[return-value]


def _monthly(amount: Quantity, leg: FirstLeg, way: Offer, law: Law, cover_days: int) -> Quantity:
    """Bring what one shipment costs to a month: a shipment lasts for the days of sales that it covers."""
    month = Figure.of(DAYS_PER_MONTH, "days", "days of a month", path="term-storage-fee")
    cover = Figure.of(cover_days, "days", "days of sales in a shipment", path="company.policy.stock_cover_days")
    here = law.rates.convert(amount, leg.terms.currency, way.facts.currency)
    return (here * month).over(cover).named("shipments of a month", per="term-first-leg")


def _answer(asked: dict[str, str], decision: Decision, ways: list[Way], refused: list[Finding]) -> Answer:
    by_name = {NAMES[way.offer.route]: way for way in ways}
    rows = {
        "ways": [_row(compared, decision, by_name[compared.name]) for compared in decision.compared],
        "ranges": [{"way": part.name, "from_units": part.from_units, "to_units": part.to_units} for part in decision.ranges],
    }
    cheapest = next(compared for compared in decision.compared if compared.name == decision.cheapest.word)
    amounts = {
        "least_monthly_cost": decision.least_monthly_total, "cost_per_unit": cheapest.per_unit, "cash_tied_up": cheapest.cash_tied_up,
        "shop_price": ways[0].economics.price,
    }  # fmt: skip
    words: dict[str, Text] = {"cheapest": said(decision.cheapest.word), "frontier": ", ".join(decision.frontier)}
    notes = [*([_returns_lost()] if "direct_mail" in by_name else []), *([_of_this_volume()] if len(decision.ranges) > 1 else [])]
    on_offers = [finding for way in ways for finding in (*way.offer.findings, *way.economics.findings)]
    findings = worst_first((*decision.findings, *refused, *on_offers, *notes, *doubts(amounts.values())))  # type: ignore[arg-type]
    return Answer("modes", asked, amounts, words, rows, findings)  # type: ignore[arg-type]


def _row(compared: Compared, decision: Decision, way: Way) -> dict[str, Any]:
    known = decision.break_even or {}
    return {
        "way": compared.name, "channel": way.offer.channel, "cost_per_unit": amount_document(_figure(compared.per_unit)),
        "monthly_cost": amount_document(_figure(compared.monthly_total)), "cash_tied_up": amount_document(_figure(compared.cash_tied_up)),
        "returns_cost": amount_document(_figure(compared.returns_cost)), "profit": amount_document(_figure(way.economics.profit)),
        "days_p50": int(_figure(compared.days_p50).amount), "days_p90": int(_figure(compared.days_p90).amount),
        "carbon": _figure(compared.carbon).shown(), "break_even_units": known.get(compared.name),
        "nothing_beats_it": compared.name in decision.frontier, "services": list(way.offer.carriage.services),
    }  # fmt: skip


def _figure(quantity: Quantity) -> Figure:
    if not isinstance(quantity, Figure):
        msg = "ways are compared case by case"
        raise TypeError(msg)
    return quantity


def _about(finding: Finding, route: Route) -> Finding:
    return finding.at(f"ways[{NAMES[route]}]")


def _no_carbon() -> Finding:
    message = "the carbon of this way is not known, so it cannot be compared"
    return Finding("MODE-404", "error", "carbon", message, "state the legs of the service on its rate card")


def _returns_lost() -> Finding:
    message = "what a buyer of direct mail sends back is counted as lost: it does not come home to be sold again"
    remedy = "keep a return address abroad to sell it again, and compare as a warehouse"
    return Finding("MODE-201", "note", "ways[direct_mail].returns", message, remedy)


def _of_this_volume() -> Finding:
    message = "the volumes at which the choice turns hold for the services and shipments of this volume"
    return Finding("MODE-202", "note", "ranges", message, "ask again with the other volume before you change the way")


__all__ = ["NAMES", "compare_modes"]
